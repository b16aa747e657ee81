#include "support/rule_text.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "govctl/base/text.hpp"

namespace govctl::testing {

using namespace model;

namespace {

template <class T>
T must(Result<T> result, const std::string& text) {
    if (!result) throw std::logic_error("\"" + text + "\": " + result.error().message);
    return *std::move(result);
}

/// A value in the braces and brackets of YAML's flow style; a map has a key for each item.
struct Node {
    std::string scalar{};
    std::vector<Node> items{};
    std::vector<std::string> keys{};
};

class FlowParser {
public:
    explicit FlowParser(const std::string& text) : text_(text) {}

    Node value() {
        skip();
        if (accept('{')) return map();
        if (accept('[')) return list();
        return Node{scalar(",]}")};
    }

private:
    void skip() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }
    bool accept(char c) {
        skip();
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }
    std::string scalar(const char* ends) {
        if (accept('"')) {
            const std::size_t close = text_.find('"', at_);
            std::string quoted = text_.substr(at_, close - at_);
            at_ = close + 1;
            return quoted;
        }
        const std::size_t end = std::min(text_.find_first_of(ends, at_), text_.size());
        std::string plain = trim(text_.substr(at_, end - at_));
        at_ = end;
        return plain;
    }
    Node map() {
        Node node;
        while (!accept('}')) {
            node.keys.push_back(scalar(":"));
            if (!accept(':')) throw std::logic_error("no value in: " + text_);
            node.items.push_back(value());
            accept(',');
        }
        return node;
    }
    Node list() {
        Node node;
        while (!accept(']')) {
            node.items.push_back(value());
            accept(',');
        }
        return node;
    }

    std::string text_;
    std::size_t at_ = 0;
};

template <class T>
T read(const Node& node) {
    return must(T::parse(node.scalar), node.scalar);
}

template <class T>
std::vector<T> read_list(const Node& node) {
    std::vector<T> values;
    for (const Node& each : node.items) values.push_back(read<T>(each));
    return values;
}

std::vector<std::string> texts(const Node& node) {
    std::vector<std::string> texts;
    for (const Node& each : node.items) texts.push_back(each.scalar);
    return texts;
}

Lasts read_lasts(const Node& node) {
    Lasts lasts;
    if (!node.scalar.empty()) lasts.fixed = read<Duration>(node);
    for (std::size_t i = 0; i < node.keys.size(); ++i)
        (node.keys[i] == "at-least" ? lasts.at_least : lasts.at_most) = read<Duration>(node.items[i]);
    return lasts;
}

ObjectionRule read_objection(const Node& node) {
    ObjectionRule rule;
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
        const std::string& key = node.keys[i];
        const Node& value = node.items[i];
        if (key == "effect") {
            if (value.scalar == "block") rule.effect = ObjectionRule::Effect::block;
            if (value.scalar == "restart") rule.effect = ObjectionRule::Effect::restart;
            if (value.scalar == "veto") rule.effect = ObjectionRule::Effect::veto;
        }
        if (key == "needs") rule.needs_reason = true;
        if (key == "from") rule.from = value.scalar;
        if (key == "by") rule.by = read_list<Term>(value);
    }
    return rule;
}

OnFailure read_on_failure(const Node& node) {
    OnFailure on_failure;
    if (!node.scalar.empty()) on_failure.otherwise = read<Failure>(node);
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
        const std::string& key = node.keys[i];
        const Node& value = node.items[i];
        if (key == "quorum") on_failure.quorum = read<Failure>(value);
        if (key == "recused") on_failure.recused = read<Failure>(value);
        if (key == "objection") on_failure.objection = read<Failure>(value);
        if (key == "tie") on_failure.tie = read<Failure>(value);
        if (key == "else") on_failure.otherwise = read<Failure>(value);
    }
    return on_failure;
}

AsOf read_as_of(const std::string& word) {
    if (word == "stage") return AsOf::stage;
    return word == "decision" ? AsOf::decision : AsOf::open;
}

BallotForm read_ballot(const std::string& word) {
    if (word == "ranked") return BallotForm::ranked;
    if (word == "approval") return BallotForm::approval;
    return word == "score" ? BallotForm::score : BallotForm::position;
}

void read_options(OptionRule& options, const Node& node) {
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
        if (node.keys[i] == "default") options.default_option = node.items[i].scalar;
        if (node.keys[i] != "ratio") continue;
        const Node& ratios = node.items[i];
        for (std::size_t j = 0; j < ratios.keys.size(); ++j)
            options.ratios.emplace(ratios.keys[j], Rational(std::stoll(ratios.items[j].scalar)));
    }
}

void read_key(Stage& stage, const std::string& key, const Node& value) {
    if (key == "stage")
        stage.name = value.scalar;
    else if (key == "by")
        stage.by = read_list<Term>(value);
    else if (key == "except")
        stage.except = read_list<Term>(value);
    else if (key == "as-of")
        stage.as_of = read_as_of(value.scalar);
    else if (key == "ballot")
        stage.ballot = read_ballot(value.scalar);
    else if (key == "lasts")
        stage.lasts = read_lasts(value);
    else if (key == "early")
        stage.early = read<Early>(value);
    else if (key == "ballots")
        stage.fresh_ballots = value.scalar == "fresh";
    else if (key == "quorum")
        stage.quorum = read<Condition>(value);
    else if (key == "passes")
        stage.passes = read_list<Condition>(value);
    else if (key == "objection")
        stage.objection = read_objection(value);
    else if (key == "cap")
        stage.cap = std::stoll(value.scalar);
    else if (key == "tie")
        stage.tie = read<TieRule>(value);
    else if (key == "on-pass")
        stage.accept_on_pass = value.scalar == "accept";
    else if (key == "on-failure")
        stage.on_failure = read_on_failure(value);
    else if (key == "and")
        stage.also = value.items.empty() ? std::vector{value.scalar} : texts(value);
    else if (key == "options")
        read_options(stage.options, value);
    else if (key == "unranked")
        stage.options.unranked = value.scalar;
    else if (key == "method")
        stage.options.method = value.scalar;
    else if (key == "recuse")
        stage.recusal = value.scalar != "none";
    else
        throw std::logic_error("no stage key \"" + key + "\"");
}

}  // namespace

Instant instant(const std::string& text) {
    return must(Instant::parse_date_or_instant(text), text);
}

Stage stage(const std::string& text) {
    Stage stage;
    const Node node = FlowParser(text).value();
    for (std::size_t i = 0; i < node.keys.size(); ++i) {
        read_key(stage, node.keys[i], node.items[i]);
        stage.given.insert(node.keys[i]);
    }
    return stage;
}

Rule rule(const std::string& name, const std::vector<const char*>& stages) {
    Rule rule{name, {}};
    for (const char* text : stages) rule.stages.push_back(stage(text));
    return rule;
}

std::vector<Term> terms(std::initializer_list<const char*> texts) {
    std::vector<Term> terms;
    for (const char* text : texts) terms.push_back(must(Term::parse(text), text));
    return terms;
}

}  // namespace govctl::testing
