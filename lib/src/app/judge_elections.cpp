#include <algorithm>

#include "contest_edit.hpp"
#include "judge.hpp"

namespace govctl::app {

namespace {

using model::Election;
using model::ElectionStatus;

const Contest* contest_in(const State& state, const RecordId& id) {
    auto found = state.contests().find(id.name);
    return found == state.contests().end() ? nullptr : &found->second;
}

bool is_among(const std::vector<std::string>& people, const std::string& handle) {
    return std::find(people.begin(), people.end(), handle) != people.end();
}

bool keeps(const Election& election, const std::string& handle) {
    return !handle.empty() && (election.by == handle || is_among(election.officers, handle));
}

/// An election as its caller and officers left it, before the verbs that its history has and `was` has not.
Result<yaml::Editor> as_draft(const Contest* was, const Contest& is) {
    yaml::Editor editor(*is.record.document);
    for (const char* key : {"candidates", "text", "key", "casting-vote"}) GOVCTL_CHECK(editor.remove({key}));
    const yaml::Node* history = was ? was->record.document->root.find("history") : nullptr;
    GOVCTL_CHECK(history ? editor.set({"history"}, yaml::Value::copy(*history)) : editor.remove({"history"}));
    GOVCTL_CHECK(editor.set({"status"}, "draft"));
    return editor;
}

/// Acts that end the voting, and those after it; they rest on the ballots.
bool is_late(const model::HistoryEntry& entry) {
    return entry.act == "closed" || entry.act == "settled";
}

bool comes_with_decision(const model::HistoryEntry& entry) {
    return entry.act == "certified" || entry.act == "filled";
}

Result<Change> verb_again(const State& state, const State& after, const Act& act, const Contest& is,
                          const std::string& done) {
    const RecordId& id = is.id();
    if (done == "opened" || done == "extended") return open_election(state, act, id, state.deeds(), is.election().key);
    if (done == "closed") {
        // What is published cannot be computed again without the key, only held against what was sealed.
        auto csv = after.snapshot().read(is.folder() + "ballots.csv");
        return close_election(state, act, id, csv ? *csv : "");
    }
    if (done == "cancelled") return cancel_election(state, act, id);
    if (done == "settled" && is.election().casting) return settle(state, act, id, is.election().casting->order);
    return refused("no verb of govctl's is called \"" + done + "\"");
}

bool signs(const State& state) {
    return state.project().signatures == model::SignaturePolicy::required;
}

std::string author_hint(const std::string& handle, const Origin& origin) {
    return handle.empty() ? "nobody on record has the e-mail " + origin.email : "this commit is by " + handle;
}

}  // namespace

void Judge::judge_election_verbs(bool closed_too) {
    for (const auto& [id, contest] : after_.contests())
        if (changed_.contains(contest.record.path)) judge_election(contest, closed_too);
}

void Judge::judge_election(const Contest& is, bool closed_too) {
    const std::string& path = is.record.path;
    if (same_content(path)) return;
    const Author author = author_of(path);
    const auto complain_once = [&](const char* rule, const Error& error) {
        complain(rule, path, error);
        adopt(changed_below(is.folder()));
    };
    const Contest* was = contest_in(*reached_, is.id());
    if (!was && reached_->file(path)) return complain_once("GOV220", refused("what it was before cannot be read"));
    if (!was || was->election().status == ElectionStatus::draft) {
        auto draft = as_draft(was, is);
        if (!draft) return complain_once("GOV220", draft.error());
        auto drafted = reached_->with({{path, draft->bytes()}});
        if (!drafted) return complain_once("GOV220", drafted.error());
        const Contest* as_drafted = contest_in(**drafted, is.id());
        if (!as_drafted) return complain_once("GOV220", refused("its draft cannot be read"));
        const bool is_extended = is.election().history.size() > (was ? was->election().history.size() : 0) &&
                                 is.election().history.back().act == "extended";
        const bool is_edited = !was || !yaml::same_value(was->record.document->root, as_drafted->record.document->root);
        if (!was) {
            const auto may = may_call(*reached_, is.election().group, author.origin.date);
            if (is.election().by != author.handle || !is_among(may, author.handle))
                return complain_once("GOV220",
                                     refused("an election of " + is.election().group +
                                                 " is called by its members, those of a group above, or steering",
                                             {author_hint(author.handle, author.origin)}));
        } else if (is_edited && !is_extended && !keeps(was->election(), author.handle)) {
            return complain_once("GOV220", refused("a draft is edited by its caller and officers only",
                                                   {author_hint(author.handle, author.origin)}));
        }
        if (is_edited && !is_extended) reached_ = *std::move(drafted);
        was = contest_in(*reached_, is.id());
    }
    const auto& done = was->election().history;
    const auto& claimed = is.election().history;
    if (claimed.size() < done.size() || !std::equal(done.begin(), done.end(), claimed.begin()))
        return complain_once("GOV220", refused("its history was altered", {"history only grows, by govctl's verbs"}));
    for (std::size_t i = done.size(); i < claimed.size(); ++i) {
        const model::HistoryEntry entry = claimed[i];
        if (comes_with_decision(entry) || (!closed_too && is_late(entry))) return;
        if (entry.by != author.handle)
            return complain_once("GOV220", refused("says that " + entry.by + " " + entry.act + " it",
                                                   {author_hint(author.handle, author.origin)}));
        if (entry.at > author.origin.date)
            return complain_once("GOV213",
                                 refused(entry.act + " at " + entry.at.str() + ", after the commit that says so"));
        auto again = verb_again(*reached_, after_, {entry.by, entry.at}, is, entry.act);
        if (!again) return complain_once("GOV220", again.error());
        advance(std::move(again->files));
    }
}

void Judge::judge_nominations() {
    // The call first: a nomination needs an election.
    for (const auto& [id, contest] : after_.contests())
        if (!before_.contests().contains(id)) judge_election_call(contest);
    for (const std::string& path : changed_) {
        auto around = record::election_around(path, before_.root());
        if (!around) continue;
        auto where = record::record_at(path, before_.root());
        if (where && where->kind == RecordKind::candidate) judge_candidate(path, *where);
        if (where && where->kind == RecordKind::endorsement) judge_endorsement(path, *where);
        if (!where) judge_election_page(path, *around);
    }
}

/// An election that is called, nominated in and opened by one commit: as it was called.
void Judge::judge_election_call(const Contest& is) {
    auto draft = as_draft(nullptr, is);
    const Author author = author_of(is.record.path);
    const auto may = may_call(*reached_, is.election().group, author.origin.date);
    if (draft && is.election().by == author.handle && is_among(may, author.handle))
        advance({{is.record.path, draft->bytes()}});
}

/// Texts beside the records: a candidate's own, and the election's.
void Judge::judge_election_page(const std::string& path, const record::RecordPath& around) {
    const Contest* was = contest_in(*reached_, around.id);
    if (!was || same_content(path)) return;
    const std::string inside = path.substr(around.folder.size());
    const Author author = author_of(path);
    const bool is_before_end = was->election().status <= ElectionStatus::open;
    const bool is_own = inside == "candidates/" + author.handle + ".md" && is_before_end;
    const bool is_page = inside == "README.md" && keeps(was->election(), author.handle);
    if (is_own || (is_page && is_before_end)) adopt({path});
}

void Judge::judge_candidate(const std::string& path, const record::RecordPath& where) {
    if (same_content(path)) return;
    const Author author = author_of(path);
    const auto complain_once = [&](const Error& error) { give_up("GOV222", path, error); };
    const Contest* claimed = contest_in(after_, where.id);
    if (!claimed || !claimed->candidates.contains(where.name))
        return complain_once(refused(after_.file(path) ? "not readable as a candidate" : "a nomination is not removed",
                                     {"`govctl election stand-down` says that one stands no more"}));
    const model::Candidate& is = claimed->candidates.at(where.name).value;
    struct Step {
        Instant at;
        std::string by;
        bool withdraws;
    };
    std::vector<Step> steps{{is.nominated, is.by, false}};
    if (is.accepted && is.by != is.person) steps.push_back({*is.accepted, is.person, false});
    if (is.withdrawn) steps.push_back({*is.withdrawn, is.person, true});
    const Contest* was = contest_in(*reached_, where.id);
    std::size_t done = 0;
    if (was)
        if (auto known = was->candidates.find(where.name); known != was->candidates.end())
            done = 1U + (known->second.value.accepted && known->second.value.by != is.person ? 1U : 0U) +
                   (known->second.value.withdrawn ? 1U : 0U);
    for (std::size_t i = done; i < steps.size(); ++i) {
        if (steps[i].by != author.handle)
            return complain_once(
                refused("says that " + steps[i].by + " did it", {author_hint(author.handle, author.origin)}));
        if (steps[i].at > author.origin.date)
            return complain_once(
                refused("says something of " + steps[i].at.str() + ", after the commit that brings it"));
        const Act act{steps[i].by, steps[i].at};
        auto again =
            steps[i].withdraws ? stand_down(*reached_, act, where.id) : nominate(*reached_, act, where.id, is.person);
        if (!again) return complain_once(again.error());
        advance(std::move(again->files));
    }
    if (!same_content(path)) complain_once(refused("a nomination is written by `govctl election nominate` only"));
}

void Judge::judge_endorsement(const std::string& path, const record::RecordPath& where) {
    if (same_content(path)) return;
    const Author author = author_of(path);
    const auto complain_once = [&](const Error& error) { give_up("GOV222", path, error); };
    const Contest* claimed = contest_in(after_, where.id);
    if (!claimed || !claimed->endorsements.contains(where.name))
        return complain_once(refused("an endorsement is not taken back"));
    const Loaded<model::Endorsements>& record = claimed->endorsements.at(where.name);
    const model::Endorsements& is = record.value;
    if (!is_own_word(path, is.by, basis_of(*reached_, record), signs(*reached_), "GOV222")) return adopt({path});
    const Contest* was = contest_in(*reached_, where.id);
    std::size_t done = 0;
    if (was)
        if (auto known = was->endorsements.find(where.name); known != was->endorsements.end())
            done = known->second.value.lines.size();
    for (std::size_t i = done; i < is.lines.size(); ++i) {
        if (is.lines[i].at > author.origin.date)
            return complain_once(
                refused("says something of " + is.lines[i].at.str() + ", after the commit that brings it"));
        auto again = endorse(*reached_, {is.by, is.lines[i].at}, where.id, is.lines[i].candidate);
        if (!again) return complain_once(again.error());
        advance(std::move(again->files));
    }
    if (!same_but_signed(path)) return complain_once(refused("an endorsement is not taken back or altered"));
    adopt({path});
}

void Judge::judge_election_ballots() {
    for (const std::string& path : changed_) {
        auto where = record::record_at(path, before_.root());
        if (where && where->kind == RecordKind::ballot && where->id.space == RecordId::Space::election &&
            !same_content(path))
            judge_election_ballot(path, *where);
    }
}

void Judge::judge_election_ballot(const std::string& path, const record::RecordPath& where) {
    const Author author = author_of(path);
    const auto complain_once = [&](const char* rule, const Error& error) { give_up(rule, path, error); };
    const Contest* claimed = contest_in(after_, where.id);
    if (!claimed || !claimed->ballots.contains(where.name))
        return complain_once("GOV204",
                             refused(after_.file(path) ? "not readable as a ballot" : "a ballot may not be removed"));
    const Loaded<model::Ballot>& record = claimed->ballots.at(where.name);
    const model::Ballot& is = record.value;
    if (!is_own_word(path, is.voter, basis_of(*reached_, record), signs(*reached_), "GOV203")) return adopt({path});
    const Contest* was = contest_in(*reached_, where.id);
    const model::Ballot* old = nullptr;
    if (was)
        if (auto known = was->ballots.find(where.name); known != was->ballots.end()) old = &known->second.value;
    auto steps = ballot_steps(old, is);
    if (!steps) return complain_once("GOV204", steps.error());
    for (const BallotStep& step : *steps) {
        if (step.at > author.origin.date)
            return complain_once("GOV213",
                                 refused("says something of " + step.at.str() + ", after the commit that brings it"));
        if (step.kind != BallotStep::Kind::vote)
            return complain_once("GOV205", refused("in an election one votes, and nothing else"));
        const Choice choice{step.position.rank, step.position.approve, step.position.score, step.position.sealed};
        auto again = cast(*reached_, {is.voter, step.at}, where.id, choice);
        if (!again) return complain_once("GOV205", again.error());
        advance(std::move(again->files));
    }
    if (!same_but_signed(path)) return complain_once("GOV204", refused("a ballot is written by `govctl vote` only"));
    const bool is_signed = !is.signature.empty();
    if (is_signed && (!is.under || is.under->text != claimed->election().text))
        return complain_once("GOV230", refused("the signature was made for another text of " + where.id.str()));
    adopt({path});
}

void Judge::judge_election_decision(const Loaded<model::Decision>& decision, const RecordId& election) {
    const model::Decision& claimed = decision.value;
    const Act act{claimed.by, claimed.decided};
    const auto complain_once = [&](const Error& error) { give_up("GOV207", decision.path, error); };
    const Author author = author_of(decision.path);
    if (!is_rightly_signed(decision, signs(*reached_))) return adopt({decision.path});
    if (claimed.by != author.handle && !decision.document->root.find("signature"))
        return complain_once(
            refused("says that " + claimed.by + " certified it", {author_hint(author.handle, author.origin)}));
    auto again = claimed.round > 1 ? fill_vacancy(*reached_, act, election, claimed.evidence)
                                   : certify(*reached_, act, election, claimed.evidence);
    if (!again) return complain_once(again.error());
    if (agrees(decision, *again)) advance(std::move(again->files));
}

}  // namespace govctl::app
