#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "govctl/base/time.hpp"

namespace govctl::model {


struct Affiliation {
    std::string organization;  ///< `independent` is nobody's
    Instant since;
    std::optional<Instant> until{};
};

struct LadderEntry {
    std::string level;
    Instant since;
    std::optional<Instant> until{};
    std::string by{};  ///< the matter that gave it; empty: given at the founding
};

struct Mentorship {
    std::string mentee;
    std::string mentor;
    Instant since;
    std::optional<Instant> until{};
};

struct Agreement {
    std::string text;  ///< path
    std::string blob;
    Instant on;
};

struct Interest {
    std::string in;  ///< a record: `organization/acme`, `person/bob`
    std::string why;
    Instant since;
    std::optional<Instant> until{};
};

struct Person {
    std::string handle;
    std::string name;
    std::vector<std::string> emails;
    std::vector<std::string> keys;
    std::map<std::string, std::string> accounts;  ///< forge → login
    std::vector<std::string> aliases;
    std::vector<Affiliation> affiliations;
    std::vector<LadderEntry> ladder;
    std::vector<Mentorship> mentorships;
    std::vector<Agreement> agreed;
    std::vector<Interest> interests;
};

struct Organization {
    std::string id;
    std::string name;
    std::vector<std::string> domains;
    std::vector<std::string> related;
    bool listed = false;
};

/// The employer on that instant; none: independent or unknown.
std::optional<std::string> employer(const Person& person, Instant at);

}  // namespace govctl::model
