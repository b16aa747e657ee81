#include <algorithm>

#include "check.hpp"
#include "fields.hpp"
#include "govctl/record/read.hpp"
#include "read_rule.hpp"
#include "scalar.hpp"
#include "shapes.hpp"

namespace govctl::record {
namespace {

// --- shapes ---

Shape terms_shape() {
    return record(
        "terms",
        keys(optional("length", text(Scalar::duration), "of one term; longer ones go to the higher ranked"),
             optional("consecutive", text(Scalar::positive), "so many terms in a row"),
             optional("lifetime", text(Scalar::positive), "so many terms in a life"),
             optional("window",
                      record("window", keys(required("at-most", text(Scalar::duration), "so long in the seat"),
                                            required("in", text(Scalar::duration), "within any span of this length"))),
                      "how much of any span of time may be served"),
             optional("cool-off", text(Scalar::duration), "how long one who reached the limit stays out"),
             optional("partial-exempt", text(Scalar::duration), "terms of at most this length are not counted")));
}

Shape role_shape() {
    return record(
        "role",
        keys(optional("track", words({"technical", "administrative", "product", "project"}), "what the role leads in"),
             optional("seats", text(Scalar::seats), "how many: 2, 2+ (two or more) or any, which it is if left out"),
             optional("filled-by", words({"election", "appointment", "ladder", "ex-officio"}),
                      "how its seats are filled"),
             optional("term", text(Scalar::duration), "how long a seat is held"),
             optional("terms", terms_shape(), "limits on how long and how often a seat is held"),
             optional("requires", list(text(Scalar::requirement)), "what one must have done to be seated"),
             optional("keeps", list(text(Scalar::requirement)), "what one must go on doing to stay seated"),
             optional("vacancy",
                      either(words({"next-ranked", "appointment", "election", "leave"}),
                             record("vacancy", keys(required("next-ranked", text(Scalar::positive),
                                                             "so many times between elections")))),
                      "how a seat left early is filled"),
             optional("grants", anything(), "what the role may do on the forge"),
             optional("leads", text(Scalar::boolean), "whether its holders count as leadership"),
             optional("reserved", anything(), "seats kept for other groups"),
             optional("not-with", anything(), "roles that one person may not hold beside it")));
}

Shape meeting_shape() {
    return record(
        "meeting",
        keys(required("day", words({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}),
                      "of the week"),
             required("at", text(Scalar::clock), "local time in `zone`"),
             required("zone", text(Scalar::line), "of the IANA database, as Europe/Vienna"),
             optional("every", text(Scalar::duration), "from one meeting to the next"),
             optional("for", text(Scalar::duration), "how long it is"), optional("url", text(Scalar::line), "where")));
}

Shape communication_shape() {
    return record(
        "communication",
        keys(optional("response", text(Scalar::duration), "how long an answer may take"),
             optional("meetings", list(meeting_shape()), "regular meetings"),
             optional("office-hours", list(meeting_shape()), "when leaders can be met without an appointment"),
             optional("channels", dictionary(text(Scalar::name), text(Scalar::line)), "list, chat, …")));
}

Shape exemption_shape() {
    return record("exemption", keys(required("what", text(Scalar::line), "which changes need no RFC, in words"),
                                    required("paths", some(list(text(Scalar::path))),
                                             "and by path: folders, files, patterns with * and **")));
}

Shape appeals_shape() {
    return record("appeals", keys(required("by", some(list(text(Scalar::any_term))), "who may appeal"),
                                  optional("seconds", text(Scalar::positive),
                                           "how many appeals send it to the parent; 1 if left out"),
                                  required("within", text(Scalar::duration), "how long after passing or rejection")));
}

Shape recusal_shape() {
    return record(
        "recusal",
        keys(optional("employer", text(Scalar::boolean), "the people of the subject's employer are recused too"),
             optional("at-most", text(Scalar::fraction), "above this share of the electorate a stage fails")));
}

Shape scope_shape() {
    return record("scope", keys(optional("in", list(text(Scalar::line)), "what the group is about"),
                                optional("out", list(text(Scalar::line)), "what it is not about")));
}

// --- values ---

/// A group of everyone of a level names the level in a role: by `requires: [level L]`, else by the role's own name.
std::string level_of(const model::Role& role) {
    constexpr std::string_view prefix = "level ";
    const auto named = std::find_if(role.requires_.begin(), role.requires_.end(),
                                    [&](const std::string& requirement) { return requirement.starts_with(prefix); });
    return named == role.requires_.end() ? role.name : named->substr(prefix.size());
}

model::TermLimits read_terms(const Fields& fields) {
    model::TermLimits terms;
    terms.length = fields.duration("length");
    terms.consecutive = fields.integer("consecutive");
    terms.lifetime = fields.integer("lifetime");
    if (const yaml::Node* window = fields.find("window")) {
        terms.window_at_most = Fields(*window).duration("at-most");
        terms.window_in = Fields(*window).duration("in");
    }
    terms.cool_off = fields.duration("cool-off");
    terms.partial_exempt = fields.duration("partial-exempt");
    return terms;
}

/// How often the next ranked of an election moves up; the word alone means once.
int read_next_ranked(const Fields& fields) {
    const yaml::Node* vacancy = fields.find("vacancy");
    if (!vacancy) return 0;
    return vacancy->is_scalar() ? vacancy->text == "next-ranked" : Fields(*vacancy).integer("next-ranked");
}

model::SeatLimit read_limit(const Fields& fields) {
    constexpr std::string_view of_seats = " of seats";
    std::string share = fields.text("at-most");
    const bool says_seats = share.ends_with(of_seats);
    if (says_seats) share.erase(share.size() - of_seats.size());
    model::SeatLimit limit;
    limit.of = fields.text("of");
    limit.per = fields.text("per");
    const auto whole = parse_integer(share);
    limit.at_most = whole ? Rational(*whole) : *parse_fraction(share);
    limit.is_share = says_seats || !whole;
    const auto counted = fields.texts("count");
    limit.counts_continuing =
        counted.empty() || std::find(counted.begin(), counted.end(), "continuing") != counted.end();
    limit.apply = fields.text("apply", "skip");
    return limit;
}

model::Role read_role(const yaml::Entry& entry, model::GroupType type) {
    const Fields fields(entry.value);
    model::Role role;
    role.name = entry.key.text;
    role.track = fields.text("track");
    role.seats = *parse_seats(fields.text("seats", "any"));
    role.filled_by = fields.text("filled-by");
    role.requires_ = fields.texts("requires");
    role.terms = fields.record("terms", read_terms).value_or(model::TermLimits{});
    if (!role.terms.length) role.terms.length = fields.duration("term");
    role.next_ranked = read_next_ranked(fields);
    role.leads = fields.flag("leads");
    if (type == model::GroupType::community) role.level = level_of(role);
    return role;
}

model::Appeals read_appeals(const Fields& fields) {
    return {fields.terms("by"), fields.integer("seconds", 1), *fields.duration("within")};
}

model::Recusal read_recusal(const Fields& fields) {
    return {fields.flag("employer"), fields.fraction("at-most")};
}

model::Charter read(const Fields& fields) {
    model::Charter charter;
    charter.id = fields.text("id");
    charter.name = fields.text("name");
    charter.type = *model::parse_group_type(fields.text("type"));
    charter.parent = fields.text("parent");
    charter.mission = fields.text("mission");
    charter.areas = fields.texts("areas");
    charter.duties = fields.texts("duties");
    for (const yaml::Entry& role : fields.find("roles")->entries)
        charter.roles.push_back(read_role(role, charter.type));
    charter.rules = read_rules(fields);
    charter.decisions = read_procedures(fields);
    charter.appeals = fields.record("appeals", read_appeals);
    charter.limits = read_limits(fields);
    charter.recusal = fields.record("recusal", read_recusal).value_or(model::Recusal{});
    for (const auto& [path, weight] : fields.dictionary("weights"))
        if (auto number = parse_share(weight)) charter.weights.emplace(path, *number);
    return charter;
}

}  // namespace

Shape group_type_shape() {
    return words({"steering", "policy", "community", "committee", "sig", "working-group", "desk"});
}

Shape limits_shape() {
    return list(record(
        "limit", keys(required("of", text(Scalar::name), "which seats: a role, group or leadership"),
                      required("per", words({"organization", "conflict-pair", "person"}), "who may hold only so many"),
                      required("at-most", text(Scalar::share),
                               "a number, or a fraction of the seats; exactly the fraction is allowed"),
                      optional("count", set(words({"elected", "continuing"})), "whose seats are counted"),
                      optional("apply", words({"skip", "drop-lowest", "lot"}), "what an election does about it"))));
}

Shape charter_shape() {
    return record(
        "charter",
        keys(kind_field(RecordKind::charter),
             required("id", text(Scalar::id), "the name the group goes by here; that of its folder"),
             required("name", text(Scalar::line), "as people call it"),
             required("type", group_type_shape(), "what kind of group it is"),
             optional("parent", text(Scalar::id), "the group that matters are escalated to"),
             required("mission", text(), "what the group is for"),
             optional("scope", scope_shape(), "what it is about, and what not"),
             optional("areas", set(text(Scalar::path)), "files and folders it owns; each belongs to one group only"),
             optional("duties", set(text(Scalar::name)), "duties of the project that it holds"),
             required("roles", dictionary(text(Scalar::name), role_shape()), "its seats, by role"),
             optional("rules", rules_shape(), "rules by name, added to the project's or in their place"),
             required("decisions", procedures_shape(), "which kind of matter goes by which rule; \"*\" for the rest"),
             optional("appeals", appeals_shape(), "who may take a decision to the parent"),
             optional("needs-rfc", set(text(Scalar::path)), "where commits must name an accepted RFC"),
             optional("exempt", list(exemption_shape()), "changes there that need none"),
             optional("limits", limits_shape(), "how many seats one organization may hold"),
             optional("recusal", recusal_shape(), "who is recused besides the subject"),
             optional("conventions", set(text(Scalar::path)), "the group's technical conventions"),
             optional("communication", communication_shape(), "how and when its leaders can be reached"),
             optional("weights", dictionary(text(Scalar::path), text(Scalar::share)),
                      "what a contribution counts, by path")));
}

std::vector<model::SeatLimit> read_limits(const Fields& parent) {
    return parent.each("limits", read_limit);
}

Reading<model::Charter> read_charter(const yaml::Document& document, const RecordPath& where) {
    Reading<model::Charter> reading;
    const bool sound = check(document, RecordKind::charter, reading.findings);
    if (!sound || !check_rules(document, reading.findings)) return reading;
    reading.value = read(Fields(document.root));
    check_same(document, "id", reading.value->id == where.name, where.name, reading.findings);
    return reading;
}

}  // namespace govctl::record
