#include <fmt/format.h>

#include <algorithm>

#include "rounds.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

using BallotRecord = Loaded<model::Ballot>;

/// The ballots of one matter, held against its history.
class BallotCheck {
public:
    BallotCheck(Validation& validation, const Matter& matter)
        : validation_(validation), matter_(matter), rounds_(rounds_of(matter.proposal())) {}

    void run() {
        for (const auto& [_, ballot] : matter_.ballots) {
            validation_.expect_person(ballot.value.voter, Validation::place(ballot, {"voter"}));
            check_order(ballot);
            if (rounds_.empty()) continue;
            for (std::size_t i = 0; i < ballot.value.earlier.size(); ++i)
                check_position(ballot, ballot.value.earlier[i], {"earlier", i});
            check_position(ballot, ballot.value.now, {});
        }
    }

private:
    static yaml::Path with(yaml::Path path, const char* key) {
        path.emplace_back(key);
        return path;
    }

    void check_order(const BallotRecord& ballot) {
        std::vector<model::Position> positions = ballot.value.earlier;
        positions.push_back(ballot.value.now);
        for (std::size_t i = 1; i < positions.size(); ++i) {
            if (positions[i].cast >= positions[i - 1].cast) continue;
            const bool is_last = i + 1 == positions.size();
            validation_.report("GOV144", ballot, is_last ? yaml::Path{"cast"} : yaml::Path{"earlier", i, "cast"},
                               fmt::format("cast at {}, before the position it replaces, at {}",
                                           positions[i].cast.str(), positions[i - 1].cast.str()),
                               "`earlier:` holds the oldest first");
        }
        for (std::size_t i = 0; i < ballot.value.objections.size(); ++i) {
            const model::Objection& objection = ballot.value.objections[i];
            validation_.expect_order(objection.raised, objection.resolved,
                                     Validation::place(ballot, {"objections", i, "resolved"}));
        }
    }

    void check_position(const BallotRecord& ballot, const model::Position& position, const yaml::Path& path) {
        if (position.round < 1 || position.round > static_cast<int>(rounds_.size())) {
            validation_.report("GOV140", ballot, with(path, "round"),
                               fmt::format("{} has no round {}", matter_.id().str(), position.round),
                               fmt::format("it is in round {}", rounds_.size()));
            return;
        }
        const Round& round = rounds_[static_cast<std::size_t>(position.round) - 1];
        check_time(ballot, position, round, path);
        if (std::find(round.texts.begin(), round.texts.end(), position.text) == round.texts.end())
            validation_.report("GOV141", ballot, with(path, "text"),
                               fmt::format("{} had no such text in round {}", matter_.id().str(), round.number),
                               "a position names exactly what was voted on; only `govctl vote` writes it");
        else if (path.empty())
            check_stale(ballot);
    }

    void check_time(const BallotRecord& ballot, const model::Position& position, const Round& round,
                    const yaml::Path& path) {
        const bool is_last = round.number == static_cast<int>(rounds_.size());
        const bool is_early = position.cast < round.from;
        // What is said in the very second in which a round ends may still be about it.
        const bool is_late = !is_last && position.cast > rounds_[static_cast<std::size_t>(round.number)].from;
        if (!is_early && !is_late) return;
        validation_.report("GOV142", ballot, with(path, "cast"),
                           fmt::format("cast at {}, {} round {} of {}", position.cast.str(),
                                       is_early ? "before" : "after", round.number, matter_.id().str()),
                           fmt::format("that round began at {}", round.from.str()));
    }

    void check_stale(const BallotRecord& ballot) {
        const model::Proposal& proposal = matter_.proposal();
        const model::Position& position = ballot.value.now;
        if (proposal.status != model::Status::open || !position.is_vote() || position.round != proposal.round ||
            position.text == proposal.text)
            return;
        validation_.report("GOV143", ballot, {"text"},
                           fmt::format("{} voted on an earlier text of {}: this does not count now", ballot.value.voter,
                                       matter_.id().str()),
                           fmt::format("`govctl vote {}` takes a position on the present one", matter_.id().str()));
    }

    Validation& validation_;
    const Matter& matter_;
    std::vector<Round> rounds_;
};

}  // namespace

void check_ballots(Validation& validation, const Matter& matter) {
    BallotCheck(validation, matter).run();
    check_signatures(validation, matter);
}

}  // namespace govctl::app
