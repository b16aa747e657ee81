#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "govctl/app/catalogue.hpp"
#include "govctl/app/codeowners.hpp"
#include "govctl/app/ownership.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/codeowners.hpp"
#include "owners_edit.hpp"

namespace govctl::app {

namespace {

using Names = std::vector<std::string>;

constexpr const char* everything = ".*";

/// `\.go$` → `.go`: what names end in that an expression matches; empty: it says something else.
std::string suffix_of(std::string_view expression) {
    if (!expression.ends_with('$')) return {};
    expression.remove_suffix(1);
    for (std::string_view start : {"^.*", ".*"})
        if (expression.starts_with(start)) {
            expression.remove_prefix(start.size());
            break;
        }
    std::string suffix;
    for (std::size_t i = 0; i < expression.size(); ++i) {
        char c = expression[i];
        if (c == '\\') {
            if (++i == expression.size()) return {};
            c = expression[i];
            if (std::string_view(".+-_").find(c) == std::string_view::npos) return {};
        } else if (std::string_view(".+*?()[]{}|^$/").find(c) != std::string_view::npos) {
            return {};
        }
        suffix += c;
    }
    return suffix;
}

class Exporter {
public:
    explicit Exporter(const State& state)
        : state_(state), ownership_(state.share_snapshot(), {owners_setting(state, "front-matter") == "true"}) {}

    Result<CodeownersExport> run() {
        GOVCTL_CHECK(ownership_.read_all());
        for (const record::Owners* owners : ownership_.tree().files()) by_folder_[owners->folder] = owners;
        for (const auto& [folder, owners] : by_folder_)
            if (folder.empty() || folder.ends_with('/')) write_folder(*owners);
        write_remaining_files();
        for (const auto& [folder, owners] : by_folder_) tell_filters(*owners);
        result_.text =
            "# Written by `govctl owners export --codeowners` from the OWNERS files, which say who owns what.\n" +
            result_.text;
        return std::move(result_);
    }

private:
    const record::OwnersTree& tree() const { return ownership_.tree(); }

    Names expanded(const record::OwnersLists& lists) const {
        Names names;
        for (const record::OwnersItem& item : lists.approvers) {
            const auto alias = tree().aliases().find(item.name);
            if (alias == tree().aliases().end())
                names.push_back(item.name);
            else
                names.insert(names.end(), alias->second.begin(), alias->second.end());
        }
        return names;
    }

    /// The file that asks for approval, and whom all files of a folder have as approvers, whatever filters add.
    std::pair<const record::Owners*, Names> common_approvers(const std::string& folder) const {
        const record::Owners* deciding = nullptr;
        std::set<std::string> names;
        for (const std::string& each : record::owning_folders(folder)) {
            const auto found = by_folder_.find(each);
            if (found == by_folder_.end()) continue;
            const record::Owners& owners = *found->second;
            Names own = expanded(owners.lists);
            if (const auto filter = owners.filters.find(everything); filter != owners.filters.end()) {
                const Names more = expanded(filter->second);
                own.insert(own.end(), more.begin(), more.end());
            }
            if (!deciding && !own.empty()) deciding = &owners;
            names.insert(own.begin(), own.end());
            if (owners.no_parent_owners && !names.empty()) break;
        }
        return {deciding, {names.begin(), names.end()}};
    }

    /// Approvers of a path; nobody where nobody has to approve.
    Names approvers(const std::string& path) const {
        const record::PathOwners owners = tree().owners_of(path);
        return owners.needs_no_approval ? Names{} : record::names_of(owners.approvers);
    }

    static bool says_nothing_of_approvers(const record::Owners& owners) {
        if (owners.no_parent_owners || owners.auto_approve_unowned_subfolders || !owners.lists.approvers.empty())
            return false;
        return std::all_of(owners.filters.begin(), owners.filters.end(),
                           [](const auto& filter) { return filter.second.approvers.empty(); });
    }

    void write_folder(const record::Owners& owners) {
        if (says_nothing_of_approvers(owners)) return;
        const std::string& folder = owners.folder;
        auto [deciding, names] = common_approvers(folder);
        const bool is_free =
            deciding && deciding->auto_approve_unowned_subfolders && (deciding->folder != folder || folder.empty());
        if (is_free) names.clear();
        if (!names.empty() || !result_.text.empty())
            write(folder.empty() ? "*" : "/" + record::codeowners_escaped(folder), names);
        if (!is_free && deciding == &owners && owners.auto_approve_unowned_subfolders)
            write("/" + record::codeowners_escaped(folder) + "*/", {});
        write_suffixes(folder, names);
    }

    /// What filters of this folder and those above it add for names that end alike; the longer ending says more.
    void write_suffixes(const std::string& folder, const Names& common) {
        std::set<std::pair<std::size_t, std::string>> suffixes;
        for (const std::string& each : record::owning_folders(folder))
            if (const auto found = by_folder_.find(each); found != by_folder_.end())
                for (const auto& [expression, lists] : found->second->filters)
                    if (const std::string suffix = suffix_of(expression); !suffix.empty() && !lists.approvers.empty())
                        suffixes.emplace(suffix.size(), suffix);
        for (const auto& [size, suffix] : suffixes) {
            const Names names = approvers(folder + "x" + suffix);
            if (names == common) continue;
            const std::string where = folder.empty() ? "*" : "/" + record::codeowners_escaped(folder) + "**/*";
            write(where + record::codeowners_escaped(suffix), names);
        }
    }

    void write(const std::string& pattern, const Names& names) {
        std::string line = pattern;
        std::set<std::string> logins;
        for (const std::string& name : names) logins.insert(login_of(name));
        for (const std::string& login : logins) line += " @" + login;
        result_.text += line + "\n";
    }

    /// On GitHub, which the file is for.
    std::string login_of(const std::string& name) const {
        const std::string handle = state_.is_governed() ? state_.person_of_owner(name) : std::string();
        if (handle.empty()) return name;
        const auto& accounts = state_.people().people.at(handle).accounts;
        const auto account = accounts.find("github");
        return account == accounts.end() ? name : account->second;
    }

    /// Files that no pattern so far leads to their approvers.
    void write_remaining_files() {
        const record::Codeowners written(record::read_codeowners(result_.text));
        std::string lines;
        std::swap(lines, result_.text);
        for (const FileEntry& file : state_.files()) {
            const Names names = approvers(file.path);
            std::set<std::string> should;
            for (const std::string& name : names) should.insert("@" + login_of(name));
            const record::CodeownersRule* rule = written.rule_of(file.path);
            const std::set<std::string> is =
                rule ? std::set<std::string>(rule->owners.begin(), rule->owners.end()) : std::set<std::string>();
            if (is != should) write("/" + record::codeowners_escaped(file.path), names);
        }
        if (!result_.text.empty()) lines += "# File by file, where no pattern says what OWNERS files say.\n";
        result_.text = lines + result_.text;
    }

    void tell_filters(const record::Owners& owners) {
        const auto file = owners.filters.empty() ? ownership_.files().end() : ownership_.files().find(owners.file);
        const auto document = file == ownership_.files().end() ? nullptr : file->second.document();
        const yaml::Node* filters = document ? document->root.find("filters") : nullptr;
        if (!filters) return;
        for (const yaml::Entry& filter : filters->entries) {
            const std::string& expression = filter.key.text;
            const auto lists = owners.filters.find(expression);
            if (expression == everything || lists == owners.filters.end() || lists->second.approvers.empty() ||
                !suffix_of(expression).empty())
                continue;
            result_.findings.push_back(
                {"GOV440", find_in_catalogue("GOV440")->severity, document->place(filter.key),
                 fmt::format("no pattern of CODEOWNERS says what \"{}\" does", printable(expression)),
                 "the files that it matches now stand there one by one: export again when files come or go"});
        }
    }

    const State& state_;
    Ownership ownership_;
    std::map<std::string, const record::Owners*> by_folder_;
    CodeownersExport result_{};
};

struct Line {
    int number = 1;
    std::string text{};
};

std::vector<Line> lines_of(const std::string& text) {
    std::vector<Line> lines;
    for (const record::CodeownersRule& rule : record::read_codeowners(text))
        lines.push_back({rule.line, rule.owners.empty() ? rule.pattern : rule.pattern + " " + join(rule.owners, " ")});
    return lines;
}

}  // namespace

Result<CodeownersExport> export_codeowners(const State& state) {
    return Exporter(state).run();
}

std::optional<CodeownersDifference> first_difference(const std::string& file, const std::string& text) {
    const std::vector<Line> is = lines_of(file), should = lines_of(text);
    for (std::size_t i = 0; i < is.size() || i < should.size(); ++i) {
        if (i < is.size() && i < should.size() && is[i].text == should[i].text) continue;
        const int after = is.empty() ? 1 : is.back().number + 1;
        return CodeownersDifference{i < is.size() ? is[i].number : after, i < is.size() ? is[i].text : "",
                                    i < should.size() ? should[i].text : ""};
    }
    return std::nullopt;
}

}  // namespace govctl::app
