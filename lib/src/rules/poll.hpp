#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "figures.hpp"
#include "govctl/rules/course.hpp"
#include "options.hpp"
#include "recusal.hpp"
#include "round.hpp"

namespace govctl::rules {

/// One opening of a stage.
struct Opening {
    const model::Stage* stage = nullptr;
    std::string rule;
    int index = 0;
    std::string group;  ///< that must also pass the stage; empty: the deciding one
    Instant from;
    Instant electorate_from;   ///< `as-of: stage`
    Instant positions_since;   ///< what was cast before does not count
    Instant objections_since;  ///< what was raised before does not count
    std::int64_t seats = 0;    ///< where a condition counts them
    bool is_revote = false;
};

/// Someone of a stage who has a ballot.
struct Participant {
    std::string_view handle;
    const model::Ballot* ballot;
    bool is_eligible;
    bool may_object;
    const std::string* family;  ///< null: nobody's, or it does not count here
};

/// Who takes part in a stage at a moment.
struct Franchise {
    std::vector<std::string> electorate;        ///< sorted, the recused among them
    std::vector<model::RecusedPerson> recused;  ///< of the electorate, sorted
    std::vector<std::string> eligible;          ///< sorted
    std::vector<std::string> may_object;        ///< sorted, less the recused
    std::vector<std::string> may_settle;        ///< who has a casting vote, sorted, less the recused
    std::int64_t present = 0;
    bool too_many_recused = false;
    std::map<std::string, std::string> families;  ///< employer of the eligible, related ones as one; where that counts
    std::vector<Participant> participants;        ///< in order of handle

    bool is_eligible(const std::string& handle) const;
    bool is_objector(const std::string& handle) const;
    const std::string* family(const std::string& handle) const;  ///< null: nobody's
};

struct Votes {
    std::int64_t yes = 0;
    std::int64_t no = 0;
};

/// Of one organization's votes at most `cap` count: scaled down in proportion, rounded half up; if that leaves too
/// many, the smaller kind gives way, and of two equal kinds each by one.
Votes capped(Votes votes, std::int64_t cap);

/// Votes of people of different organizations, by family; under "" those of nobody.
using VotesByFamily = std::map<std::string, Votes>;

/// Sets `yes`, `no`, `decisive` and `organizations`.
void count_votes(Figures& figures, const VotesByFamily& votes, std::optional<std::int64_t> cap);

/// An author's objections that stand.
struct Raised {
    std::string_view author;
    int objections;
};

/// What the people of a stage have said at a moment. Handles belong to the pollster.
struct Poll {
    std::shared_ptr<const Franchise> franchise;
    std::vector<Saying> votes;       ///< of the eligible, in order of handle
    std::vector<Raised> objections;  ///< in order of handle
    VotesByFamily by_family;
    Figures figures;

    bool has_voted(std::string_view handle) const;
    int objections_of(std::string_view handle) const;
    bool everyone_voted() const { return votes.size() == franchise->eligible.size(); }
    std::vector<std::string> missing() const;  ///< eligible without a position or an objection, sorted
    std::map<std::string, model::Vote> votes_by_voter() const;
    model::TallyFigures tally() const;
};

/// Reads ballots and records as a stage sees them.
class Pollster {
public:
    Pollster(const Matter& matter, const model::Register& people, const Round& round, Instant now);

    /// When each of those who may second did.
    void set_seconds(std::vector<Instant> seconds) { seconds_ = std::move(seconds); }
    Poll poll(const Opening& opening, Moment moment);
    std::shared_ptr<const Franchise> franchise(const Opening& opening, Moment moment);

    /// How a tie comes out where a casting vote or a lot settles it; none: it does not.
    std::optional<bool> settlement(const Opening& opening, const Poll& poll, Moment moment) const;
    /// By whom, where something does.
    std::vector<model::Settled> settled(const Opening& opening, const Poll& poll, Moment moment) const;
    /// What the ballots make of the options. Errors: as count_options().
    Result<Choice> choice(const Opening& opening, const Poll& poll, Moment moment) const;
    /// The lot's `yes` comes before its `no`.
    static bool lot_says_yes(const std::string& text, const std::map<std::string, model::Vote>& votes);

    /// A voter's position that counts in a stage, whether or not they are of its electorate.
    std::optional<model::Vote> position(const std::string& voter, const Opening& opening, Moment moment) const;

    const Sheets& sheets() const { return sheets_; }
    const Recusals& recusals() const { return recusals_; }
    /// Every instant from the round's opening to now at which somebody said something or somebody's standing changed.
    const std::vector<Instant>& events() const { return events_; }

private:
    /// What a position must be about to count at a moment, and since when.
    struct Matching {
        Moment moment;
        const std::string& text;
        Instant since;
        model::BallotForm form;
    };
    Matching matching(const Opening& opening, Moment moment) const;
    /// Null: none that counts.
    const model::Position* position(const model::Ballot& ballot, const Matching& matching) const;
    int objections(const model::Ballot& ballot, const Opening& opening, Moment moment) const;
    std::shared_ptr<const Franchise> read_franchise(const Opening& opening, Moment moment) const;
    void read_recusals(Franchise& franchise, const model::Stage& stage, Moment moment) const;
    void read_families(Franchise& franchise, Instant at) const;
    void read_participants(Franchise& franchise) const;
    std::vector<std::string> present() const;
    std::vector<std::pair<std::string, model::Vote>> casting_votes(const Opening& opening, const Poll& poll,
                                                                   Moment moment) const;
    void collect_events(Instant now);

    const Matter& matter_;
    const model::Register& people_;
    const Round& round_;
    Sheets sheets_;
    Recusals recusals_;
    std::vector<Instant> seconds_;
    std::vector<Instant> events_;
    std::vector<Instant> standings_;  ///< instants at which seats, levels, employers, interests or recusals change

    /// The franchise only changes at those instants: the last one read is kept.
    struct Kept {
        std::pair<const model::Stage*, Instant> opening;
        std::pair<std::size_t, std::size_t> standing;
        std::shared_ptr<const Franchise> franchise;
    };
    std::map<std::string, Kept> kept_;  ///< by group
};

}  // namespace govctl::rules
