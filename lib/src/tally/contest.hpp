#pragma once

#include <functional>
#include <optional>

#include "poll.hpp"

namespace govctl::tally {

/// Makes the choices that a rule of transferable votes leaves to lot: as the question says, or, where nothing settles
/// them, one way after the other.
class Choices {
public:
    explicit Choices(const Poll& poll);

    enum class For { exclusion, precedence };

    Candidate make(const std::vector<Candidate>& tied, For what, const class Contest& contest);

    void start() { made_ = 0; }
    bool next_way();  ///< whether there is another way they may fall

    /// Who was elected, and who was still hopeful, when the first open choice was made.
    const std::vector<Candidate>& elected_before() const { return elected_before_; }
    const std::vector<Candidate>& hopeful_then() const { return hopeful_then_; }

private:
    struct Open {
        std::size_t taken = 0;
        std::size_t of = 0;
    };

    std::vector<Candidate> settling_;
    std::vector<Open> open_;
    std::size_t made_ = 0;
    std::vector<Candidate> elected_before_;
    std::vector<Candidate> hopeful_then_;
};

/// What the methods of transferable votes share: who is elected, who is excluded, who still hopes.
class Contest {
public:
    Contest(const Poll& poll, Choices& choices) : poll_(poll), choices_(choices), hopeful_(poll.standing) {}

    const std::vector<Candidate>& hopeful() const { return hopeful_; }
    const std::vector<Candidate>& elected() const { return elected_; }
    std::size_t seats_left() const { return poll_.question.seats - elected_.size(); }

    /// All seats are filled, or there are no more hopefuls than seats left.
    bool is_over() const { return hopeful_.size() <= seats_left() || seats_left() == 0; }

    void elect(Candidate candidate, std::string why);
    void exclude(Candidate candidate, std::string why);

    /// Elects all of them, those with more votes first, unless a limit or the number of seats is in the way.
    void elect_all(const std::vector<Candidate>& candidates, const std::vector<std::uint64_t>& votes, std::string why);
    /// The hopefuls get the seats that are left where the contest is over.
    void finish(const std::vector<std::uint64_t>& votes);

    /// A hopeful whom a full limit bars is out as soon as the limit is full.
    std::optional<Candidate> exclude_barred();

    /// Of those with the fewest votes, all of whom are tied, the one to be excluded.
    Candidate choose_out(const std::vector<Candidate>& tied, const std::vector<std::uint64_t>& votes);
    Candidate choose_first(const std::vector<Candidate>& tied) {
        return choices_.make(tied, Choices::For::precedence, *this);
    }

    void tell(Step step) { steps_.push_back(std::move(step)); }

    const std::vector<Skipped>& skipped() const { return skipped_; }
    std::vector<Step>& steps() { return steps_; }
    Tiers order(const std::vector<std::uint64_t>& votes) const;

private:
    const Limit* full_limit(Candidate candidate) const;

    const Poll& poll_;
    Choices& choices_;
    std::vector<Candidate> hopeful_;
    std::vector<Candidate> elected_;
    std::vector<Candidate> excluded_;  ///< the first one first
    std::vector<Skipped> skipped_;
    std::vector<Step> steps_;
};

/// Runs the count in every way its open choices may fall; elects who is elected in all of them. `run` returns the votes
/// at its end. Beyond a hundred ways only those elected before the first open choice are held to be certain.
void contest_every_way(const Poll& poll, const std::function<std::vector<std::uint64_t>(Contest&)>& run, Tally& tally);

/// A figure in units of 1/10^digits: `334.5`.
std::string decimal(std::uint64_t scaled, int digits);

}  // namespace govctl::tally
