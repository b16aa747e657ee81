#include "govctl/model/rule.hpp"

#include <algorithm>

#include "govctl/base/text.hpp"
#include "govctl/base/words.hpp"

namespace govctl::model {

static constexpr Words<10> term_words = {
    "members", "role", "group", "level", "owners", "voters of election", "everyone", "authors", "subject", "person",
};
static constexpr Words<5> causes = {"quorum", "recused", "objection", "tie", "else"};
static constexpr Words<5> tie_words = {"fails", "passes", "casting-vote", "lot", "revote"};
static constexpr Words<4> ballot_forms = {"position", "ranked", "approval", "score"};
static constexpr Words<5> early_words = {"never", "all-voted", "certain", "passing", "unanimous"};
static constexpr Words<6> actions = {"next", "reject", "lapse", "escalate", "affirm", "deadlock"};

static std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    for (std::string& piece : split(text, ' '))
        if (piece = trim(piece); !piece.empty()) words.push_back(std::move(piece));
    return words;
}

static std::string quoted(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

static Error invalid(std::string message, std::vector<std::string> hints = {}) {
    return Error{ErrorKind::invalid, std::move(message), std::move(hints), Place{}};
}

/// `what` could not be read from `text`; the nearest of the words it may begin with is offered.
template <std::size_t N>
static Error not_one_of(const Words<N>& words, std::string_view what, std::string_view text) {
    std::vector<std::string> known;
    for (std::string_view word : words)
        if (!word.empty()) known.emplace_back(word);
    std::vector<std::string> hints;
    if (auto meant = nearest(text, known)) hints.push_back("did you mean " + quoted(*meant) + "?");
    hints.push_back("one of: " + join(known, ", "));
    return invalid("unknown " + std::string(what) + " " + quoted(text), std::move(hints));
}

// --- terms ---

static Result<Term> role_term(const std::vector<std::string>& words) {
    if (words.size() == 2) return Term{Term::Kind::role, words[1], ""};
    if (words.size() == 4 && words[2] == "of") return Term{Term::Kind::role, words[1], words[3]};
    return invalid("expected \"role R\" or \"role R of G\"");
}

static Result<Term> voters_term(const std::vector<std::string>& words) {
    static constexpr std::string_view prefix = "election/";
    if (words.size() != 3 || words[1] != "of" || !words[2].starts_with(prefix) || words[2].size() == prefix.size())
        return invalid("expected \"voters of election/X\"");
    return Term{Term::Kind::voters, words[2].substr(prefix.size()), ""};
}

Result<Term> Term::parse(std::string_view text) {
    const std::vector<std::string> words = words_of(text);
    if (words.empty()) return invalid("expected a term such as \"members\" or \"role chair\", found nothing");
    if (words[0] == "voters") return voters_term(words);
    const auto kind = value_of<Kind>(term_words, words[0]);
    if (!kind) return not_one_of(term_words, "term", words[0]);
    switch (*kind) {
        case Kind::role:
            return role_term(words);
        case Kind::owners: {  // a path may hold spaces
            const std::string all = trim(text);
            if (words.size() < 2) return invalid("expected \"owners PATH\"");
            return Term{*kind, trim(std::string_view(all).substr(words[0].size())), ""};
        }
        case Kind::group:
        case Kind::level:
        case Kind::person:
            if (words.size() != 2) return invalid("expected one name after " + quoted(words[0]));
            return Term{*kind, words[1], ""};
        default:
            if (words.size() != 1) return invalid("unexpected " + quoted(words[1]) + " after " + quoted(words[0]));
            return Term{*kind, "", ""};
    }
}

std::string Term::str() const {
    if (kind == Kind::voters) return "voters of election/" + name;
    std::string text(word_of(term_words, kind));
    if (!name.empty()) text += " " + name;
    if (!group.empty()) text += " of " + group;
    return text;
}

// --- early, tie ---

Result<Early> Early::parse(std::string_view text) {
    const std::vector<std::string> words = words_of(text);
    const auto kind = words.empty() ? std::nullopt : value_of<Kind>(early_words, words[0]);
    if (!kind) return not_one_of(early_words, "way to end early", text);
    if (words.size() == 1) return Early{*kind, {}};
    if (*kind != Kind::passing || words.size() != 3 || words[1] != "for")
        return invalid("unexpected " + quoted(words[1]) + " after " + quoted(words[0]), {"as in \"passing for 2d\""});
    const Result<Duration> held = Duration::parse(words[2]);
    if (!held) return invalid(held.error().message, held.error().hints);
    return Early{*kind, *held};
}

std::string Early::str() const {
    return std::string(word_of(early_words, kind)) + (held ? " for " + held->str() : "");
}

Result<TieRule> TieRule::parse(std::string_view text) {
    const std::vector<std::string> words = words_of(text);
    const auto kind = words.empty() ? std::nullopt : value_of<Kind>(tie_words, words[0]);
    if (!kind) return not_one_of(tie_words, "way to settle a tie", text);
    TieRule rule{*kind, {}};
    if (*kind == Kind::casting_vote) {
        const std::vector<std::string> rest(words.begin() + 1, words.end());
        if (rest.empty() || rest[0] != "role") return invalid("expected \"casting-vote role R\"");
        GOVCTL_TRY(rule.holder, role_term(rest));
        return rule;
    }
    if (words.size() != 1) return invalid("unexpected " + quoted(words[1]) + " after " + quoted(words[0]));
    return rule;
}

std::string TieRule::str() const {
    return std::string(word_of(tie_words, kind)) + (kind == Kind::casting_vote ? " " + holder.str() : "");
}

// --- failure ---

std::string_view cause_word(Cause cause) {
    return word_of(causes, cause);
}

Result<Failure> Failure::parse(std::string_view text) {
    const std::vector<std::string> words = words_of(text);
    if (words.empty()) return invalid("expected what follows a failure, such as \"reject\", found nothing");
    const auto action = value_of<Action>(actions, words[0]);
    if (action == Action::affirm) {
        if (words.size() != 2)
            return invalid("expected \"affirm NAME\"", {"NAME is an earlier stage, or \"decision\""});
        return Failure{*action, words[1]};
    }
    if (words.size() != 1) return invalid("unexpected " + quoted(words[1]) + " after " + quoted(words[0]));
    return action ? Failure{*action, ""} : Failure{Action::rule, words[0]};
}

std::string Failure::str() const {
    if (action == Action::rule) return name;
    return std::string(word_of(actions, action)) + (action == Action::affirm ? " " + name : "");
}

const Failure& OnFailure::of(Cause cause) const {
    const std::optional<Failure>* own = nullptr;
    switch (cause) {
        case Cause::quorum:
            own = &quorum;
            break;
        case Cause::recused:
            own = &recused;
            break;
        case Cause::objection:
            own = &objection;
            break;
        case Cause::tie:
            own = &tie;
            break;
        case Cause::other:
            break;
    }
    return own && *own ? **own : otherwise;
}

std::vector<const Failure*> OnFailure::all() const {
    std::vector<const Failure*> said = {&otherwise};
    for (const auto* own : {&quorum, &recused, &objection, &tie})
        if (*own) said.push_back(&**own);
    return said;
}

// --- stages ---

std::string_view ballot_form_word(BallotForm form) {
    return word_of(ballot_forms, form);
}

std::string OptionRule::default_id() const {
    return lower(join(words_of(default_option), "-"));
}

Stage with_keys(Stage base, const Stage& anew) {
    const auto given = [&](const char* key) { return anew.given.count(key) > 0; };
    if (given("by")) base.by = anew.by;
    if (given("except")) base.except = anew.except;
    if (given("as-of")) base.as_of = anew.as_of;
    if (given("ballot")) base.ballot = anew.ballot;
    if (given("lasts")) base.lasts = anew.lasts;
    if (given("early")) base.early = anew.early;
    if (given("ballots")) base.fresh_ballots = anew.fresh_ballots;
    if (given("quorum")) base.quorum = anew.quorum;
    if (given("passes")) base.passes = anew.passes;
    if (given("objection")) base.objection = anew.objection;
    if (given("cap")) base.cap = anew.cap;
    if (given("tie")) base.tie = anew.tie;
    if (given("on-pass")) base.accept_on_pass = anew.accept_on_pass;
    if (given("on-failure")) base.on_failure = anew.on_failure;
    if (given("and")) base.also = anew.also;
    if (given("recuse")) base.recusal = anew.recusal;
    if (given("options")) {
        base.options.default_option = anew.options.default_option;
        base.options.ratios = anew.options.ratios;
    }
    if (given("unranked")) base.options.unranked = anew.options.unranked;
    if (given("method")) base.options.method = anew.options.method;
    base.given.insert(anew.given.begin(), anew.given.end());
    return base;
}

}  // namespace govctl::model
