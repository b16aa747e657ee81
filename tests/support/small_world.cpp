#include "support/small_world.hpp"

#include "govctl/app/lineage.hpp"
#include "support/catch.hpp"

namespace govctl::testing {

namespace {

const char* const project = R"(kind: project
format: 1
name: Small World
steering: steering
community: everybody
rules:
  consensus:
    - {stage: discussion, lasts: {at-least: 2d, at-most: 2w}, passes: [yes >= 2, objections = 0], on-pass: accept, on-failure: next}
    - {stage: vote, lasts: 1w, quorum: cast >= 1/2 of eligible, passes: [yes > no], on-failure: {quorum: escalate, else: reject}}
  notice:
    - {stage: notice, lasts: 72h, passes: [objections = 0], on-failure: deadlock}
  majority:
    - {stage: vote, lasts: {at-most: 2w}, early: certain, passes: [yes > 1/2 of eligible], on-failure: reject}
decisions:
  "*": consensus
  ownership: notice
  appointment: majority
  removal: majority
  promotion: majority
  charter: majority
  project: majority
ladder:
  - {level: member}
  - {level: reviewer}
)";

std::string charter(const std::string& id, const std::string& type, const std::string& parent,
                    const std::string& areas) {
    return "kind: charter\nid: " + id + "\nname: " + id + "\ntype: " + type + "\n" +
           (parent.empty() ? "" : "parent: " + parent + "\n") + "mission: What " + id + " is for.\nareas: [" + areas +
           "]\nroles:\n  chair: {seats: 4}\ndecisions: {}\n";
}

std::string roster(const std::string& id, const std::vector<std::string>& people) {
    std::string text = "kind: roster\ngroup: " + id + "\nseats:\n";
    for (const std::string& person : people) text += "  - {role: chair, person: " + person + ", since: 2025-01-01}\n";
    return text;
}

std::string person(const std::string& handle, bool member) {
    return "kind: person\nhandle: " + handle + "\nname: " + handle + "\nemails: [" + email_of(handle) + "]\n" +
           (member ? "ladder:\n  - {level: member, since: 2025-01-01}\n" : "");
}

std::map<std::string, std::string> files() {
    std::map<std::string, std::string> tree{
        {"govctl.yaml", project},
        {"groups/steering/charter.yaml", charter("steering", "steering", "", "")},
        {"groups/steering/roster.yaml", roster("steering", {"ada", "bob", "cy"})},
        {"groups/sig-node/charter.yaml", charter("sig-node", "sig", "steering", "pkg/node/")},
        {"groups/sig-node/roster.yaml", roster("sig-node", {"ada", "bob", "cy", "dan"})},
        {"groups/sig-docs/charter.yaml", charter("sig-docs", "sig", "steering", "docs/")},
        {"groups/sig-docs/roster.yaml", roster("sig-docs", {"eve"})},
        {"groups/everybody/charter.yaml",
         "kind: charter\nid: everybody\nname: Everybody\ntype: community\nmission: The last instance.\n"
         "roles:\n  member: {seats: any, filled-by: ladder}\ndecisions: {}\n"},
        {"pkg/node/OWNERS", "approvers:\n  - ada\nreviewers:\n  - bob\n"},
        {"README.md", "not governed\n"},
    };
    for (const char* handle : {"ada", "bob", "cy", "dan", "eve"})
        tree["people/" + std::string(handle) + ".yaml"] = person(handle, true);
    tree["people/zed.yaml"] = person("zed", false);
    return tree;
}

/// Of a governance that began in a commit called 5555…
class TestLineage : public app::Lineage {
public:
    Result<git::Oid> founding() const override { return git::Oid(40, '5'); }
    Result<std::optional<sign::PublicKey>> committed_with(const std::string&, const std::string&) const override {
        return std::optional<sign::PublicKey>();
    }
};

Instant instant(const std::string& text) {
    auto parsed = Instant::parse(text);
    REQUIRE(parsed);
    return *parsed;
}

}  // namespace

std::string email_of(const std::string& who) {
    return who + "@example.org";
}

SmallWorld::SmallWorld() {
    auto loaded = app::State::load(in_memory(files()), nullptr, nullptr, std::make_shared<TestLineage>());
    REQUIRE(loaded);
    for (const Finding& finding : (*loaded)->findings()) UNSCOPED_INFO(finding.place.file << ": " << finding.message);
    REQUIRE((*loaded)->findings().empty());
    state_ = *loaded;
}

Result<app::Change> SmallWorld::act(const std::string& who, const std::string& when, const Make& make) {
    auto change = make(*state_, {who, instant(when)});
    if (!change) return change;
    auto after = state_->with(change->files);
    REQUIRE(after);
    const Findings wrong = judge(who, when, **after);
    if (!wrong.empty()) return Error{ErrorKind::refused, wrong.front().rule + " " + wrong.front().message};
    state_ = *after;
    return change;
}

Findings SmallWorld::judge(const std::string& who, const std::string& when, const FileChanges& files) const {
    auto after = state_->with(files);
    REQUIRE(after);
    return judge(who, when, **after);
}

Findings SmallWorld::judge(const std::string& who, const std::string& when, const app::State& after) const {
    return app::may_follow(*state_, after, [&](const std::string&) {
        return app::Origin{email_of(who), instant(when)};
    });
}

void SmallWorld::force(const FileChanges& files) {
    auto after = state_->with(files);
    REQUIRE(after);
    state_ = *after;
}

std::string SmallWorld::read(const std::string& path) const {
    auto bytes = state_->snapshot().read(path);
    INFO(path);
    REQUIRE(bytes);
    return *bytes;
}

FileChanges SmallWorld::replaced(const std::string& path, const std::string& from, const std::string& to) const {
    std::string bytes = read(path);
    const auto at = bytes.find(from);
    INFO(bytes);
    REQUIRE(at != std::string::npos);
    return {{path, bytes.replace(at, from.size(), to)}};
}

RecordId SmallWorld::opened_rfc(const std::string& title, const std::string& when, const FileChanges& more) {
    auto drafted = act("ada", when, [&](const auto& state, const auto& who) -> Result<app::Change> {
        auto change = app::new_rfc(state, who, {title, "technical", "sig-node"});
        if (!change) return change;
        change->files[change->folder + "README.md"] = "# " + title + "\n\nSaid in full.\n";
        for (const auto& [name, bytes] : more) {
            auto& file = change->files[change->folder + name];
            file = name == "rfc.yaml" ? file.value_or("") + bytes.value_or("") : bytes;
        }
        return change;
    });
    INFO((drafted ? "" : drafted.error().message));
    REQUIRE(drafted);
    auto opened = act("ada", when, [&](const auto& state, const auto& who) {
        return app::open_proposal(state, who, drafted->record, {next_number_++, std::nullopt});
    });
    INFO((opened ? "" : opened.error().message + (opened.error().hints.empty() ? "" : "; " + opened.error().hints[0])));
    REQUIRE(opened);
    return opened->record;
}

}  // namespace govctl::testing
