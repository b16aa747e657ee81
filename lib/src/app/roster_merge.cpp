#include "govctl/app/roster_merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "govctl/yaml/document.hpp"
#include "govctl/yaml/edit.hpp"

namespace govctl::app {
namespace {

using yaml::Node;

/// The seats of a roster; none: it has no list of them.
const Node* seats_of(const yaml::Document& roster) {
    const Node* seats = roster.root.find("seats");
    return seats && seats->is_sequence() ? seats : nullptr;
}

std::string text_of(const Node& seat, const char* key) {
    const Node* value = seat.find(key);
    return value && value->is_scalar() ? value->text : "";
}

bool is_same_seat(const Node& a, const Node& b) {
    return text_of(a, "role") == text_of(b, "role") && text_of(a, "person") == text_of(b, "person") &&
           text_of(a, "since") == text_of(b, "since");
}

std::optional<std::size_t> index_in(const Node& seats, const Node& wanted) {
    const auto found = std::find_if(seats.items.begin(), seats.items.end(),
                                    [&](const Node& seat) { return is_same_seat(seat, wanted); });
    if (found == seats.items.end()) return std::nullopt;
    return static_cast<std::size_t>(found - seats.items.begin());
}

Error both_say(const std::string& file, const Node& seat) {
    return {ErrorKind::refused,
            fmt::format("{}: both sides changed the seat of {} as {}", file, text_of(seat, "person"),
                        text_of(seat, "role")),
            {"only one of the two decisions can stand: leave one of them out of the merge, and decide it again on what "
             "the other made"}};
}

/// Takes over into `ours` what happened to one seat.
Result<void> take_seat(yaml::Editor& ours, const Node& base, const Node& seat) {
    const Node& mine = *seats_of(ours.document());
    const auto was = index_in(base, seat);
    const auto is = index_in(mine, seat);
    const bool unchanged = was && yaml::same_value(base.items[*was], seat);
    if (unchanged || (is && yaml::same_value(mine.items[*is], seat))) return {};
    if (!was && !is) return ours.append({"seats"}, yaml::Value::copy(seat));
    if (!was || !is || !yaml::same_value(base.items[*was], mine.items[*is]))
        return both_say(ours.document().file, seat);
    return ours.set({"seats", *is}, yaml::Value::copy(seat));
}

}  // namespace

Result<std::string> merge_rosters(const std::string& file, std::string base, std::string ours, std::string theirs) {
    GOVCTL_TRY(const yaml::Document before, yaml::parse(file, std::move(base)));
    GOVCTL_TRY(const yaml::Document other, yaml::parse(file, std::move(theirs)));
    GOVCTL_TRY(yaml::Document own, yaml::parse(file, std::move(ours)));
    if (!seats_of(before) || !seats_of(own) || !seats_of(other))
        return Error{ErrorKind::invalid, fmt::format("{} is not a roster on all sides", file)};
    for (const Node& seat : seats_of(before)->items)
        if (!index_in(*seats_of(other), seat) || !index_in(*seats_of(own), seat))
            return Error{ErrorKind::refused,
                         fmt::format("{}: one side takes a seat away", file),
                         {"a seat that is over keeps its line, with `until:` and `ended:`"}};
    yaml::Editor editor(std::move(own));
    for (const Node& seat : seats_of(other)->items) GOVCTL_CHECK(take_seat(editor, *seats_of(before), seat));
    return editor.bytes();
}

}  // namespace govctl::app
