#include <algorithm>
#include <set>

#include "dice.hpp"
#include "govctl/app/audit.hpp"
#include "support/catch.hpp"
#include "support/git_sandbox.hpp"
#include "support/small_world.hpp"

using namespace govctl;
using testing::Dice;
using testing::SmallWorld;

namespace {

using Files = std::map<std::string, std::string>;

Files files_of(const app::State& state) {
    Files files;
    for (const FileEntry& entry : state.files()) files[entry.path] = *state.snapshot().read(entry.path);
    return files;
}

/// All that a state tells, in words.
std::string told(const app::State& state) {
    std::string text;
    const auto say = [&](const std::string& line) { text += line + "\n"; };
    for (const FileEntry& file : state.files()) say(file.path + " " + file.blob);
    for (const Finding& finding : state.findings())
        say(finding.rule + " " + finding.place.file + " " + finding.message);
    const auto records = [&](const auto& all) {
        for (const auto& [name, record] : all) say(name + " " + record.path + " " + record.blob);
    };
    records(state.person_records());
    records(state.organization_records());
    records(state.charter_records());
    records(state.roster_records());
    records(state.decision_records());
    const auto matter = [&](const app::Matter& each) {
        say(each.id().str() + " " + each.record.path + " " + each.record.blob);
        records(each.ballots);
        for (const auto* decision : state.decisions_on(each.id())) say("decided by " + decision->path);
        const app::Matter* found = state.matter_in(each.folder());
        say(found ? found->record.path : "nowhere");
    };
    for (const auto& [id, each] : state.matters()) matter(each);
    for (const app::Matter& each : state.doubles()) matter(each);
    for (const auto& [name, contest] : state.contests()) {
        say(name + " " + contest.record.path + " " + contest.record.blob);
        records(contest.candidates);
        records(contest.endorsements);
        records(contest.ballots);
        say(contest.voters ? contest.voters->blob : "no roll");
        say(contest.result ? contest.result->blob : "no result");
    }
    const auto keys = [&](const auto& map) {
        for (const auto& [key, value] : map) say(key);
    };
    keys(state.people().people);
    keys(state.people().organizations);
    keys(state.people().charters);
    keys(state.people().rosters);
    keys(state.people().rolls);
    for (const char* name : {"ada", "bob", "Ada-L", "zed"}) say(state.person_of_owner(name));
    for (const char* path : {"pkg/node/x.go", "docs/y.md", "z"})
        for (const std::string& handle : state.people().owners(path)) say(path + (" is owned by " + handle));
    say(std::to_string(state.record_count()) + (state.is_governed() ? " governed" : ""));
    return text;
}

/// A governance with an RFC that was decided, one that is open, a draft, an election and OWNERS.
Files beginning() {
    SmallWorld world;
    const RecordId first = world.opened_rfc("First", "2026-01-05T00:00:00Z");
    world.opened_rfc("Second", "2026-01-06T00:00:00Z");
    const auto must = [&](const char* who, const char* when, const SmallWorld::Make& make) {
        REQUIRE(world.act(who, when, make));
    };
    for (const char* who : {"ada", "bob"})
        must(who, "2026-01-07T00:00:00Z", [&](const app::State& state, const app::Act& act) {
            return app::vote(state, act, first, model::Vote::yes, "");
        });
    must("ada", "2026-01-09T00:00:00Z", [&](const app::State& state, const app::Act& act) -> Result<app::Change> {
        GOVCTL_TRY(auto verdict, app::decide(state, act, first, ""));
        if (!verdict.change) return Error{ErrorKind::refused, "nothing is decided"};
        return *std::move(verdict.change);
    });
    Files files = files_of(world.state());
    files["OWNERS"] = "approvers: [ada]\n";
    files["pkg/node/OWNERS"] = "approvers: [node, bob]\n";
    files["pkg/node/x.go"] = "package node\n";
    files["docs/OWNERS"] = "approvers: [eve]\n";
    files["OWNERS_ALIASES"] = "aliases:\n  node: [cy]\n";
    files["src/main.go"] = "package main\n";
    return files;
}

/// One thing that people, programs and merges do to files; sense and nonsense.
class Meddler {
public:
    explicit Meddler(unsigned seed) : dice_(seed) {}

    void meddle(Files& files) {
        switch (dice_.below(8)) {
            case 0:
                files.erase(any(files));
                break;
            case 1:
                files[any(files)] = files[any(files)];
                break;
            case 2:
                move_folder(files);
                break;
            case 3:
                files[any(files)] += "# a remark\n";
                break;
            case 4:
                files[any(files)] = "kind: nonsense: [\n";
                break;
            case 5: {
                std::string& text = files[any(files)];
                if (!text.empty()) text[static_cast<std::size_t>(dice_.below(static_cast<int>(text.size())))] = '1';
                break;
            }
            case 6:
                protect(files);
                break;
            default:
                files["src/f" + std::to_string(dice_.below(4))] = std::to_string(dice_.below(100));
                break;
        }
    }

private:
    std::string any(const Files& files) {
        return std::next(files.begin(), dice_.below(static_cast<int>(files.size())))->first;
    }

    void move_folder(Files& files) {
        static const std::vector<std::string> folders = {"rfcs/0001-first/",
                                                         "rfcs/0002-second/",
                                                         "rfcs/0001-second/",
                                                         "rfcs/draft-third/",
                                                         "people/",
                                                         "pkg/node/",
                                                         "src/",
                                                         "decisions/",
                                                         "attic/"};
        const std::string from = dice_.of(folders), to = dice_.of(folders);
        Files moved;
        for (const auto& [path, text] : files)
            moved[path.starts_with(from) && !dice_.one_in(5) ? to + path.substr(from.size()) : path] = text;
        files = std::move(moved);
    }

    void protect(Files& files) {
        static const std::vector<std::string> lines = {"protected: [src/]\n", "protected: [README.md]\n",
                                                       "root: attic/\n", "# nothing\n"};
        files["govctl.yaml"] += dice_.of(lines);
    }

    Dice dice_;
};

FileChanges difference(const Files& before, const Files& after) {
    FileChanges changes;
    for (const auto& [path, text] : before)
        if (!after.contains(path)) changes[path] = std::nullopt;
    for (const auto& [path, text] : after)
        if (auto was = before.find(path); was == before.end() || was->second != text) changes[path] = text;
    return changes;
}

}  // namespace

TEST_CASE("a state made from the one before tells what one read anew tells") {
    const Files begun = beginning();
    for (unsigned seed = 1; seed <= 60; ++seed) {
        INFO("seed " << seed);
        Meddler meddler(seed);
        Files files = begun;
        auto state = *app::State::load(in_memory(files));
        for (int step = 0; step < 30; ++step) {
            Files next = files;
            for (int i = 0; i <= step % 3; ++i) meddler.meddle(next);
            state = *state->with(difference(files, next));
            files = std::move(next);
            const auto anew = *app::State::load(in_memory(files));
            INFO("step " << step);
            REQUIRE(told(*state) == told(*anew));
        }
    }
}

namespace {

/// Every commit judged by itself: both states read anew, every file compared.
std::vector<std::string> judged_slowly(const git::Repository& repository, const git::Oid& tip) {
    std::vector<std::string> lines;
    std::shared_ptr<const app::State> before;
    git::Oid parent;
    const auto commits = repository.first_parents({}, tip);
    REQUIRE(commits);
    for (const git::Commit& commit : *commits) {
        const auto after = *app::State::load(*repository.tree_of(commit.id));
        if (before && before->is_governed())
            for (const Finding& finding : app::may_follow(*before, *after, [&](const std::string&) {
                     return app::Origin{repository.mapped(commit.author, parent).email, commit.committed};
                 }))
                lines.push_back(commit.id + " " + finding.rule + " " + finding.place.file + " " + finding.message);
        before = after;
        parent = commit.id;
    }
    return lines;
}

std::vector<std::string> judged_by_audit(const app::Workspace& workspace, const std::optional<git::Oid>& from,
                                         const git::Oid& tip) {
    const auto report = app::audit_range(workspace, from, tip);
    REQUIRE(report);
    REQUIRE(report->complete);
    std::vector<std::string> lines;
    for (const app::Violation& violation : report->violations) {
        const Finding& finding = violation.finding;
        lines.push_back(violation.commit + " " + finding.rule + " " + finding.place.file + " " + finding.message);
    }
    return lines;
}

/// A stream for `git fast-import`.
std::string commit_of(int number, const Files& files, Dice& dice) {
    static const std::vector<std::string> people = {"ada", "bob", "cy", "eve", "mallory"};
    const std::string who = dice.of(people);
    const std::string stamp =
        who + " <" + testing::email_of(who) + "> " + std::to_string(1768003200 + number * 3600) + " +0000\n";
    std::string text = "commit refs/heads/main\nauthor " + stamp + "committer " + stamp + "data 1\nx\ndeleteall\n";
    for (const auto& [path, bytes] : files)
        text += std::string("M ") + (dice.one_in(60) ? (dice.one_in(2) ? "100755" : "120000") : "100644") + " inline " +
                path + "\ndata " + std::to_string(bytes.size()) + "\n" + bytes + "\n";
    return text;
}

}  // namespace

TEST_CASE("the audit finds in a random history what each commit by itself is found guilty of") {
    const Files begun = beginning();
    int found = 0;
    for (unsigned seed = 1; seed <= 25; ++seed) {
        INFO("seed " << seed);
        const test::GitSandbox sandbox;
        Meddler meddler(seed);
        Dice dice(seed);
        Files files = {{"src/main.go", "package main\n"}};
        std::string stream = commit_of(0, files, dice);
        for (int number = 1; number <= 25; ++number) {
            if (number == 2) files.insert(begun.begin(), begun.end());
            meddler.meddle(files);
            // A path may not be a file and a folder.
            if (files.empty()) files["src/main.go"] = "package main\n";
            stream += commit_of(number, files, dice);
        }
        sandbox.write("stream", stream);
        sandbox.sh("", "git init -q -b main && git fast-import --quiet < stream");
        const auto workspace = app::Workspace::open(sandbox.path());
        REQUIRE(workspace);
        const auto tip = *workspace->repository().resolve("main");
        const auto slow = judged_slowly(workspace->repository(), tip);
        CHECK(judged_by_audit(*workspace, {}, tip) == slow);
        found += static_cast<int>(slow.size());
    }
    CHECK(found > 100);
}
