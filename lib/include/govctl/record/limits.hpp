#pragma once

#include <optional>
#include <string>
#include <vector>

#include "govctl/base/rational.hpp"
#include "govctl/record/read.hpp"

/// The file that tells `govctl tally` how many seats one organization may hold: no record, but read as strictly.
namespace govctl::record {

/// A name of the file, with where it stands.
struct Named {
    std::string name;
    Place place{};
};

struct SeatLimit {
    std::string per;  ///< `organization`, `conflict-pair`
    Rational at_most{0};
    bool of_seats = false;       ///< `at_most` is a share of all seats
    bool counts_elected = true;  ///< those of `count:`
    bool counts_continuing = true;
    std::string apply = "skip";
};

struct Membership {
    Named who;
    std::string organization;  ///< empty: independent
};

struct SeatLimits {
    std::optional<std::size_t> seats{};  ///< of the whole body
    std::vector<SeatLimit> limits{};
    std::vector<Membership> candidates{};
    std::vector<Membership> continuing{};
    std::vector<std::vector<std::string>> related{};  ///< organizations that are one
    std::vector<std::vector<Named>> conflicts{};      ///< people of whom a limit per `conflict-pair` speaks
};

Reading<SeatLimits> read_limits(const yaml::Document& document);

}  // namespace govctl::record
