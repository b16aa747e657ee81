#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "govctl/app/acts.hpp"
#include "govctl/app/may_follow.hpp"
#include "govctl/app/rename.hpp"
#include "govctl/app/signatures.hpp"

namespace govctl::app {

/// How a voter's file went on: what came, in order of time. Errors: `refused` where what was said is gone or altered.
struct BallotStep {
    enum class Kind { vote, object, resolve, recuse, second, appeal };
    Kind kind;
    Instant at;
    model::Position position{};  ///< vote
};
Result<std::vector<BallotStep>> ballot_steps(const model::Ballot* before, const model::Ballot& after);

/// Makes the acts of a change again, one after another, on the state before it: people, drafts, openings and other
/// verbs, ballots, decisions with their effects. What the acts make must be what the change made; all else is not
/// allowed.
class Judge {
public:
    using OriginOf = std::function<Origin(const std::string& path)>;

    /// `changed`: the paths that differ; of those that nothing governs, some may be left out.
    Judge(const State& before, const State& after, std::set<std::string> changed, OriginOf origin_of);

    Findings run();

    bool is_governed(const std::string& path) const;

private:
    struct Author {
        std::string handle;  ///< empty: nobody on record
        Origin origin;
    };

    // The steps, in the order in which each may rest on the one before.
    void judge_paths();
    void judge_renames();
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

    void judge_rename(const Loaded<model::Person>& was);
    void keep_old_names(FileChanges& renamed, const Act& act, const Renaming& renaming);
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
    /// Whether a record is its writer's own word: signed by them, or unsigned in a commit of theirs where that will do.
    /// Complains where it is not; `rule` is for an unsigned one of somebody else's.
    bool is_own_word(const std::string& path, const std::string& writer, const Result<Basis>& basis, bool must_sign,
                     const char* rule);
    /// As is_own_word(), of a ballot; also that a signed one was signed in the course of this matter.
    bool is_own_ballot(const Loaded<model::Ballot>& ballot, const Matter& matter, const std::vector<BallotStep>& steps);
    /// Where only what is signed counts, keys come only with somebody's word for them, and never go. Complains where
    /// not; whether all that is new has such a word.
    bool judge_keys(const std::string& path, const model::Person& was, const model::Person& is, Instant at);
    /// A decision is recomputed, so it needs no signature unless the project wants one; a false one is refused.
    bool is_rightly_signed(const Loaded<model::Decision>& decision, bool must_sign);
    /// same_content(), whoever signed it.
    bool same_but_signed(const std::string& path) const;
    bool same_content(const std::string& path) const;
    bool is_made(const std::string& path) const;  ///< by the acts made again so far

    /// Lays files over the state reached so far.
    void advance(FileChanges files);
    /// Takes paths over from `after` as they are: they were judged, or complained of once.
    void adopt(const std::set<std::string>& paths);
    std::set<std::string> changed_below(const std::string& folder) const;
    /// The matters of a state whose folders changed, doubles last.
    std::vector<const Matter*> changed_matters(const State& state) const;

    bool is_complained_of(const std::string& path) const;
    void complain(const char* rule, const std::string& path, std::string message, std::string help = {});
    void complain(const char* rule, const std::string& path, const Error& error);
    void give_up(const char* rule, const std::string& path, const Error& error);  ///< complains, and adopts it

    const State& before_;
    const State& after_;
    OriginOf origin_of_;
    std::shared_ptr<const State> reached_;
    std::set<std::string> changed_;  ///< paths that differ between before and after
    std::set<std::string> touched_;  ///< by the acts made again
    Findings findings_;
};

/// The ballot of a person, whatever they were called when they began it; null: none.
const Loaded<model::Ballot>* ballot_of(const State& state, const Matter& matter, const std::string& person);

/// The last entry of history that was in force at an instant; null: before the opening.
const model::HistoryEntry* in_force(const model::Proposal& proposal, Instant at);

/// Errors: `refused` where a vote names an option that the matter does not have.
Result<void> must_know_options(const rules::Matter& matter, const model::Position& position);

}  // namespace govctl::app
