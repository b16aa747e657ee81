#include <sys/wait.h>
#include <unistd.h>

#include <functional>

#include "helpers.hpp"

using namespace govctl;
using namespace govctl::git;
using namespace govctl::test;

namespace {

CommitRequest request(const Repository& repository, FileChanges changes, const std::string& branch = "main") {
    return {.branch = branch,
            .expected = must(repository.branch_tip(branch)),
            .changes = std::move(changes),
            .message = "Record something\n\nIts reason.\n",
            .author = {"Bob B", "bob@example.org"},
            .committer = {"Bot", "bot@example.org"},
            .when = {1795001234},
            .author_offset_minutes = -90};
}

Result<Oid> write(const GitSandbox& box, FileChanges changes, const std::string& folder = "",
                  const std::string& branch = "main") {
    auto repository = open(box, folder);
    return repository.write(request(repository, std::move(changes), branch));
}

std::string state(const GitSandbox& box, const std::string& folder = "") {
    return box.sh(folder, "git status --porcelain=v2 && git diff && git diff --cached && git ls-files -t");
}

/// Everything a repository may hold that a failed write must leave alone.
std::string everything(const GitSandbox& box) {
    return box.sh(
        "",
        "git for-each-ref && git ls-files -s && git status --porcelain=v2 && ls -A . .git && cat .git/index | sha1sum");
}

const char* a_repository =
    "git init -q -b main . && mkdir -p people 'sp ace' && echo ada > people/ada && echo bob > people/bob && "
    "seq 1 30 > long && echo '#!/bin/sh' > run && chmod +x run && echo ü > 'sp ace/ünï' && ln -s long link && "
    "echo '*.o' > .gitignore && git add -A && git commit -qm first";

}  // namespace

TEST_CASE("a commit as asked for") {
    GitSandbox box;
    box.sh("", a_repository);
    auto before = must(open(box).resolve("HEAD"));
    auto id = must(write(box, {{"people/cy", "cy\n"},
                               {"people/ada", "lady\n"},
                               {"run", "#!/bin/sh\ntrue\n"},
                               {"sp ace/ünï", std::nullopt},
                               {"new/deep/file", ""},
                               {"long", std::nullopt}}));
    CHECK(box.line("", "git rev-parse main HEAD main~1") == id + "\n" + id + "\n" + before);
    CHECK(box.sh("", "git cat-file commit main | sed 1,2d") ==
          "author Bob B <bob@example.org> 1795001234 -0130\ncommitter Bot <bot@example.org> 1795001234 -0130\n\n"
          "Record something\n\nIts reason.\n");
    CHECK(box.sh("", "git diff-tree --no-commit-id -r --name-status main") ==
          "D\tlong\nA\tnew/deep/file\nM\tpeople/ada\nA\tpeople/cy\nM\trun\nD\t\"sp ace/\\303\\274n\\303\\257\"\n");
    CHECK(box.line("", "git ls-tree main run | cut -c1-6; test -x run && echo yes") == "100755\nyes");
    CHECK(box.read("people/ada") == "lady\n");
    CHECK(!box.exists("sp ace"));
    CHECK(box.sh("", "git status --porcelain=v2") == "");
    CHECK(box.sh("", "git fsck --strict") == "");
    CHECK(box.line("", "git reflog -1 main --format='%gs %gn'") == "govctl: Record something Bot");
    CHECK(box.line("", "git reflog -1 HEAD --format=%gs") == "govctl: Record something");
    CHECK(box.sh("", "ls .git | grep -E 'lock|govctl'") == "govctl.lock\n");
}

TEST_CASE("where a commit may be written") {
    struct {
        const char *setup, *from, *branch, *work_tree;
    } cases[] = {
        {"true", "", "main", ""},
        {"true", "people", "main", ""},
        {"git branch side", "", "side", nullptr},
        {"git worktree add -q ../linked -b side", "../linked", "side", "../linked"},
        {"git worktree add -q ../linked -b side", "../linked", "main", ""},
        {"git worktree add -q ../linked -b side", "", "side", "../linked"},
        {"git worktree add -q ../linked -b side", "people", "side", "../linked"},
        {"git checkout -q --detach", "", "main", nullptr},
        {"git clone -q --bare . ../bare.git", "../bare.git", "main", nullptr},
        {"git clone -q --depth 1 file://$PWD ../shallow", "../shallow", "main", "../shallow"},
        {"git pack-refs --all && git gc -q", "", "main", ""},
        {"git update-index --index-version 4", "", "main", ""},
        {"git clone -q --filter=blob:none --sparse file://$PWD ../sparse", "../sparse", "main", "../sparse"},
    };
    for (const auto& each : cases) {
        INFO(each.setup << " / " << each.from);
        GitSandbox box;
        box.sh("", "mkdir at && cd at && " + std::string(a_repository) +
                       " && git config uploadpack.allowFilter true && " + each.setup);
        auto here = state(box, "at/people/..");
        auto folder = "at/" + std::string(each.from);
        auto id = must(write(box, {{"people/cy", "cy\n"}, {"deep/er/file", "x\n"}}, folder, each.branch));
        CHECK(box.line(folder, "git rev-parse " + std::string(each.branch)) == id);
        if (each.work_tree == nullptr) {
            CHECK(state(box, "at") == here);
        } else {
            CHECK(box.sh("at/" + std::string(each.work_tree), "git status --porcelain=v2") == "");
            CHECK(box.sh("at/" + std::string(each.work_tree), "git show HEAD:people/cy") == "cy\n");
        }
    }
}

TEST_CASE("the first commit of a branch") {
    GitSandbox box;
    auto made = must(create(box.path("new"), "main"));
    box.write("new/staged", "s\n");
    box.sh("new", "git add staged");
    auto id = must(made.write(request(made, {{"govctl.yaml", "name: x\n"}})));
    CHECK(box.line("new", "git rev-parse HEAD") == id);
    CHECK(box.sh("new", "git status --porcelain && git ls-tree -r --name-only HEAD") == "A  staged\ngovctl.yaml\n");
    auto bare = must(create(box.path("bare.git"), "main", true));
    must(bare.write(request(bare, {{"govctl.yaml", "name: x\n"}})));
    auto again = request(bare, {{"other", "x\n"}});
    again.expected = std::nullopt;
    CHECK(bare.write(again).error().kind == ErrorKind::blocked);
    must(made.write(request(made, {{"other", "x\n"}}, "orphan")));
    CHECK(box.sh("new", "git ls-tree -r --name-only orphan && git rev-list --count orphan") == "other\n1\n");
}

TEST_CASE("what the user has under way stays") {
    const char* cases[] = {
        "echo s > staged && git add staged",
        "echo n > people/new && git add -N people/new",
        "echo u > untracked",
        "sed -i 1d long && git add long",
        "sed -i 1d long",
        "sed -i 1d long && git add long && sed -i 5d long",
        "git rm -q long",
        "git rm -q --cached long",
        "rm long",
        "chmod +x long && git add long",
        "git mv long longer",
        "rm long && mkdir long && echo x > long/x && git add -A long",
        "git update-index --assume-unchanged long && echo x >> long",
        "git update-index --skip-worktree long && echo x >> long",
        "rm link && ln -s other link",
        "echo conflicting > people/ada && git add people/ada && echo more > people/ada",
        "echo 'x = 1' > 'sp ace/ünï'",
        "git config core.untrackedCache true && git status >/dev/null && echo u > u",
        "echo x.o > x.o && mkdir people/inner && git init -q people/inner",
    };
    for (const char* setup : cases) {
        INFO(setup);
        GitSandbox box;
        box.sh("", a_repository);
        box.sh("", setup);
        auto before = state(box);
        must(write(box, {{"people/bob", "robert\n"}, {"people/cy", "cy\n"}, {"ballots/x", "x\n"}}));
        auto after = state(box);
        for (const char* line : {"H ballots/x\n", "H people/cy\n"}) {
            auto at = after.find(line);
            REQUIRE(at != std::string::npos);
            after.erase(at, std::string(line).size());
        }
        CHECK(after == before);
    }
}

TEST_CASE("an edit within the second of the index is not hidden") {
    GitSandbox box;
    box.sh("", a_repository);
    // Same size, same date: only the age of the index tells git to look.
    box.sh("",
           "git config core.trustctime false && echo aaa > racy && touch -d 2020-01-01 racy && git add racy && "
           "echo bbb > racy && touch -d 2020-01-01 racy .git/index");
    REQUIRE(box.sh("", "git diff --name-only") == "racy\n");
    must(write(box, {{"people/bob", "robert\n"}}));
    CHECK(box.sh("", "git diff --name-only") == "racy\n");
}

TEST_CASE("what is in the way leaves everything as it was") {
    struct {
        const char *setup, *words;
    } cases[] = {
        {"echo x >> people/ada", "'people/ada' has changes"},
        {"echo x >> people/ada && touch -d '2020-01-01' people/ada", "'people/ada' has changes"},
        {"echo abc > people/ada && git update-index --assume-unchanged people/ada", "'people/ada' has changes"},
        {"echo x >> people/ada && git add people/ada", "'people/ada' has changes"},
        {"echo x >> people/ada && git add people/ada && git show HEAD:people/ada > people/ada", "has changes"},
        {"rm people/ada", "'people/ada' has changes"},
        {"git rm -q --cached people/ada", "'people/ada' has changes"},
        {"chmod +x people/ada", "'people/ada' has changes"},
        {"rm people/ada && ln -s bob people/ada", "'people/ada' has changes"},
        {"rm people/ada && mkdir people/ada", "'people/ada' has changes"},
        {"echo new > fresh", "'fresh' has changes"},
        {"echo new > fresh && git add -N fresh", "'fresh' has changes"},
        {"mkdir fresh", "'fresh' has changes"},
        {"mkfifo fresh", "'fresh' has changes"},
        {"mkdir fresh && echo x > fresh/x && git add fresh/x && rm -r fresh", "'fresh' has changes"},
        {"echo o > deep", "'deep/er/file' has changes"},
        {"ln -s people deep", "'deep/er/file' has changes"},
        {"mv people elsewhere && ln -s elsewhere people", "has changes"},
        {"echo x > deep && git add deep && rm deep", "'deep/er/file' has changes"},
        {"! git merge -q side", "a merge is under way"},
        {"! git cherry-pick side 2>/dev/null", "a git operation is under way"},
        {"touch .git/index.lock", "index.lock' exists"},
        {"touch .git/refs/heads/main.lock", "is locked"},
    };
    for (const auto& each : cases) {
        INFO(each.setup);
        GitSandbox box;
        box.sh("", a_repository);
        box.sh("",
               "git checkout -qb side && echo 1 > run && git commit -qam 1 && git checkout -q main && "
               "echo 2 > run && git commit -qam 2");
        box.sh("", each.setup);
        box.sh("", "touch .git/govctl.lock && git status >/dev/null");
        auto before = everything(box);
        auto result = write(box, {{"people/ada", "lady\n"}, {"fresh", "x\n"}, {"deep/er/file", "x\n"}});
        REQUIRE(!result);
        CHECK(result.error().kind == ErrorKind::blocked);
        CHECK_THAT(result.error().message, Catch::Contains(each.words));
        CHECK(!result.error().hints.empty());
        CHECK(everything(box) == before);
    }
}

TEST_CASE("requests that cannot be meant") {
    GitSandbox box;
    box.sh("", a_repository);
    auto repository = open(box);
    auto base = request(repository, {{"x", "y"}});
    struct {
        std::function<void(CommitRequest&)> change;
        const char* words;
    } cases[] = {
        {[](auto& r) { r.changes.clear(); }, "nothing to commit"},
        {[](auto& r) {
             r.changes = {{"people/ada", "ada\n"}, {"none", std::nullopt}};
         },
         "nothing to commit"},
        {[](auto& r) {
             r.changes = {{"../x", "y"}};
         },
         "cannot be a file's name"},
        {[](auto& r) {
             r.changes = {{"a/.GIT/config", "y"}};
         },
         "cannot be a file's name"},
        {[](auto& r) {
             r.changes = {{"/x", "y"}};
         },
         "cannot be a file's name"},
        {[](auto& r) {
             r.changes = {{"a//x", "y"}};
         },
         "cannot be a file's name"},
        {[](auto& r) {
             r.changes = {{"", "y"}};
         },
         "cannot be a file's name"},
        {[](auto& r) {
             r.changes = {{"people", "y"}};
         },
         "both a file and a folder"},
        {[](auto& r) {
             r.changes = {{"people/ada/x", "y"}};
         },
         "both a file and a folder"},
        {[](auto& r) {
             r.changes = {{"people/ada", std::nullopt}, {"people/ada/x", "y"}};
         },
         "both a file and a folder"},
        {[](auto& r) {
             r.changes = {{"new", "y"}, {"new/x", "y"}};
         },
         "both a file and a folder"},
        {[](auto& r) { r.message = " \n"; }, "no message"},
        {[](auto& r) { r.author.name = "a\nb"; }, "cannot be an author"},
        {[](auto& r) { r.committer.email = ""; }, "cannot be an author"},
        {[](auto& r) { r.branch = "a..b"; }, "cannot be a branch's name"},
    };
    auto before = everything(box);
    for (const auto& each : cases) {
        INFO(each.words);
        auto wrong = base;
        each.change(wrong);
        auto result = repository.write(wrong);
        REQUIRE(!result);
        CHECK(result.error().kind == ErrorKind::usage);
        CHECK_THAT(result.error().message, Catch::Contains(each.words));
    }
    box.sh("", "rm -f .git/govctl.lock");
    CHECK(everything(box) == before);
}

TEST_CASE("a branch that moved") {
    GitSandbox box;
    box.sh("", a_repository);
    auto repository = open(box);
    auto stale = request(repository, {{"x", "y"}});
    box.sh("", "git commit -q --allow-empty -m moved");
    auto result = repository.write(stale);
    REQUIRE(!result);
    CHECK(result.error().kind == ErrorKind::blocked);
    CHECK(result.error().message == "branch 'main' moved while this was being worked out");
    CHECK(box.sh("", "git status --porcelain && git log -1 --format=%s") == "moved\n");
}

TEST_CASE("many writers at once lose nothing") {
    GitSandbox box;
    box.sh("", a_repository);
    constexpr int writers = 8, each = 5;
    for (int writer = 0; writer < writers; ++writer) {
        if (fork() != 0) continue;
        int done = 0;
        for (int tries = 0; done < each && tries < 1000; ++tries) {
            auto repository = Repository::discover(box.path(""));
            auto wanted = request(*repository, {{"ballots/" + std::to_string(writer * each + done), "x\n"}});
            if (repository->write(wanted)) ++done;
        }
        _exit(done == each ? 0 : 1);
    }
    for (int writer = 0; writer < writers; ++writer) {
        int status = 0;
        wait(&status);
        CHECK(status == 0);
    }
    CHECK(box.sh("",
                 "git rev-list --count main && git ls-tree --name-only main:ballots | wc -l && git fsck --strict && "
                 "git status --porcelain") == "41\n40\n");
}

TEST_CASE("line ends as git writes them") {
    GitSandbox box;
    box.sh("", a_repository);
    box.sh(
        "",
        "echo '*.txt text eol=crlf' > .gitattributes && printf 'a\\nb\\n' > f.txt && git add -A && git commit -qm t && "
        "rm f.txt && git checkout f.txt && git config core.autocrlf true");
    REQUIRE(box.read("f.txt") == "a\r\nb\r\n");
    must(write(box, {{"f.txt", "a\nc\n"}, {"g.txt", "g\n"}}));
    CHECK(box.read("f.txt") == "a\r\nc\r\n");
    CHECK(box.sh("", "git show main:f.txt main:g.txt && git status --porcelain") == "a\nc\ng\n");
}

TEST_CASE("what a killed writer left is finished") {
    GitSandbox box;
    box.sh("", a_repository);
    auto before = box.line("", "git rev-parse main");
    auto dead = must(write(box, {{"people/ada", "lady\n"}, {"long", std::nullopt}}));
    // As if it had been killed right after the branch moved.
    box.sh("", "git read-tree " + before + " && git checkout-index -af && printf 'main\\n" + before + "\\n" + dead +
                   "\\n' > .git/govctl.intent && printf " + dead + " > .git/index.lock");
    SECTION("all of it") {
        must(write(box, {{"people/cy", "cy\n"}}));
        CHECK(box.sh("", "git status --porcelain") == "");
        CHECK(box.read("people/ada") == "lady\n");
    }
    SECTION("but for what was edited since") {
        box.write("people/ada", "edited\n");
        must(write(box, {{"people/cy", "cy\n"}}));
        CHECK(box.sh("", "git status --porcelain") == " M people/ada\n");
        CHECK(box.read("people/ada") == "edited\n");
    }
    SECTION("nothing where the branch did not move") {
        box.sh("",
               "git update-ref refs/heads/main " + before + " && printf '" + dead + "\\n' > .git/refs/heads/main.lock");
        must(write(box, {{"people/cy", "cy\n"}}));
        CHECK(box.sh("", "git status --porcelain && git rev-parse main~1") == before + "\n");
    }
    SECTION("and nothing of anyone else's") {
        box.sh("", "echo someone > .git/index.lock");
        CHECK(write(box, {{"people/cy", "cy\n"}}).error().kind == ErrorKind::blocked);
        CHECK(box.read(".git/index.lock") == "someone\n");
        box.sh("", "rm .git/index.lock");
        must(write(box, {{"people/cy", "cy\n"}}));
        CHECK(box.sh("", "git status --porcelain") == "");
    }
    CHECK(!box.exists(".git/govctl.intent"));
    CHECK(!box.exists(".git/index.lock"));
}

TEST_CASE("edits of the user's that an act takes in") {
    GitSandbox box;
    box.sh("", a_repository);
    auto repository = open(box);
    auto adopting = [&](FileChanges changes, FileChanges adopted) {
        auto asked = request(repository, std::move(changes));
        asked.adopted = std::move(adopted);
        return repository.write(asked);
    };
    SECTION("as they stand, with lines added, and deleted") {
        box.sh("",
               "echo edited > people/ada && echo edited > people/bob && git add people/bob && git rm -q long && echo x "
               "> new");
        must(adopting(
            {{"people/ada", "edited\n"}, {"people/bob", "edited\nand more\n"}, {"long", std::nullopt}, {"new", "x\n"}},
            {{"people/ada", "edited\n"}, {"people/bob", "edited\n"}, {"long", std::nullopt}, {"new", "x\n"}}));
        CHECK(box.sh("", "git status --porcelain") == "");
        CHECK(box.sh("", "cat people/bob && git show HEAD:people/bob") == "edited\nand more\nedited\nand more\n");
    }
    SECTION("not what was edited again meanwhile, or staged otherwise") {
        box.sh("", "echo edited > people/ada");
        box.sh("", "echo staged > people/bob && git add people/bob && echo edited > people/bob");
        const auto before = state(box);
        for (const char* path : {"people/ada", "people/bob"}) {
            auto refused =
                adopting({{path, "edited\n"}}, {{path, path == std::string("people/ada") ? "other\n" : "edited\n"}});
            REQUIRE_FALSE(refused);
            CHECK(refused.error().kind == ErrorKind::blocked);
        }
        CHECK(state(box) == before);
    }
}

TEST_CASE("files for the work tree alone") {
    GitSandbox box;
    box.sh("", a_repository);
    auto repository = open(box);
    auto tip = must(repository.branch_tip("main"));
    SECTION("written, and nothing staged") {
        REQUIRE(repository.write_work_files({{"deep/new", "x\n"}, {"people/ada", std::nullopt}, {"run", "#!\n"}}, tip));
        CHECK(box.sh("", "git status --porcelain -uall; test -x run") == " D people/ada\n M run\n?? deep/new\n");
    }
    SECTION("and only there") {
        CHECK(repository.write_work_files({{"../outside", "x\n"}}, tip).error().kind == ErrorKind::usage);
        CHECK(repository.write_work_files({{".git/config", "x\n"}}, tip).error().kind == ErrorKind::usage);
    }
    SECTION("never over an edit") {
        box.sh("", "echo edited > people/ada");
        auto refused = repository.write_work_files({{"deep/new", "x\n"}, {"people/ada", "mine\n"}}, tip);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::blocked);
        CHECK(box.sh("", "git status --porcelain -uall") == " M people/ada\n");
    }
}

TEST_CASE("another index than the repository's") {
    GitSandbox box;
    box.sh("", a_repository);
    box.sh("",
           "echo staged > people/ada && GIT_INDEX_FILE=.git/other git read-tree HEAD && GIT_INDEX_FILE=.git/other git "
           "add people/ada");
    auto repository = open(box);
    CHECK(must(must(repository.index())->read("people/ada")) == "ada\n");
    CHECK(must(must(repository.index(repository.git_folder() + "other"))->read("people/ada")) == "staged\n");
}
