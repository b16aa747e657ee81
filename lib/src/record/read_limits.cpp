#include <algorithm>

#include "check.hpp"
#include "fields.hpp"
#include "govctl/record/limits.hpp"
#include "scalar.hpp"
#include "shapes.hpp"

namespace govctl::record {
namespace {

Shape limit_shape() {
    return record("limit",
                  keys(optional("of", text(Scalar::name), "which seats; a tally is about one kind, so all of them"),
                       required("per", words({"organization", "conflict-pair"}), "who may hold only so many"),
                       required("at-most", text(Scalar::share), "a number, or a fraction of the seats"),
                       optional("count", set(words({"elected", "continuing"})), "whose seats are counted; both"),
                       optional("apply", words({"skip", "drop-lowest", "lot"}), "what the election does about it")));
}

Shape limits_file_shape() {
    const Shape member = record("member", keys(required("person", text(Scalar::line), "who holds on to a seat"),
                                               optional("organization", text(Scalar::name), "of which organization")));
    return record(
        "limits",
        keys(optional("seats", text(Scalar::positive), "of the whole body; those to fill and those held on to"),
             required("limits", some(list(limit_shape())), "what holds"),
             optional("candidates", dictionary(text(Scalar::line), text(Scalar::name)), "their organizations"),
             optional("continuing", list_by("person", member), "who holds on to a seat"),
             optional("related", list(set(text(Scalar::name))), "organizations counted as one"),
             optional("conflicts", list(set(text(Scalar::line))), "people for limits per conflict-pair")));
}

bool counts(const Fields& limit, const char* whose) {
    const std::vector<std::string> counted = limit.texts("count");
    return !limit.has("count") || std::find(counted.begin(), counted.end(), whose) != counted.end();
}

SeatLimit read_limit(const Fields& fields) {
    SeatLimit limit;
    limit.per = fields.text("per");
    limit.apply = fields.text("apply", "skip");
    limit.counts_elected = counts(fields, "elected");
    limit.counts_continuing = counts(fields, "continuing");
    const std::string share = fields.text("at-most");
    const auto fraction = parse_fraction(share.substr(0, share.find(' ')));
    limit.of_seats = fraction.has_value();
    limit.at_most = fraction ? *fraction : Rational(*parse_integer(share));
    return limit;
}

class LimitsReader {
public:
    explicit LimitsReader(const yaml::Document& document) : document_(document), fields_(document.root) {}

    SeatLimits read() const {
        SeatLimits limits;
        if (fields_.has("seats")) limits.seats = static_cast<std::size_t>(fields_.integer("seats"));
        limits.limits = fields_.each("limits", read_limit);
        limits.continuing = fields_.each("continuing", [this](const Fields& each) {
            return Membership{named(*each.find("person")), each.text("organization")};
        });
        if (const yaml::Node* candidates = fields_.find("candidates")) {
            for (const yaml::Entry& each : candidates->entries) {
                limits.candidates.push_back({named(each.key), each.value.text});
            }
        }
        if (const yaml::Node* related = fields_.find("related")) {
            for (const yaml::Node& each : related->items) {
                std::vector<std::string>& names = limits.related.emplace_back();
                for (const yaml::Node& name : each.items) names.push_back(name.text);
            }
        }
        if (const yaml::Node* conflicts = fields_.find("conflicts")) {
            for (const yaml::Node& each : conflicts->items) {
                std::vector<Named>& people = limits.conflicts.emplace_back();
                for (const yaml::Node& person : each.items) people.push_back(named(person));
            }
        }
        return limits;
    }

private:
    Named named(const yaml::Node& node) const { return {node.text, document_.place(node)}; }

    const yaml::Document& document_;
    Fields fields_;
};

}  // namespace

Reading<SeatLimits> read_limits(const yaml::Document& document) {
    Reading<SeatLimits> reading;
    if (!check(document, limits_file_shape(), "the file", reading.findings)) return reading;
    reading.value = LimitsReader(document).read();
    return reading;
}

}  // namespace govctl::record
