#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "govctl/app/acts.hpp"
#include "govctl/app/may_follow.hpp"

namespace govctl::app {

/// Makes the acts of a change again, one after another, on the state before it: people, drafts, openings and other
/// verbs, ballots, decisions with their effects. What the acts make must be what the change made; all else is not
/// allowed.
class Judge {
public:
    using OriginOf = std::function<Origin(const std::string& path)>;

    Judge(const State& before, const State& after, OriginOf origin_of);

    Findings run();

private:
    struct Author {
        std::string handle;  ///< empty: nobody on record
        Origin origin;
    };

    // The steps, in the order in which each may rest on the one before.
    void judge_paths();
    void judge_people();
    void judge_organizations();
    void judge_drafts();
    void judge_proposals();
    void judge_nominations();
    void judge_election_verbs(bool closed_too);
    void judge_ballots();
    void judge_election_ballots();
    void judge_decisions();
    void compare_rest();

    void judge_person(const std::string& path);
    void judge_claims(const Loaded<model::Person>* was, const Loaded<model::Person>& is);
    void judge_draft(const std::string& folder);
    void judge_proposal(const Matter& is);
    void judge_opening(const Matter& opened);
    void judge_verbs(const Matter& was, const Matter& is);
    void judge_missing(const Matter& was);
    bool replay_verb(const Matter& is, const model::HistoryEntry& entry);
    void judge_decision(const Loaded<model::Decision>& decision);
    void judge_election(const Contest& is, bool closed_too);
    void judge_election_call(const Contest& is);
    void judge_election_page(const std::string& path, const record::RecordPath& around);
    void judge_candidate(const std::string& path, const record::RecordPath& where);
    void judge_endorsement(const std::string& path, const record::RecordPath& where);
    void judge_election_ballot(const std::string& path, const record::RecordPath& where);
    void judge_election_decision(const Loaded<model::Decision>& decision, const RecordId& election);
    bool agrees(const Loaded<model::Decision>& decision, Change& again);

    Author author_of(const std::string& path) const;
    bool is_governed(const std::string& path) const;
    bool same_content(const std::string& path) const;
    bool is_made(const std::string& path) const;  ///< by the acts made again so far

    /// Lays files over the state reached so far.
    void advance(FileChanges files);
    /// Takes paths over from `after` as they are: they were judged, or complained of once.
    void adopt(const std::set<std::string>& paths);
    std::set<std::string> changed_below(const std::string& folder) const;

    bool is_complained_of(const std::string& path) const;
    void complain(const char* rule, const std::string& path, std::string message, std::string help = {});
    void complain(const char* rule, const std::string& path, const Error& error);
    void give_up(const char* rule, const std::string& path, const Error& error);  ///< complains, and adopts it

    const State& before_;
    const State& after_;
    OriginOf origin_of_;
    std::shared_ptr<const State> reached_;
    std::set<std::string> changed_;  ///< paths that differ between before and after
    Findings findings_;
};

/// Errors: `refused` where a vote names an option that the matter does not have.
Result<void> must_know_options(const rules::Matter& matter, const model::Position& position);

/// How a voter's file went on: what came, in order of time. Errors: `refused` where what was said is gone or altered.
struct BallotStep {
    enum class Kind { vote, object, resolve, recuse, second, appeal };
    Kind kind;
    Instant at;
    model::Position position{};  ///< vote
};
Result<std::vector<BallotStep>> ballot_steps(const model::Ballot* before, const model::Ballot& after);

}  // namespace govctl::app
