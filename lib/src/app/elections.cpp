#include "govctl/app/elections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "built_in.hpp"
#include "contest_edit.hpp"
#include "election_limits.hpp"
#include "govctl/app/templates.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/text.hpp"
#include "govctl/record/write.hpp"
#include "govctl/rules/procedure.hpp"

namespace govctl::app {

using model::Election;
using model::ElectionStatus;

// ---- what the acts share --------------------------------------------------------------------------------------------

Result<const Contest*> contest_of(const State& state, const RecordId& id) {
    auto found = state.contests().find(id.name);
    if (id.space == RecordId::Space::election && found != state.contests().end()) return &found->second;
    return Error{ErrorKind::not_found, "there is no " + id.str()};
}

std::string called(const Election& election) {
    return election.id.str() + ": " + election.title;
}

std::vector<std::string> willing(const Contest& contest) {
    std::vector<std::string> people;
    for (const auto& [handle, candidate] : contest.candidates)
        if (candidate.value.accepted && !candidate.value.withdrawn) people.push_back(handle);
    return people;
}

Result<void> must_be_officer(const State& state, const Contest& contest, const Act& act, const char* verb) {
    const Election& election = contest.election();
    const auto standing = willing(contest);
    const auto stands = [&](const std::string& person) {
        return std::binary_search(standing.begin(), standing.end(), person);
    };
    std::vector<std::string> may = election.officers;
    std::erase_if(may, stands);
    if (may.empty()) {
        may = state.people().seated(state.project().steering, std::nullopt, act.now);
        std::erase_if(may, stands);
    }
    if (std::find(may.begin(), may.end(), act.actor) != may.end()) return {};
    const std::vector<std::string> hints = {"who may: " + name_list(may)};
    if (stands(act.actor))
        return refused(fmt::format("{} stands in {} and cannot {} it", act.actor, contest.id().str(), verb), hints);
    return refused(fmt::format("only an officer may {} {}", verb, contest.id().str()), hints);
}

Result<void> must_be(const Contest& contest, ElectionStatus status, const char* verb) {
    if (contest.election().status == status) return {};
    static constexpr const char* first[] = {"", "`govctl election open` opens it", "`govctl election close` closes it",
                                            "`govctl election certify` certifies it", ""};
    std::vector<std::string> hints;
    if (contest.election().status < status) hints.emplace_back(first[static_cast<std::size_t>(status)]);
    const char* article = contest.election().status == ElectionStatus::draft ? "a " : "";
    return refused(fmt::format("{} is {}{}: {}", contest.id().str(), article,
                               model::election_status_word(contest.election().status), verb),
                   std::move(hints));
}

Result<Change> change_election(const Contest& contest, const Act& act, yaml::Editor editor, const char* done,
                               const char* verb, const std::string& subject) {
    GOVCTL_CHECK(
        editor.append({"history"}, record::to_value(model::HistoryEntry{done, act.now, 1, act.actor, "", ""})));
    Change change;
    change.files[contest.record.path] = editor.bytes();
    change.folder = contest.folder();
    change.subject = subject + " " + called(contest.election());
    change.record = contest.id();
    change.verb = verb;
    return change;
}

tally::Question question_of(const Election& election) {
    tally::Question question;
    question.method = *tally::parse_method(election.method);
    question.unranked = tally::parse_unranked(election.unranked);
    question.seats = static_cast<std::size_t>(election.seats);
    if (!election.default_option.empty()) question.default_option = election.candidates.size();
    question.quorum = election.quorum;
    return question;
}

/// What a count of no ballots at all, for any two, already complains of; empty: nothing.
static std::string uncountable(Election election) {
    election.candidates = {"a", "b"};
    tally::Question question = question_of(election);
    question.eligible = 0;
    const auto counted = tally::count({tally::marks_of(question.method), options_of(election)}, question);
    return counted ? "" : counted.error().message;
}

std::string fault_of(const State& state, const Election& election) {
    const auto method = tally::parse_method(election.method);
    if (!method) return fmt::format("there is no method \"{}\"", election.method);
    if (tally::marks_of(*method) == tally::Marks::ranks && election.unranked.empty())
        return "`unranked` must say what a candidate left out of a ballot means: last, no-opinion or invalid";
    if (election.tie.kind == model::TieRule::Kind::lot && election.seed.empty())
        return "`tie: lot` needs a `seed`, published before anybody votes";
    if (election.tie.kind == model::TieRule::Kind::passes || election.tie.kind == model::TieRule::Kind::revote)
        return fmt::format("`tie: {}` settles nothing between candidates", election.tie.str());
    if (state.people().person(election.default_option))
        return fmt::format("`default: {}` is a person on record, not an option for none of them",
                           election.default_option);
    return uncountable(election);
}

std::vector<std::string> may_call(const State& state, const std::string& group, Instant at) {
    const model::Register& people = state.people();
    std::set<std::string> handles;
    for (const auto& [id, charter] : people.charters) {
        if (charter.type == model::GroupType::community) continue;
        if (id != group && id != state.project().steering && !people.is_below(group, id)) continue;
        for (std::string& handle : people.seated(id, std::nullopt, at)) handles.insert(std::move(handle));
    }
    return {handles.begin(), handles.end()};
}

namespace {

std::string id_from(const std::string& name) {
    return bool(RecordId::parse("election/" + name)) ? name : slug(name);
}

std::string flow(const std::vector<std::string>& texts) {
    return trim(yaml::emit(yaml::Value::sequence({texts.begin(), texts.end()}, true)));
}

std::string election_skeleton(const NewElection& request, const std::string& id, const std::string& author) {
    std::string endorsements;
    if (request.endorsements > 0) {
        endorsements = fmt::format("  endorsements: {{at-least: {}", request.endorsements);
        if (request.organizations > 0) endorsements += fmt::format(", organizations: {}", request.organizations);
        endorsements += "}\n";
    }
    std::string more;
    if (!request.terms.empty()) more += "terms: " + flow(request.terms) + "    # dealt in the order of election\n";
    if (!request.default_option.empty())
        more += "default: " + request.default_option + "    # on every ballot; nobody below it is elected\n";
    if (!request.quorum.empty()) more += "quorum: " + yaml_scalar(request.quorum) + "\n";
    if (!request.tie.empty()) more += "tie: " + yaml_scalar(request.tie) + "\n";
    if (!request.seed.empty()) more += "seed: " + yaml_scalar(request.seed) + "    # of the lot\n";
    if (request.secret) more += "secret: true    # who voted is seen, how is not\n";
    const std::string text(built_in_template("election.yaml"));
    return schema_line("election", "../../") +
           fill_template(text, {{"id", id},
                                {"title", yaml_scalar(request.title.empty() ? request.name : request.title)},
                                {"group", request.group},
                                {"role", request.role},
                                {"seats", request.seats},
                                {"method", request.method},
                                {"unranked", request.unranked.empty() ? "" : "unranked: " + request.unranked + "\n"},
                                {"more", more},
                                {"voters", flow(request.voters)},
                                {"nominations-from", request.nominations.from.str()},
                                {"nominations-until", request.nominations.until.str()},
                                {"endorsements", endorsements},
                                {"voting-from", request.voting.from.str()},
                                {"voting-until", request.voting.until.str()},
                                {"officers", flow(request.officers)},
                                {"author", author}});
}

Result<void> must_be_nominating(const Contest& contest, const Act& act, const char* verb) {
    const Election& election = contest.election();
    if (election.status == ElectionStatus::draft && election.nominations.holds(act.now)) return {};
    const bool is_early = act.now < election.nominations.from;
    return refused(fmt::format("{}: nominations for {} {} {}", verb, contest.id().str(),
                               is_early ? "begin at" : "ended at",
                               (is_early ? election.nominations.from : election.nominations.until).str()));
}

Change lay_file(const Contest& contest, const std::string& file, std::string bytes, const char* verb,
                const std::string& subject) {
    Change change;
    change.files[contest.folder() + file] = std::move(bytes);
    change.folder = contest.folder();
    change.subject = subject;
    change.record = contest.id();
    change.verb = verb;
    return change;
}

std::string schema_for(const char* kind) {
    return schema_line(kind, "../../../");
}

/// Seconds and employers of those who endorse a candidate.
std::pair<std::size_t, std::size_t> endorsed(const State& state, const Contest& contest, const std::string& person) {
    std::size_t people = 0;
    std::set<std::string> employers;
    for (const auto& [by, endorsements] : contest.endorsements) {
        for (const auto& line : endorsements.value.lines) {
            if (line.candidate != person) continue;
            ++people;
            if (auto family = state.people().employer_family(by, line.at)) employers.insert(*family);
        }
    }
    return {people, employers.size()};
}

bool on_roll(const Election& election, const State& state, const std::string& handle, Instant at,
             const rules::Deeds& deeds, std::optional<Error>& failure) {
    model::Proposal before;
    before.group = election.group;
    const auto holds = [&](const std::string& text) {
        if (auto term = model::Term::parse(text)) {
            const auto named = rules::electorate({*term}, {}, before, state.people(), at);
            return std::binary_search(named.begin(), named.end(), handle);
        }
        auto unmet = rules::unmet({text}, {handle, at}, state.people(), deeds);
        if (!unmet && !failure) failure = unmet.error();
        return unmet && unmet->empty();
    };
    const model::RollRule& rule = election.voters;
    return (rule.any.empty() || std::any_of(rule.any.begin(), rule.any.end(), holds)) &&
           std::all_of(rule.all.begin(), rule.all.end(), holds);
}

Result<model::Roll> roll_of(const State& state, const Contest& contest, Instant at, const rules::Deeds& deeds) {
    const Election& election = contest.election();
    std::set<std::string> voters;
    std::optional<Error> failure;
    for (const auto& [handle, _] : state.people().people)
        if (on_roll(election, state, handle, at, deeds, failure)) voters.insert(handle);
    if (failure) return *std::move(failure);
    for (const model::RollException& exception : election.voters.exceptions) {
        if (std::find(election.officers.begin(), election.officers.end(), exception.approver) ==
            election.officers.end())
            return refused(fmt::format("the exception for {} is approved by {}, who is no officer", exception.person,
                                       exception.approver),
                           {"officers: " + name_list(election.officers)});
        if (!state.people().person(exception.person))
            return refused("the exception for " + exception.person + " names nobody on record");
        if (exception.excluded)
            voters.erase(exception.person);
        else
            voters.insert(exception.person);
    }
    return model::Roll{contest.id().str(), at, {voters.begin(), voters.end()}};
}

/// Who runs the election where this person stands in it, in words; empty: they are no officer. Errors: `refused` where
/// nobody would be left to.
Result<std::string> officers_instead(const Contest& contest, const std::string& person) {
    std::vector<std::string> left = contest.election().officers;
    if (std::erase(left, person) == 0) return std::string();
    const auto standing = willing(contest);
    std::erase_if(left,
                  [&](const std::string& each) { return std::binary_search(standing.begin(), standing.end(), each); });
    if (left.empty())
        return refused(fmt::format("{} is the only officer of {} who does not stand", person, contest.id().str()),
                       {"officers cannot stand: name another under `officers:` in " + contest.record.path});
    return fmt::format("Run by {}, as {} stands.", name_list(left), person);
}

/// Everything a little later, once: `open` where too few stand.
Result<Change> extend(const State& state, const Contest& contest, const Act& act) {
    const Election& election = contest.election();
    const auto later = [&](Instant at) { return state.project().calendar.after(at, *election.extend).str(); };
    yaml::Editor editor(*contest.record.document);
    GOVCTL_CHECK(editor.set({"nominations", "until"}, later(election.nominations.until)));
    GOVCTL_CHECK(editor.set({"voting", "from"}, later(election.voting.from)));
    GOVCTL_CHECK(editor.set({"voting", "until"}, later(election.voting.until)));
    return change_election(contest, act, std::move(editor), "extended", "extend", "Extend nominations for");
}

bool was(const Election& election, const char* done) {
    return std::any_of(election.history.begin(), election.history.end(),
                       [&](const model::HistoryEntry& entry) { return entry.act == done; });
}

/// STAR has its name from them: scores then automatic runoff, of zero to five stars (starvoting.org).
constexpr int most_stars = 5;

Result<void> must_be_stars(const Election& election, const std::map<std::string, int>& score) {
    for (const auto& [option, stars] : score)
        if (stars > most_stars)
            return Error{ErrorKind::usage, fmt::format("{} is counted by {}, where {} stars are the most: {} has {}",
                                                       election.id.str(), election.method, most_stars, option, stars)};
    return {};
}

}  // namespace

Result<void> must_fit(const Election& election, const Choice& choice) {
    const tally::Method method = *tally::parse_method(election.method);
    const char* wanted = tally::marks_of(method) == tally::Marks::ranks ? "--rank 'b > a = c'"
                         : method == tally::Method::approval            ? "--approve a,b"
                                                                        : "--score a=5,b=3";
    const bool fits = tally::marks_of(method) == tally::Marks::ranks ? choice.rank.has_value()
                      : method == tally::Method::approval            ? choice.approve.has_value()
                                                                     : choice.score.has_value();
    if (!fits)
        return Error{
            ErrorKind::usage,
            fmt::format("{} is counted by {}, from ballots of another form", election.id.str(), election.method),
            {wanted}};
    if (method == tally::Method::star || method == tally::Method::bloc_star)
        GOVCTL_CHECK(must_be_stars(election, *choice.score));
    model::Position said;
    said.rank = choice.rank;
    said.approve = choice.approve;
    said.score = choice.score;
    const auto options = options_of(election);
    for (const std::string& option : said.options())
        if (std::find(options.begin(), options.end(), option) == options.end())
            return refused(option + " does not stand in " + election.id.str(), {"who does: " + name_list(options)});
    return {};
}

// ---- the call -------------------------------------------------------------------------------------------------------

Result<Change> new_election(const State& state, const Act& act, const NewElection& request) {
    const std::string id = id_from(request.name);
    if (id.empty())
        return Error{ErrorKind::usage,
                     "the title has no letter or digit that could name its folder: \"" + request.name + "\""};
    if (!state.charter_records().contains(request.group)) return refused("there is no group \"" + request.group + "\"");
    const model::Charter& charter = state.charter_records().at(request.group).value;
    if (!charter.role(request.role)) {
        std::vector<std::string> roles;
        for (const model::Role& role : charter.roles) roles.push_back(role.name);
        return refused(fmt::format("group \"{}\" has no role \"{}\"", request.group, request.role),
                       {"its charter has " + join(roles, ", ")});
    }
    const auto may = may_call(state, request.group, act.now);
    if (!std::binary_search(may.begin(), may.end(), act.actor))
        return refused(act.actor + " may not call an election of " + request.group, {"who may: " + name_list(may)});
    const std::string folder = record::election_folder(state.root(), id);
    if (!state.files().below(folder).empty())
        return Error{ErrorKind::blocked, "there is an election " + id + " already", {"choose another id"}};
    NewElection filled = request;
    if (filled.officers.empty()) filled.officers = {act.actor};
    if (filled.voters.empty()) filled.voters = {"members"};
    Change change;
    change.folder = folder;
    change.files[folder + "election.yaml"] = election_skeleton(filled, id, act.actor);
    change.record = {RecordId::Space::election, id};
    change.subject = "Call election/" + id + ": " + (request.title.empty() ? request.name : request.title);
    change.verb = "new";
    return change;
}

Result<Change> cancel_election(const State& state, const Act& act, const RecordId& id) {
    GOVCTL_TRY(const Contest* contest, contest_of(state, id));
    const auto& officers = contest->election().officers;
    if (std::find(officers.begin(), officers.end(), act.actor) == officers.end())
        return refused("only an officer may cancel " + id.str(), {"officers: " + name_list(officers)});
    if (contest->election().status >= ElectionStatus::certified)
        return refused(id.str() + " is " + std::string(model::election_status_word(contest->election().status)));
    yaml::Editor editor(*contest->record.document);
    GOVCTL_CHECK(editor.set({"status"}, "cancelled"));
    return change_election(*contest, act, std::move(editor), "cancelled", "cancel", "Cancel");
}

// ---- nominations ----------------------------------------------------------------------------------------------------

Result<Change> nominate(const State& state, const Act& act, const RecordId& id, const std::string& person) {
    GOVCTL_TRY(const Contest* contest, contest_of(state, id));
    const Election& election = contest->election();
    if (!state.people().person(act.actor)) return refused(act.actor + " is not on record");
    const model::Person* whom = state.people().person(person.empty() ? act.actor : person);
    if (!whom) return refused("nobody on record is called " + person, {"`govctl person list` shows them"});
    GOVCTL_CHECK(must_be_nominating(*contest, act, "nobody is nominated now"));
    GOVCTL_CHECK(may_serve_again(state, election, whom->handle, election.since.value_or(election.voting.until)));
    const bool is_own = whom->handle == act.actor;
    model::Candidate candidate{id.str(), whom->handle, act.now, act.actor};
    if (auto known = contest->candidates.find(whom->handle); known != contest->candidates.end()) {
        candidate = known->second.value;
        if (!is_own) return refused(whom->handle + " is nominated already, by " + candidate.by);
        if (candidate.accepted && !candidate.withdrawn) return refused("you stand in " + id.str() + " already");
        if (candidate.withdrawn) return refused("you stood down from " + id.str() + ", which is not taken back");
    }
    if (is_own) candidate.accepted = act.now;
    GOVCTL_TRY(const std::string instead, officers_instead(*contest, whom->handle));
    const std::string subject = is_own ? "Stand in " : "Nominate " + whom->handle + " in ";
    Change change =
        lay_file(*contest, "candidates/" + whom->handle + ".yaml",
                 schema_for("candidate") + record::write_candidate(candidate), "nominate", subject + called(election));
    if (!instead.empty()) change.reasons.push_back(instead);
    return change;
}

Result<Change> endorse(const State& state, const Act& act, const RecordId& id, const std::string& candidate) {
    GOVCTL_TRY(const Contest* contest, contest_of(state, id));
    const Election& election = contest->election();
    GOVCTL_CHECK(must_be_nominating(*contest, act, "nobody is endorsed now"));
    const model::Person* whom = state.people().person(candidate);
    if (!whom || !contest->candidates.contains(whom->handle))
        return refused(candidate + " is not nominated in " + id.str(),
                       {"nominated: " + name_list([&] {
                            std::vector<std::string> all;
                            for (const auto& [handle, _] : contest->candidates) all.push_back(handle);
                            return all;
                        }())});
    if (whom->handle == act.actor) return refused("nobody endorses themself");
    if (!state.people().person(act.actor)) return refused(act.actor + " is not on record");
    if (!election.endorsing.by.empty()) {
        model::Proposal before;
        before.group = election.group;
        const auto may = rules::electorate(election.endorsing.by, {}, before, state.people(), act.now);
        std::vector<std::string> words;
        for (const model::Term& term : election.endorsing.by) words.push_back(term.str());
        if (!std::binary_search(may.begin(), may.end(), act.actor))
            return refused(act.actor + " may not endorse in " + id.str(), {"who may: " + join(words, ", ")});
    }
    model::Endorsements mine{id.str(), act.actor, {}};
    if (auto known = contest->endorsements.find(act.actor); known != contest->endorsements.end())
        mine = known->second.value;
    for (const auto& line : mine.lines)
        if (line.candidate == whom->handle) return refused("you have endorsed " + whom->handle + " already");
    mine.lines.push_back({whom->handle, act.now});
    return lay_file(*contest, "endorsements/" + act.actor + ".yaml",
                    schema_for("endorsement") + record::write_endorsements(mine), "endorse",
                    "Endorse " + whom->handle + " in " + called(election));
}

Result<Change> stand_down(const State& state, const Act& act, const RecordId& id) {
    GOVCTL_TRY(const Contest* contest, contest_of(state, id));
    const Election& election = contest->election();
    auto known = contest->candidates.find(act.actor);
    if (known == contest->candidates.end()) return refused(act.actor + " is not nominated in " + id.str());
    if (known->second.value.withdrawn) return refused("you have stood down from " + id.str() + " already");
    if (election.status != ElectionStatus::draft && election.status != ElectionStatus::open)
        return refused(id.str() + " is " + std::string(model::election_status_word(election.status)));
    model::Candidate candidate = known->second.value;
    candidate.withdrawn = act.now;
    return lay_file(*contest, "candidates/" + act.actor + ".yaml",
                    schema_for("candidate") + record::write_candidate(candidate), "stand-down",
                    "Stand down from " + called(election));
}

std::vector<Nominee> nominees(const State& state, const Contest& contest) {
    const model::Endorsing& asked = contest.election().endorsing;
    std::vector<Nominee> all;
    for (const auto& [person, record] : contest.candidates) {
        const auto [people, employers] = endorsed(state, contest, person);
        std::string lacking;
        if (record.value.withdrawn)
            lacking = "stood down";
        else if (!record.value.accepted)
            lacking = "has not said yes";
        else if (people < static_cast<std::size_t>(asked.at_least))
            lacking = fmt::format("{} of {} endorsements", people, asked.at_least);
        else if (employers < static_cast<std::size_t>(asked.organizations))
            lacking = fmt::format("endorsed from {} of {} organizations", employers, asked.organizations);
        all.push_back({person, people, std::move(lacking)});
    }
    return all;
}

// ---- voting ---------------------------------------------------------------------------------------------------------

Result<Change> open_election(const State& state, const Act& act, const RecordId& id, const rules::Deeds& deeds,
                             const std::string& key) {
    GOVCTL_TRY(const Contest* contest, contest_of(state, id));
    const Election& election = contest->election();
    GOVCTL_CHECK(must_be_officer(state, *contest, act, "open"));
    GOVCTL_CHECK(must_be(*contest, ElectionStatus::draft, "it is opened once"));
    if (const std::string fault = fault_of(state, election); !fault.empty())
        return refused(fault, {"edit " + contest->record.path});
    if (act.now < election.nominations.until)
        return refused("nominations for " + id.str() + " run until " + election.nominations.until.str());
    std::vector<std::string> standing;
    for (const Nominee& nominee : nominees(state, *contest))
        if (nominee.lacking.empty()) standing.push_back(nominee.person);
    const bool is_contested = election.needs_vote(standing.size());
    if (standing.size() < static_cast<std::size_t>(election.seats) && election.extend && !was(election, "extended"))
        return extend(state, *contest, act);
    if (is_contested && act.now >= election.voting.until)
        return refused("voting in " + id.str() + " was to end at " + election.voting.until.str(),
                       {"give it other dates, in " + contest->record.path});

    Election standing_for = election;
    standing_for.candidates = standing;
    if (const auto limits = limits_of(state, standing_for, act.now); !limits)
        return refused(limits.error().message, {"see `limits:` in the charter and in " + contest->record.path});
    GOVCTL_TRY(auto roll, roll_of(state, *contest, act.now, deeds));
    if (roll.voters.empty())
        return refused("nobody may vote in " + id.str(), {"see `voters:` in " + contest->record.path});
    const std::string voters = record::write_voters(roll);
    yaml::Editor editor(*contest->record.document);
    if (election.secret && is_contested) {
        if (key.empty()) return refused(id.str() + " is secret: it is opened with a key", {"--key-file FILE"});
        GOVCTL_CHECK(editor.set({"key"}, key));
    }
    GOVCTL_CHECK(editor.set({"candidates"}, yaml::Value::sequence({standing.begin(), standing.end()}, true)));
    GOVCTL_CHECK(editor.set({"text"}, record::election_text(editor.document().root, voters)));
    GOVCTL_CHECK(editor.set({"status"}, is_contested ? "open" : "closed"));
    GOVCTL_TRY(auto change, change_election(*contest, act, std::move(editor), "opened", "open", "Open"));
    change.files[contest->folder() + "voters.yaml"] = voters;
    if (!is_contested)
        change.reasons.push_back(fmt::format("Uncontested: {} for {} seats, elected without a vote.",
                                             standing.empty() ? "nobody stands" : name_list(standing), election.seats));
    return change;
}

Result<Change> cast(const State& state, const Act& act, const RecordId& id, const Choice& choice) {
    GOVCTL_TRY(const Contest* contest, contest_of(state, id));
    const Election& election = contest->election();
    GOVCTL_CHECK(must_be(*contest, ElectionStatus::open, "nobody votes now"));
    if (!election.voting.holds(act.now)) {
        const bool is_early = act.now < election.voting.from;
        return refused(fmt::format("voting in {} {} {}", id.str(), is_early ? "begins at" : "ended at",
                                   (is_early ? election.voting.from : election.voting.until).str()));
    }
    const auto& roll = contest->voters->value.voters;
    if (!std::binary_search(roll.begin(), roll.end(), act.actor))
        return refused(act.actor + " is not on the roll of " + id.str(),
                       {"the roll was frozen at " + contest->voters->value.at.str() + ": " + contest->voters->path});
    if (election.secret != !choice.sealed.empty())
        return refused(id.str() + (election.secret ? " is secret: its ballots are sealed"
                                                   : " is not secret: its ballots are not sealed"));
    if (!election.secret) GOVCTL_CHECK(must_fit(election, choice));
    model::Ballot ballot;
    ballot.matter = id.str();
    ballot.voter = act.actor;
    if (auto known = contest->ballots.find(act.actor); known != contest->ballots.end()) {
        ballot = known->second.value;
        ballot.earlier.push_back(ballot.now);
        ballot.under.reset();  // what was signed was the file before
        ballot.signature.clear();
    }
    ballot.now = {act.now, 1, election.text};
    ballot.now.rank = choice.rank;
    ballot.now.approve = choice.approve;
    ballot.now.score = choice.score;
    ballot.now.sealed = choice.sealed;
    return lay_file(*contest, "ballots/" + act.actor + ".yaml", record::write_ballot(ballot), "vote",
                    "Vote in " + called(election));
}

}  // namespace govctl::app
