#include "govctl/model/register.hpp"

#include <algorithm>
#include <set>

#include "govctl/base/id.hpp"
#include "govctl/base/text.hpp"

namespace govctl::model {

const Person* Register::person(const std::string& handle) const {
    const std::string wanted = normal_handle(handle);
    if (auto found = people.find(wanted); found != people.end()) return &found->second;
    for (const auto& [_, candidate] : people)
        for (const std::string& alias : candidate.aliases)
            if (normal_handle(alias) == wanted) return &candidate;
    return nullptr;
}

std::string noreply_login(const std::string& address) {
    static constexpr std::string_view domain = "@users.noreply.github.com";
    const std::string email = lower(address);
    if (email.size() <= domain.size() || !std::string_view(email).ends_with(domain)) return "";
    std::string login = email.substr(0, email.size() - domain.size());
    const std::size_t plus = login.find('+');
    if (plus == std::string::npos) return login;
    const bool is_number = plus > 0 && login.find_first_not_of("0123456789") == plus;
    return is_number ? login.substr(plus + 1) : login;
}

const Person* Register::by_email(const std::string& email) const {
    const std::string wanted = lower(trim(email));
    const std::string login = noreply_login(wanted);
    const Person* by_account = nullptr;
    for (const auto& [_, candidate] : people) {
        for (const std::string& own : candidate.emails)
            if (lower(own) == wanted) return &candidate;
        auto account = candidate.accounts.find("github");
        if (!login.empty() && account != candidate.accounts.end() && lower(account->second) == login)
            by_account = &candidate;
    }
    return by_account;
}

static bool holds_level(const Person& person, const Project& project, std::size_t lowest, Instant at) {
    return std::any_of(person.ladder.begin(), person.ladder.end(), [&](const LadderEntry& entry) {
        const bool current = entry.since <= at && (!entry.until || at < *entry.until);
        const std::optional<std::size_t> level = project.level(entry.level);
        return current && level && *level >= lowest;
    });
}

std::vector<std::string> Register::at_level(const std::string& level, Instant at) const {
    std::vector<std::string> handles;
    const std::optional<std::size_t> lowest = project.level(level);
    if (!lowest) return handles;
    for (const auto& [handle, person] : people)
        if (holds_level(person, project, *lowest, at)) handles.push_back(handle);
    return handles;
}

std::vector<std::string> Register::seated(const std::string& group, const std::optional<std::string>& role,
                                          Instant at) const {
    std::set<std::string> handles;
    auto charter = charters.find(group);
    if (charter != charters.end() && charter->second.type == GroupType::community) {
        for (const Role& each : charter->second.roles) {
            if (role && each.name != *role) continue;
            for (std::string& handle : at_level(each.level, at)) handles.insert(std::move(handle));
        }
        return {handles.begin(), handles.end()};
    }
    auto roster = rosters.find(group);
    if (roster == rosters.end()) return {};
    for (const Seat& seat : roster->second.seats) {
        if ((role && seat.role != *role) || !seat.held_at(at)) continue;
        // A seat counts even where its holder's record is missing: `validate` reports that, a denominator must not
        // shrink.
        const Person* holder = person(seat.person);
        handles.insert(holder ? holder->handle : normal_handle(seat.person));
    }
    return {handles.begin(), handles.end()};
}

/// The organizations related to this one, in either direction and through others, itself included.
static std::set<std::string> family(const SharedMap<std::string, Organization>& organizations, const std::string& id) {
    std::set<std::string> members;
    std::vector<std::string> open = {id};
    while (!open.empty()) {
        const std::string next = std::move(open.back());
        open.pop_back();
        if (!members.insert(next).second) continue;
        for (const auto& [other, organization] : organizations)
            for (const std::string& related : organization.related) {
                if (other == next) open.push_back(related);
                if (related == next) open.push_back(other);
            }
    }
    return members;
}

std::optional<std::string> Register::employer_family(const std::string& handle, Instant at) const {
    const Person* who = person(handle);
    if (!who) return std::nullopt;
    const std::optional<std::string> organization = employer(*who, at);
    if (!organization) return std::nullopt;
    return *family(organizations, *organization).begin();
}

std::optional<std::string> Register::above(const std::string& group) const {
    if (group == project.community) return std::nullopt;
    auto charter = charters.find(group);
    if (charter != charters.end() && !charter->second.parent.empty()) return charter->second.parent;
    if (group == project.steering && !project.community.empty()) return project.community;
    return std::nullopt;
}

bool Register::is_below(const std::string& group, const std::string& ancestor) const {
    std::set<std::string> seen = {group};
    for (std::optional<std::string> next = above(group); next && seen.insert(*next).second; next = above(*next))
        if (*next == ancestor) return true;
    return false;
}

/// A path or area without what makes two spellings of one place differ: `./`, `/` at the end.
static std::string_view plain_path(std::string_view path) {
    while (path.starts_with("./")) path.remove_prefix(2);
    while (path.ends_with('/')) path.remove_suffix(1);
    return path == "." ? std::string_view() : path;
}

static bool lies_in(std::string_view path, std::string_view area) {
    return area.empty() || path == area || (path.starts_with(area) && path[area.size()] == '/');
}

std::optional<std::string> Register::area_owner(const std::string& path) const {
    std::optional<std::string> owner;
    std::size_t longest = 0;
    for (const auto& [group, charter] : charters)
        for (const std::string& written : charter.areas) {
            const std::string_view area = plain_path(written);
            if (!lies_in(plain_path(path), area) || (owner && area.size() <= longest)) continue;
            owner = group;
            longest = area.size();
        }
    return owner;
}

}  // namespace govctl::model
