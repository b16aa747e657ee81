#include "poll.hpp"

#include <algorithm>

#include "govctl/base/sha256.hpp"
#include "govctl/base/text.hpp"
#include "govctl/rules/procedure.hpp"
#include "verdict.hpp"

namespace govctl::rules {

using model::AsOf;
using model::Ballot;
using model::Count;
using model::Objection;
using model::Position;
using model::Register;
using model::Stage;
using model::TieRule;
using model::Vote;

using Handles = std::vector<std::string>;

static bool contains(const Handles& sorted, const std::string& handle) {
    return std::binary_search(sorted.begin(), sorted.end(), handle);
}

bool Franchise::is_eligible(const std::string& handle) const {
    return contains(eligible, handle);
}
bool Franchise::is_objector(const std::string& handle) const {
    return contains(may_object, handle);
}
const std::string* Franchise::family(const std::string& handle) const {
    auto found = families.find(handle);
    return found == families.end() ? nullptr : &found->second;
}

// --- votes ---

Votes capped(Votes votes, std::int64_t cap) {
    const std::int64_t sum = votes.yes + votes.no;
    if (sum <= cap) return votes;
    const auto scaled = [&](std::int64_t kind) { return (Rational(kind) * Rational(cap, sum)).round_half_up(); };
    Votes result{scaled(votes.yes), scaled(votes.no)};
    const std::int64_t excess = result.yes + result.no - cap;
    if (excess <= 0) return result;
    if (votes.yes <= votes.no) result.yes -= excess;
    if (votes.no <= votes.yes) result.no -= excess;
    return result;
}

void count_votes(Figures& figures, const VotesByFamily& votes, std::optional<std::int64_t> cap) {
    Votes sum;
    std::int64_t organizations = 0;
    for (const auto& [family, own] : votes) {
        const bool is_organization = !family.empty();  // the independent are nobody's: never capped, never counted
        const Votes counted = cap && is_organization ? capped(own, *cap) : own;
        sum.yes += counted.yes;
        sum.no += counted.no;
        if (is_organization && own.yes > 0) ++organizations;
    }
    figures[Count::yes] = sum.yes;
    figures[Count::no] = sum.no;
    figures[Count::decisive] = sum.yes + sum.no;
    figures[Count::organizations] = organizations;
}

/// Of a list in order of handle, the entry of one; the end: there is none.
template <class T>
static auto entry_of(const std::vector<T>& sorted, std::string_view T::*name, std::string_view handle) {
    const auto at = std::lower_bound(sorted.begin(), sorted.end(), handle,
                                     [&](const T& each, std::string_view wanted) { return each.*name < wanted; });
    return at != sorted.end() && (*at).*name == handle ? at : sorted.end();
}

bool Poll::has_voted(std::string_view handle) const {
    return entry_of(votes, &Saying::voter, handle) != votes.end();
}

int Poll::objections_of(std::string_view handle) const {
    const auto found = entry_of(objections, &Raised::author, handle);
    return found == objections.end() ? 0 : found->objections;
}

Handles Poll::missing() const {
    Handles missing;
    for (const std::string& handle : franchise->eligible)
        if (!has_voted(handle) && objections_of(handle) == 0) missing.push_back(handle);
    return missing;
}

std::map<std::string, Vote> Poll::votes_by_voter() const {
    std::map<std::string, Vote> all;
    for (const Saying& each : votes) all.emplace(each.voter, *each.position->vote);
    return all;
}

model::TallyFigures Poll::tally() const {
    return {figures[Count::yes], figures[Count::no], figures[Count::abstain], figures[Count::objections],
            figures[Count::missing]};
}

// --- reading ---

Pollster::Pollster(const Matter& matter, const Register& people, const Round& round, Instant now)
    : matter_(matter),
      people_(people),
      round_(round),
      sheets_(sheets_of(matter, people)),
      recusals_(matter, people, sheets_) {
    collect_events(now);
}

static void sort_unique(std::vector<Instant>& instants) {
    std::sort(instants.begin(), instants.end());
    instants.erase(std::unique(instants.begin(), instants.end()), instants.end());
}

void Pollster::collect_events(Instant now) {
    const auto note = [&](std::vector<Instant>& list, const std::optional<Instant>& at) {
        if (at && round_.opened < *at && *at <= now) list.push_back(*at);
    };
    const auto note_span = [&](const auto& span) {
        note(standings_, span.since);
        note(standings_, span.until);
    };
    for (const auto& [_, sheet] : sheets_) {
        for (const Position& position : sheet->earlier) note(events_, position.cast);
        note(events_, sheet->now.cast);
        note(events_, sheet->second);
        note(events_, sheet->appeal);
        for (const Objection& objection : sheet->objections) {
            note(events_, objection.raised);
            note(events_, objection.resolved);
        }
        if (sheet->recused) note(standings_, sheet->recused->at);
    }
    for (const auto& [_, person] : people_.people) {
        for (const auto& each : person.ladder) note_span(each);
        for (const auto& each : person.affiliations) note_span(each);
        for (const auto& each : person.interests) note_span(each);
    }
    for (const auto& [_, roster] : people_.rosters)
        for (const auto& each : roster.seats) note_span(each);
    sort_unique(standings_);
    events_.insert(events_.end(), standings_.begin(), standings_.end());
    events_.insert(events_.end(), round_.revisions.begin(), round_.revisions.end());
    sort_unique(events_);
}

// --- who ---

std::shared_ptr<const Franchise> Pollster::franchise(const Opening& opening, Moment moment) {
    // Before, at and after an instant of change are three different standings, and at it a deadline differs.
    const auto first = std::lower_bound(standings_.begin(), standings_.end(), moment.at);
    const bool is_at_change = first != standings_.end() && *first == moment.at;
    const auto index = static_cast<std::size_t>(first - standings_.begin());
    const std::pair<std::size_t, std::size_t> standing(index, is_at_change ? (moment.is_deadline ? 1 : 2) : 0);
    const std::pair<const Stage*, Instant> which(opening.stage, opening.electorate_from);
    const auto kept = kept_.find(opening.group);
    if (kept != kept_.end() && kept->second.opening == which && kept->second.standing == standing)
        return kept->second.franchise;
    return kept_.insert_or_assign(opening.group, Kept{which, standing, read_franchise(opening, moment)})
        .first->second.franchise;
}

std::shared_ptr<const Franchise> Pollster::read_franchise(const Opening& opening, Moment moment) const {
    const Stage& stage = *opening.stage;
    const Instant as_of = stage.as_of == AsOf::open    ? round_.opened
                          : stage.as_of == AsOf::stage ? opening.electorate_from
                                                       : moment.at;
    const auto read = [&](const std::vector<model::Term>& by, const std::vector<model::Term>& except) {
        return electorate(by, except, matter_.proposal, people_, as_of, opening.group);
    };
    const auto without_recused = [&](Handles handles) {
        if (stage.recusal)
            std::erase_if(handles, [&](const std::string& each) { return recusals_.why(each, moment).has_value(); });
        return handles;
    };
    auto franchise = std::make_shared<Franchise>();
    franchise->electorate = read(stage.by, stage.except);
    read_recusals(*franchise, stage, moment);
    franchise->may_object = stage.objection.by ? without_recused(read(*stage.objection.by, {})) : franchise->eligible;
    if (stage.tie.kind == TieRule::Kind::casting_vote)
        franchise->may_settle = without_recused(read({stage.tie.holder}, {}));
    franchise->present = static_cast<std::int64_t>(without_recused(present()).size());
    const auto counts_organizations = [](const model::Condition& each) { return each.names(Count::organizations); };
    if (stage.cap || (stage.quorum && counts_organizations(*stage.quorum)) ||
        std::any_of(stage.passes.begin(), stage.passes.end(), counts_organizations))
        read_families(*franchise, moment.at);
    read_participants(*franchise);
    return franchise;
}

Handles Pollster::present() const {
    if (!matter_.proposal.present) return {};
    std::set<std::string> handles;
    for (const std::string& name : *matter_.proposal.present) {
        const model::Person* person = people_.person(name);
        handles.insert(person ? person->handle : name);
    }
    return {handles.begin(), handles.end()};
}

void Pollster::read_participants(Franchise& franchise) const {
    for (const auto& [voter, ballot] : sheets_) {
        const bool is_eligible = franchise.is_eligible(voter);
        const bool may_object = franchise.is_objector(voter);
        if (is_eligible || may_object)
            franchise.participants.push_back({voter, ballot, is_eligible, may_object, franchise.family(voter)});
    }
}

void Pollster::read_recusals(Franchise& franchise, const Stage& stage, Moment moment) const {
    std::int64_t others = 0;   // of the electorate, who are not what the matter is about
    std::int64_t recused = 0;  // of those
    for (const std::string& handle : franchise.electorate) {
        const bool is_subject = recusals_.is_subject(handle);
        const auto why = stage.recusal ? recusals_.why(handle, moment) : std::nullopt;
        if (why)
            franchise.recused.push_back({handle, *why});
        else
            franchise.eligible.push_back(handle);
        if (!is_subject) ++others;
        if (!is_subject && why) ++recused;
    }
    const std::optional<Rational>& at_most = matter_.charter.recusal.at_most;
    if (stage.recusal && at_most && others > 0) franchise.too_many_recused = Rational(recused, others) > *at_most;
}

void Pollster::read_families(Franchise& franchise, Instant at) const {
    for (const std::string& handle : franchise.eligible)
        if (auto family = people_.employer_family(handle, at)) franchise.families.emplace(handle, *std::move(family));
}

// --- what they said ---

Pollster::Matching Pollster::matching(const Opening& opening, Moment moment) const {
    return {moment, round_.text(moment), std::max(round_.text_since(moment), opening.positions_since),
            opening.stage->ballot};
}

const Position* Pollster::position(const Ballot& ballot, const Matching& matching) const {
    const Position* latest = nullptr;
    const auto consider = [&](const Position& position) {
        if (position.is_vote() && matching.moment.sees(position.cast) && (!latest || latest->cast <= position.cast))
            latest = &position;
    };
    for (const Position& position : ballot.earlier) consider(position);
    consider(ballot.now);
    // The latest word is the only one: where it does not count, none before it does.
    if (!latest || latest->round != round_.number || latest->text != matching.text) return nullptr;
    return latest->cast < matching.since || !is_in_form(*latest, matching.form) ? nullptr : latest;
}

std::optional<Vote> Pollster::position(const std::string& voter, const Opening& opening, Moment moment) const {
    auto sheet = sheets_.find(voter);
    const Position* said = sheet == sheets_.end() ? nullptr : position(*sheet->second, matching(opening, moment));
    return said ? said->vote : std::nullopt;
}

int Pollster::objections(const Ballot& ballot, const Opening& opening, Moment moment) const {
    return static_cast<int>(
        std::count_if(ballot.objections.begin(), ballot.objections.end(), [&](const Objection& each) {
            if (!moment.sees(each.raised) || (each.resolved && moment.sees(*each.resolved))) return false;
            if (each.raised < opening.objections_since || (round_.escalated && each.raised < *round_.escalated))
                return false;
            return !opening.stage->objection.needs_reason || !trim(each.reason).empty();
        }));
}

/// The counts that follow from others.
static void count_the_rest(Figures& figures, const Poll& poll, std::int64_t silent_objectors) {
    const auto size = [](const auto& list) { return static_cast<std::int64_t>(list.size()); };
    figures[Count::objectors] = size(poll.objections);
    figures[Count::eligible] = size(poll.franchise->eligible);
    figures[Count::cast] = size(poll.votes) + silent_objectors;
    figures[Count::missing] = figures[Count::eligible] - figures[Count::cast];
    figures[Count::eligible_abstain] = figures[Count::eligible] - figures[Count::abstain];
    figures[Count::present] = poll.franchise->present;
}

Poll Pollster::poll(const Opening& opening, Moment moment) {
    Poll poll;
    poll.franchise = franchise(opening, moment);
    Figures& figures = poll.figures;
    const Matching matching = this->matching(opening, moment);
    Votes& of_nobody = poll.by_family[""];
    std::int64_t silent_objectors = 0;
    for (const Participant& each : poll.franchise->participants) {
        const Position* said = each.is_eligible ? position(*each.ballot, matching) : nullptr;
        if (said) {
            poll.votes.push_back({each.handle, said});
            Votes& votes = each.family ? poll.by_family[*each.family] : of_nobody;
            if (said->vote == Vote::yes) ++votes.yes;
            if (said->vote == Vote::no) ++votes.no;
            if (said->vote == Vote::abstain) ++figures[Count::abstain];
        }
        const int objected = each.may_object ? objections(*each.ballot, opening, moment) : 0;
        if (objected == 0) continue;
        poll.objections.push_back({each.handle, objected});
        figures[Count::objections] += objected;
        if (each.is_eligible && !said) ++silent_objectors;
    }
    count_votes(figures, poll.by_family, opening.stage->cap);
    count_the_rest(figures, poll, silent_objectors);
    figures[Count::seats] = opening.seats;
    figures[Count::seconds] =
        std::count_if(seconds_.begin(), seconds_.end(), [&](Instant each) { return moment.sees(each); });
    return poll;
}

// --- ties ---

bool Pollster::lot_says_yes(const std::string& text, const std::map<std::string, Vote>& votes) {
    std::string drawn = text + "\n";
    for (const auto& [voter, vote] : votes) drawn += voter + " " + std::string(model::vote_word(vote)) + "\n";
    return sha256_hex(drawn + "yes") < sha256_hex(drawn + "no");
}

std::optional<bool> Pollster::settlement(const Opening& opening, const Poll& poll, Moment moment) const {
    const TieRule::Kind kind = opening.stage->tie.kind;
    if (!is_tied(poll.figures)) return std::nullopt;
    if (kind == TieRule::Kind::lot) return lot_says_yes(round_.text(moment), poll.votes_by_voter());
    if (kind != TieRule::Kind::casting_vote) return std::nullopt;
    Votes votes;
    for (const auto& [_, vote] : casting_votes(opening, poll, moment)) {
        if (vote == Vote::yes) ++votes.yes;
        if (vote == Vote::no) ++votes.no;
    }
    return votes.yes > votes.no;
}

std::vector<std::pair<std::string, Vote>> Pollster::casting_votes(const Opening& opening, const Poll& poll,
                                                                  Moment moment) const {
    std::vector<std::pair<std::string, Vote>> votes;
    // Those who have the casting vote need not be of the electorate.
    for (const std::string& holder : poll.franchise->may_settle)
        if (const auto vote = position(holder, opening, moment)) votes.emplace_back(holder, *vote);
    return votes;
}

std::vector<model::Settled> Pollster::settled(const Opening& opening, const Poll& poll, Moment moment) const {
    const auto decided = settlement(opening, poll, moment);
    if (!decided) return {};
    if (opening.stage->tie.kind == TieRule::Kind::lot) return {{"", *decided ? "yes" : "no"}};
    std::vector<model::Settled> settled;
    for (const auto& [holder, vote] : casting_votes(opening, poll, moment))
        settled.push_back({holder, std::string(model::vote_word(vote))});
    return settled;
}

// --- options ---

Result<Choice> Pollster::choice(const Opening& opening, const Poll& poll, Moment moment) const {
    const Matching matching = this->matching(opening, moment);
    std::vector<Saying> settling;
    for (const std::string& holder : poll.franchise->may_settle)
        if (auto sheet = sheets_.find(holder); sheet != sheets_.end())
            if (const Position* said = position(*sheet->second, matching)) settling.push_back({holder, said});
    return count_options({*opening.stage, matter_.proposal.options, poll.votes, std::move(settling),
                          poll.figures[Count::eligible], matching.text});
}

}  // namespace govctl::rules
