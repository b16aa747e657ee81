#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "govctl/model/person.hpp"
#include "govctl/yaml/document.hpp"

namespace govctl::app {

/// Something in a person's record that can be one person's only.
struct Claim {
    std::string_view id;    ///< the finding where two people have it
    std::string_view noun;  ///< `e-mail address`
    std::string value;      ///< as it is compared
    std::string shown;      ///< as it is written
    yaml::Path path;        ///< where it stands

    friend auto operator<(const Claim& a, const Claim& b) { return std::tie(a.id, a.value) < std::tie(b.id, b.value); }
};

/// Handle and aliases, e-mail addresses, keys and accounts; only keys are compared with regard to case.
std::vector<Claim> claims_of(const model::Person& person);

}  // namespace govctl::app
