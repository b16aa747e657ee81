#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/base/id.hpp"
#include "govctl/base/time.hpp"
#include "govctl/model/group.hpp"
#include "govctl/model/proposal.hpp"
#include "govctl/model/rule.hpp"

/// Elections: who is to be seated, who may say so, and what was said. man 5 govctl-records, ELECTION.
namespace govctl::model {

enum class ElectionStatus {
    draft,      ///< nominations; its caller and officers may edit it
    open,       ///< the roll is frozen, ballots are cast
    closed,     ///< nothing more is cast
    certified,  ///< the seats are given
    cancelled,
};

std::string_view election_status_word(ElectionStatus status);
std::optional<ElectionStatus> parse_election_status(std::string_view word);

/// A span of time, its end not included.
struct Window {
    Instant from;
    Instant until;

    bool holds(Instant at) const { return from <= at && at < until; }

    friend bool operator==(const Window&, const Window&) = default;
};

/// What a nomination needs to stand.
struct Endorsing {
    int at_least = 0;
    int organizations = 0;   ///< of so many different employers; related ones are one
    std::vector<Term> by{};  ///< who may endorse; none: everyone on record

    friend bool operator==(const Endorsing&, const Endorsing&) = default;
};

/// Somebody on the roll though the expression does not name them, or off it though it does.
struct RollException {
    std::string person;
    std::string approver;  ///< an officer
    std::string why;
    bool excluded = false;

    friend bool operator==(const RollException&, const RollException&) = default;
};

/// Who may vote: terms of electorates and requirements.
struct RollRule {
    std::vector<std::string> any{};  ///< one of them is enough; none: everyone on record
    std::vector<std::string> all{};  ///< and each of these
    std::vector<RollException> exceptions{};

    friend bool operator==(const RollRule&, const RollRule&) = default;
};

/// The holder of the casting vote's order of the candidates.
struct CastingVote {
    std::string by;
    Instant at;
    std::vector<std::string> order;

    friend bool operator==(const CastingVote&, const CastingVote&) = default;
};

struct Election {
    RecordId id;
    std::string title;
    std::string group;
    std::string role;
    int seats = 1;
    std::string method;
    std::string unranked{};          ///< empty: not said
    std::vector<Duration> terms{};   ///< dealt in the order of election, the last to all that follow
    std::optional<Instant> since{};  ///< when the seats begin; none: when certified
    std::vector<std::string> up{};   ///< whose seats end then, though their lines do not say so
    RollRule voters{};
    Window nominations{};
    Endorsing endorsing{};
    Window voting{};
    std::vector<std::string> officers{};
    std::optional<std::vector<SeatLimit>> limits{};  ///< none: the charter's
    TieRule tie{};
    std::string seed{};                 ///< of the lot
    std::string default_option{};       ///< a handle nobody has, as `none-of-these`; empty: none
    std::optional<Condition> quorum{};  ///< what a candidate, or the vote, needs
    std::optional<Duration> extend{};   ///< by how much, once, where fewer stand than there are seats
    int next_ranked = 0;                ///< how many seats that fall vacant go to the next ranked
    bool secret = false;
    std::string key{};  ///< public half, to seal ballots to
    std::string by{};   ///< who called it
    ElectionStatus status = ElectionStatus::draft;
    std::vector<std::string> candidates{};  ///< who stands, written at opening
    std::optional<CastingVote> casting{};
    std::string text{};  ///< what is voted on, from opening on
    std::vector<HistoryEntry> history{};

    /// Whether so many candidates are voted on: more than there are seats, or any where ballots may refuse them.
    bool needs_vote(std::size_t standing) const {
        const bool may_refuse = !default_option.empty() || quorum;
        return standing > (may_refuse ? 0 : static_cast<std::size_t>(seats));
    }
    bool is_uncontested() const { return !needs_vote(candidates.size()); }
};

struct Candidate {
    std::string election;
    std::string person;
    Instant nominated;
    std::string by;
    std::optional<Instant> accepted{};  ///< by the person; at once where they nominate themselves
    std::optional<Instant> withdrawn{};

    friend bool operator==(const Candidate&, const Candidate&) = default;
};

/// Everybody whom one person endorses in an election.
struct Endorsements {
    struct Line {
        std::string candidate;
        Instant at;

        friend bool operator==(const Line&, const Line&) = default;
    };

    std::string election;
    std::string by;
    std::vector<Line> lines;

    friend bool operator==(const Endorsements&, const Endorsements&) = default;
};

/// voters.yaml: who may vote, frozen at opening.
struct Roll {
    std::string election;
    Instant at;
    std::vector<std::string> voters;  ///< sorted

    friend bool operator==(const Roll&, const Roll&) = default;
};

/// What of result.yaml others ask for.
struct ElectionResult {
    std::string election;
    Instant certified;
    std::vector<std::string> elected;  ///< in the order of election
    int vacant = 0;
};

}  // namespace govctl::model
