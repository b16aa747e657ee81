#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <set>

#include "govctl/app/catalogue.hpp"
#include "govctl/app/codeowners.hpp"
#include "govctl/app/ownership.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/codeowners.hpp"
#include "govctl/yaml/edit.hpp"
#include "owners_edit.hpp"

namespace govctl::app {

namespace {

using record::CodeownersPattern;
using record::CodeownersRule;
using Segments = std::vector<std::string>;
using Names = std::set<std::string>;

constexpr const char* any_folders = "**";
constexpr const char* aliases_path = "OWNERS_ALIASES";

/// A segment of a pattern as an expression.
std::string expression_of(std::string_view segment) {
    std::string expression;
    for (std::size_t i = 0; i < segment.size(); ++i) {
        if (segment[i] == '*') {
            if (expression.empty() || !expression.ends_with("[^/]*")) expression += "[^/]*";
        } else if (segment[i] == '?') {
            expression += "[^/]";
        } else {
            if (segment[i] == '\\' && i + 1 < segment.size()) ++i;
            expression += re2::RE2::QuoteMeta(segment.substr(i, 1));
        }
    }
    return expression;
}

/// What is left of a pattern below a folder, as an expression on paths from there.
std::string expression_of(const CodeownersPattern& pattern, std::size_t from) {
    const Segments& segments = pattern.segments;
    const bool is_anywhere = from < segments.size() && segments[from] == any_folders;
    // `*.go`: only how a name ends matters.
    if (is_anywhere && from + 2 == segments.size() && segments.back().starts_with('*') && !pattern.is_folder &&
        !record::has_wildcard(segments.back().substr(1)))
        return expression_of(segments.back().substr(1)) + "$";
    std::string expression = is_anywhere ? "(^|/)" : "^";
    for (std::size_t i = is_anywhere ? from + 1 : from; i < segments.size(); ++i) {
        const bool is_last = i + 1 == segments.size();
        if (segments[i] == any_folders)
            expression += is_last ? "." : "([^/]+/)*";
        else
            expression += expression_of(segments[i]) + (is_last ? "" : "/");
    }
    if (segments.back() == any_folders) return expression;
    if (pattern.is_folder) return expression + "/";
    return expression + (pattern.only_files ? "$" : "(/|$)");
}

/// The folder that a pattern without wildcards means, as OWNERS files name it.
std::string path_of(const Segments& segments, std::size_t count) {
    std::string path;
    for (std::size_t i = 0; i < count; ++i) path += record::codeowners_unescaped(segments[i]) + "/";
    return path;
}

struct Rule {
    int line;
    std::string written;
    CodeownersPattern pattern;
    Names names{};
    std::optional<std::string> folder{};  ///< all that lies in it
    bool frees_subfolders = false;        ///< `/pkg/*/` of nobody
};

class Importer {
public:
    Importer(const State& state, std::string file, const std::string& text)
        : state_(state), file_(std::move(file)), codeowners_(record::read_codeowners(text)) {}

    Result<CodeownersImport> run() {
        GOVCTL_CHECK(must_have_no_owners());
        for (const CodeownersRule& rule : codeowners_.rules()) take(rule);
        folders_ = folders_spoken_of();
        for (const std::string& folder : folders_) write_owners(folder);
        GOVCTL_CHECK(write_aliases());
        compare();
        sort_findings(result_.findings);
        result_.change.subject = "Import owners from " + file_;
        result_.change.verb = "owners-import";
        return std::move(result_);
    }

private:
    void note(int line, std::string message, std::string help) {
        result_.findings.push_back({"GOV441", find_in_catalogue("GOV441")->severity, Place{file_, line, 1},
                                    std::move(message), std::move(help)});
    }

    Result<void> must_have_no_owners() const {
        for (const FileEntry& file : state_.files())
            if (is_owners_file(file.path) && file.path != aliases_path)
                return Error{
                    ErrorKind::blocked,
                    "there are OWNERS files already, as " + file.path,
                    {"an import makes all of them: take those away first, or carry over what you need by hand"}};
        return {};
    }

    // ---- what the lines say -----------------------------------------------------------------------------------------

    void take(const CodeownersRule& written) {
        Rule rule{written.line, written.pattern, CodeownersPattern::parse(written.pattern)};
        if (rule.pattern.segments.empty() || written.pattern.starts_with('!') || written.pattern.starts_with('[')) {
            note(rule.line, fmt::format("\"{}\" is no pattern of CODEOWNERS", printable(written.pattern)),
                 "GitHub passes the line over too");
            return;
        }
        for (const std::string& owner : written.owners)
            if (const std::string name = name_of(owner, rule.line); !name.empty()) rule.names.insert(name);
        const Segments& segments = rule.pattern.segments;
        const bool has_wildcards = std::any_of(segments.begin(), segments.end(), record::has_wildcard);
        if (segments == Segments{any_folders, "*"} || segments == Segments{any_folders})
            rule.folder = "";
        else if (!has_wildcards && (rule.pattern.is_folder || is_folder(path_of(segments, segments.size()))))
            rule.folder = path_of(segments, segments.size());
        else if (segments.back() == any_folders &&
                 std::none_of(segments.begin(), segments.end() - 1, record::has_wildcard))
            rule.folder = path_of(segments, segments.size() - 1);
        else if (rule.names.empty() && rule.pattern.is_folder && segments.back() == "*" &&
                 std::none_of(segments.begin(), segments.end() - 1, record::has_wildcard)) {
            rule.frees_subfolders = true;
            rule.folder = path_of(segments, segments.size() - 1);
        }
        rules_.push_back(std::move(rule));
    }

    bool is_folder(const std::string& path) const {
        const auto& files = state_.files();
        const auto first =
            std::lower_bound(files.begin(), files.end(), path,
                             [](const FileEntry& entry, const std::string& to) { return entry.path < to; });
        return first != files.end() && first->path.starts_with(path);
    }

    /// What OWNERS files call an owner; empty: nobody they could name.
    std::string name_of(const std::string& owner, int line) {
        if (!owner.starts_with('@')) {
            if (const model::Person* person = state_.people().by_email(owner))
                return lower(name_in_owners(state_, person->handle));
            note(line, fmt::format("nobody on record has the address \"{}\"", printable(owner)),
                 "OWNERS files name logins: write theirs in its place");
            return {};
        }
        const std::size_t slash = owner.find('/');
        if (slash == owner.npos) return lower(owner.substr(1));
        return alias_of(lower(owner.substr(1)), line);
    }

    /// `org/team` → `team`, or `org-team` where two organizations have one of that name.
    std::string alias_of(const std::string& team, int line) {
        if (const auto known = teams_.find(team); known != teams_.end()) return known->second;
        std::string alias = team.substr(team.find('/') + 1);
        const auto has_it = [&](const auto& other) { return other.second == alias; };
        if (std::any_of(teams_.begin(), teams_.end(), has_it)) alias = team.substr(0, team.find('/')) + "-" + alias;
        teams_.emplace(team, alias);
        if (!state_.owners().aliases().contains(alias))
            note(line, fmt::format("who is in @{} is not said here", printable(team)),
                 fmt::format("name its members under \"{}\" in {}", alias, aliases_path));
        return alias;
    }

    // ---- what becomes of them ---------------------------------------------------------------------------------------

    /// Those that lines speak of, as a whole or as where a pattern begins; the top always.
    std::set<std::string> folders_spoken_of() const {
        std::set<std::string> folders = {""};
        for (const Rule& rule : rules_) {
            if (rule.folder) folders.insert(*rule.folder);
            const Segments& segments = rule.pattern.segments;
            const auto end = std::find_if(segments.begin(), segments.end() - 1, record::has_wildcard);
            folders.insert(path_of(segments, static_cast<std::size_t>(end - segments.begin())));
        }
        return folders;
    }

    /// The last rule about a folder as a whole, by its place among the rules; none: nobody's.
    std::optional<std::size_t> common_rule(const std::string& folder) const {
        for (std::size_t i = rules_.size(); i-- > 0;) {
            const Rule& rule = rules_[i];
            const bool is_about = rule.folder && folder.starts_with(*rule.folder);
            if (is_about && !(rule.frees_subfolders && folder == *rule.folder)) return i;
        }
        return std::nullopt;
    }

    Names common_names(const std::string& folder) const {
        const auto common = common_rule(folder);
        return common ? rules_[*common].names : Names{};
    }

    /// The first segment of a pattern that is left below a folder; none: it is about other places.
    static std::optional<std::size_t> left_below(const CodeownersPattern& pattern, const std::string& folder) {
        std::size_t next = 0;
        for (const std::string& name : split(folder, '/')) {
            if (name.empty()) continue;
            if (next + 1 >= pattern.segments.size()) return std::nullopt;
            if (pattern.segments[next] == any_folders) return next;
            if (!record::matches_segment(pattern.segments[next], name)) return std::nullopt;
            ++next;
        }
        return next;
    }

    using Filters = std::vector<std::pair<std::string, Names>>;

    /// What single patterns say below a folder, after this place among the rules.
    Filters filters_below(const std::string& folder, std::optional<std::size_t> after) const {
        Filters filters;
        for (std::size_t i = after ? *after + 1 : 0; i < rules_.size(); ++i) {
            if (rules_[i].folder) continue;
            const CodeownersPattern& pattern = rules_[i].pattern;
            if (const auto left = left_below(pattern, folder); left && is_for(pattern, *left, folder))
                add_filter(filters, expression_of(pattern, *left), rules_[i].names);
        }
        return filters;
    }

    std::string folder_above(std::string folder) const {
        do {
            folder.pop_back();
            folder.erase(folder.rfind('/') + 1);
        } while (!folders_.contains(folder));
        return folder;
    }

    /// What no line tells apart from the folder above comes from there. Then filters stand alone, and whoever they name
    /// comes in the place of those above, as in CODEOWNERS; beside a list of the folder itself they only add.
    void write_owners(const std::string& folder) {
        const auto common = common_rule(folder);
        const Filters filters = filters_below(folder, common);
        if (folder.empty()) return write(folder, common_names(folder), filters);
        const std::string above = folder_above(folder);
        const auto inherited = common_rule(above);
        const bool is_same =
            common_names(folder) == common_names(above) && filters_below(folder, inherited).size() == filters.size();
        if (is_same && filters.empty() && !frees_subfolders_of(folder)) return;
        write(folder, is_same ? Names{} : common_names(folder), filters);
    }

    /// Whether no folder further down, which has a file of its own, is the one that a pattern is about.
    bool is_for(const CodeownersPattern& pattern, std::size_t left, const std::string& folder) const {
        std::string further = folder;
        for (std::size_t i = left; i + 1 < pattern.segments.size(); ++i) {
            if (record::has_wildcard(pattern.segments[i])) return true;
            further += record::codeowners_unescaped(pattern.segments[i]) + "/";
            if (folders_.contains(further)) return false;
        }
        return true;
    }

    /// The last of two lines with one pattern counts.
    static void add_filter(Filters& filters, std::string expression, const Names& names) {
        std::erase_if(filters, [&](const auto& filter) { return filter.first == expression; });
        filters.emplace_back(std::move(expression), names);
    }

    static yaml::Value approvers_value(const Names& names) {
        return yaml::Value::sequence({names.begin(), names.end()}, true);
    }

    bool frees_subfolders_of(const std::string& folder) const {
        return std::any_of(rules_.begin(), rules_.end(),
                           [&](const Rule& rule) { return rule.frees_subfolders && *rule.folder == folder; });
    }

    void write(const std::string& folder, const Names& approvers, const Filters& filters) {
        if (approvers.empty() && filters.empty()) return;
        std::vector<std::pair<std::string, yaml::Value>> entries, options;
        if (!folder.empty()) options.emplace_back("no_parent_owners", "true");
        if (frees_subfolders_of(folder)) options.emplace_back("auto_approve_unowned_subfolders", "true");
        if (!options.empty()) entries.emplace_back("options", yaml::Value::mapping(std::move(options)));
        if (filters.empty()) {
            entries.emplace_back("approvers", approvers_value(approvers));
        } else {
            std::vector<std::pair<std::string, yaml::Value>> all;
            const auto add = [&](const std::string& expression, const Names& names) {
                all.emplace_back(expression, yaml::Value::mapping({{"approvers", approvers_value(names)}}));
            };
            if (!approvers.empty()) add(".*", approvers);
            for (const auto& [expression, names] : filters) add(expression, names);
            entries.emplace_back("filters", yaml::Value::mapping(std::move(all)));
        }
        result_.change.files[folder + "OWNERS"] = yaml::emit(yaml::Value::mapping(std::move(entries)));
    }

    /// Who is in a team is for somebody to fill in.
    Result<void> write_aliases() {
        std::string bytes = "aliases: {}\n";
        if (state_.file(aliases_path)) {
            GOVCTL_TRY(bytes, state_.snapshot().read(aliases_path));
        } else if (!teams_.empty()) {
            bytes = "aliases:\n";
            for (const auto& [team, alias] : teams_) bytes += fmt::format("  {}: []  # @{}\n", alias, team);
            result_.change.files[aliases_path] = bytes;
            return {};
        }
        GOVCTL_TRY(auto document, yaml::parse(aliases_path, bytes));
        yaml::Editor editor(std::move(document));
        for (const auto& [team, alias] : teams_)
            if (!state_.owners().aliases().contains(alias))
                GOVCTL_CHECK(editor.set({"aliases", alias}, yaml::Value::sequence({}, true)));
        if (!teams_.empty() && editor.bytes() != bytes) result_.change.files[aliases_path] = editor.bytes();
        return {};
    }

    // ---- whether they say the same ----------------------------------------------------------------------------------

    /// The OWNERS files that were made, their aliases as names.
    record::OwnersTree made() const {
        std::vector<record::Owners> owners;
        for (const auto& [path, bytes] : result_.change.files) {
            if (path == aliases_path) continue;
            auto document = yaml::parse(path, *bytes);
            auto reading = document ? record::read_owners(*document) : record::OwnersReading{};
            if (reading.value) owners.push_back(*std::move(reading.value));
        }
        return {std::move(owners), {}};
    }

    /// Each line is told of once, by the first file for which OWNERS say something else.
    void compare() {
        const record::OwnersTree tree = made();
        std::map<int, const Rule*> by_line;
        for (const Rule& rule : rules_) by_line[rule.line] = &rule;
        std::set<int> told;
        for (const FileEntry& file : state_.files()) {
            const CodeownersRule* line = codeowners_.rule_of(file.path);
            const auto rule = line ? by_line.find(line->line) : by_line.end();
            const Names should = rule == by_line.end() ? Names{} : rule->second->names;
            const record::PathOwners owners = tree.owners_of(file.path);
            const auto names = record::names_of(owners.approvers);
            const Names is = owners.needs_no_approval ? Names{} : Names(names.begin(), names.end());
            if (is == should || !told.insert(line ? line->line : 0).second) continue;
            note(line ? line->line : 1,
                 fmt::format("{} is {}'s by this line, and by OWNERS {}'s", file.path, listed(should), listed(is)),
                 "OWNERS files unite all filters that match a path, and cannot take an owner away: rewrite the filter, "
                 "or "
                 "let them approve it too");
        }
    }

    static std::string listed(const Names& names) {
        return names.empty() ? "nobody" : join({names.begin(), names.end()}, ", ");
    }

    const State& state_;
    std::string file_;
    record::Codeowners codeowners_;
    std::vector<Rule> rules_;
    std::set<std::string> folders_;             // that lines speak of
    std::map<std::string, std::string> teams_;  // `org/team` → alias
    CodeownersImport result_{};
};

}  // namespace

Result<CodeownersImport> import_codeowners(const State& state, const std::string& file, const std::string& text) {
    return Importer(state, file, text).run();
}

}  // namespace govctl::app
