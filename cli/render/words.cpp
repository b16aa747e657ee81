#include "render/words.hpp"

#include <fmt/format.h>

#include <cstdlib>

#include "govctl/base/text.hpp"

namespace govctl::cli {

std::string minute(Instant at) {
    const std::string text = at.str();
    return text.substr(0, 10) + " " + text.substr(11, 5) + "Z";
}

std::string span(std::int64_t seconds) {
    struct Unit {
        std::int64_t seconds;
        const char* name;
    };
    static constexpr Unit units[] = {
        {7 * 86400, "week"}, {86400, "day"}, {3600, "hour"}, {60, "minute"}, {1, "second"}};
    for (const Unit& unit : units) {
        const std::int64_t count = seconds / unit.seconds;
        if (count >= 2 || (count == 1 && (unit.seconds <= 60 || seconds == unit.seconds)))
            return counted(static_cast<std::size_t>(count), unit.name);
    }
    return "no time";
}

std::string away(Instant at, Instant now) {
    const std::int64_t seconds = at.seconds - now.seconds;
    if (seconds == 0) return "now";
    return seconds > 0 ? "in " + span(seconds) : span(-seconds) + " ago";
}

std::string counted(std::size_t count, const std::string& noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string names(const std::vector<std::string>& all, std::size_t limit) {
    if (all.size() <= limit) return join(all, ", ");
    const std::vector<std::string> some(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(limit));
    return fmt::format("{} and {} more", join(some, ", "), all.size() - limit);
}

std::string short_id(const std::string& commit) {
    return commit.substr(0, 7);
}

std::string group_name(const app::State& state, const std::string& group) {
    const auto found = state.people().charters.find(group);
    return found == state.people().charters.end() || found->second.name.empty() ? group : found->second.name;
}

Text status_text(model::Status status) {
    using model::Status;
    const std::string_view word = model::status_word(status);
    switch (status) {
        case Status::open:
            return {Style::strong, word};
        case Status::accepted:
            return {Style::good, word};
        case Status::rejected:
        case Status::lapsed:
            return {Style::bad, word};
        case Status::draft:
            return {Style::warn, word};
        case Status::withdrawn:
        case Status::postponed:
        case Status::superseded:
            return {Style::faint, word};
    }
    return {word};
}

}  // namespace govctl::cli
