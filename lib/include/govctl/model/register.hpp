#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "govctl/base/shared_map.hpp"
#include "govctl/model/group.hpp"
#include "govctl/model/person.hpp"
#include "govctl/model/project.hpp"

namespace govctl::model {

/// `12345+LOGIN@users.noreply.github.com` → `login`, in lower case; empty: not such an address.
std::string noreply_login(const std::string& address);

/// Who is who in one state of the project: all that a rule may ask about people.
struct Register {
    Project project;
    SharedMap<std::string, Person> people;                     ///< by handle
    SharedMap<std::string, Organization> organizations;        ///< by id
    SharedMap<std::string, Charter> charters;                  ///< by group
    SharedMap<std::string, Roster> rosters;                    ///< by group
    SharedMap<std::string, std::vector<std::string>> rolls{};  ///< of voters, by election; frozen, sorted
    /// Handles of the approvers of a path who are persons here, sorted.
    std::function<std::vector<std::string>(const std::string& path)> owners;
    /// The blob of a file as it stands; empty: there is none.
    std::function<std::string(const std::string& path)> blob{};

    /// The person a handle or one of its old ones names, without regard to case or a leading `@`; null: nobody.
    const Person* person(const std::string& handle) const;
    /// Whom an e-mail address belongs to; `[digits+]LOGIN@users.noreply.github.com` is `accounts.github: LOGIN`.
    const Person* by_email(const std::string& email) const;

    /// Everyone of this level or a higher one at that instant, sorted.
    std::vector<std::string> at_level(const std::string& level, Instant at) const;
    /// Everyone seated in the group, or in one of its roles, at that instant, sorted. A group of type `community` is
    /// everyone of its roles' levels.
    std::vector<std::string> seated(const std::string& group, const std::optional<std::string>& role, Instant at) const;

    /// A name for the employer that counts related organizations as one; none: independent, never counted together.
    std::optional<std::string> employer_family(const std::string& handle, Instant at) const;

    /// The group next up: `parent`, or nothing. Steering's is the community group.
    std::optional<std::string> above(const std::string& group) const;
    /// Whether `group` lies below `ancestor` on the ladder of parents; a group is not below itself.
    bool is_below(const std::string& group, const std::string& ancestor) const;
    /// The group whose area holds the path: the longest area wins; none: no area.
    std::optional<std::string> area_owner(const std::string& path) const;
};

}  // namespace govctl::model
