#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "govctl/rules/course.hpp"
#include "round.hpp"

namespace govctl::rules {

/// Ballots by their voter's present handle.
using Sheets = std::map<std::string, const model::Ballot*>;

Sheets sheets_of(const Matter& matter, const model::Register& people);

/// Who does not judge this matter, and why (rules.md, Recusal).
class Recusals {
public:
    Recusals(const Matter& matter, const model::Register& people, const Sheets& sheets);

    /// The people a matter about people is about.
    bool is_subject(const std::string& handle) const { return subjects_.count(handle) > 0; }
    bool has_subjects() const { return !subjects_.empty() || !records_.empty(); }

    /// Why this person is recused at a moment; none: they are not. Interests and employers are those of that day.
    std::optional<std::string> why(const std::string& handle, Moment moment) const;

private:
    std::optional<std::string> interest(const model::Person& person, Instant at) const;
    std::optional<std::string> same_employer(const model::Person& person, Instant at) const;

    const Matter& matter_;
    const model::Register& people_;
    const Sheets& sheets_;
    std::set<std::string> subjects_;  ///< handles
    std::set<std::string> records_;   ///< subjects that are no people
};

}  // namespace govctl::rules
