#include <fmt/format.h>

#include "check.hpp"
#include "fields.hpp"
#include "govctl/record/read.hpp"
#include "scalar.hpp"
#include "shapes.hpp"

namespace govctl::record {
namespace {

// --- shapes ---

Shape exception_shape() {
    return record("roll-exception",
                  keys(required("person", text(Scalar::handle), "who"),
                       required("approver", text(Scalar::handle), "the officer who says so"),
                       required("why", text(Scalar::line), "for what reason"),
                       optional("excluded", text(Scalar::boolean), "true: not on the roll though the rest says so")));
}

Shape roll_shape() {
    return either(list(text(Scalar::voter)),
                  record("roll", keys(optional("any", list(text(Scalar::voter)), "one of these is enough"),
                                      optional("all", list(text(Scalar::voter)), "and each of these"),
                                      optional("exceptions", list_by("person", exception_shape()),
                                               "who is on the roll all the same, or is not"))));
}

Shape endorsing_shape() {
    return record("endorsing",
                  keys(required("at-least", text(Scalar::positive), "so many people"),
                       optional("organizations", text(Scalar::positive), "of so many different employers"),
                       optional("by", some(list(text(Scalar::term))), "who may endorse; everyone if left out")));
}

Shape nominations_shape() {
    return record("nominations", keys(required("from", text(Scalar::date), "when they begin"),
                                      required("until", text(Scalar::date), "when they end, itself not included"),
                                      optional("endorsements", endorsing_shape(), "what a candidate needs to stand")));
}

Shape voting_shape() {
    return record("voting", keys(required("from", text(Scalar::date), "when it begins"),
                                 required("until", text(Scalar::date), "when it ends, itself not included")));
}

Shape casting_shape() {
    return record("casting-vote", keys(required("by", text(Scalar::handle), "who has it"),
                                       required("at", text(Scalar::instant), "when it was given"),
                                       required("order", some(set(text(Scalar::handle))), "the tied, the best first")));
}

Shape method_shape() {
    return words({"schulze", "schulze-margins", "schulze-wl", "schulze-dropping", "ranked-pairs", "minimax",
                  "condorcet", "copeland", "condorcet-irv", "irv", "stv-meek", "stv-scottish", "approval", "plurality",
                  "score", "star", "bloc-star"});
}

Field election_field() {
    return required("election", text(Scalar::election_id), "that of the folder");
}

// --- values ---

model::RollException read_exception(const Fields& fields) {
    return {fields.handle("person"), fields.handle("approver"), fields.text("why"), fields.flag("excluded")};
}

model::RollRule read_roll(const Fields& parent) {
    const yaml::Node* node = parent.find("voters");
    if (!node) return {};
    if (node->is_sequence()) return {parent.texts("voters")};
    const Fields fields(*node);
    return {fields.texts("any"), fields.texts("all"), fields.each("exceptions", read_exception)};
}

model::Endorsing read_endorsing(const Fields& fields) {
    return {fields.integer("at-least"), fields.integer("organizations"), fields.terms("by")};
}

model::Window read_window(const Fields& fields) {
    return {fields.instant_at("from"), fields.instant_at("until")};
}

model::CastingVote read_casting(const Fields& fields) {
    return {fields.handle("by"), fields.instant_at("at"), fields.handles("order")};
}

std::vector<Duration> read_lengths(const Fields& fields) {
    std::vector<Duration> lengths;
    for (const std::string& length : fields.texts("terms")) lengths.push_back(*Duration::parse(length));
    return lengths;
}

model::Election read(const Fields& fields, const RecordPath& where) {
    model::Election election;
    election.id = where.id;
    election.title = fields.text("title");
    election.group = fields.text("group");
    election.role = fields.text("role");
    election.seats = fields.integer("seats", 1);
    election.method = fields.text("method");
    election.unranked = fields.text("unranked");
    election.terms = read_lengths(fields);
    election.since = fields.instant("since");
    election.up = fields.handles("up");
    election.voters = read_roll(fields);
    const Fields nominations(*fields.find("nominations"));
    election.nominations = read_window(nominations);
    election.endorsing = nominations.record("endorsements", read_endorsing).value_or(model::Endorsing{});
    election.voting = *fields.record("voting", read_window);
    election.officers = fields.handles("officers");
    if (fields.has("limits")) election.limits = read_limits(fields);
    if (fields.has("tie")) election.tie = *model::TieRule::parse(fields.text("tie"));
    election.seed = fields.text("seed");
    election.default_option = fields.handle("default");
    if (fields.has("quorum")) election.quorum = *model::Condition::parse(fields.text("quorum"));
    if (const yaml::Node* too_few = fields.find("too-few"); too_few && too_few->is_mapping())
        election.extend = Fields(*too_few).duration("extend");
    if (const yaml::Node* vacancy = fields.find("vacancy"))
        election.next_ranked = Fields(*vacancy).integer("next-ranked");
    election.secret = fields.flag("secret");
    election.key = fields.text("key");
    election.by = fields.handle("by");
    election.status = *model::parse_election_status(fields.text("status"));
    election.candidates = fields.handles("candidates");
    election.casting = fields.record("casting-vote", read_casting);
    election.text = fields.text("text");
    election.history = fields.each("history", read_history);
    return election;
}

model::Candidate read_nominee(const Fields& fields) {
    return {fields.text("election"), fields.handle("person"),    fields.instant_at("nominated"),
            fields.handle("by"),     fields.instant("accepted"), fields.instant("withdrawn")};
}

model::Endorsements::Line read_line(const Fields& fields) {
    return {fields.handle("candidate"), fields.instant_at("at")};
}

model::Endorsements read_endorsed(const Fields& fields) {
    return {fields.text("election"), fields.handle("by"), fields.each("candidates", read_line)};
}

model::Roll read_frozen(const Fields& fields) {
    return {fields.text("election"), fields.instant_at("at"), fields.handles("voters")};
}

model::ElectionResult read_certified(const Fields& fields) {
    model::ElectionResult result{fields.text("election"), fields.instant_at("certified"), {}, fields.integer("vacant")};
    for (const yaml::Node& seat : fields.find("elected")->items)
        result.elected.push_back(Fields(seat).handle("person"));
    return result;
}

/// A record that lies in an election's folder, and says which one that is.
template <class Value>
Reading<Value> read_inside(const yaml::Document& document, RecordKind kind, const RecordPath& where,
                           Value (*read_value)(const Fields&)) {
    Reading<Value> reading;
    if (!check(document, kind, reading.findings)) return reading;
    reading.value = read_value(Fields(document.root));
    const yaml::Node* named = document.root.find("election");
    check_same(document, "election", named && named->text == where.id.str(), where.id.str(), reading.findings);
    return reading;
}

}  // namespace

Shape election_shape() {
    std::vector<Field> fields = keys(
        kind_field(RecordKind::election), optional("id", text(Scalar::id), "the folder's name"),
        required("title", text(Scalar::line), "as people call it"),
        required("group", text(Scalar::id), "whose seats they are"),
        required("role", text(Scalar::name), "one of its charter's"),
        required("seats", text(Scalar::positive), "how many are to be filled"),
        required("method", method_shape(), "how ballots are counted; man govctl-tally"),
        optional("unranked", words({"last", "no-opinion", "zero", "invalid"}),
                 "what a candidate left out of a ballot means; required where ballots rank"),
        optional("terms", list(text(Scalar::duration)),
                 "how long the seats are held, dealt in the order of election; the role's if left out"),
        optional("since", text(Scalar::date), "when the seats begin; when certified if left out"),
        optional("up", set(text(Scalar::handle)), "whose seats end then, though the roster does not say so"),
        required("voters", roll_shape(), "who may vote: terms and requirements; a list: one of them is enough"),
        required("nominations", nominations_shape(), "when people are nominated, and what they need to stand"),
        required("voting", voting_shape(), "when ballots are cast"),
        required("officers", some(set(text(Scalar::handle))), "who opens, closes and certifies it; none may stand"),
        optional("limits", limits_shape(), "how many seats one organization may hold; the charter's if left out"),
        optional("tie", text(Scalar::tie), "what settles a tie across the last seat: lot, casting-vote role R"),
        optional("seed", text(Scalar::line), "of the lot, published before anybody votes"),
        optional("default", text(Scalar::handle), "an option for none of them; nobody below it is elected"));
    std::vector<Field> more = keys(
        optional("quorum", text(Scalar::condition),
                 "what each candidate needs (above-default), or the vote (cast); man govctl-election, QUORUM"),
        optional("too-few",
                 either(words({"vacant"}),
                        record("too-few", keys(required("extend", text(Scalar::duration), "by so much, once")))),
                 "where fewer stand than there are seats: seats stay vacant, which it is if left out"),
        optional(
            "vacancy",
            record("vacancy", keys(required("next-ranked", text(Scalar::positive), "so many times between elections"))),
            "who moves up when a seat falls vacant; the role's if left out"),
        optional("secret", text(Scalar::boolean), "who voted is seen, how is not"),
        optional("key", text(Scalar::digest), "what ballots are sealed to; written at opening"),
        optional("by", text(Scalar::handle), "who called it"),
        required("status", words({"draft", "open", "closed", "certified", "cancelled"}), "where it stands"),
        optional("candidates", set(text(Scalar::handle)), "who stands; written at opening"),
        optional("text", text(Scalar::digest), "what is voted on; written at opening"),
        optional("casting-vote", casting_shape(), "what settled a tie; written by `govctl election settle`"),
        optional("history", list(history_shape()), "what happened to it; appended by govctl"));
    for (Field& field : more) fields.push_back(std::move(field));
    return record("election", std::move(fields));
}

Shape candidate_shape() {
    return record("candidate", keys(kind_field(RecordKind::candidate), election_field(),
                                    required("person", text(Scalar::handle), "who; the name of the file"),
                                    required("nominated", text(Scalar::instant), "when"),
                                    required("by", text(Scalar::handle), "who nominated them"),
                                    optional("accepted", text(Scalar::instant), "when the person said yes"),
                                    optional("withdrawn", text(Scalar::instant), "when the person stood down")));
}

Shape endorsement_shape() {
    const Shape line = record("endorsed", keys(required("candidate", text(Scalar::handle), "who"),
                                               required("at", text(Scalar::instant), "when")));
    return record("endorsement", keys(kind_field(RecordKind::endorsement), election_field(),
                                      required("by", text(Scalar::handle), "who endorses; the name of the file"),
                                      required("candidates", some(list_by("candidate", line)), "whom, oldest first"),
                                      optional("signature", text(), "over every other field, by who endorses")));
}

Shape voters_shape() {
    return record("voters", keys(kind_field(RecordKind::voters), election_field(),
                                 required("at", text(Scalar::instant), "when the roll was frozen"),
                                 required("voters", set(text(Scalar::handle)), "who may vote")));
}

Shape result_shape() {
    const Shape seat = record("elected", keys(required("person", text(Scalar::handle), "who"),
                                              required("since", text(Scalar::date), "from when"),
                                              optional("until", text(Scalar::date), "up to when")));
    const Shape passed_over = record("passed-over", keys(required("candidate", text(Scalar::handle), "who"),
                                                         required("why", text(Scalar::line), "the limit")));
    const Shape dropped =
        record("dropped", keys(required("candidate", text(Scalar::handle), "who"),
                               required("why", words({"quorum", "ratio"}), "what they did not reach"),
                               required("for", text(Scalar::integer), "ballots that put them above the default option"),
                               required("against", text(Scalar::integer), "ballots that put it above them")));
    return record(
        "result",
        keys(kind_field(RecordKind::result), election_field(), required("certified", text(Scalar::instant), "when"),
             required("method", method_shape(), "how it was counted"),
             optional("unranked", words({"last", "no-opinion", "zero", "invalid"}), "what a candidate left out meant"),
             required("seats", text(Scalar::positive), "how many were to be filled"),
             required("voters", text(Scalar::integer), "on the roll"),
             required("ballots", text(Scalar::integer), "cast"),
             optional("uncontested", text(Scalar::boolean), "true: elected without a vote"),
             required("elected", list_by("person", seat), "in the order of election"),
             optional("vacant", text(Scalar::integer), "seats that stay so"),
             optional("order", list(some(list(text(Scalar::handle)))),
                      "all of them, the best first, equal ones together"),
             optional("dropped", list(dropped), "whom quorum or default option left out"),
             optional("skipped", list(passed_over), "who would have been elected but for a limit"),
             optional("pairwise", dictionary(text(Scalar::handle), list(text(Scalar::integer))),
                      "how many ballots put each above each, in the order of `candidates`"),
             optional("candidates", list(text(Scalar::handle)), "who stood"),
             optional("tie", text(Scalar::line), "what settled a tie")));
}

Reading<model::Election> read_election(const yaml::Document& document, const RecordPath& where) {
    Reading<model::Election> reading;
    if (!check(document, RecordKind::election, reading.findings)) return reading;
    reading.value = read(Fields(document.root), where);
    const yaml::Node* id = document.root.find("id");
    check_same(document, "id", id && id->text == where.name, where.name, reading.findings);
    return reading;
}

Reading<model::Candidate> read_candidate(const yaml::Document& document, const RecordPath& where) {
    auto reading = read_inside(document, RecordKind::candidate, where, read_nominee);
    if (reading.value)
        check_same(document, "person", reading.value->person == where.name, where.name, reading.findings);
    return reading;
}

Reading<model::Endorsements> read_endorsements(const yaml::Document& document, const RecordPath& where) {
    auto reading = read_inside(document, RecordKind::endorsement, where, read_endorsed);
    if (reading.value) check_same(document, "by", reading.value->by == where.name, where.name, reading.findings);
    return reading;
}

Reading<model::Roll> read_voters(const yaml::Document& document, const RecordPath& where) {
    return read_inside(document, RecordKind::voters, where, read_frozen);
}

Reading<model::ElectionResult> read_result(const yaml::Document& document, const RecordPath& where) {
    return read_inside(document, RecordKind::result, where, read_certified);
}

}  // namespace govctl::record
