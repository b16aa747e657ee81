#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "command.hpp"
#include "commands/owners.hpp"
#include "govctl/app/approval.hpp"
#include "govctl/base/text.hpp"
#include "reading.hpp"
#include "render/owners.hpp"

namespace govctl::cli {
namespace {

// ---- approved -------------------------------------------------------------------------------------------------------

struct ApprovedOptions {
    std::string range;
    std::optional<std::string> approved_by;
};

/// A list is what was given, also where it is empty; without one trailers tell.
std::optional<std::vector<std::string>> names_in(const std::optional<std::string>& list) {
    if (!list) return std::nullopt;
    std::vector<std::string> names;
    for (const std::string& name : split(*list, ','))
        if (!trim(name).empty()) names.push_back(trim(name));
    return names;
}

Result<Exit> run_approved(const ApprovedOptions& options, const Invocation& invocation) {
    if (options.range.empty())
        return Error{ErrorKind::usage, "option \"--range\" is required", {"as --range main..HEAD"}};
    GOVCTL_TRY(const app::Workspace workspace, open_workspace(invocation));
    GOVCTL_TRY(const auto range, workspace.repository().resolve_range(options.range));
    if (!range.first)
        return Error{ErrorKind::usage, fmt::format("\"{}\" is no range", options.range), {"write it as main..HEAD"}};
    GOVCTL_TRY(const app::Approvals approvals,
               app::judge_approvals(workspace, *range.first, range.second, names_in(options.approved_by)));
    if (invocation.format == Format::json) {
        nlohmann::ordered_json json = {
            {"schema", "govctl.owners-approved/1"}, {"from", *range.first}, {"to", range.second}};
        add_json(json, approvals);
        invocation.out.json(json);
    } else {
        GOVCTL_TRY(const auto snapshot, workspace.repository().tree_of(range.second));
        invocation.source = [snapshot](const std::string& file) {
            auto text = snapshot->read(file);
            return text ? std::optional(*std::move(text)) : std::nullopt;
        };
        print_approvals(invocation, approvals);
    }
    return approvals.complete() ? Exit::done : Exit::negative;
}

void define_approved(Syntax& syntax) {
    const auto options = std::make_shared<ApprovedOptions>();
    syntax.option("--range", "A..B", &options->range, "what B changes since it left A; OWNERS and rules as in A")
        .option("--approved-by", "NAME,...", &options->approved_by,
                "who approved; else the trailers Approved-by, Acked-by and Reviewed-by say")
        .note("exit 1 where a path is not approved, or a governed file changes without its decision")
        .reads([options](const Invocation& invocation) { return run_approved(*options, invocation); });
}

}  // namespace

void define_owners(Syntax& syntax) {
    define_owners_check(syntax.below("check", "tell what is wrong with OWNERS files"));
    define_approved(syntax.below("approved", "say whether a change has every approval it needs"));
    define_owners_export(syntax.below("export", "write CODEOWNERS from OWNERS files"));
    define_owners_import(syntax.below("import", "write OWNERS files from CODEOWNERS"));
}

}  // namespace govctl::cli
