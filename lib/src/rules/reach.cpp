#include "govctl/rules/procedure.hpp"

namespace govctl::rules {

using model::Charter;
using model::Effect;
using model::Proposal;
using model::Register;

using Charters = std::map<std::string, Charter>;

static bool exists(const std::string& group, const Register& people) {
    return people.charters.count(group) > 0;
}

static bool is_policy_like(const std::string& kind) {
    return kind == "policy" || kind == "process" || kind == "convention";
}

static bool is_effect_kind(const std::string& kind) {
    for (const char* each : {"charter", "project", "appointment", "removal", "promotion", "ownership"})
        if (kind == each) return true;
    return false;
}

/// Where matters of a kind go when govctl.yaml does not say; empty: nowhere in particular.
static std::string default_destination(const std::string& kind, const Register& people) {
    const std::string& steering = people.project.steering;
    if (kind == "charter") return "parent";
    // Nothing says whose the ladder is; a level counts everywhere, so who gives it is the whole project's to say.
    if (kind == "promotion") return steering;
    if (kind == "project" || kind == "graduation" || kind == "default-on") return steering;
    if (!is_policy_like(kind)) return "";
    const std::string& policy = people.project.policy.empty() ? "pm-group" : people.project.policy;
    return exists(policy, people) ? policy : steering;
}

std::optional<std::string> sent_to(const std::string& kind, const std::string& charter_group, const Register& people) {
    auto said = people.project.matters.find(kind);
    std::string group = said == people.project.matters.end() ? default_destination(kind, people) : said->second;
    if (group.empty()) return std::nullopt;
    if (group != "parent") return exists(group, people) ? group : people.project.steering;
    // A group without `parent:` decides its own charter, steering too, though the community stands above it.
    auto charter = people.charters.find(charter_group);
    if (charter == people.charters.end()) return people.project.steering;
    return charter->second.parent.empty() ? charter_group : charter->second.parent;
}

namespace {

/// What one group may put in force.
class Reach {
public:
    Reach(std::string group, const Register& people) : group_(std::move(group)), people_(people) {}

    /// Whether this group is that one or stands above it: what is escalated stays within reach.
    bool covers(const std::string& other) const { return other == group_ || people_.is_below(other, group_); }

    Result<void> check(const Effect& effect, const std::string& type) const {
        switch (effect.kind) {
            case Effect::Kind::charter:
                return check_charter(effect);
            case Effect::Kind::project:
                return check_sent("project", "govctl.yaml", "project");
            case Effect::Kind::appoint:
                return check_group(effect.group, "appointment", "the roster of \"" + effect.group + "\"");
            case Effect::Kind::remove:
                return check_group(effect.group, "removal", "the roster of \"" + effect.group + "\"");
            case Effect::Kind::promote:
                return check_sent("promotion", "the ladder of \"" + effect.person + "\"", "promote");
            case Effect::Kind::ownership:
                return check_path(effect, "ownership");
            case Effect::Kind::file:
                return check_path(effect, type);
        }
        return {};
    }

    /// A kind of matter that the project sends to one group is that group's, or one's above it.
    Result<void> check_type(const std::string& type) const {
        if (is_effect_kind(type)) return {};  // what is in reach is judged by the effects themselves
        const std::optional<std::string> group = sent_to(type, group_, people_);
        if (!group || covers(*group)) return {};
        return refused("a matter of type \"" + type + "\"", *group);
    }

private:
    Error refused(const std::string& what, const std::string& belongs_to) const {
        std::vector<std::string> hints;
        if (!belongs_to.empty()) hints.push_back("it belongs to group \"" + belongs_to + "\"");
        return Error{ErrorKind::refused, what + " is not within the reach of group \"" + group_ + "\"", hints};
    }

    bool is_sent_here(const std::string& kind, const std::string& charter_group) const {
        const std::optional<std::string> group = sent_to(kind, charter_group, people_);
        return group && covers(*group);
    }

    Result<void> check_charter(const Effect& effect) const {
        const bool is_below = people_.is_below(effect.group, group_);
        if (is_below || is_sent_here("charter", effect.group)) return {};
        return refused("the charter of \"" + effect.group + "\"", *sent_to("charter", effect.group, people_));
    }

    Result<void> check_sent(const std::string& kind, const std::string& what, const std::string& effect) const {
        const std::optional<std::string> group = sent_to(kind, group_, people_);
        if (!group || covers(*group)) return {};
        return refused("`" + effect + "`, which changes " + what + ",", *group);
    }

    Result<void> check_group(const std::string& group, const std::string& kind, const std::string& what) const {
        if (covers(group) || is_sent_here(kind, group)) return {};
        return refused(what, group);
    }

    Result<void> check_path(const Effect& effect, const std::string& kind) const {
        const std::optional<std::string> owner = people_.area_owner(effect.path);
        const std::string what = "\"" + effect.path + "\"";
        if (owner) return check_group(*owner, is_effect_kind(kind) ? kind : "", what);
        // What lies in nobody's area is steering's, unless it is what this group was sent to decide on.
        if (covers(people_.project.steering) || (!is_effect_kind(kind) && is_sent_here(kind, group_))) return {};
        return refused(what + ", which lies in no group's area,", people_.project.steering);
    }

    std::string group_;
    const Register& people_;
};

}  // namespace

Result<void> within_reach(const Proposal& proposal, const std::string& group, const Register& people,
                          const Charters& coming) {
    if (!proposal.is_rfc && is_policy_like(proposal.type))
        return Error{ErrorKind::refused,
                     "a motion cannot carry a " + proposal.type,
                     {"write an RFC: `govctl rfc new TITLE --type " + proposal.type + "`"}};
    // A group that this proposal founds stands where its new charter says; one that exists, where it stands now.
    Register known = people;
    for (const auto& [id, charter] : coming) known.charters.emplace(id, charter);

    const Reach reach(group, known);
    GOVCTL_CHECK(reach.check_type(proposal.type));
    for (const Effect& effect : proposal.effects) GOVCTL_CHECK(reach.check(effect, proposal.type));
    return {};
}

}  // namespace govctl::rules
