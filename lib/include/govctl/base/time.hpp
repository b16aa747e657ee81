#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/base/result.hpp"

namespace govctl {

/// A point in time, in whole seconds of UTC since 1970-01-01T00:00:00Z. Years 1970 to 9999.
struct Instant {
    std::int64_t seconds = 0;

    friend auto operator<=>(const Instant&, const Instant&) = default;

    /// RFC 3339 with `T` and `Z`: `2026-11-22T09:30:00Z`.
    static Result<Instant> parse(std::string_view text);
    /// As parse(), or a bare date `2026-11-22`, which means 00:00Z that day.
    static Result<Instant> parse_date_or_instant(std::string_view text);

    std::string str() const;   ///< `2026-11-22T09:30:00Z`
    std::string date() const;  ///< `2026-11-22`
};

/// A length of time as records write it: `90m 72h 10d 2w 6mo 2y`, or business time `72bh 5bd`.
struct Duration {
    enum class Unit { minutes, hours, days, weeks, months, years, business_hours, business_days };

    std::int64_t count = 0;  ///< 0 to 1,000,000
    Unit unit = Unit::hours;

    friend bool operator==(const Duration&, const Duration&) = default;

    static Result<Duration> parse(std::string_view text);
    std::string str() const;    ///< as parse() reads it
    std::string words() const;  ///< `10 days`, `72 business hours`
};

/// When a project works: days of the week, hours of the day, in a time zone of the IANA database, less its holidays.
class Calendar {
public:
    Calendar();  ///< Monday to Friday, 09:00-17:00, UTC, no holidays

    /// `days` as `mon-fri` or `sun-thu` or `mon,wed`; `hours` as `09:00-17:00`, up to `00:00-24:00`; `holidays` are
    /// dates.
    static Result<Calendar> make(std::string_view days, std::string_view hours, std::string_view zone,
                                 const std::vector<std::string>& holidays);

    /// The instant `duration` after `from`, at most the last of the year 9999. Days, weeks, months and years are those
    /// of UTC; months and years clamp to the last day of the month (31 Jan + 1mo is the last of February). Business
    /// hours count only inside working hours of working days; `5bd` ends at the same local time on the fifth business
    /// day after the day `from` lies on. A local time that a change of clocks skips means the instant of the change;
    /// one that occurs twice, the first.
    Instant after(Instant from, const Duration& duration) const;

    const std::string& zone() const { return zone_; }

private:
    bool is_business_day(std::int64_t day) const;
    Instant after_business_hours(Instant from, std::int64_t count) const;
    Instant after_business_days(Instant from, std::int64_t count) const;

    std::string zone_;
    bool working_[7] = {};  ///< Sunday first
    int opens_ = 0;         ///< minutes after local midnight
    int closes_ = 0;
    std::set<std::int64_t> holidays_;  ///< days since 1970-01-01
};

}  // namespace govctl
