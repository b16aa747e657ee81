#include <fmt/format.h>

#include <algorithm>

#include "govctl/base/text.hpp"
#include "reading.hpp"

namespace govctl::tally {
namespace {

constexpr std::string_view blanks = " \t\r";

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Hill, Wichmann and Woodall, Algorithm 123 (1987), 3.1, with what OpenSTV added: comments, ties, skipped ranks,
/// marks of ballots in brackets.
class BltReader {
public:
    BltReader(const Source& source, const Reading& how)
        : source_(source), bytes_(source.bytes()), faults_(how.lenient) {}

    Result<Read> read() {
        if (bytes_.starts_with("\xef\xbb\xbf")) at_ = 3;
        GOVCTL_TRY(const std::uint64_t candidates, read_count("the number of candidates"));
        if (candidates > Ballots::most_candidates) {
            return source_.error(token_, fmt::format("more than {} candidates", Ballots::most_candidates));
        }
        if (candidates == 0) return source_.error(token_, "there are no candidates in the file");
        GOVCTL_TRY(const std::uint64_t seats, read_count("the number of seats"));
        Ballots ballots(Marks::ranks, std::vector<std::string>(candidates));
        if (seats > 0) ballots.seats = seats;
        row_.resize(candidates);
        GOVCTL_TRY(ballots.withdrawn, read_withdrawn());
        GOVCTL_CHECK(read_rows(ballots));
        GOVCTL_TRY(std::vector<std::string> names, read_names());
        ballots.name(std::move(names));
        if (pass_blanks()) {
            GOVCTL_TRY(ballots.title, read_text());
        }
        return faults_.finish(source_, std::move(ballots));
    }

private:
    bool at_end() const { return at_ >= bytes_.size(); }
    char here() const { return at_end() ? '\n' : bytes_[at_]; }
    bool is_blank() const { return blanks.find(here()) != std::string_view::npos; }

    /// Passes blanks, ends of lines and comments; false at the end of the file.
    bool pass_blanks() {
        for (; !at_end(); ++at_) {
            if (here() == '#') at_ = source_.line_end(at_);
            if (here() != '\n' && !is_blank()) return true;
        }
        return false;
    }

    /// Passes blanks and a comment, but stays on the line.
    void pass_blanks_of_line() {
        while (!at_end() && is_blank()) ++at_;
        if (here() == '#') at_ = source_.line_end(at_);
    }

    std::string_view word_here() const {
        const std::size_t end = std::min(bytes_.find_first_of(" \t\r\n", at_), bytes_.size());
        return bytes_.substr(at_, end - at_);
    }

    /// A number with a blank or the end of a line behind it.
    Result<std::uint64_t> read_count(const char* what) {
        if (!pass_blanks()) return source_.error(at_, fmt::format("the file ends before {}", what));
        token_ = at_;
        const auto number = leading_number(bytes_.substr(at_));
        const std::string_view word = word_here();
        if (!number || number->size != word.size()) {
            return source_.error(at_, fmt::format("{} is not {}", quoted(word), what),
                                 {"a BLT file begins with the numbers of candidates and seats"});
        }
        if (number->value > most_number) return too_large(source_, at_, "number", word);
        at_ += number->size;
        return number->value;
    }

    Result<std::vector<Candidate>> read_withdrawn() {
        std::vector<Candidate> withdrawn;
        while (pass_blanks() && here() == '-') {
            ++at_;
            GOVCTL_TRY(const Candidate candidate, read_candidate());
            withdrawn.push_back(candidate);
        }
        std::sort(withdrawn.begin(), withdrawn.end());
        withdrawn.erase(std::unique(withdrawn.begin(), withdrawn.end()), withdrawn.end());
        return withdrawn;
    }

    Result<void> read_rows(Ballots& ballots) {
        ballots.reserve(static_cast<std::size_t>(std::count(bytes_.begin(), bytes_.end(), '\n')) + 1);
        while (pass_blanks()) {
            weight_ = 1;
            const Result<bool> row = read_row();
            if (row && !*row) return {};
            if (row) {
                ballots.add_ranks(row_, weight_);
                total_ += weight_;
                if (total_ > most_number) return too_many_ballots();
                continue;
            }
            if (!faults_.are_allowed()) return row.error();
            faults_.add(row.error(), weight_);
            at_ = source_.line_end(at_);
        }
        return source_.error(at_, "the ballots do not end", {"a 0 in a line of its own ends them"});
    }

    Error too_many_ballots() const {
        return source_.error(token_, fmt::format("more than {} ballots", most_number),
                             {"whatever is counted lies below 2^31, so that every sum of it is exact"});
    }

    /// One ballot; false where the ballots end.
    Result<bool> read_row() {
        if (here() == '(') {
            const std::size_t end = bytes_.find_first_of(")\n", at_);
            if (end == std::string_view::npos || bytes_[end] == '\n') {
                return source_.error(at_, "a bracket that is not closed");
            }
            at_ = end + 1;
            pass_blanks_of_line();
        }
        token_ = at_;
        if (here() == '"') {
            return source_.error(at_, "a name among the ballots", {"a 0 in a line of its own ends the ballots"});
        }
        const auto weight = leading_number(bytes_.substr(at_));
        if (!weight || !is_separated(weight->size)) {
            return source_.error(at_, fmt::format("{} is not a number of ballots", quoted(word_here())),
                                 {"a ballot is how many voted so, the candidates in order, and 0"});
        }
        if (weight->value > most_number) return too_large(source_, at_, "number of ballots", word_here());
        at_ += weight->size;
        if (weight->value == 0) return false;
        weight_ = weight->value;
        std::fill(row_.begin(), row_.end(), 0);
        GOVCTL_CHECK(read_preferences());
        return true;
    }

    Result<void> read_preferences() {
        std::uint32_t rank = 0;
        for (bool tied = false;;) {
            if (!tied) take_plain_preferences(rank);
            pass_blanks_of_line();
            if (here() == '\n') return source_.error(at_, "a ballot that does not end with 0");
            if (here() == '=') {
                if (rank == 0 || tied) return source_.error(at_, "\"=\" without a candidate before it");
                tied = true;
                ++at_;
                continue;
            }
            if (!tied) ++rank;
            if (here() == '-' && is_separated(1)) {
                if (tied) return source_.error(at_, "\"-\" has no tie");
                ++at_;
                continue;
            }
            if (here() == '0' && is_separated(1)) {
                if (tied) return source_.error(at_, "\"=\" without a candidate after it");
                ++at_;
                return {};
            }
            const std::size_t begin = at_;
            GOVCTL_TRY(const Candidate candidate, read_candidate());
            if (row_[candidate] != 0) {
                return source_.error(begin, fmt::format("candidate {} stands twice on this ballot", candidate + 1));
            }
            row_[candidate] = rank;
            tied = false;
        }
    }

    /// Nearly all preferences are a blank, a number, and the blank of the next: this loop takes those, and stops before
    /// any other.
    void take_plain_preferences(std::uint32_t& rank) {
        constexpr std::size_t longest = 5;  // what is looked at of one, with what ends it
        if (bytes_.size() < longest) return;
        const char* at = bytes_.data() + at_;
        const char* const last = bytes_.data() + bytes_.size() - longest;
        while (at <= last && *at == ' ') {
            const char* end = at + 1;
            std::size_t number = 0;
            for (; end < at + 4 && is_digit(*end); ++end) number = number * 10 + static_cast<std::size_t>(*end - '0');
            if (*end != ' ' || number == 0 || number > row_.size() || row_[number - 1] != 0) break;
            row_[number - 1] = ++rank;
            at = end;
        }
        at_ = static_cast<std::size_t>(at - bytes_.data());
    }

    /// Whether what is `size` bytes long here ends there.
    bool is_separated(std::size_t size) const {
        if (at_ + size >= bytes_.size()) return true;
        const char next = bytes_[at_ + size];
        return next == '\n' || next == '=' || blanks.find(next) != std::string_view::npos;
    }

    Result<Candidate> read_candidate() {
        std::size_t number = 0;
        std::size_t size = 0;
        for (; size < 4 && is_digit(here_plus(size)); ++size) {
            number = number * 10 + static_cast<std::size_t>(here_plus(size) - '0');
        }
        if (size == 0 || !is_separated(size)) {
            return source_.error(at_, fmt::format("{} is not the number of a candidate", quoted(word_here())));
        }
        if (number == 0 || number > row_.size()) {
            return source_.error(at_, fmt::format("there is no candidate {}", number),
                                 {fmt::format("the candidates are 1 to {}", row_.size())});
        }
        at_ += size;
        return number - 1;
    }

    char here_plus(std::size_t offset) const { return at_ + offset < bytes_.size() ? bytes_[at_ + offset] : '\n'; }

    Result<std::vector<std::string>> read_names() {
        Names names(source_);
        for (std::size_t i = 0; i < row_.size(); ++i) {
            if (!pass_blanks()) {
                return source_.error(bytes_.size(), fmt::format("{} names for {} candidates", i, row_.size()));
            }
            const std::size_t begin = at_;
            GOVCTL_TRY(std::string name, read_text());
            GOVCTL_CHECK(names.add(trim(name), begin));
        }
        return names.take(at_);
    }

    /// `"Adam"`, with `\"` for a quote inside, or one word.
    Result<std::string> read_text() {
        if (here() != '"') {
            const std::string word(word_here());
            at_ += word.size();
            return word;
        }
        const std::size_t begin = at_;
        std::string text;
        for (++at_; here() != '"'; ++at_) {
            if (at_end() || here() == '\n') return source_.error(begin, "a quote that is not closed in its line");
            if (here() == '\\' && here_plus(1) == '"') ++at_;
            text += here();
        }
        ++at_;
        return text;
    }

    const Source& source_;
    std::string_view bytes_;
    Faults faults_;
    std::size_t at_ = 0;
    std::size_t token_ = 0;
    std::uint64_t weight_ = 1;
    std::uint64_t total_ = 0;
    std::vector<std::uint32_t> row_;
};

}  // namespace

Result<Read> read_blt(const Source& source, const Reading& how) {
    if (how.marks == Marks::scores) {
        return source.error(0, "a BLT file ranks candidates, and this method wants scores",
                            {"scores come as csv: a column for each candidate"});
    }
    return BltReader(source, how).read();
}

}  // namespace govctl::tally
