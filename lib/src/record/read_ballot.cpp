#include <fmt/format.h>

#include <set>

#include "check.hpp"
#include "fields.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/read.hpp"
#include "scalar.hpp"
#include "shapes.hpp"

namespace govctl::record {
namespace {

/// What a voter says at one time; the forms of a vote exclude each other.
std::vector<Field> position_fields() {
    return keys(required("round", text(Scalar::positive), "the round in which it was cast"),
                required("text", text(Scalar::digest), "exactly what was voted on"),
                required("cast", text(Scalar::instant), "when; only `govctl vote` sets it"),
                optional("vote", words({"yes", "no", "abstain"}),
                         "the position; none where one only objects, seconds or is recused"),
                optional("rank", list(some(list(text(Scalar::name)))),
                         "options from first to last, equal ones together: [[b], [a, c]]"),
                optional("approve", set(text(Scalar::name)), "the options approved of"),
                optional("score", dictionary(text(Scalar::name), text(Scalar::integer)), "points by option"),
                optional("sealed", text(Scalar::line), "one of these, which only the officers can read"),
                optional("reason", text(), "why"));
}

Shape objection_record_shape() {
    return record(
        "raised-objection",
        keys(required("name", text(Scalar::line), "what others call it by"),
             optional("reason", text(), "why it stands in the way"), required("raised", text(Scalar::instant), "when"),
             optional("resolved", text(Scalar::instant), "when its author took it back")));
}

std::optional<model::Ranking> read_ranking(const Fields& fields) {
    const yaml::Node* node = fields.find("rank");
    if (!node) return std::nullopt;
    model::Ranking ranking;
    for (const yaml::Node& tier : node->items) {
        ranking.emplace_back();
        for (const yaml::Node& option : tier.items) ranking.back().push_back(option.text);
    }
    return ranking;
}

std::optional<std::map<std::string, int>> read_scores(const Fields& fields) {
    if (!fields.has("score")) return std::nullopt;
    std::map<std::string, int> scores;
    for (const auto& [option, points] : fields.dictionary("score"))
        scores.emplace(option, static_cast<int>(*parse_integer(points)));
    return scores;
}

model::Position read_position(const Fields& fields) {
    model::Position position{fields.instant_at("cast"), fields.integer("round"), fields.text("text")};
    position.vote = model::parse_vote(fields.text("vote"));
    position.rank = read_ranking(fields);
    if (fields.has("approve")) position.approve = fields.texts("approve");
    position.score = read_scores(fields);
    position.sealed = fields.text("sealed");
    position.reason = fields.text("reason");
    return position;
}

model::Objection read_objection(const Fields& fields) {
    return {fields.text("name"), fields.text("reason"), fields.instant_at("raised"), fields.instant("resolved")};
}

model::DeclaredRecusal read_recusal(const Fields& fields) {
    return {fields.instant_at("at"), fields.text("why")};
}

model::Ground read_ground(const Fields& fields) {
    return {fields.integer("round"), fields.text("text"), fields.text("charter")};
}

model::Ballot read(const Fields& fields) {
    model::Ballot ballot;
    ballot.matter = fields.id("matter");
    ballot.voter = fields.handle("voter");
    ballot.now = read_position(fields);
    ballot.earlier = fields.each("earlier", read_position);
    ballot.objections = fields.each("objections", read_objection);
    ballot.second = fields.instant("second");
    ballot.appeal = fields.instant("appeal");
    ballot.recused = fields.record("recused", read_recusal);
    ballot.under = fields.record("under", read_ground);
    ballot.signature = fields.text("signature");
    return ballot;
}

/// No option twice in a ranking; one in each tier is what its shape sees to.
void check_ranking(const yaml::Document& document, const yaml::Node& position, Findings& findings) {
    const yaml::Node* rank = position.find("rank");
    if (!rank) return;
    std::set<std::string> seen;
    for (const yaml::Node& tier : rank->items) {
        for (const yaml::Node& option : tier.items) {
            if (!seen.insert(option.text).second)
                findings.push_back(found(same_twice, document.place(option),
                                         fmt::format("\"rank\" has \"{}\" twice", printable(option.text))));
        }
    }
}

/// One form of a vote at a time.
void check_votes(const yaml::Document& document, Findings& findings) {
    const std::vector<std::string> forms = {"vote", "rank", "approve", "score", "sealed"};
    const auto check = [&](const yaml::Node& position) {
        check_at_most_one(document, position, forms, findings);
        check_ranking(document, position, findings);
    };
    check(document.root);
    if (const yaml::Node* earlier = document.root.find("earlier")) {
        for (const yaml::Node& position : earlier->items) check(position);
    }
}

}  // namespace

Shape ballot_shape() {
    std::vector<Field> fields = position_fields();
    fields.insert(fields.begin(), {kind_field(RecordKind::ballot),
                                   required("matter", text(Scalar::voted_id), "what it is about; that of the folder"),
                                   required("voter", text(Scalar::handle), "whose it is; the name of the file")});
    fields.insert(
        fields.end(),
        {optional("objections", list_by("name", objection_record_shape()), "each stands until its author resolves it"),
         optional("second", text(Scalar::instant), "when its voter seconded the matter"),
         optional("appeal", text(Scalar::instant), "when its voter appealed"),
         optional("recused",
                  record("recused", keys(required("at", text(Scalar::instant), "from when"),
                                         required("why", text(Scalar::text), "for what reason"))),
                  "its voter takes no part"),
         optional("earlier", list(record("position", position_fields())), "what its voter said before, oldest first"),
         optional("under",
                  record("ground", keys(required("round", text(Scalar::positive), "of the matter"),
                                        required("text", text(Scalar::digest), "that was before the voters"),
                                        optional("charter", text(Scalar::blob), "that the matter's rule names"))),
                  "what was before its voter when it was signed"),
         optional("signature", text(), "over every other field, by a key of its voter's")});
    return record("ballot", std::move(fields));
}

Reading<model::Ballot> read_ballot(const yaml::Document& document, const RecordPath& where) {
    Reading<model::Ballot> reading;
    if (!check(document, RecordKind::ballot, reading.findings)) return reading;
    reading.value = read(Fields(document.root));
    check_votes(document, reading.findings);
    check_same(document, "matter", reading.value->matter == where.id.str(), where.id.str(), reading.findings);
    check_same(document, "voter", reading.value->voter == where.name, where.name, reading.findings);
    return reading;
}

}  // namespace govctl::record
