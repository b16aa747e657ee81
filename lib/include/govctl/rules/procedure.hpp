#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "govctl/base/result.hpp"
#include "govctl/model/group.hpp"
#include "govctl/model/project.hpp"
#include "govctl/model/proposal.hpp"
#include "govctl/model/register.hpp"

/// Which rule a matter goes by, who may bring it, and how far a group's word reaches.
namespace govctl::rules {

/// The kind of a matter: that of its effects (charter, project, appointment, removal, promotion, ownership), else its
/// type. `remove` + `appoint` of the same group and role is a `removal`; a `no-confidence` with only `remove` stays one
/// where the charter or project names that kind. Errors (`invalid`): two kinds in one proposal.
Result<std::string> kind_of(const model::Proposal& proposal, const model::Charter& charter,
                            const model::Project& project);

/// The procedure for a kind: under the kind, else under `rfc` for RFCs, else under `*`; the charter's before the
/// project's, but what the project marks `fixed` comes first. Errors (`invalid`): none names it.
Result<model::Procedure> procedure_for(const std::string& kind, bool is_rfc, const model::Charter& charter,
                                       const model::Project& project);

/// The procedure of the round a proposal is in: after an escalation the deciding group's for `appeal`, where its
/// charter or the project names one; else procedure_for() its kind. Where that for appeals lets a decision stand
/// (`affirm decision`) and the matter did not come by an appeal, there is none that could: the kind's own is taken.
/// `open`, `escalate` and `reopen` write its rule down.
Result<model::Procedure> procedure_of_round(const model::Proposal& proposal, const std::string& kind, bool is_appeal,
                                            const model::Charter& charter, const model::Project& project);

/// What goes by the group's procedure for `appeal`, where it has one.
enum class AppealReach { none, appeals, every_escalation };
AppealReach appeal_reach(const model::Charter& charter, const model::Project& project);

/// A rule by name: the charter's, else the project's; null: neither has it.
const model::Rule* find_rule(const std::string& name, const model::Charter& charter, const model::Project& project);
/// As above, under a procedure: what the project fixes, its own rules come first for.
const model::Rule* find_rule(const std::string& name, const model::Procedure& procedure, const model::Charter& charter,
                             const model::Project& project);

/// The rule with the procedure's keys laid over its first stage. Errors (`invalid`): no such rule.
Result<model::Rule> rule_for(const model::Procedure& procedure, const model::Charter& charter,
                             const model::Project& project);

/// Whether the group may put this proposal in force (rules.md, Reach): its own roster and areas; charters, rosters and
/// areas of groups below it; what the project's `matters` sends to it; policies, processes and conventions need an RFC.
/// What lies in nobody's area is steering's. A group above one that has the reach has it too, so that an escalated
/// matter can be put in force. `coming` are the charters that its effects bring, by group: where a new group will
/// stand. Errors: `refused`, naming the effect and the group it belongs to.
Result<void> within_reach(const model::Proposal& proposal, const std::string& group, const model::Register& people,
                          const std::map<std::string, model::Charter>& coming = {});

/// The group that the project sends a kind of matter to; none: whichever group brings it. `charter: parent` needs the
/// group whose charter it is; one without `parent:` decides its own, and that of an unknown group is steering's.
std::optional<std::string> sent_to(const std::string& kind, const std::string& charter_group,
                                   const model::Register& people);

/// Who may open a matter of this procedure: none named: its authors. Sorted.
std::vector<std::string> openers(const model::Procedure& procedure, const model::Proposal& proposal,
                                 const model::Register& people, Instant at);

/// Everyone that an electorate's terms name, at an instant, as `group` reads them; empty: the deciding one. Sorted,
/// once each; nobody is recused here.
std::vector<std::string> electorate(const std::vector<model::Term>& by, const std::vector<model::Term>& except,
                                    const model::Proposal& proposal, const model::Register& people, Instant at,
                                    const std::string& group = {});

/// The groups that must also pass a stage, `with` being those that the proposal names there. Sorted, without the
/// deciding one.
std::vector<std::string> also_passing(const model::Stage& stage, const model::Proposal& proposal);

/// What keeps a stage from deciding between options; empty: nothing, or it decides about yes and no.
std::string undecidable_options(const model::Stage& stage);

/// What is wrong with a rule by itself or beside the others: stages that cannot end, circles, names that lead nowhere,
/// `seats` where they are not numbers, conditions that hold too early. Each complaint names the stage and key.
struct Complaint {
    std::string stage;
    std::string key;
    bool is_error = true;
    std::string id;  ///< stable: GOV3xx
    std::string message;
    std::string help{};
};
std::vector<Complaint> examine(const model::Rule& rule, const model::Charter& charter, const model::Register& people);

}  // namespace govctl::rules
