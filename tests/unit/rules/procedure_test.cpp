#include "govctl/rules/procedure.hpp"

#include "support/catch.hpp"
#include "support/rule_text.hpp"

using namespace govctl;
using namespace govctl::model;
using namespace govctl::rules;
using namespace govctl::testing;

using Handles = std::vector<std::string>;

static const Instant jan = instant("2026-01-01");

static Effect effect(Effect::Kind kind, const std::string& group, const std::string& role = "",
                     const std::string& path = "") {
    Effect effect;
    effect.kind = kind;
    effect.group = group;
    effect.role = role;
    effect.path = path;
    return effect;
}

static Effect charter_of(const std::string& group) {
    return effect(Effect::Kind::charter, group);
}
static Effect appoint(const std::string& group, const std::string& role) {
    return effect(Effect::Kind::appoint, group, role);
}
static Effect remove(const std::string& group, const std::string& role) {
    return effect(Effect::Kind::remove, group, role);
}
static Effect ownership(const std::string& path) {
    return effect(Effect::Kind::ownership, "", "", path);
}
static Effect file(const std::string& path) {
    return effect(Effect::Kind::file, "", "", path);
}

static Proposal rfc(const std::string& type, std::vector<Effect> effects = {}) {
    Proposal proposal;
    proposal.type = type;
    proposal.effects = std::move(effects);
    return proposal;
}

static Proposal motion(const std::string& type, std::vector<Effect> effects = {}) {
    Proposal proposal = rfc(type, std::move(effects));
    proposal.is_rfc = false;
    return proposal;
}

TEST_CASE("the kind of a matter is that of its effect, else its type") {
    const struct {
        Proposal proposal;
        const char* kind;
    } cases[] = {
        {rfc("technical"), "technical"},
        {rfc("technical", {file("a.md")}), "technical"},
        {rfc("charter"), "charter"},
        {rfc("process", {charter_of("sig-node")}), "charter"},
        {rfc("process", {effect(Effect::Kind::project, ""), file("a.md")}), "project"},
        {motion("appointment", {appoint("sig-node", "chair"), appoint("sig-node", "lead")}), "appointment"},
        {motion("whatever", {remove("sig-node", "chair")}), "removal"},
        {motion("promotion", {effect(Effect::Kind::promote, "")}), "promotion"},
        {motion("ownership", {ownership("pkg/")}), "ownership"},
        {motion("appointment", {remove("sig-node", "chair"), appoint("sig-node", "chair")}), "removal"},
        {motion("no-confidence"), "no-confidence"},
        {motion("no-confidence", {remove("sig-node", "chair")}), "removal"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.proposal.type, each.kind);
        CHECK(*kind_of(each.proposal, {}, {}) == each.kind);
    }
}

TEST_CASE("two kinds in one proposal are refused") {
    for (const Proposal& proposal : {
             motion("x", {charter_of("a"), ownership("pkg/")}),
             motion("x", {remove("a", "chair"), appoint("a", "lead")}),
             motion("x", {remove("a", "chair"), appoint("b", "chair")}),
             motion("x", {remove("a", "chair"), appoint("a", "chair"), charter_of("a")}),
         }) {
        const auto kind = kind_of(proposal, {}, {});
        REQUIRE_FALSE(kind);
        CHECK(kind.error().kind == ErrorKind::invalid);
    }
}

TEST_CASE("no confidence stays one where the charter or the project names it") {
    Charter charter;
    Project project;
    const Proposal only_removes = motion("no-confidence", {remove("a", "chair")});
    CHECK(*kind_of(only_removes, charter, project) == "removal");
    project.decisions["no-confidence"] = {};
    CHECK(*kind_of(only_removes, charter, project) == "no-confidence");
    CHECK(*kind_of(motion("no-confidence", {remove("a", "chair"), appoint("a", "chair")}), charter, project) ==
          "removal");
    project.decisions.clear();
    charter.decisions["no-confidence"] = {};
    CHECK(*kind_of(only_removes, charter, project) == "no-confidence");
}

static Procedure by(const std::string& rule, bool fixed = false) {
    Procedure procedure;
    procedure.rule = rule;
    procedure.fixed = fixed;
    return procedure;
}

TEST_CASE("the rule: kind, rfc, *; the charter's before the project's, but for what is fixed") {
    using Decisions = std::map<std::string, Procedure>;
    const struct {
        Decisions charter;
        Decisions project;
        const char* kind;
        bool is_rfc;
        const char* rule;
    } cases[] = {
        {{{"removal", by("a")}, {"*", by("b")}}, {{"removal", by("c")}}, "removal", false, "a"},
        {{{"rfc", by("a")}, {"*", by("b")}}, {{"technical", by("c")}}, "technical", true, "a"},
        {{{"rfc", by("a")}, {"*", by("b")}}, {}, "hold", false, "b"},
        {{{"removal", by("a")}}, {{"rfc", by("b")}, {"*", by("c")}}, "technical", true, "b"},
        {{}, {{"*", by("c")}}, "technical", true, "c"},
        {{{"removal", by("a")}}, {{"removal", by("b", true)}}, "removal", false, "b"},
        {{{"*", by("a")}}, {{"removal", by("b", true)}, {"*", by("c")}}, "removal", false, "b"},
        {{{"*", by("a")}}, {{"removal", by("b", true)}, {"*", by("c")}}, "hold", false, "a"},
        {{{"removal", by("a", true)}}, {}, "removal", false, "a"},
    };
    for (const auto& each : cases) {
        Charter charter;
        charter.decisions = each.charter;
        Project project;
        project.decisions = each.project;
        CAPTURE(each.kind, each.rule);
        CHECK(procedure_for(each.kind, each.is_rfc, charter, project)->rule == each.rule);
    }
    CHECK(procedure_for("removal", false, {}, {}).error().kind == ErrorKind::invalid);
}

TEST_CASE("after an escalation the rule for appeals comes first, where there is one") {
    Charter charter;
    charter.decisions["*"] = by("vote");
    Project project;
    Proposal proposal = rfc("technical");
    bool is_appeal = false;
    const auto rule = [&] { return procedure_of_round(proposal, "technical", is_appeal, charter, project)->rule; };
    CHECK(rule() == "vote");
    project.decisions["appeal"] = by("affirm");
    CHECK(rule() == "vote");
    proposal.before = "steering";
    CHECK(rule() == "affirm");
    charter.decisions["appeal"] = by("own");
    CHECK(rule() == "own");
    project.decisions["appeal"].fixed = true;
    CHECK(rule() == "affirm");
    // A rule that lets the decision stand means nothing where none is under appeal.
    project.rules["affirm"] = govctl::testing::rule("affirm", {"{stage: a, passes: [], on-failure: other}"});
    project.rules["other"] = govctl::testing::rule("other", {"{stage: a, passes: [], on-failure: affirm decision}"});
    CHECK(appeal_reach(charter, project) == AppealReach::appeals);
    CHECK(rule() == "vote");
    is_appeal = true;
    CHECK(rule() == "affirm");
    project.decisions.clear();
    CHECK(appeal_reach(charter, project) == AppealReach::every_escalation);
    is_appeal = false;
    CHECK(rule() == "own");
    charter.decisions.erase("appeal");
    CHECK(appeal_reach(charter, project) == AppealReach::none);
    CHECK(rule() == "vote");
}

TEST_CASE("a charter's rule replaces the project's, but not under what the project fixes") {
    Charter charter;
    Project project;
    charter.rules["vote"] = rule("vote", {"{stage: own, passes: [yes > no]}"});
    project.rules["vote"] = rule("vote", {"{stage: common, passes: [yes > no]}"});
    CHECK(rule_for(by("vote"), charter, project)->stages[0].name == "own");
    CHECK(rule_for(by("vote", true), charter, project)->stages[0].name == "common");
    CHECK(rule_for(by("other"), charter, project).error().kind == ErrorKind::invalid);
    CHECK(find_rule("other", charter, project) == nullptr);
}

TEST_CASE("a procedure's keys lie over the first stage only") {
    Project project;
    project.rules["two"] = rule("two", {"{stage: a, lasts: 1w, passes: []}", "{stage: b, lasts: 1w, passes: []}"});
    Procedure procedure = by("two");
    procedure.anew = stage("{lasts: 72h}");
    const Rule rule = *rule_for(procedure, {}, project);
    CHECK(rule.stages[0].lasts.fixed->str() == "72h");
    CHECK(rule.stages[0].name == "a");
    CHECK(rule.stages[1].lasts.fixed->str() == "1w");
}

// --- a project ---

static Charter group(const std::string& id, const std::string& parent, std::vector<std::string> areas = {}) {
    Charter charter;
    charter.id = id;
    charter.parent = parent;
    charter.areas = std::move(areas);
    charter.roles = {
        {.name = "chair", .seats = {2, false}}, {.name = "lead", .seats = {2, true}}, {.name = "member", .seats = {}}};
    return charter;
}

static Register project() {
    Register all;
    all.project.steering = "steering";
    all.project.ladder = {{"member", {}}, {"approver", {}}};
    for (Charter each : {group("steering", ""), group("pm-group", "steering"), group("tech", "steering", {"pkg/"}),
                         group("sig-node", "tech", {"pkg/kubelet/"}), group("sig-net", "tech", {"pkg/net/"})})
        all.charters[each.id] = each;
    for (const char* handle : {"ada", "bob", "cy", "dan", "eve"}) all.people[handle].handle = handle;
    all.people["ada"].ladder = {{"approver", jan, {}, ""}};
    all.people["bob"].ladder = {{"member", jan, {}, ""}};
    all.people["eve"].aliases = {"evie"};
    all.rosters["sig-node"].seats = {
        {"chair", "ada", jan, {}, "", ""}, {"lead", "bob", jan, {}, "", ""}, {"lead", "ada", jan, {}, "", ""}};
    all.rolls["2025"] = {"ada", "cy"};
    all.rosters["sig-net"].seats = {{"chair", "cy", jan, {}, "", ""}};
    all.owners = [](const std::string& path) { return path == "pkg/kubelet" ? Handles{"bob", "dan"} : Handles{}; };
    return all;
}

TEST_CASE("every term of an electorate") {
    Proposal proposal = rfc("technical");
    proposal.group = "sig-node";
    proposal.authors = {"DAN", "nobody"};
    proposal.subject = {"person/evie", "organization/acme"};
    const Register people = project();
    const struct {
        const char* term;
        Handles handles;
    } cases[] = {
        {"members", {"ada", "bob"}},
        {"role chair", {"ada"}},
        {"role lead", {"ada", "bob"}},
        {"role chair of sig-net", {"cy"}},
        {"group sig-net", {"cy"}},
        {"level member", {"ada", "bob"}},
        {"level approver", {"ada"}},
        {"owners pkg/kubelet", {"bob", "dan"}},
        {"owners elsewhere", {}},
        {"everyone", {"ada", "bob", "cy", "dan", "eve"}},
        {"authors", {"dan"}},
        {"subject", {"eve"}},
        {"person Evie", {"eve"}},
        {"person nobody", {}},
        {"voters of election/2025", {"ada", "cy"}},
        {"voters of election/2026", {}},
    };
    for (const auto& each : cases) {
        CAPTURE(each.term);
        CHECK(electorate(terms({each.term}), {}, proposal, people, jan) == each.handles);
    }
    CHECK(electorate(terms({"members", "role chair of sig-net", "person ada"}), {}, proposal, people, jan) ==
          Handles{"ada", "bob", "cy"});
    CHECK(electorate(terms({"everyone"}), terms({"authors", "subject", "role chair"}), proposal, people, jan) ==
          Handles{"bob", "cy"});
    proposal.before = "sig-net";
    CHECK(electorate(terms({"members"}), {}, proposal, people, jan) == Handles{"cy"});
}

TEST_CASE("the authors open a matter, unless the procedure names others") {
    Proposal proposal = motion("removal");
    proposal.group = "sig-node";
    proposal.authors = {"dan"};
    Procedure procedure = by("vote");
    CHECK(openers(procedure, proposal, project(), jan) == Handles{"dan"});
    procedure.opened_by = terms({"members"});
    CHECK(openers(procedure, proposal, project(), jan) == Handles{"ada", "bob"});
}

TEST_CASE("where matters are sent") {
    Register people = project();
    const auto to = [&](const char* kind, const char* group = "") {
        return sent_to(kind, group, people).value_or("-");
    };
    CHECK(to("charter", "sig-node") == "tech");
    CHECK(to("charter", "steering") == "steering");
    CHECK(to("charter", "sig-new") == "steering");
    CHECK(to("project") == "steering");
    CHECK(to("policy") == "pm-group");
    CHECK(to("process") == "pm-group");
    CHECK(to("convention") == "pm-group");
    CHECK(to("graduation") == "steering");
    CHECK(to("default-on") == "steering");
    CHECK(to("technical") == "-");
    people.project.matters = {{"policy", "tech"}, {"convention", "gone"}, {"charter", "steering"}, {"hold", "sig-net"}};
    CHECK(to("policy") == "tech");
    CHECK(to("convention") == "steering");
    CHECK(to("charter", "sig-node") == "steering");
    CHECK(to("hold") == "sig-net");
    people.charters.erase("pm-group");
    CHECK(to("process") == "steering");
    people.project.policy = "tech";
    CHECK(to("process") == "tech");
}

TEST_CASE("how far a group's word reaches") {
    const Effect whole_project = effect(Effect::Kind::project, "");
    const Effect promote = effect(Effect::Kind::promote, "");
    const struct {
        const char* group;
        Proposal proposal;
        bool allowed;
    } cases[] = {
        {"sig-node", rfc("technical"), true},
        {"sig-node", motion("appointment", {appoint("sig-node", "chair")}), true},
        {"sig-node", motion("removal", {remove("sig-net", "chair")}), false},
        {"tech", motion("removal", {remove("sig-net", "chair")}), true},
        {"steering", motion("removal", {remove("sig-net", "chair")}), true},
        {"sig-node", rfc("charter", {charter_of("sig-node")}), false},
        {"tech", rfc("charter", {charter_of("sig-node")}), true},
        {"steering", rfc("charter", {charter_of("sig-node")}), true},
        {"steering", rfc("charter", {charter_of("steering")}), true},
        {"sig-net", rfc("charter", {charter_of("sig-node")}), false},
        {"steering", rfc("charter", {charter_of("sig-new")}), true},
        {"tech", rfc("charter", {charter_of("sig-new")}), false},
        {"sig-node", rfc("process", {whole_project}), false},
        {"tech", rfc("technical", {whole_project}), false},
        {"steering", rfc("technical", {whole_project}), true},
        {"sig-node", motion("ownership", {ownership("pkg/kubelet/cm")}), true},
        {"sig-node", motion("ownership", {ownership("pkg/net")}), false},
        {"tech", motion("ownership", {ownership("pkg/net")}), true},
        {"sig-node", motion("ownership", {ownership("docs")}), false},
        {"steering", motion("ownership", {ownership("docs")}), true},
        {"sig-node", rfc("technical", {file("pkg/kubelet/README.md")}), true},
        {"sig-node", rfc("technical", {file("pkg/net/README.md")}), false},
        {"sig-node", rfc("technical", {file("CODE_OF_CONDUCT.md")}), false},
        {"steering", rfc("technical", {file("CODE_OF_CONDUCT.md")}), true},
        {"pm-group", rfc("policy", {file("docs/policy.md")}), true},
        {"pm-group", rfc("policy", {file("pkg/net/policy.md")}), false},
        {"pm-group", rfc("technical", {file("docs/policy.md")}), false},
        {"pm-group", rfc("convention"), true},
        {"steering", rfc("policy"), true},
        {"sig-node", rfc("policy"), false},
        {"sig-node", rfc("process"), false},
        {"pm-group", motion("policy"), false},
        {"sig-node", motion("graduation"), false},
        {"steering", motion("graduation"), true},
        {"sig-node", motion("promotion", {promote}), false},
        {"steering", motion("promotion", {promote}), true},
    };
    for (const auto& each : cases) {
        CAPTURE(each.group, each.proposal.type, each.proposal.effects.size());
        const Result<void> allowed = within_reach(each.proposal, each.group, project());
        CHECK(bool(allowed) == each.allowed);
        if (!allowed) CHECK(allowed.error().kind == ErrorKind::refused);
    }
}

TEST_CASE("a new group stands where its charter says") {
    const Proposal proposal = rfc("charter", {charter_of("sig-new")});
    CHECK(within_reach(proposal, "tech", project(), {{"sig-new", group("sig-new", "tech")}}));
    CHECK_FALSE(within_reach(proposal, "sig-node", project(), {{"sig-new", group("sig-new", "tech")}}));
    // A charter that names a new parent for a group does not give it to that parent.
    CHECK_FALSE(within_reach(rfc("charter", {charter_of("sig-node")}), "sig-net", project(),
                             {{"sig-node", group("sig-node", "sig-net")}}));
}

TEST_CASE("promotions go where the project sends them") {
    Register people = project();
    people.project.matters["promotion"] = "sig-node";
    const Proposal proposal = motion("promotion", {effect(Effect::Kind::promote, "")});
    CHECK(within_reach(proposal, "sig-node", people));
    CHECK_FALSE(within_reach(proposal, "sig-net", people));
}
