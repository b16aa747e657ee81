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

    friend bool operator==(const Affiliation&, const Affiliation&) = default;
};

struct LadderEntry {
    std::string level;
    Instant since;
    std::optional<Instant> until{};
    std::string by{};  ///< the matter that gave it; empty: given at the founding

    friend bool operator==(const LadderEntry&, const LadderEntry&) = default;
};

/// As the mentor's record has it; it counts only where the mentee's names that mentor.
struct Mentorship {
    std::string mentee;
    Instant since;
    std::optional<Instant> until{};

    friend bool operator==(const Mentorship&, const Mentorship&) = default;
};

struct Agreement {
    std::string text;  ///< path
    std::string blob;
    Instant on;

    friend bool operator==(const Agreement&, const Agreement&) = default;
};

struct Interest {
    std::string in;  ///< a record: `organization/acme`, `person/bob`
    std::string why;
    Instant since;
    std::optional<Instant> until{};

    friend bool operator==(const Interest&, const Interest&) = default;
};

/// A key that signs for a person.
struct Key {
    std::string line;  ///< as in an authorized_keys file, or `openpgp:FINGERPRINT`
    struct Revoked {
        std::string at{};  ///< the commit it was given up on
        bool compromised = false;

        friend bool operator==(const Revoked&, const Revoked&) = default;
    };
    std::optional<Revoked> revoked{};
    std::string by{};         ///< who vouched for it
    std::string signature{};  ///< of theirs, over it

    friend bool operator==(const Key&, const Key&) = default;
};

struct Person {
    std::string handle;
    std::string name;
    std::vector<std::string> emails;
    std::vector<Key> keys;
    std::map<std::string, std::string> accounts;  ///< forge → login
    std::vector<std::string> aliases;
    std::vector<Affiliation> affiliations;
    std::vector<LadderEntry> ladder;
    std::string mentor{};  ///< who mentors this person, by their own word
    std::vector<Mentorship> mentorships;
    std::vector<Agreement> agreed;
    std::vector<Interest> interests;

    friend bool operator==(const Person&, const Person&) = default;
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
