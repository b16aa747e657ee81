#include "checking.hpp"

#include "govctl/app/may_follow.hpp"
#include "session.hpp"

namespace govctl::cli {

Result<Findings> forbidden_by_head(const Invocation& invocation, const Look& look) {
    const git::Repository& repository = look.workspace.repository();
    const auto head = repository.resolve("HEAD");
    if (!head) return Findings{};
    GOVCTL_TRY(const auto before, look.workspace.state_at(*head));
    if (!before->is_governed()) return Findings{};
    GOVCTL_TRY(const app::Session who, session(invocation, repository));
    const app::Origin origin{repository.mapped(who.author, *head).email, who.now};
    return app::may_follow(*before, *look.state, [&origin](const std::string&) { return origin; });
}

}  // namespace govctl::cli
