#include <fmt/format.h>

#include "acting.hpp"
#include "command.hpp"
#include "govctl/app/rename.hpp"
#include "govctl/base/text.hpp"
#include "listing.hpp"
#include "person_key.hpp"
#include "reading.hpp"
#include "session.hpp"
#include "showing.hpp"

namespace govctl::cli {
namespace {

struct NewOptions {
    std::string handle;
    std::string name;
    std::string email;
    std::vector<std::string> accounts;
};

Result<std::map<std::string, std::string>> accounts_of(const std::vector<std::string>& given) {
    std::map<std::string, std::string> accounts;
    for (const std::string& each : given) {
        const std::size_t sign = each.find('=');
        if (sign == std::string::npos || sign == 0 || sign + 1 == each.size()) {
            return Error{ErrorKind::usage, fmt::format("option \"--account\" requires FORGE=LOGIN, not \"{}\"", each)};
        }
        accounts[each.substr(0, sign)] = each.substr(sign + 1);
    }
    return accounts;
}

/// Whoever runs it is who is added, unless another e-mail is given.
Result<app::NewPerson> request_of(const NewOptions& options, const git::Identity& runner) {
    app::NewPerson request;
    const bool self = options.email.empty() || options.email == runner.email;
    request.email = self ? runner.email : options.email;
    request.name = options.name.empty() && self ? runner.name : options.name;
    request.handle = normal_handle(options.handle);
    if (request.handle.empty()) request.handle = slug(request.email.substr(0, request.email.find('@')));
    GOVCTL_TRY(request.accounts, accounts_of(options.accounts));
    return request;
}

/// Nobody has to be on record to put themselves there, so this act has a branch but no actor.
Result<Exit> run_new(const NewOptions& options, const Invocation& invocation) {
    GOVCTL_TRY(Desk desk, sit_down_unknown(invocation));
    GOVCTL_TRY(const app::NewPerson request, request_of(options, desk.session.author));
    GOVCTL_TRY(app::Change change, app::new_person(*desk.base.state, request));
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(change)));
    if (invocation.format == Format::text) invocation.out.line(done.change.record.str());
    return tell(invocation, "person-new", done, {});
}

struct RenameOptions {
    std::string from;
    std::string to;
    std::vector<std::string> accounts;
};

Result<Exit> run_rename(const RenameOptions& options, const Invocation& invocation) {
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    app::Renaming renaming{normal_handle(options.from), normal_handle(options.to), {}};
    GOVCTL_TRY(renaming.accounts, accounts_of(options.accounts));
    GOVCTL_TRY(app::Change change, app::rename_person(*desk.base.state, desk.act, renaming));
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(change)));
    std::vector<Text> lines = {Text(Style::name, done.change.record.str()) + "  was " + renaming.from};
    for (const auto& [path, bytes] : done.change.files)
        if (bytes) lines.emplace_back("  " + path);
    return tell(invocation, "person-rename", done, lines);
}

void define_rename(Syntax& syntax) {
    const auto options = std::make_shared<RenameOptions>();
    syntax.operand("OLD", &options->from, "what they are called")
        .operand("NEW", &options->to, "what they are called from now on; the old handle leads to them")
        .option("--account", "FORGE=LOGIN", &options->accounts, "an account of yours that changes with it")
        .note("people rename themselves; steering and desks rename others")
        .acts([options](const Invocation& invocation) { return run_rename(*options, invocation); });
}

void define_new(Syntax& syntax) {
    const auto options = std::make_shared<NewOptions>();
    syntax.option("--handle", "HANDLE", &options->handle, "what they are called here; else from the e-mail")
        .option("--name", "NAME", &options->name, "their name")
        .option("--email", "ADDRESS", &options->email, "theirs, where it is not you who is added")
        .option("--account", "FORGE=LOGIN", &options->accounts, "an account, as github=ada-l")
        .note("anybody adds themselves; steering and desks add others")
        .acts([options](const Invocation& invocation) { return run_new(*options, invocation); });
}

}  // namespace

void define_person(Syntax& syntax) {
    const auto group = std::make_shared<std::string>();
    syntax.below("list", "list the people")
        .option("--group", "GROUP", group.get(), "only those seated in it")
        .reads([group](const Invocation& invocation) {
            return list_records(invocation, "person-list", {"person", "", *group});
        });
    const auto id = std::make_shared<std::string>();
    syntax.below("show", "show a person").operand("HANDLE", id.get(), "who").reads([id](const Invocation& invocation) {
        const std::string handle = id->starts_with("person/") ? id->substr(7) : *id;
        return show_record(invocation, "person-show", "person/" + normal_handle(handle));
    });
    define_new(syntax.below("new", "add a person"));
    define_rename(syntax.below("rename", "give a person another handle"));
    define_person_keys(syntax);
}

}  // namespace govctl::cli
