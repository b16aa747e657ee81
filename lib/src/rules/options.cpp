#include "options.hpp"

#include <algorithm>

#include "govctl/rules/course.hpp"
#include "govctl/rules/procedure.hpp"
#include "govctl/tally/count.hpp"

namespace govctl::rules {

using model::BallotForm;
using model::Count;
using model::OptionTally;
using model::Position;
using model::Stage;
using model::TieRule;
using tally::Candidate;

bool is_in_form(const Position& position, BallotForm form) {
    switch (form) {
        case BallotForm::position:
            return position.vote.has_value();
        case BallotForm::ranked:
            return position.rank.has_value();
        case BallotForm::approval:
            return position.approve.has_value();
        case BallotForm::score:
            return position.score.has_value();
    }
    return false;
}

BallotForm form_of(const Position& position) {
    if (position.rank) return BallotForm::ranked;
    if (position.approve) return BallotForm::approval;
    return position.score ? BallotForm::score : BallotForm::position;
}

std::vector<std::string> option_names(const Matter& matter) {
    std::vector<std::string> names;
    for (const model::Option& option : matter.proposal.options) names.push_back(option.id);
    if (names.empty()) return names;
    for (const auto* rules : {&matter.charter.rules, &matter.project.rules})
        for (const auto& [_, rule] : *rules)
            for (const Stage& stage : rule.stages) {
                const std::string id = stage.options.default_id();
                if (!id.empty() && std::find(names.begin(), names.end(), id) == names.end()) names.push_back(id);
            }
    return names;
}

/// Approval and score ballots have a method that goes without saying; rankings have too many.
static std::string method_of(const Stage& stage) {
    if (!stage.options.method.empty()) return stage.options.method;
    return stage.ballot == BallotForm::ranked ? "" : std::string(ballot_form_word(stage.ballot));
}

/// What a count of no ballots at all, about an option of each class, already complains of; empty: nothing.
static std::string uncountable(const Stage& stage) {
    std::vector<model::Option> options = {{"a", "a"}};
    for (const auto& [of_class, _] : stage.options.ratios) options.push_back({"a-" + of_class, of_class, of_class});
    const auto counted = count_options({stage, options, {}, {}, 1, ""});
    return counted ? "" : counted.error().message;
}

std::string undecidable_options(const Stage& stage) {
    if (stage.ballot == BallotForm::position) return "";
    const std::string named = method_of(stage);
    const auto method = tally::parse_method(named);
    if (named.empty()) return "it does not say by which `method:` ballots are counted";
    if (!method) return "there is no method \"" + named + "\"";
    const bool ranks = stage.ballot == BallotForm::ranked;
    if ((tally::marks_of(*method) == tally::Marks::ranks) != ranks)
        return "method \"" + named + "\" does not count " + std::string(ballot_form_word(stage.ballot)) + " ballots";
    const auto unranked = tally::parse_unranked(stage.options.unranked);
    if (ranks && (!unranked || *unranked == tally::Unranked::zero))
        return "it does not say what an option that is not ranked means: `unranked: last`, `no-opinion` or `invalid`";
    if (!stage.lasts.fixed) return "it has no fixed time: `lasts: 2w`";
    using Early = model::Early::Kind;
    if (stage.early.kind != Early::never && stage.early.kind != Early::all_voted)
        return "it can end early only when `all-voted`";
    if (!stage.also.empty()) return "two groups cannot choose one option together";
    if (stage.cap) return "a cap is on votes of yes and no";
    if (stage.tie.kind == TieRule::Kind::passes) return "a tie between options is no pass";
    for (const model::Failure* failure : stage.on_failure.all())
        if (failure->action == model::Failure::Action::deadlock)
            return "a deadlock waits for conditions, not for a choice";
    return uncountable(stage);
}

namespace {

class Counter {
public:
    explicit Counter(const OptionPoll& poll) : poll_(poll), rule_(poll.stage.options) {
        for (const model::Option& option : poll.options) names_.push_back(option.id);
        if (!rule_.default_option.empty()) names_.push_back(rule_.default_id());
    }

    Result<Choice> run() const {
        if (names_.empty()) return Error{ErrorKind::invalid, "there is no option to decide between", {}};
        tally::Ballots ballots(marks(), names_);
        for (const Saying& each : poll_.said) add(ballots, *each.position);
        tally::Question question = ask();
        GOVCTL_TRY(auto counted, tally::count(ballots, question));
        if (!counted.tie) return Choice{told(counted)};
        if (poll_.stage.tie.kind == TieRule::Kind::lot) {
            question.tie = {tally::TieBreak::Kind::lot, {}, seed()};
            GOVCTL_TRY(counted, tally::count(ballots, question));
            OptionTally drawn = told(counted);
            const model::Settled lot{"", drawn.winner};
            return Choice{std::move(drawn), lot};
        }
        if (poll_.stage.tie.kind == TieRule::Kind::casting_vote) {
            GOVCTL_TRY(const auto settled, cast(ballots, question));
            if (settled) {
                const Saying& holder = poll_.settling.front();
                return Choice{told(*settled), model::Settled{std::string(holder.voter), holder.position->words()}};
            }
        }
        return Choice{told(counted)};
    }

private:
    tally::Marks marks() const {
        return poll_.stage.ballot == BallotForm::ranked ? tally::Marks::ranks : tally::Marks::scores;
    }

    std::optional<Candidate> candidate(const std::string& name) const {
        const auto found = std::find(names_.begin(), names_.end(), name);
        if (found == names_.end()) return std::nullopt;
        return static_cast<Candidate>(found - names_.begin());
    }

    /// 1 is the best; 0: not ranked.
    std::vector<std::uint32_t> ranks(const model::Ranking& ranking) const {
        std::vector<std::uint32_t> ranks(names_.size(), 0);
        for (std::size_t tier = 0; tier < ranking.size(); ++tier)
            for (const std::string& name : ranking[tier])
                if (auto known = candidate(name)) ranks[*known] = static_cast<std::uint32_t>(tier + 1);
        return ranks;
    }

    std::vector<std::optional<std::uint32_t>> scores(const Position& position) const {
        std::vector<std::optional<std::uint32_t>> scores(names_.size());
        if (position.approve) {
            scores.assign(names_.size(), 0);
            for (const std::string& name : *position.approve)
                if (auto known = candidate(name)) scores[*known] = 1;
        } else if (position.score) {
            for (const auto& [name, points] : *position.score)
                if (auto known = candidate(name)) scores[*known] = static_cast<std::uint32_t>(points);
        }
        return scores;
    }

    void add(tally::Ballots& ballots, const Position& position) const {
        if (marks() == tally::Marks::ranks)
            ballots.add_ranks(ranks(*position.rank));
        else
            ballots.add_scores(scores(position));
    }

    tally::Question ask() const {
        tally::Question question;
        question.method = *tally::parse_method(method_of(poll_.stage));
        question.unranked = tally::parse_unranked(rule_.unranked);
        question.eligible = static_cast<std::uint64_t>(poll_.eligible);
        if (!rule_.default_option.empty()) question.default_option = names_.size() - 1;
        for (Candidate option = 0; option < poll_.options.size(); ++option) {
            auto ratio = rule_.ratios.find(poll_.options[option].kind);
            if (ratio == rule_.ratios.end()) ratio = rule_.ratios.find("default");
            if (ratio != rule_.ratios.end()) question.ratios.push_back({option, ratio->second});
        }
        if (poll_.stage.quorum && poll_.stage.quorum->names(Count::above_default)) question.quorum = poll_.stage.quorum;
        return question;
    }

    /// What nobody knew before the last vote was cast, and everybody can repeat.
    std::string seed() const {
        std::string seed = poll_.text + "\n";
        for (const Saying& each : poll_.said) seed += std::string(each.voter) + " " + each.position->words() + "\n";
        return seed;
    }

    /// As the first of those with a casting vote who voted puts them; none: who has it sees some of the tied as equal,
    /// so that it would matter in which order they are read.
    Result<std::optional<tally::Tally>> cast(const tally::Ballots& ballots, tally::Question question) const {
        if (poll_.settling.empty()) return std::optional<tally::Tally>();
        const std::vector<std::vector<Candidate>> tiers = tiers_of(*poll_.settling.front().position);
        std::optional<tally::Tally> settled;
        for (const bool is_reversed : {false, true}) {
            question.tie = {tally::TieBreak::Kind::order, {}, {}};
            for (std::vector<Candidate> tier : tiers) {
                if (is_reversed) std::reverse(tier.begin(), tier.end());
                question.tie.order.insert(question.tie.order.end(), tier.begin(), tier.end());
            }
            GOVCTL_TRY(auto counted, tally::count(ballots, question));
            if (settled && settled->elected != counted.elected) return std::optional<tally::Tally>();
            settled = std::move(counted);
        }
        return settled;
    }

    /// Best first, what is not named last.
    std::vector<std::vector<Candidate>> tiers_of(const Position& position) const {
        std::map<std::int64_t, std::vector<Candidate>> by_place;
        const bool ranks_them = position.rank.has_value();
        const auto places = ranks_them ? ranks(*position.rank) : std::vector<std::uint32_t>{};
        const auto points = ranks_them ? std::vector<std::optional<std::uint32_t>>{} : scores(position);
        for (Candidate each = 0; each < names_.size(); ++each) {
            static constexpr std::int64_t last = std::int64_t{1} << 40;
            const std::int64_t place = ranks_them ? (places[each] == 0 ? last : std::int64_t{places[each]})
                                                  : (points[each] ? -std::int64_t{*points[each]} : last);
            by_place[place].push_back(each);
        }
        std::vector<std::vector<Candidate>> tiers;
        for (auto& [_, tier] : by_place) tiers.push_back(std::move(tier));
        return tiers;
    }

    std::vector<std::string> names(const std::vector<Candidate>& candidates) const {
        std::vector<std::string> names;
        for (Candidate each : candidates) names.push_back(names_[each]);
        return names;
    }

    OptionTally told(const tally::Tally& counted) const {
        OptionTally tally;
        tally.method = method_of(poll_.stage);
        tally.counted = static_cast<std::int64_t>(counted.counted);
        if (counted.tie)
            tally.tied = names(counted.tie->between);
        else if (!counted.elected.empty())
            tally.winner = names_[counted.elected.front()];
        for (const auto& tier : counted.order) tally.order.push_back(names(tier));
        for (const tally::Dropped& each : counted.dropped)
            tally.dropped.push_back({names_[each.option], each.why == tally::Dropped::Why::quorum ? "quorum" : "ratio",
                                     static_cast<std::int64_t>(each.votes_for),
                                     static_cast<std::int64_t>(each.votes_against)});
        if (counted.pairwise) tell_pairs(*counted.pairwise, tally);
        if (marks() == tally::Marks::scores) tell_totals(tally);
        return tally;
    }

    void tell_pairs(const tally::Matrix& matrix, OptionTally& tally) const {
        for (Candidate a = 0; a < names_.size(); ++a)
            for (Candidate b = 0; b < names_.size(); ++b)
                if (a != b) tally.pairs[names_[a]][names_[b]] = static_cast<std::int64_t>(matrix.at(a, b));
    }

    void tell_totals(OptionTally& tally) const {
        std::vector<std::int64_t> sums(names_.size(), 0);
        for (const Saying& each : poll_.said) {
            const auto points = scores(*each.position);
            for (Candidate option = 0; option < names_.size(); ++option) sums[option] += points[option].value_or(0);
        }
        for (Candidate option = 0; option < names_.size(); ++option)
            tally.totals[names_[option]] = std::to_string(sums[option]);
    }

    const OptionPoll& poll_;
    const model::OptionRule& rule_;
    std::vector<std::string> names_;  ///< the default option last
};

}  // namespace

Result<Choice> count_options(const OptionPoll& poll) {
    return Counter(poll).run();
}

}  // namespace govctl::rules
