#include <fmt/format.h>

#include <algorithm>

#include "contest_edit.hpp"
#include "election_limits.hpp"
#include "govctl/base/text.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

using model::Election;
using model::ElectionStatus;

/// One election and what lies in its folder.
class ElectionCheck {
public:
    ElectionCheck(Validation& validation, const Contest& contest)
        : validation_(validation), contest_(contest), election_(contest.election()) {}

    void run() {
        check_names();
        check_dates();
        if (const std::string fault = fault_of(validation_.state(), election_); !fault.empty())
            report("GOV151", {"method"}, fault, "`man govctl-election` tells what each needs");
        check_limits();
        check_status();
        check_nominations();
        check_officers();
        check_votes();
    }

private:
    void report(const char* id, const yaml::Path& path, std::string message, std::string help = {}) {
        validation_.report(id, contest_.record, path, std::move(message), std::move(help));
    }

    void check_names() {
        validation_.expect_group(election_.group, validation_.place(contest_.record, {"group"}));
        validation_.expect_role(election_.role, election_.group, validation_.place(contest_.record, {"role"}));
        const auto expect = [&](const std::vector<std::string>& people, const char* key) {
            for (std::size_t i = 0; i < people.size(); ++i)
                validation_.expect_person(people[i], validation_.place(contest_.record, {key, i}));
        };
        expect(election_.officers, "officers");
        expect(election_.up, "up");
        expect(election_.candidates, "candidates");
        const auto& exceptions = election_.voters.exceptions;
        for (std::size_t i = 0; i < exceptions.size(); ++i) {
            validation_.expect_person(exceptions[i].person,
                                      validation_.place(contest_.record, {"voters", "exceptions", i, "person"}));
            validation_.expect_person(exceptions[i].approver,
                                      validation_.place(contest_.record, {"voters", "exceptions", i, "approver"}));
        }
    }

    void check_dates() {
        const auto in_order = [&](Instant first, Instant then, const yaml::Path& path, const char* what) {
            if (first < then || (first == then && path.size() == 2 && path.front() == yaml::Step("voting") &&
                                 path.back() == yaml::Step("from")))
                return;
            report("GOV150", path, fmt::format("{}: {} is not after {}", what, then.str(), first.str()),
                   "nominations begin and end, then voting begins and ends");
        };
        in_order(election_.nominations.from, election_.nominations.until, {"nominations", "until"}, "nominations");
        in_order(election_.nominations.until, election_.voting.from, {"voting", "from"}, "voting");
        in_order(election_.voting.from, election_.voting.until, {"voting", "until"}, "voting");
    }

    void check_limits() {
        const auto charter = validation_.state().people().charters.find(election_.group);
        if (!election_.limits || charter == validation_.state().people().charters.end()) return;
        const auto method = tally::parse_method(election_.method);
        for (std::size_t i = 0; i < election_.limits->size(); ++i) {
            const model::SeatLimit& limit = (*election_.limits)[i];
            const std::string fault = fault_of(limit, charter->second, method);
            if (!fault.empty()) report("GOV155", {"limits", i}, fault, "`man govctl-election`, LIMITS");
        }
    }

    /// Before anything is counted: who stands leaves it to others.
    void check_officers() {
        if (election_.status > ElectionStatus::open) return;
        const auto standing = willing(contest_);
        for (std::size_t i = 0; i < election_.officers.size(); ++i)
            if (std::binary_search(standing.begin(), standing.end(), election_.officers[i]))
                report("GOV156", {"officers", i},
                       fmt::format("{} stands in {}, and cannot run it", election_.officers[i], contest_.id().str()),
                       "while it is a draft, name somebody else; where all of them stand, steering runs it");
    }

    bool was(const char* done) const {
        return std::any_of(election_.history.begin(), election_.history.end(),
                           [&](const model::HistoryEntry& entry) { return entry.act == done; });
    }

    void check_status() {
        const std::string status(model::election_status_word(election_.status));
        const auto deny = [&](const std::string& why) {
            report("GOV152", {"status"}, fmt::format("{} is {}, but {}", contest_.id().str(), status, why),
                   "only govctl's verbs move an election: set the record back");
        };
        const bool is_opened = election_.status == ElectionStatus::open || election_.status == ElectionStatus::closed ||
                               election_.status == ElectionStatus::certified;
        if (is_opened && !was("opened")) deny("its history does not tell of the opening");
        if (is_opened && !contest_.voters) deny("there is no " + contest_.folder() + "voters.yaml");
        const bool is_counted =
            election_.status == ElectionStatus::closed || election_.status == ElectionStatus::certified;
        if (election_.secret && is_counted && !election_.is_uncontested()) {
            const auto csv = validation_.state().snapshot().read(contest_.folder() + "ballots.csv");
            const auto published = csv ? read_published(contest_, *csv) : csv.error();
            if (!published) deny(published.error().message);
        }
        if (election_.status == ElectionStatus::draft && was("opened")) deny("its history says that it was opened");
        if ((election_.status == ElectionStatus::certified) != contest_.result.has_value())
            deny(contest_.result ? "it has a result" : "there is no " + contest_.folder() + "result.yaml");
        if (election_.status == ElectionStatus::certified && validation_.state().decisions_on(contest_.id()).empty() &&
            !validation_.has_unreadable_decision_on(contest_.id()))
            deny("no decision says so");
    }

    void check_nominations() {
        for (const auto& [person, candidate] : contest_.candidates) {
            validation_.expect_person(candidate.value.person, Validation::place(candidate, {"person"}));
            validation_.expect_person(candidate.value.by, Validation::place(candidate, {"by"}));
        }
        for (const auto& [by, endorsements] : contest_.endorsements) {
            validation_.expect_person(by, Validation::place(endorsements, {"by"}));
            for (std::size_t i = 0; i < endorsements.value.lines.size(); ++i) {
                const std::string& candidate = endorsements.value.lines[i].candidate;
                if (contest_.candidates.contains(candidate)) continue;
                validation_.report("GOV153", endorsements, {"candidates", i, "candidate"},
                                   fmt::format("{} is not nominated in {}", candidate, contest_.id().str()),
                                   meant(candidate, keys_of(contest_.candidates), "nominate them first"));
            }
        }
        for (const std::string& candidate : election_.candidates)
            if (!contest_.candidates.contains(candidate))
                report("GOV153", {"candidates"}, fmt::format("{} stands without a nomination", candidate),
                       fmt::format("there is no {}candidates/{}.yaml", contest_.folder(), candidate));
    }

    void check_votes() {
        for (const auto& [voter, ballot] : contest_.ballots) {
            validation_.expect_person(voter, Validation::place(ballot, {"voter"}));
            if (!contest_.voters) continue;
            const auto& roll = contest_.voters->value.voters;
            if (!std::binary_search(roll.begin(), roll.end(), voter))
                validation_.report("GOV154", ballot, {"voter"},
                                   fmt::format("{} is not on the roll of {}", voter, contest_.id().str()),
                                   "the roll is " + contest_.voters->path);
            if (ballot.value.now.text != election_.text)
                validation_.report("GOV154", ballot, {"text"}, "this is about another text than was voted on",
                                   "only `govctl vote` writes a ballot");
            if (!election_.voting.holds(ballot.value.now.cast))
                validation_.report(
                    "GOV154", ballot, {"cast"},
                    fmt::format("cast at {}, when nobody voted", ballot.value.now.cast.str()),
                    fmt::format("voting was from {} to {}", election_.voting.from.str(), election_.voting.until.str()));
            std::vector<std::string> options = election_.candidates;
            if (!election_.default_option.empty()) options.push_back(election_.default_option);
            for (const std::string& option : ballot.value.now.options())
                if (std::find(options.begin(), options.end(), option) == options.end())
                    validation_.report("GOV154", ballot, {},
                                       fmt::format("{} does not stand in {}", option, contest_.id().str()),
                                       meant(option, options, "who does: " + join(options, ", ")));
        }
    }

    Validation& validation_;
    const Contest& contest_;
    const Election& election_;
};

}  // namespace

void check_elections(Validation& validation) {
    for (const auto& [_, contest] : validation.state().contests()) ElectionCheck(validation, contest).run();
}

}  // namespace govctl::app
