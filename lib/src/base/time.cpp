#include "govctl/base/time.hpp"

#include <date/date.h>
#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

#include "govctl/base/text.hpp"

namespace govctl {
namespace {

using std::chrono::seconds;
using Days = date::days;

constexpr std::int64_t day_seconds = 86400;
constexpr std::int64_t latest = 253402300799;  // 9999-12-31T23:59:59Z
constexpr std::int64_t largest_count = 1'000'000;

struct UnitWords {
    Duration::Unit unit;
    std::string_view suffix;
    std::string_view one;
};

constexpr UnitWords units[] = {
    {Duration::Unit::minutes, "m", "minute"},
    {Duration::Unit::hours, "h", "hour"},
    {Duration::Unit::days, "d", "day"},
    {Duration::Unit::weeks, "w", "week"},
    {Duration::Unit::months, "mo", "month"},
    {Duration::Unit::years, "y", "year"},
    {Duration::Unit::business_hours, "bh", "business hour"},
    {Duration::Unit::business_days, "bd", "business day"},
};

constexpr std::string_view day_names[] = {"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

Error invalid(std::string_view text, std::string_view what, std::string hint) {
    return {ErrorKind::invalid, fmt::format("'{}' is not {}", printable(text), what), {std::move(hint)}};
}

/// Digits only: no sign, no space.
std::optional<int> parse_digits(std::string_view text) {
    if (text.empty() || text.size() > 9) return std::nullopt;
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return value;
}

/// `2026-11-22` as a day.
std::optional<date::sys_days> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = parse_digits(text.substr(0, 4));
    const auto month = parse_digits(text.substr(5, 2));
    const auto day = parse_digits(text.substr(8, 2));
    if (!year || !month || !day || *year < 1970) return std::nullopt;
    const date::year_month_day ymd{date::year(*year), date::month(static_cast<unsigned>(*month)),
                                   date::day(static_cast<unsigned>(*day))};
    return ymd.ok() ? std::optional(date::sys_days(ymd)) : std::nullopt;
}

/// `09:30` in minutes after midnight; `24:00` is the end of the day.
std::optional<int> parse_clock(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    const auto hour = parse_digits(text.substr(0, 2));
    const auto minute = parse_digits(text.substr(3, 2));
    if (!hour || !minute || *minute > 59) return std::nullopt;
    const int total = *hour * 60 + *minute;
    return total <= 24 * 60 ? std::optional(total) : std::nullopt;
}

/// `09:30:00Z` in seconds after midnight.
std::optional<int> parse_time_of_day(std::string_view text) {
    if (text.size() != 9 || text[5] != ':' || text[8] != 'Z') return std::nullopt;
    const auto minutes = parse_clock(text.substr(0, 5));
    const auto second = parse_digits(text.substr(6, 2));
    if (!minutes || *minutes == 24 * 60 || !second || *second > 59) return std::nullopt;
    return *minutes * 60 + *second;
}

std::optional<std::size_t> parse_weekday(std::string_view text) {
    const auto* found = std::find(std::begin(day_names), std::end(day_names), text);
    if (found == std::end(day_names)) return std::nullopt;
    return static_cast<std::size_t>(found - std::begin(day_names));
}

date::sys_seconds to_sys(Instant instant) {
    return date::sys_seconds(seconds(instant.seconds));
}

Instant bounded(std::int64_t value) {
    return {std::clamp<std::int64_t>(value, 0, latest)};
}

Instant add_months(Instant from, std::int64_t count) {
    if (count > 12 * 10000) return {latest};
    const auto day = date::floor<Days>(to_sys(from));
    const date::year_month_day ymd(day);
    const auto month = date::year_month(ymd.year(), ymd.month()) + date::months(static_cast<int>(count));
    if (month.year() > date::year(9999)) return {latest};
    const auto last = (month / date::last).day();
    const date::sys_days landed = month / std::min(ymd.day(), last);
    return {(landed.time_since_epoch() + (to_sys(from) - day)).count()};
}

const UnitWords& words_of(Duration::Unit unit) {
    return *std::find_if(std::begin(units), std::end(units), [&](const UnitWords& u) { return u.unit == unit; });
}

/// Local time of one zone. Keeps the offset last used, which holds for months.
class Clock {
public:
    // Projects that work in UTC need no database of time zones.
    explicit Clock(const std::string& zone) : zone_(zone == "UTC" ? nullptr : date::locate_zone(zone)) {}

    date::local_seconds local(date::sys_seconds time) {
        if (zone_ == nullptr) return date::local_seconds(time.time_since_epoch());
        look_up(time);
        return date::local_seconds(time.time_since_epoch() + info_.offset);
    }

    date::sys_seconds sys(date::local_seconds time) {
        if (zone_ == nullptr) return date::sys_seconds(time.time_since_epoch());
        look_up(date::sys_seconds(time.time_since_epoch() - info_.offset));
        const date::sys_seconds guess(time.time_since_epoch() - info_.offset);
        const bool far_from_change = info_.begin + Days(2) < guess && guess < info_.end - Days(2);
        return far_from_change ? guess : zone_->to_sys(time, date::choose::earliest);
    }

private:
    void look_up(date::sys_seconds time) {
        if (time < info_.begin || time >= info_.end) info_ = zone_->get_info(time);
    }

    const date::time_zone* zone_;
    date::sys_info info_{};
};

using Week = bool[7];

bool read_days(std::string_view text, Week& working) {
    for (const std::string& part : split(text, ',')) {
        const std::size_t dash = part.find('-');
        const auto first = parse_weekday(std::string_view(part).substr(0, dash));
        const auto last = dash == std::string::npos ? first : parse_weekday(std::string_view(part).substr(dash + 1));
        if (!first || !last) return false;
        for (std::size_t day = *first; day != *last; day = (day + 1) % 7) working[day] = true;
        working[*last] = true;
    }
    return std::find(std::begin(working), std::end(working), true) != std::end(working);
}

Result<void> check_zone(const std::string& zone) {
    try {
        Clock clock(zone);
        return {};
    } catch (const std::exception&) {
        return invalid(zone, "a time zone",
                       "name it as the IANA database does: UTC, Europe/Berlin, America/Los_Angeles");
    }
}

}  // namespace

Result<Instant> Instant::parse(std::string_view text) {
    const auto day = parse_day(text.substr(0, 10));
    const bool both = text.size() == 20 && text[10] == 'T';
    const auto time = both ? parse_time_of_day(text.substr(11)) : std::nullopt;
    if (!day || !time) return invalid(text, "an instant", "write instants in UTC, as 2026-11-22T09:30:00Z");
    return Instant{day->time_since_epoch().count() * day_seconds + *time};
}

Result<Instant> Instant::parse_date_or_instant(std::string_view text) {
    if (const auto day = parse_day(text)) return Instant{day->time_since_epoch().count() * day_seconds};
    auto instant = parse(text);
    if (instant) return instant;
    return invalid(text, "a date or an instant", "write dates as 2026-11-22, instants in UTC as 2026-11-22T09:30:00Z");
}

std::string Instant::str() const {
    const std::int64_t second = seconds % day_seconds;
    return fmt::format("{}T{:02}:{:02}:{:02}Z", date(), second / 3600, second / 60 % 60, second % 60);
}

std::string Instant::date() const {
    const date::year_month_day ymd(date::floor<Days>(to_sys(*this)));
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
                       static_cast<unsigned>(ymd.day()));
}

Result<Duration> Duration::parse(std::string_view text) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto count = parse_digits(text.substr(0, digits));
    const std::string_view suffix = text.substr(digits);
    const auto* unit =
        std::find_if(std::begin(units), std::end(units), [&](const UnitWords& u) { return u.suffix == suffix; });
    const bool padded = digits > 1 && text.front() == '0';
    if (!count || padded || *count > largest_count || unit == std::end(units)) {
        return invalid(text, "a duration", "write durations as 90m, 72h, 10d, 2w, 6mo, 2y, 72bh or 5bd");
    }
    return Duration{*count, unit->unit};
}

std::string Duration::str() const {
    return fmt::format("{}{}", count, words_of(unit).suffix);
}

std::string Duration::words() const {
    return fmt::format("{} {}{}", count, words_of(unit).one, count == 1 ? "" : "s");
}

Calendar::Calendar() : zone_("UTC"), opens_(9 * 60), closes_(17 * 60) {
    std::fill(working_ + 1, working_ + 6, true);
}

Result<Calendar> Calendar::make(std::string_view days, std::string_view hours, std::string_view zone,
                                const std::vector<std::string>& holidays) {
    Calendar calendar;
    calendar.zone_ = zone;
    std::fill(std::begin(calendar.working_), std::end(calendar.working_), false);
    if (!read_days(days, calendar.working_)) {
        return invalid(days, "a list of working days", "write them as mon-fri or as mon,wed,fri");
    }
    const std::size_t dash = std::min(hours.find('-'), hours.size());
    const auto opens = parse_clock(hours.substr(0, dash));
    const auto closes = dash < hours.size() ? parse_clock(hours.substr(dash + 1)) : std::nullopt;
    if (!opens || !closes || *opens >= *closes) {
        return invalid(hours, "a span of working hours", "write it as 09:00-17:00, at most 00:00-24:00");
    }
    calendar.opens_ = *opens;
    calendar.closes_ = *closes;
    GOVCTL_CHECK(check_zone(calendar.zone_));
    for (const std::string& holiday : holidays) {
        const auto day = parse_day(holiday);
        if (!day) return invalid(holiday, "a date", "write holidays as 2026-12-25");
        calendar.holidays_.insert(day->time_since_epoch().count());
    }
    return calendar;
}

bool Calendar::is_business_day(std::int64_t day) const {
    const auto weekday = static_cast<std::size_t>((day + 4) % 7);  // 1970-01-01 was a Thursday
    return working_[weekday] && !holidays_.contains(day);
}

Instant Calendar::after_business_hours(Instant from, std::int64_t count) const {
    Clock clock(zone_);
    const date::sys_seconds start = to_sys(from);
    seconds left = std::chrono::hours(count);
    for (auto day = date::floor<Days>(clock.local(start));; day += Days(1)) {
        if (!is_business_day(day.time_since_epoch().count())) continue;
        const auto opens = std::max(start, clock.sys(day + std::chrono::minutes(opens_)));
        const auto closes = clock.sys(day + std::chrono::minutes(closes_));
        if (opens.time_since_epoch().count() > latest) return {latest};
        if (closes <= opens) continue;
        if (left <= closes - opens) return bounded((opens + left).time_since_epoch().count());
        left -= closes - opens;
    }
}

Instant Calendar::after_business_days(Instant from, std::int64_t count) const {
    constexpr std::int64_t last_day = latest / day_seconds;
    Clock clock(zone_);
    const auto start = clock.local(to_sys(from));
    auto day = date::floor<Days>(start);
    const seconds time_of_day = start - day;
    while (count > 0) {
        day += Days(1);
        if (day.time_since_epoch().count() > last_day) return {latest};
        if (is_business_day(day.time_since_epoch().count())) --count;
    }
    return bounded(clock.sys(day + time_of_day).time_since_epoch().count());
}

Instant Calendar::after(Instant from, const Duration& duration) const {
    using Unit = Duration::Unit;
    if (duration.count == 0) return from;
    switch (duration.unit) {
        case Unit::minutes:
            return bounded(from.seconds + duration.count * 60);
        case Unit::hours:
            return bounded(from.seconds + duration.count * 3600);
        case Unit::days:
            return bounded(from.seconds + duration.count * day_seconds);
        case Unit::weeks:
            return bounded(from.seconds + duration.count * 7 * day_seconds);
        case Unit::months:
            return add_months(from, duration.count);
        case Unit::years:
            return add_months(from, duration.count * 12);
        case Unit::business_hours:
            return after_business_hours(from, duration.count);
        case Unit::business_days:
            return after_business_days(from, duration.count);
    }
    return from;
}

}  // namespace govctl
