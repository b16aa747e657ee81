#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "govctl/base/text.hpp"
#include "reading.hpp"

namespace govctl::tally {
namespace {

/// What a first column may be called that is about the ballot and not a candidate.
constexpr std::array<std::string_view, 12> about_the_ballot = {
    "", "#", "ballot", "ballot id", "ballot_id", "id", "receipt", "time", "timestamp", "voter", "voter id", "voter_id"};

bool is_about_the_ballot(std::string_view name) {
    const std::string word = lower(name);
    return std::find(about_the_ballot.begin(), about_the_ballot.end(), word) != about_the_ballot.end();
}

constexpr std::string_view no_opinion = "No opinion";

bool is_no_opinion(std::string_view text) {
    return text == "-" || (text.size() == no_opinion.size() && lower(text) == "no opinion");
}

/// RFC 4180, but that a quote inside a field that does not begin with one is a quote.
class CsvReader {
public:
    CsvReader(const Source& source, const Reading& how)
        : source_(source), bytes_(source.bytes()), marks_(how.marks), faults_(how.lenient) {}

    Result<Read> read() {
        if (bytes_.starts_with("\xef\xbb\xbf")) at_ = 3;
        GOVCTL_TRY(Ballots ballots, read_header());
        row_.resize(ballots.width());
        ballots.reserve(static_cast<std::size_t>(std::count(bytes_.begin(), bytes_.end(), '\n')) + 1);
        while (at_ < bytes_.size()) {
            if (take_blank_line()) continue;
            const Result<void> row = read_row();
            if (!row && (unclosed_ || !faults_.are_allowed())) return row.error();
            row ? add_to(ballots) : spoil(row.error());
        }
        return faults_.finish(source_, std::move(ballots));
    }

private:
    enum class After { cell, row };  ///< what a field was the last of: a comma follows, or the end of the line

    bool take_blank_line() {
        if (bytes_[at_] == '\r' && at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\n') ++at_;
        if (bytes_[at_] != '\n') return false;
        ++at_;
        return true;
    }

    Result<Ballots> read_header() {
        Names names(source_);
        bool leading = true;
        for (bool more = true; more;) {
            const std::size_t begin = at_;
            GOVCTL_TRY(std::string name, read_field());
            more = after_ == After::cell;
            name = trim(name);
            leading = leading && more && is_about_the_ballot(name);
            if (leading) {
                ++skipped_;
            } else {
                GOVCTL_CHECK(names.add(std::move(name), begin));
            }
        }
        GOVCTL_TRY(std::vector<std::string> candidates, names.take(0));
        return Ballots(marks_, std::move(candidates));
    }

    Result<void> read_row() {
        row_begin_ = at_;
        after_ = After::cell;
        for (std::size_t i = 0; i < skipped_ && after_ == After::cell; ++i) {
            GOVCTL_CHECK(pass_field());
        }
        std::size_t read = 0;
        while (read < row_.size() && after_ == After::cell) {
            if (take_plain_cells(read); read < row_.size() && after_ == After::cell) {
                GOVCTL_CHECK(read_cell(row_[read++]));
            }
        }
        if (read < row_.size()) return too_few(read);
        if (after_ == After::cell) return too_many();
        return {};
    }

    /// Nearly every cell is a few digits or none, and then a comma or the end of the line: this loop takes those, and
    /// stops before any other. `read` counts the cells of the row.
    void take_plain_cells(std::size_t& read) {
        constexpr std::size_t longest = 11;  // what is looked at of one cell, with what ends it
        if (bytes_.size() < longest) return;
        const char* at = bytes_.data() + at_;
        const char* const last = bytes_.data() + bytes_.size() - longest;
        const std::size_t width = row_.size();
        const std::uint32_t least = marks_ == Marks::ranks ? 1 : 0;
        while (read < width && at <= last) {
            const char* end = at;
            std::uint32_t value = 0;
            for (std::uint32_t digit = digit_at(end); digit <= 9 && end < at + 9; digit = digit_at(++end)) {
                value = value * 10 + digit;
            }
            if (end == at) {
                value = none();
                if (*at == 'N' && std::string_view(at, no_opinion.size()) == no_opinion) end += no_opinion.size();
            } else if (value < least) {
                break;
            }
            if (*end != ',' && *end != '\n') break;
            row_[read++] = value;
            at = end + 1;
            if (*end == '\n') {
                after_ = After::row;
                break;
            }
        }
        at_ = static_cast<std::size_t>(at - bytes_.data());
    }

    /// Above 9 where there is none.
    static std::uint32_t digit_at(const char* at) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(*at)) - '0';
    }

    Result<void> read_cell(std::uint32_t& mark) {
        const std::size_t begin = at_;
        GOVCTL_TRY(const std::string_view cell, view_field());
        mark = none();
        if (cell.empty() || is_no_opinion(cell)) return {};
        const auto number = leading_number(cell);
        if (!number || number->size != cell.size()) return not_a_mark(begin, cell);
        if (number->value > most_number) return too_large(source_, begin, noun(), cell);
        if (number->value == 0 && marks_ == Marks::ranks) {
            return source_.error(begin, "ranks count from 1", {"leave a candidate blank to give no rank"});
        }
        mark = static_cast<std::uint32_t>(number->value);
        return {};
    }

    std::uint32_t none() const { return marks_ == Marks::ranks ? 0 : Ballots::not_scored; }
    const char* noun() const { return marks_ == Marks::ranks ? "rank" : "score"; }

    Error not_a_mark(std::size_t begin, std::string_view cell) const {
        std::vector<std::string> hints = {
            fmt::format("a {} is a whole number; a blank or \"No opinion\" is none", noun())};
        if (begin == row_begin_) hints.push_back("a first column called voter, ballot, receipt or id is passed over");
        return source_.error(begin, fmt::format("{} is not a {}", quoted(cell), noun()), std::move(hints));
    }

    Error too_few(std::size_t read) const {
        const std::size_t end = at_ - (at_ > row_begin_ && bytes_[at_ - 1] == '\n' ? 1 : 0);
        return source_.error(end, fmt::format("too few columns: {} for {} candidates", read, row_.size()),
                             {"a ballot has a column for each candidate, blank for none"});
    }

    Error too_many() const {
        return source_.error(at_, fmt::format("too many columns for {} candidates", row_.size()),
                             {"a name with a comma in it needs quotes"});
    }

    /// The field at `at_` without quotes and the spaces around it; passes what ends it.
    Result<std::string_view> view_field() {
        if (at_ < bytes_.size() && bytes_[at_] == '"') {
            GOVCTL_TRY(scratch_, read_field());
            scratch_ = trim(scratch_);
            return std::string_view(scratch_);
        }
        std::string_view field = take_plain_field();
        while (!field.empty() && (field.front() == ' ' || field.front() == '\t')) field.remove_prefix(1);
        while (!field.empty() && (field.back() == ' ' || field.back() == '\t')) field.remove_suffix(1);
        return field;
    }

    Result<void> pass_field() {
        if (at_ >= bytes_.size() || bytes_[at_] != '"') {
            take_plain_field();
            return {};
        }
        GOVCTL_TRY(scratch_, read_field());
        return {};
    }

    std::string_view take_plain_field() {
        const std::size_t end = std::min(bytes_.find_first_of(",\n", at_), bytes_.size());
        std::string_view field = bytes_.substr(at_, end - at_);
        if (end == bytes_.size() || bytes_[end] == '\n') {
            after_ = After::row;
            if (field.ends_with('\r')) field.remove_suffix(1);
        } else {
            after_ = After::cell;
        }
        at_ = std::min(end + 1, bytes_.size());
        return field;
    }

    Result<std::string> read_field() {
        if (at_ >= bytes_.size() || bytes_[at_] != '"') return std::string(take_plain_field());
        const std::size_t begin = at_;
        std::string field;
        for (++at_;; at_ += 2) {
            const std::size_t quote = bytes_.find('"', at_);
            if (quote == std::string_view::npos) {
                unclosed_ = true;
                return source_.error(begin, "a quote that is never closed");
            }
            field += bytes_.substr(at_, quote - at_);
            at_ = quote;
            if (bytes_.substr(quote, 2) != "\"\"") break;
            field += '"';
        }
        const std::size_t rest = ++at_;
        if (!trim(take_plain_field()).empty()) {
            return source_.error(rest, "text after the closing quote", {"a quote inside of quotes is written twice"});
        }
        return field;
    }

    void add_to(Ballots& ballots) {
        if (marks_ == Marks::ranks) return ballots.add_ranks(row_);
        scores_.assign(row_.begin(), row_.end());
        for (std::optional<std::uint32_t>& score : scores_)
            if (score == Ballots::not_scored) score.reset();
        ballots.add_scores(scores_);
    }

    /// Goes on behind the line in which reading stopped.
    void spoil(Error error) {
        const bool line_is_over = at_ > row_begin_ && bytes_[at_ - 1] == '\n';
        if (!line_is_over) at_ = std::min(source_.line_end(at_) + 1, bytes_.size());
        faults_.add(std::move(error));
    }

    const Source& source_;
    std::string_view bytes_;
    Marks marks_;
    Faults faults_;
    std::size_t at_ = 0;
    std::size_t row_begin_ = 0;
    std::size_t skipped_ = 0;
    After after_ = After::cell;
    bool unclosed_ = false;
    std::string scratch_;
    std::vector<std::uint32_t> row_;
    std::vector<std::optional<std::uint32_t>> scores_;
};

}  // namespace

Result<Read> read_csv(const Source& source, const Reading& how) {
    return CsvReader(source, how).read();
}

}  // namespace govctl::tally
