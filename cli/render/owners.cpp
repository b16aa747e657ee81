#include "render/owners.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "govctl/base/text.hpp"
#include "render/findings.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;
using record::OwnersList;

struct List {
    OwnersList list;
    const char* key;    // in JSON and in OWNERS
    const char* title;  // on the screen
};

constexpr List lists[] = {
    {OwnersList::approvers, "approvers", "approvers"},
    {OwnersList::reviewers, "reviewers", "reviewers"},
    {OwnersList::required_reviewers, "required_reviewers", "required reviewers"},
    {OwnersList::labels, "labels", "labels"},
};

/// `pkg/` for people: the top has no name.
std::string shown_path(const std::string& path) {
    return path.empty() ? "./" : path;
}

void add_rows(Table& table, const List& list, const std::vector<record::OwnersShare>& shares) {
    std::string title = list.title;
    for (const record::OwnersShare& share : shares) {
        for (const record::Owner& owner : *share.owners) {
            const record::Owner::Line& line = owner.lines.front();
            Text where = fmt::format("{}:{}", share.file->file, line.number);
            if (!line.alias.empty()) where += Text(Style::faint, " " + line.alias);
            table.row({Text(std::exchange(title, "")), Text(Style::name, owner.name), std::move(where)});
        }
    }
}

ordered_json lines_json(const record::PathOwners& owners) {
    ordered_json lines = ordered_json::array();
    for (const List& list : lists) {
        for (const record::OwnersShare& share : owners.of(list.list)) {
            for (const record::Owner& owner : *share.owners) {
                for (const record::Owner::Line& line : owner.lines) {
                    ordered_json from = {
                        {"file", share.file->file}, {"line", line.number}, {"list", list.key}, {"name", owner.name}};
                    from["alias"] = line.alias.empty() ? ordered_json(nullptr) : ordered_json(line.alias);
                    lines.push_back(std::move(from));
                }
            }
        }
    }
    return lines;
}

const char* state_word(app::ApprovalState state) {
    switch (state) {
        case app::ApprovalState::approved:
            return "approved";
        case app::ApprovalState::missing:
            return "missing";
        case app::ApprovalState::not_needed:
            return "not-needed";
        case app::ApprovalState::by_rules:
            break;
    }
    return "by-rules";
}

/// `ada`, `ada and bob`, `ada, bob and cy`.
std::string all_of(const std::vector<std::string>& people) {
    if (people.size() < 2) return join(people, "");
    const std::vector<std::string> first(people.begin(), people.end() - 1);
    return join(first, ", ") + " and " + people.back();
}

}  // namespace

void print_path(Output& out, const ShownPath& shown) {
    out.line(Text(Style::strong, shown_path(shown.path)));
    Table table;
    table.indented(2);
    if (shown.owners.approvers.empty()) table.row({"approvers", Text(Style::bad, "nobody")});
    for (const List& list : lists) add_rows(table, list, shown.owners.of(list.list));
    if (!shown.group.empty()) table.row({"group", Text(Style::name, shown.group), shown.group_name});
    table.print(out);
    if (shown.owners.needs_no_approval)
        out.line(Text(Style::faint, "  left to anybody by auto_approve_unowned_subfolders"));
}

void print_paths(Output& out, const std::vector<ShownPath>& shown) {
    Table table;
    for (const ShownPath& each : shown) {
        const std::vector<std::string> approvers = names_of(each.owners.approvers);
        table.row({shown_path(each.path), approvers.empty() ? Text(Style::bad, "nobody") : Text(names(approvers, 3))});
    }
    table.flexible(0).print(out);
}

ordered_json to_json(const ShownPath& shown) {
    ordered_json json = {{"path", shown.path},
                         {"approvers", names_of(shown.owners.approvers)},
                         {"reviewers", names_of(shown.owners.reviewers)},
                         {"labels", names_of(shown.owners.labels)}};
    json["group"] = shown.group.empty() ? ordered_json(nullptr) : ordered_json(shown.group);
    json["from"] = lines_json(shown.owners);
    json["required_reviewers"] = names_of(shown.owners.required_reviewers);
    json["leaf_approvers"] = nearest_names_of(shown.owners.approvers);
    json["leaf_reviewers"] = nearest_names_of(shown.owners.reviewers);
    json["approver_folder"] = shown.owners.approver_folder;
    json["needs_approval"] = !shown.owners.needs_no_approval;
    return json;
}

void print_approvals(const Invocation& invocation, const app::Approvals& approvals) {
    Output& out = invocation.out;
    for (const std::string& text : approvals.nobody)
        out.talk(fmt::format("\"{}\" tells nobody: name a login, or an address of somebody on record", text));
    Table table;
    std::size_t missing = 0;
    for (const app::PathApproval& path : approvals.paths) {
        if (path.state != app::ApprovalState::missing) continue;
        ++missing;
        const Text who = path.approvers.empty() ? Text(Style::bad, "nobody can") : Text(names(path.approvers, 3));
        table.row({shown_path(path.path), who});
    }
    if (!table.empty()) {
        out.line(fmt::format("{} of {} without approval, and who can give it:", missing,
                             counted(approvals.paths.size(), "path")));
        table.indented(2).flexible(0).print(out);
    }
    print_findings(out, approvals.findings, invocation.source);
    const app::Cover& cover = approvals.missing;
    if (!cover.people.empty() && missing > 1) {
        const std::string what = cover.empty.empty() ? " can give all of these" : " can give the others";
        out.line(Text(Style::strong, all_of(cover.people)) + what +
                 (cover.is_smallest ? "" : "; perhaps fewer would do"));
    }
    if (approvals.complete()) {
        const std::string by = approvals.approved_by.empty() ? "" : " by " + all_of(approvals.approved_by);
        out.confirm(fmt::format("{} approved{}", counted(approvals.paths.size(), "path"), by));
    }
}

void add_json(ordered_json& object, const app::Approvals& approvals) {
    object["approved"] = approvals.complete();
    object["approved_by"] = approvals.approved_by;
    object["unknown"] = approvals.nobody;
    ordered_json changed = ordered_json::array();
    ordered_json missing = ordered_json::array();
    for (const app::PathApproval& path : approvals.paths) {
        changed.push_back({{"path", path.path}, {"state", state_word(path.state)}, {"approved_by", path.approved_by}});
        if (path.state == app::ApprovalState::missing)
            missing.push_back({{"path", path.path}, {"approvers", path.approvers}});
    }
    object["changed"] = std::move(changed);
    object["missing"] = std::move(missing);
    object["cover"] = approvals.missing.people;
    object["cover_is_smallest"] = approvals.missing.is_smallest;
    ordered_json findings = ordered_json::array();
    for (const Finding& finding : approvals.findings) findings.push_back(to_json(finding));
    object["findings"] = std::move(findings);
}

std::vector<Bundle> bundled(const std::vector<std::string>& chosen, const std::vector<std::string>& all) {
    std::map<std::string, std::pair<std::size_t, std::size_t>> folders;  // files in all, and those chosen
    const auto each_folder = [](const std::string& path, const auto& visit) {
        if (!visit(std::string())) return;
        for (std::size_t slash = path.find('/'); slash != path.npos; slash = path.find('/', slash + 1))
            if (!visit(path.substr(0, slash + 1))) return;
    };
    const auto count = [&](auto member) {
        return [&folders, member](const std::string& folder) {
            ++(folders[folder].*member);
            return true;
        };
    };
    using Counts = std::pair<std::size_t, std::size_t>;
    for (const std::string& path : all) each_folder(path, count(&Counts::first));
    for (const std::string& path : chosen) each_folder(path, count(&Counts::second));
    std::vector<Bundle> bundles;
    for (const std::string& path : chosen) {
        if (!bundles.empty() && bundles.back().path.ends_with('/') && path.starts_with(bundles.back().path)) continue;
        if (!bundles.empty() && bundles.back().path == "./") continue;
        Bundle bundle{path, 1};
        each_folder(path, [&](const std::string& folder) {
            const Counts& counts = folders[folder];
            if (counts.first != counts.second) return true;
            if (bundle.path == path) bundle = {shown_path(folder), counts.first};
            return false;
        });
        bundles.push_back(std::move(bundle));
    }
    return bundles;
}

}  // namespace govctl::cli
