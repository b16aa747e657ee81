#include "gate.hpp"

#include <algorithm>

namespace govctl::rules {

Gate::Gate(Instant from, std::optional<Instant> deadline, int wanted, std::vector<Instant> words)
    : from_(from), deadline_(deadline), wanted_(std::max(wanted, 1)), words_(std::move(words)) {
    std::erase_if(words_, [&](Instant each) { return each < from_ || (deadline_ && *deadline_ <= each); });
    std::sort(words_.begin(), words_.end());
}

std::optional<Instant> Gate::reached() const {
    if (lacking() > 0) return std::nullopt;
    return words_[static_cast<std::size_t>(wanted_) - 1];
}

std::optional<Instant> Gate::closed(Instant now) const {
    if (auto at = reached()) return at;
    return deadline_ && *deadline_ <= now ? deadline_ : std::nullopt;
}

Run Gate::run(const std::string& name, const std::string& rule, const std::string& count,
              std::optional<Instant> until) const {
    Run run;
    run.stage = name;
    run.rule = rule;
    run.from = from_;
    run.to = until;
    run.deadline = deadline_;
    const std::string wanted = std::to_string(wanted_);
    const auto said =
        std::count_if(words_.begin(), words_.end(), [&](Instant each) { return !until || each <= *until; });
    const bool is_enough = said >= wanted_;
    run.conditions = {{{count + " " + wanted, std::to_string(said), wanted, is_enough}, ""}};
    return run;
}

}  // namespace govctl::rules
