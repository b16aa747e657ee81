#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "command.hpp"
#include "govctl/base/text.hpp"
#include "listing.hpp"
#include "reading.hpp"
#include "render/records.hpp"
#include "render/words.hpp"
#include "showing.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;

/// The groups as a tree of parents. A group whose parent is missing stands at the top.
class Tree {
public:
    explicit Tree(const Look& look) : look_(look), people_(look.state->people()) {
        for (const auto& [id, charter] : people_.charters) {
            const bool has_parent = people_.charters.count(charter.parent) > 0;
            below_[has_parent ? charter.parent : ""].push_back(id);
        }
    }

    void print(Output& out) {
        print_below(out, "", 0);
        table_.flexible(1);
        table_.print(out);
    }

    ordered_json json() { return json_below(""); }

private:
    void print_below(Output& out, const std::string& parent, std::size_t depth) {
        for (const std::string& id : below_[parent]) {
            if (!seen_.insert(id).second) continue;
            const model::Charter& charter = people_.charters.at(id);
            table_.row({Text(std::string(2 * depth, ' ')) + Text(Style::name, id), charter.name,
                        Text(model::group_type_word(charter.type)), members_of(id)});
            print_below(out, id, depth + 1);
        }
    }

    std::string members_of(const std::string& group) const {
        const auto members = people_.seated(group, std::nullopt, look_.now);
        return members.empty() ? "nobody" : names(members, 4);
    }

    ordered_json json_below(const std::string& parent) {
        ordered_json groups = ordered_json::array();
        for (const std::string& id : below_[parent]) {
            if (!seen_.insert(id).second) continue;
            ordered_json group = brief_json(*look_.state, people_.charters.at(id), look_.now);
            group["groups"] = json_below(id);
            groups.push_back(std::move(group));
        }
        return groups;
    }

    const Look& look_;
    const model::Register& people_;
    std::map<std::string, std::vector<std::string>> below_;
    std::set<std::string> seen_;  ///< parents may go in a circle; validate says so
    Table table_;
};

Result<Exit> run_tree(const Invocation& invocation) {
    GOVCTL_TRY(const Look seen, look(invocation));
    Tree tree(seen);
    if (invocation.format == Format::json) {
        invocation.out.json({{"schema", "govctl.group-tree/1"}, {"groups", tree.json()}});
    } else {
        tree.print(invocation.out);
    }
    return Exit::done;
}

}  // namespace

void define_group(Syntax& syntax) {
    syntax.below("tree", "show the groups, each below its parent").reads(run_tree);
    const auto person = std::make_shared<std::string>();
    syntax.below("list", "list the groups")
        .option("--person", "HANDLE", person.get(), "only those this person has a seat in")
        .reads([person](const Invocation& invocation) {
            return list_records(invocation, "group-list", {"group", "", "", normal_handle(*person)});
        });
    const auto id = std::make_shared<std::string>();
    syntax.below("show", "show a group, its roles and who holds them")
        .operand("GROUP", id.get(), "which")
        .reads([id](const Invocation& invocation) {
            return show_record(invocation, "group-show", id->starts_with("group/") ? *id : "group/" + *id);
        });
}

}  // namespace govctl::cli
