#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "govctl/rules/course.hpp"

namespace govctl::rules {

/// A stretch of time in which so many people may speak up: to second a matter before its first stage, to appeal against
/// its outcome after the last. What is said in the second of the deadline is too late.
class Gate {
public:
    /// `words` are the instants at which those spoke who may, up to now, in any order.
    Gate(Instant from, std::optional<Instant> deadline, int wanted, std::vector<Instant> words);

    Instant from() const { return from_; }
    std::optional<Instant> deadline() const { return deadline_; }
    /// When the last of those wanted spoke.
    std::optional<Instant> reached() const;
    /// When it closed: enough have spoken, or time is over; none: it is open yet.
    std::optional<Instant> closed(Instant now) const;

    /// A run of it that has not ended; `count` asks for the words said: `seconds >=`, `appeals <`.
    Run run(const std::string& name, const std::string& rule, const std::string& count,
            std::optional<Instant> until) const;
    std::int64_t lacking() const { return wanted_ - static_cast<std::int64_t>(words_.size()); }

private:
    Instant from_;
    std::optional<Instant> deadline_;
    std::int64_t wanted_;
    std::vector<Instant> words_;  ///< in time, sorted
};

}  // namespace govctl::rules
