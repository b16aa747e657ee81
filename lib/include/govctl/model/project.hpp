#pragma once

#include <map>
#include <string>
#include <vector>

#include "govctl/base/time.hpp"
#include "govctl/model/rule.hpp"

namespace govctl::model {

enum class SignaturePolicy { optional, required };

struct Level {
    std::string name;
    std::vector<std::string> requires_;
};

/// govctl.yaml.
struct Project {
    int format = 1;
    std::string name;
    std::string branch = "main";
    std::string root{};  ///< empty, or with a slash at the end: `governance/`
    std::string steering;
    std::string community{};
    std::string policy{};
    std::map<std::string, std::string> matters;  ///< kind of matter → group, or `parent`
    SignaturePolicy signatures = SignaturePolicy::optional;
    std::string accounts = "github";
    Calendar calendar;
    std::map<std::string, Rule> rules;
    std::map<std::string, Procedure> decisions;
    std::vector<Level> ladder;  ///< lowest first
    std::vector<std::string> duties;
    std::vector<std::string> protected_paths;                  ///< a folder ends in `/`
    std::map<std::string, std::vector<std::string>> charters;  ///< group type → what its charters must have

    /// Position of a level on the ladder; none: no such level.
    std::optional<std::size_t> level(const std::string& name) const;
};

}  // namespace govctl::model
