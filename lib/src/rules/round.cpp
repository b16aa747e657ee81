#include "round.hpp"

namespace govctl::rules {

using model::HistoryEntry;
using model::Proposal;

static bool begins_a_round(const HistoryEntry& entry) {
    return entry.act == "opened" || entry.act == "reopened" || entry.act == "escalated";
}

static Error not_begun(const Proposal& proposal, const std::string& when) {
    return Error{ErrorKind::invalid, proposal.id.str() + " was not opened " + when, {}};
}

Result<Round> Round::of(const Proposal& proposal, Instant now) {
    if (!proposal.opened) return not_begun(proposal, "yet");
    Round round;
    round.number = proposal.round;
    round.opened = *proposal.opened;
    round.opened_by = proposal.authors;
    round.texts_ = {{round.opened, proposal.text}};
    for (const HistoryEntry& entry : proposal.history) {
        if (entry.act == "opened" && !entry.by.empty()) round.opened_by.push_back(entry.by);
        if (entry.act == "escalated") round.escalated = entry.at;
        if (begins_a_round(entry)) {
            round.opened = entry.at;
            round.asks_for_seconds = entry.act == "opened";
            round.revisions.clear();
            round.texts_ = {{entry.at, entry.text.empty() ? proposal.text : entry.text}};
        } else if (entry.act == "revised" && entry.at <= now) {
            round.revisions.push_back(entry.at);
            round.texts_.push_back({entry.at, entry.text.empty() ? proposal.text : entry.text});
        }
    }
    if (round.opened > now)
        return not_begun(proposal, "for round " + std::to_string(round.number) + " by " + now.str());
    return round;
}

const Round::Text& Round::in_force(Moment moment) const {
    const Text* found = &texts_.front();
    for (const Text& text : texts_)
        if (moment.sees(text.since)) found = &text;
    return *found;
}

const std::string& Round::text(Moment moment) const {
    return in_force(moment).text;
}
Instant Round::text_since(Moment moment) const {
    return in_force(moment).since;
}

}  // namespace govctl::rules
