#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "govctl/base/text.hpp"
#include "reading.hpp"

namespace govctl::tally {
namespace {

constexpr std::string_view blanks = " \t\r";
constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

constexpr std::string_view picture = "-> :";
constexpr std::uint8_t no_rank = 255;

/// What each byte of a vote says: `-` is 0.
constexpr std::array<std::uint8_t, 256> rank_of = [] {
    std::array<std::uint8_t, 256> ranks{};
    ranks.fill(no_rank);
    for (std::size_t i = 1; i < digits.size(); ++i) {
        ranks[static_cast<unsigned char>(digits[i])] = static_cast<std::uint8_t>(i);
    }
    ranks['-'] = 0;
    return ranks;
}();

bool is_blank(char c) {
    return blanks.find(c) != std::string_view::npos;
}

/// Sheets of the first years are ISO 8859-1.
std::string as_utf8(std::string_view text) {
    if (is_valid_utf8(text)) return std::string(text);
    std::string utf8;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80) utf8 += static_cast<char>(byte >= 0xc0 ? 0xc3 : 0xc2);
        utf8 += static_cast<char>(byte >= 0xc0 ? byte - 0x40 : byte);
    }
    return utf8;
}

/// What devotee, Debian's vote engine, publishes: a picture that names the options, then a line for each voter.
class DebianReader {
public:
    DebianReader(const Source& source, const Reading& how)
        : source_(source), bytes_(source.bytes()), faults_(how.lenient) {}

    Result<Read> read() {
        GOVCTL_TRY(std::vector<std::string> options, read_options());
        Ballots ballots(Marks::ranks, std::move(options));
        ballots.reserve(static_cast<std::size_t>(std::count(bytes_.begin(), bytes_.end(), '\n')) + 1);
        row_.resize(ballots.width());
        for (; at_ < bytes_.size(); next_line()) {
            if (!is_vote()) continue;
            if (const Result<void> row = read_row(); row) {
                ballots.add_ranks(row_);
            } else if (faults_.are_allowed()) {
                faults_.add(row.error());
            } else {
                return row.error();
            }
        }
        return faults_.finish(source_, std::move(ballots));
    }

private:
    void next_line() { at_ = std::min(source_.line_end(at_) + 1, bytes_.size()); }
    bool is_vote() const { return bytes_.substr(at_, 2) == "V:"; }

    /// `   |/  Option 3--->: Lucas Nussbaum`
    Result<std::vector<std::string>> read_options() {
        Names names(source_);
        std::size_t count = 0;
        for (; at_ < bytes_.size() && !is_vote(); next_line()) {
            std::string_view line = bytes_.substr(at_, source_.line_end(at_) - at_);
            const std::size_t option = line.find("Option ");
            if (option == std::string_view::npos) continue;
            const std::size_t number = option + std::string_view("Option ").size();
            const std::string_view shown = line.substr(number, line.find_first_of(picture, number) - number);
            const std::size_t colon = line.find_first_not_of("-> ", number + shown.size());
            if (colon == std::string_view::npos || line[colon] != ':') continue;
            if (++count; !is_number(shown, count)) {
                return source_.error(at_ + number, fmt::format("option {} is called {}", count, quoted(shown)));
            }
            std::size_t name = colon + 1;
            while (name < line.size() && is_blank(line[name])) ++name;
            GOVCTL_CHECK(names.add(as_utf8(trim(line.substr(name))), at_ + name));
        }
        if (count == 0) {
            return source_.error(0, "no line above the votes names an option",
                                 {"a tally sheet names them as in `Option 1--->: None of the above`"});
        }
        return names.take(0);
    }

    static bool is_number(std::string_view shown, std::size_t number) {
        return shown == std::to_string(number) || (number < digits.size() && shown == digits.substr(number, 1));
    }

    /// `V: 1-23 	a name, a hash`: what follows the ranks says nothing about them.
    Result<void> read_row() {
        std::size_t at = at_ + 2;
        while (at < bytes_.size() && is_blank(bytes_[at])) ++at;
        for (std::size_t option = 0; option < row_.size(); ++option, ++at) {
            const char mark = at < bytes_.size() ? bytes_[at] : '\n';
            if (mark == '\n' || is_blank(mark)) {
                return source_.error(at, fmt::format("too few ranks: {} for {} options", option, row_.size()),
                                     {"an option without a rank is a \"-\""});
            }
            const std::uint8_t rank = rank_of[static_cast<unsigned char>(mark)];
            if (rank == no_rank) {
                return source_.error(at, fmt::format("{} is not a rank", quoted(bytes_.substr(at, 1))),
                                     {"ranks are 1 to 9, then A to Z; an option without one is a \"-\""});
            }
            row_[option] = rank;
        }
        if (at < bytes_.size() && bytes_[at] != '\n' && !is_blank(bytes_[at])) {
            return source_.error(at, fmt::format("too many ranks for {} options", row_.size()));
        }
        return {};
    }

    const Source& source_;
    std::string_view bytes_;
    Faults faults_;
    std::size_t at_ = 0;
    std::vector<std::uint32_t> row_;
};

}  // namespace

Result<Read> read_debian(const Source& source, const Reading& how) {
    if (how.marks == Marks::scores) {
        return source.error(0, "a Debian tally sheet ranks options, and this method wants scores",
                            {"scores come as csv: a column for each candidate"});
    }
    return DebianReader(source, how).read();
}

}  // namespace govctl::tally
