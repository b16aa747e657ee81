#include "date.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <string>

#include "govctl/base/text.hpp"

namespace govctl::cli {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// 1 to 12 for a name of at least three letters; 0: none.
int month_of(const std::string& word) {
    static constexpr std::array names = {"january", "february", "march",     "april",   "may",      "june",
                                         "july",    "august",   "september", "october", "november", "december"};
    if (word.size() < 3) return 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (std::string_view(names[i]).substr(0, word.size()) == word) return static_cast<int>(i) + 1;
    }
    return 0;
}

bool is_weekday(const std::string& word) {
    static constexpr std::array names = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
    if (word.size() < 3) return false;
    for (const char* name : names) {
        if (std::string_view(name).substr(0, word.size()) == word) return true;
    }
    return false;
}

/// Reads a date token by token, whatever the order, as git does.
class DateReader {
public:
    explicit DateReader(std::string_view text) : rest_(text) {}

    std::optional<ZonedInstant> read(const std::function<int(Instant)>& local_offset) {
        while (!rest_.empty()) {
            if (!read_token()) return std::nullopt;
        }
        return epoch_ ? read_epoch() : read_calendar(local_offset);
    }

private:
    bool read_token() {
        const char c = rest_.front();
        if (c == ' ' || c == ',') return skip(1);
        if (is_letter(c)) return read_word();
        if (is_digit(c)) return read_number();
        if (c == '@' && !epoch_ && !year_)
            return skip(1) && !rest_.empty() && is_digit(rest_.front()) && read_seconds();
        return (c == '+' || c == '-') && read_zone();
    }

    bool skip(std::size_t count) {
        rest_.remove_prefix(count);
        return true;
    }

    std::string take(bool (*wanted)(char)) {
        std::size_t size = 0;
        while (size < rest_.size() && wanted(rest_[size])) ++size;
        std::string taken(rest_.substr(0, size));
        rest_.remove_prefix(size);
        return taken;
    }

    static std::optional<std::int64_t> number(const std::string& digits) {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
        return value;
    }

    bool read_word() {
        const std::string word = lower(take(is_letter));
        if (word == "t" || is_weekday(word)) return true;
        if (word == "z" || word == "utc" || word == "gmt") return set(zone_, 0);
        const int month = month_of(word);
        return month != 0 && set(month_, month);
    }

    bool read_seconds() {
        const auto seconds = number(take(is_digit));
        if (!seconds || epoch_) return false;
        epoch_ = seconds;
        return true;
    }

    bool read_number() {
        std::size_t size = 0;
        while (size < rest_.size() && is_digit(rest_[size])) ++size;
        if (size > 8) return read_seconds();
        const std::string digits = take(is_digit);
        const int value = std::atoi(digits.c_str());
        const char next = rest_.empty() ? ' ' : rest_.front();
        if (next == ':') return read_time(value);
        const bool dated = (next == '-' || next == '.' || next == '/') && rest_.size() > 1 && is_digit(rest_[1]);
        if (dated && !year_) return read_date(value, digits.size(), next);
        if (digits.size() == 4) return set(year_, value);
        return digits.size() <= 2 && set(day_, value);
    }

    /// `2005-04-07`, `2005.04.07`, `04/07/2005`, `07.04.2005`.
    bool read_date(int first, std::size_t digits, char separator) {
        skip(1);
        const std::string second = take(is_digit);
        if (rest_.empty() || rest_.front() != separator) return false;
        skip(1);
        const std::string third = take(is_digit);
        if (second.size() > 2 || third.empty() || third.size() > 4) return false;
        const int middle = std::atoi(second.c_str());
        const int last = std::atoi(third.c_str());
        if (digits == 4) return separator != '/' && set(year_, first) && set(month_, middle) && set(day_, last);
        if (third.size() != 4 || separator == '-') return false;
        return set(year_, last) && set(month_, separator == '/' ? first : middle) &&
               set(day_, separator == '/' ? middle : first);
    }

    /// `22:13:13.25`, the seconds and what they are made of may be left out.
    bool read_time(int hours) {
        skip(1);
        const std::string minutes = take(is_digit);
        std::string seconds = "0";
        if (!rest_.empty() && rest_.front() == ':') {
            skip(1);
            seconds = take(is_digit);
            if (!rest_.empty() && rest_.front() == '.') skip(1), take(is_digit);
        }
        if (minutes.size() != 2 || seconds.empty() || seconds.size() > 2) return false;
        const int minute = std::atoi(minutes.c_str());
        const int second = std::atoi(seconds.c_str());
        return hours < 24 && minute < 60 && second < 60 && set(time_, hours * 3600 + minute * 60 + second);
    }

    /// `+0200`, `-07:30`.
    bool read_zone() {
        const int sign = rest_.front() == '-' ? -1 : 1;
        skip(1);
        std::string digits = take(is_digit);
        if (digits.size() == 2 && !rest_.empty() && rest_.front() == ':') {
            skip(1);
            digits += take(is_digit);
        }
        if (digits.size() == 2) digits += "00";
        if (digits.size() != 4) return false;
        const int value = std::atoi(digits.c_str());
        return value % 100 < 60 && value / 100 <= 14 && set(zone_, sign * (value / 100 * 60 + value % 100));
    }

    static bool set(std::optional<int>& field, int value) {
        if (field) return false;
        field = value;
        return true;
    }

    std::optional<ZonedInstant> read_epoch() const {
        if (year_ || month_ || day_ || time_) return std::nullopt;
        return ZonedInstant{{*epoch_}, zone_.value_or(0)};
    }

    std::optional<ZonedInstant> read_calendar(const std::function<int(Instant)>& local_offset) const {
        if (!year_ || !month_ || !day_) return std::nullopt;
        const auto day = Instant::parse(fmt::format("{:04}-{:02}-{:02}T00:00:00Z", *year_, *month_, *day_));
        if (!day) return std::nullopt;
        if (!time_) return ZonedInstant{{day->seconds - zone_.value_or(0) * 60}, zone_.value_or(0)};
        const Instant wall{day->seconds + *time_};
        if (zone_) return ZonedInstant{{wall.seconds - *zone_ * 60}, *zone_};
        // The offset at the wall time taken for UTC is right but near a change of clocks; once more makes it exact.
        Instant guess{wall.seconds - local_offset(wall) * 60};
        const int offset = local_offset(guess);
        return ZonedInstant{{wall.seconds - offset * 60}, offset};
    }

    std::string_view rest_;
    std::optional<std::int64_t> epoch_;
    std::optional<int> year_, month_, day_, time_, zone_;
};

}  // namespace

std::optional<ZonedInstant> parse_git_date(std::string_view text, const std::function<int(Instant)>& local_offset) {
    return DateReader(text).read(local_offset);
}

}  // namespace govctl::cli
