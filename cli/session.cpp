#include "session.hpp"

#include <fmt/format.h>

#include "date.hpp"

namespace govctl::cli {
namespace {

Result<ZonedInstant> zoned_now(const Environment& environment) {
    const auto offset = [&environment](Instant at) { return environment.offset_minutes(at); };
    const auto date = environment.variable("GIT_COMMITTER_DATE");
    if (!date) {
        const Instant clock = environment.clock();
        return ZonedInstant{clock, offset(clock)};
    }
    const auto parsed = parse_git_date(*date, offset);
    if (!parsed) return Error{ErrorKind::environment, fmt::format("invalid date in GIT_COMMITTER_DATE: \"{}\"", *date)};
    return *parsed;
}

/// What git takes off both ends of a name and does not write at all.
std::string without_crud(const std::string& text) {
    const auto is_crud = [](char c) {
        return static_cast<unsigned char>(c) <= 32 || std::string_view(".,:;<>\"\\'").find(c) != std::string_view::npos;
    };
    std::string kept;
    for (const char c : text) {
        if (c != '<' && c != '>' && c != '\n') kept += c;
    }
    while (!kept.empty() && is_crud(kept.back())) kept.pop_back();
    std::size_t begin = 0;
    while (begin < kept.size() && is_crud(kept[begin])) ++begin;
    return kept.substr(begin);
}

/// `role` is `author` or `committer`, as configuration writes it.
Result<git::Identity> identity(const Environment& environment, const git::Repository& repository,
                               const std::string& role, const char* name_variable, const char* email_variable) {
    const auto first = [](std::optional<std::string> a, const auto& b, const auto& c) {
        if (!a || a->empty()) a = b();
        if (!a || a->empty()) a = c();
        return without_crud(a.value_or(""));
    };
    const auto config = [&repository](const std::string& name) {
        return [&repository, name] { return repository.config(name); };
    };
    git::Identity identity{first(environment.variable(name_variable), config(role + ".name"), config("user.name")),
                           first(environment.variable(email_variable), config(role + ".email"), config("user.email"))};
    if (identity.email.empty()) identity.email = without_crud(environment.variable("EMAIL").value_or(""));
    if (!identity.name.empty() && !identity.email.empty()) return identity;
    return Error{ErrorKind::environment,
                 fmt::format("{} identity unknown", role),
                 {"git config --global user.name \"Your Name\"", "git config --global user.email \"you@example.com\""}};
}

}  // namespace

Result<Instant> now(const Environment& environment) {
    GOVCTL_TRY(const ZonedInstant zoned, zoned_now(environment));
    return zoned.at;
}

Result<Instant> viewed_at(const Invocation& invocation) {
    if (!invocation.globals.as_of) return now(invocation.environment);
    Result<Instant> as_of = Instant::parse_date_or_instant(*invocation.globals.as_of);
    if (as_of) return as_of;
    return Error{ErrorKind::usage,
                 fmt::format("option \"--as-of\" requires an instant, not \"{}\"", *invocation.globals.as_of),
                 {"write it as 2026-11-20 or 2026-11-20T09:00:00Z"}};
}

Result<app::Session> session(const Invocation& invocation, const git::Repository& repository) {
    app::Session session;
    GOVCTL_TRY(session.author,
               identity(invocation.environment, repository, "author", "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL"));
    GOVCTL_TRY(session.committer,
               identity(invocation.environment, repository, "committer", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"));
    GOVCTL_TRY(const ZonedInstant zoned, zoned_now(invocation.environment));
    session.now = zoned.at;
    if (invocation.globals.as_of) {
        GOVCTL_TRY(session.now, viewed_at(invocation));
    }
    session.offset_minutes = zoned.offset_minutes;
    session.branch = invocation.globals.branch;
    return session;
}

}  // namespace govctl::cli
