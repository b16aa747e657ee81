#include "check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "govctl/base/text.hpp"
#include "scalar.hpp"

namespace govctl::record {
namespace {

using Form = Shape::Form;
using yaml::Node;

std::string quoted(std::string_view text) {
    return fmt::format("\"{}\"", printable(text));
}

Node::Kind written_as(Form form) {
    switch (form) {
        case Form::list:
            return Node::Kind::sequence;
        case Form::record:
        case Form::dictionary:
            return Node::Kind::mapping;
        default:
            return Node::Kind::scalar;
    }
}

std::string noun(const Shape& shape) {
    switch (shape.form) {
        case Form::list:
            return "a list";
        case Form::record:
        case Form::dictionary:
            return "a mapping";
        case Form::choice:
            return fmt::format("{} or {}", noun(shape.of.front()), noun(shape.of.back()));
        default:
            return std::string(form_of(shape.scalar).noun);
    }
}

std::string_view noun(Node::Kind kind) {
    switch (kind) {
        case Node::Kind::sequence:
            return "a list";
        case Node::Kind::mapping:
            return "a mapping";
        default:
            return "text";
    }
}

std::string suggestion(const std::string& word, const std::vector<std::string>& known) {
    if (const auto meant = nearest(word, known)) return fmt::format("did you mean {}?", quoted(*meant));
    constexpr std::size_t most_shown = 12;
    if (known.size() > most_shown) return "`man 5 govctl-records` has them all";
    return known.empty() ? "" : "one of: " + join(known, ", ");
}

class Checker {
public:
    Checker(const yaml::Document& document, Findings& findings) : document_(document), findings_(findings) {}

    bool is_sound() const { return sound_; }

    /// `label` is what the value is called: its key, or the key of the list it stands in.
    void value(const Shape& shape, const Node& node, const std::string& label) {
        if (shape.form == Form::anything) return;
        if (shape.form == Form::choice) return choice(shape, node, label);
        if (!is(shape, node, label)) return;
        switch (shape.form) {
            case Form::list:
                return items(shape, node, label);
            case Form::record:
                return fields(shape, node);
            case Form::dictionary:
                return entries(shape, node, label);
            default:
                return scalar(shape, node, label);
        }
    }

private:
    void fail(const FindingKind& kind, Place place, std::string message, std::string help = {}) {
        sound_ = false;
        findings_.push_back(found(kind, std::move(place), std::move(message), std::move(help)));
    }

    bool is(const Shape& shape, const Node& node, const std::string& label) {
        if (node.kind == written_as(shape.form)) return true;
        fail(wrong_type, document_.place(node),
             fmt::format("{} must be {}, not {}", quoted(label), noun(shape), noun(node.kind)),
             shape.form == Form::list && node.is_scalar() ? "write [] around it; [] alone is a list of nothing" : "");
        return false;
    }

    void choice(const Shape& shape, const Node& node, const std::string& label) {
        const auto chosen = std::find_if(shape.of.begin(), shape.of.end(),
                                         [&](const Shape& each) { return written_as(each.form) == node.kind; });
        if (chosen != shape.of.end()) return value(*chosen, node, label);
        fail(wrong_type, document_.place(node),
             fmt::format("{} must be {}, not {}", quoted(label), noun(shape), noun(node.kind)));
    }

    void scalar(const Shape& shape, const Node& node, const std::string& label) {
        if (node.text.empty()) {
            fail(missing_key, document_.place(node), fmt::format("{} has no value", quoted(label)),
                 "give it one, or leave the key out");
        } else if (shape.scalar == Scalar::word) {
            word(shape.words, node, label);
        } else if (const auto fault = fault_in(shape.scalar, node.text)) {
            fail(*fault->kind, place_within(node, fault->column), fault->message, fault->help);
        }
    }

    void word(const std::vector<std::string>& known, const Node& node, const std::string& label) {
        if (std::find(known.begin(), known.end(), node.text) != known.end()) return;
        fail(unknown_word, document_.place(node), fmt::format("{} cannot be {}", quoted(label), quoted(node.text)),
             suggestion(node.text, known));
    }

    void items(const Shape& shape, const Node& node, const std::string& label) {
        for (const Node& item : node.items) value(shape.of.front(), item, label);
        if (shape.some && node.items.empty()) {
            fail(missing_key, document_.place(node), fmt::format("{} is empty", quoted(label)),
                 "it needs at least one item");
        }
        if (shape.unique) no_item_twice(shape, node, label);
    }

    void no_item_twice(const Shape& shape, const Node& node, const std::string& label) {
        std::set<std::string> seen;
        for (const Node& item : node.items) {
            const Node* told_by = shape.unique->empty() ? &item : item.find(*shape.unique);
            if (!told_by || !told_by->is_scalar()) continue;
            const bool is_handle = shape.of.front().scalar == Scalar::handle;
            if (seen.insert(is_handle ? normal_handle(told_by->text) : told_by->text).second) continue;
            findings_.push_back(found(same_twice, document_.place(*told_by),
                                      fmt::format("{} has {} twice", quoted(label), quoted(told_by->text))));
        }
    }

    void fields(const Shape& shape, const Node& node) {
        for (const yaml::Entry& entry : node.entries) {
            const auto field = std::find_if(shape.fields.begin(), shape.fields.end(),
                                            [&](const Field& each) { return each.name == entry.key.text; });
            field == shape.fields.end() ? unknown(shape, entry.key) : value(field->shape, entry.value, field->name);
        }
        for (const Field& field : shape.fields) {
            if (field.required && !node.find(field.name)) missing(field, node);
        }
        if (shape.exactly_one) exactly_one(shape, node);
    }

    void unknown(const Shape& shape, const Node& key) {
        std::vector<std::string> known;
        for (const Field& field : shape.fields) known.push_back(field.name);
        findings_.push_back(
            found(unknown_key, document_.place(key), "unknown key " + quoted(key.text), suggestion(key.text, known)));
    }

    void missing(const Field& field, const Node& node) {
        fail(missing_key, document_.place(node), quoted(field.name) + " is missing",
             fmt::format("{}: {}", field.name, field.what));
    }

    void exactly_one(const Shape& shape, const Node& node) {
        const auto known = std::count_if(shape.fields.begin(), shape.fields.end(),
                                         [&](const Field& field) { return node.find(field.name) != nullptr; });
        if (known == 1) return;
        sound_ = false;
        if (known == 0 && !node.entries.empty()) return;  // an unknown key, which is found already
        std::vector<std::string> names;
        for (const Field& field : shape.fields) names.push_back(field.name);
        fail(bad_combination, document_.place(node),
             fmt::format("expected one {} with its name as key, found {}", shape.name, known == 0 ? "none" : "several"),
             "one of: " + join(names, ", "));
    }

    void entries(const Shape& shape, const Node& node, const std::string& label) {
        Shape key = shape;
        key.form = Form::scalar;
        for (const yaml::Entry& entry : node.entries) {
            scalar(key, entry.key, label);
            value(shape.of.front(), entry.value, entry.key.text);
        }
    }

    /// The place of a column of the text, where the text stands in the file as it is.
    Place place_within(const Node& node, int column) const {
        Place place = document_.place(node);
        const std::size_t quote = node.style == yaml::Style::plain ? 0 : 1;
        const std::string_view raw =
            std::string_view(document_.bytes).substr(node.begin.offset + quote, node.text.size());
        const bool as_it_is =
            node.style != yaml::Style::literal && node.style != yaml::Style::folded && raw == node.text;
        if (as_it_is) place.column += static_cast<int>(quote) + column - 1;
        return place;
    }

    const yaml::Document& document_;
    Findings& findings_;
    bool sound_ = true;
};

Finding differs_from_path(const yaml::Document& document, const Node& written, std::string_view key,
                          std::string_view by_path) {
    return found(not_of_path, document.place(written),
                 fmt::format("{} is {}, but the path says {}", quoted(key), quoted(written.text), quoted(by_path)),
                 fmt::format("write `{}: {}`, or move the file", key, by_path));
}

/// `kind:` decides by itself: held against the shape of another kind, every key would be wrong.
bool is_of_kind(const yaml::Document& document, RecordKind kind, Findings& findings) {
    const Node* written = document.root.find("kind");
    if (!written || !written->is_scalar() || written->text.empty() || written->text == kind_word(kind)) return true;
    findings.push_back(differs_from_path(document, *written, "kind", kind_word(kind)));
    return false;
}

}  // namespace

bool check(const yaml::Document& document, RecordKind kind, Findings& findings) {
    if (!is_of_kind(document, kind, findings)) return false;
    return check(document, shape(kind), std::string(kind_word(kind)), findings);
}

bool check(const yaml::Document& document, const Shape& shape, const std::string& label, Findings& findings) {
    Checker checker(document, findings);
    checker.value(shape, document.root, label);
    return checker.is_sound();
}

void check_same(const yaml::Document& document, std::string_view key, bool same, const std::string& by_path,
                Findings& findings) {
    const Node* written = document.root.find(key);
    if (!same && written) findings.push_back(differs_from_path(document, *written, key, by_path));
}

void check_at_most_one(const yaml::Document& document, const yaml::Node& mapping, const std::vector<std::string>& keys,
                       Findings& findings) {
    const yaml::Entry* first = nullptr;
    for (const std::string& key : keys) {
        const yaml::Entry* entry = mapping.find_entry(key);
        if (first && entry) {
            findings.push_back(
                found(bad_combination, document.place(entry->key),
                      fmt::format("{} and {} exclude each other", quoted(first->key.text), quoted(key))));
        }
        if (!first) first = entry;
    }
}

}  // namespace govctl::record
