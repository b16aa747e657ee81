#include <unistd.h>

#include "helpers.hpp"

using namespace govctl;
using namespace govctl::git;
using namespace govctl::test;

namespace {

/// One line a file: mode, id, path; as `git ls-files --stage` has it but for the stage.
std::string listed(const Snapshot& snapshot) {
    std::string text;
    for (const auto& file : must(snapshot.list())) {
        const char* modes[] = {"100644", "100755", "120000", "160000"};
        text += modes[static_cast<int>(file.mode)] + (" " + file.blob + "\t" + file.path + "\n");
    }
    return text;
}

/// The bytes of an object id.
std::string raw(const std::string& id) {
    std::string bytes;
    for (std::size_t i = 0; i < id.size(); i += 2) bytes += static_cast<char>(std::stoi(id.substr(i, 2), nullptr, 16));
    return bytes;
}

/// A commit with a tree of these bytes, whatever they are.
Oid commit_of(const GitSandbox& box, const std::string& tree) {
    box.write("raw-tree", tree);
    auto id = box.line("", "git hash-object -t tree --literally -w raw-tree");
    return box.line("", "printf 'tree " + id +
                            "\\nauthor A <a@b> 1 +0000\\ncommitter A <a@b> 1 +0000\\n\\nm\\n' | "
                            "git hash-object -t commit --literally -w --stdin");
}

const char* many_files =
    "git init -q -b main . && mkdir -p a/b 'sp ace' && echo 1 > a.b && echo 2 > a/b/c && echo 3 > a0 && "
    "echo 4 > 'sp ace/ünï' && echo '#!/bin/sh' > run && chmod +x run && ln -s a/b/c link && "
    "printf '*.o\\nbuild/\\n' > .gitignore && git add -A && git commit -qm first";

}  // namespace

TEST_CASE("where a repository is found") {
    GitSandbox box;
    box.sh("", "git init -q -b main plain && mkdir -p plain/a/b && git init -q --bare -b main bare.git");
    box.sh("plain", "git commit -q --allow-empty -m first && git worktree add -q ../linked -b other");

    struct {
        const char *from, *work_tree, *git_folder, *branch;
        bool bare;
    } cases[] = {
        {"plain", "plain/", "plain/.git/", "main", false},
        {"plain/a/b", "plain/", "plain/.git/", "main", false},
        {"plain/.git", "plain/", "plain/.git/", "main", false},
        {"linked", "linked/", "plain/.git/", "other", false},
        {"bare.git", "", "bare.git/", "main", true},
    };
    for (const auto& each : cases) {
        INFO(each.from);
        auto repository = open(box, each.from);
        CHECK(repository.work_tree() == (each.bare ? "" : box.path(each.work_tree)));
        CHECK(repository.git_folder() == box.path(each.git_folder));
        CHECK(repository.is_bare() == each.bare);
        CHECK(must(repository.head_branch()) == each.branch);
        CHECK(repository.obstacle() == Obstacle::none);
    }
}

TEST_CASE("what cannot be opened says why") {
    GitSandbox box;
    struct {
        const char *setup, *message;
    } cases[] = {
        {"mkdir none", "no git repository in"},
        {"git init -q --object-format=sha256 sha256", "uses SHA-256"},
        {"git init -q reftable && git -C reftable config core.repositoryformatversion 1 && "
         "git -C reftable config extensions.refstorage reftable",
         "uses reftable"},
        {"git init -q pipe && rm pipe/.git/config && mkfifo pipe/.git/config", "is not a file"},
        {"git init -q away && mkdir outside && git -C away config core.worktree ../../outside", "lies elsewhere"},
    };
    for (const auto& each : cases) {
        INFO(each.setup);
        box.sh("", each.setup);
        std::string words = each.setup;
        auto repository = Repository::discover(box.path(each.message[0] == 'n'                 ? "none"
                                                        : words.find("sha256") != words.npos   ? "sha256"
                                                        : words.find("reftable") != words.npos ? "reftable"
                                                        : words.find("pipe") != words.npos     ? "pipe"
                                                                                               : "away"));
        REQUIRE(!repository);
        CHECK(repository.error().kind == ErrorKind::environment);
        CHECK_THAT(repository.error().message, Catch::Contains(each.message));
    }
}

TEST_CASE("the same files in a tree, the index and the work tree") {
    GitSandbox box;
    box.sh("", many_files);
    auto repository = open(box);
    auto expected = box.sh("", "git -c core.quotepath=off ls-files -s | sed 's/ 0\\t/\\t/'");

    auto tree = must(repository.tree_of(must(repository.resolve("HEAD"))));
    auto index = must(repository.index());
    auto work = must(repository.work_files());
    CHECK(listed(*tree) == expected);
    CHECK(listed(*index) == expected);
    CHECK(listed(*work) == expected);
    for (const auto* snapshot : {tree.get(), index.get(), work.get()}) {
        CHECK(must(snapshot->read("sp ace/ünï")) == "4\n");
        CHECK(must(snapshot->read("link")) == "a/b/c");
        CHECK(must(snapshot->read_blob("00750edc07d6415dcc07ae0351e9397b0222b7ba")) == "3\n");
        for (const char* missing : {"nope", "a", "a/b/c/d", "a/b/", "link/x", "", "../tree/a0", "a/../a0"})
            CHECK(snapshot->read(missing).error().kind == ErrorKind::not_found);
    }
}

TEST_CASE("the work tree with what git does not hold") {
    GitSandbox box;
    box.sh("", many_files);
    box.sh("",
           "mkdir -p build new inner && echo o > x.o && echo o > build/x && git add -f x.o && "
           "echo n > new/file && echo u > u.o && mkfifo pipe && ln -s / outside && git init -q inner && "
           "echo i > inner/file && rm a0 && echo changed > a.b");
    auto repository = open(box);
    std::string paths;
    auto work = must(repository.work_files());
    for (const auto& file : must(work->list())) paths += file.path + "\n";
    CHECK(paths == ".gitignore\na.b\na/b/c\nlink\nnew/file\noutside\nrun\nsp ace/ünï\nx.o\n");
    CHECK(must(work->read_blob(box.line("", "git hash-object new/file"))) == "n\n");
    CHECK(!work->read("outside/etc/passwd"));
}

TEST_CASE("a tree that git would not make is refused") {
    GitSandbox box;
    box.sh("", "git init -q -b main . && echo 1 > f && git add f && git commit -qm first");
    const std::string file = box.line("", "git rev-parse HEAD:f"), folder = box.line("", "git rev-parse 'HEAD^{tree}'");
    struct {
        std::vector<std::string> entries;
        const char* why;
    } cases[] = {
        {{"100644 a", "100644 a"}, "twice"},
        {{"100644 b", "100644 a"}, "out of order"},
        {{"100644 a", "100644 a.b", "40000 a"}, "a file and a folder"},
        {{"100644 a/b"}, "no file"},
        {{"40000 .."}, "no file"},
        {{"100600 a"}, "no file"},
        {{"1006x4 a"}, "too soon"},
    };
    for (const auto& each : cases) {
        INFO(each.why);
        std::string bytes;
        for (const auto& entry : each.entries) bytes += entry + '\0' + raw(entry[0] == '4' ? folder : file);
        auto commit = commit_of(box, bytes);
        auto files = must(open(box).tree_of(commit))->list();
        REQUIRE(!files);
        CHECK_THAT(files.error().message, Catch::Contains(each.why));
    }
}

TEST_CASE("revisions and ranges") {
    GitSandbox box;
    box.sh("",
           "git init -q -b main . && for i in 1 2 3; do git commit -q --allow-empty -m $i; done && "
           "git tag -a v1 HEAD~1 -m tag && git update-ref refs/remotes/origin/main HEAD && "
           "git symbolic-ref refs/remotes/origin/HEAD refs/remotes/origin/main && git branch 'feature/ü'");
    auto repository = open(box);
    for (const char* name : {"HEAD", "HEAD~2", "main", "v1", "v1^{commit}", "origin/main", "feature/ü"}) {
        INFO(name);
        CHECK(must(repository.resolve(name)) == box.line("", "git rev-parse '" + std::string(name) + "^{commit}'"));
    }
    for (const char* name : {"", "nope", "HEAD~9", "HEAD^{tree}", "-x"}) {
        INFO(name);
        REQUIRE(!repository.resolve(name));
        CHECK(repository.resolve(name).error().kind == ErrorKind::not_found);
        CHECK_THAT(repository.resolve(name).error().message, Catch::Contains("'" + std::string(name) + "'"));
    }
    auto head = must(repository.resolve("HEAD")), v1 = must(repository.resolve("v1"));
    using Range = std::pair<std::optional<Oid>, Oid>;
    CHECK(must(repository.resolve_range("v1..main")) == Range{v1, head});
    CHECK(must(repository.resolve_range("v1..")) == Range{v1, head});
    CHECK(must(repository.resolve_range("main")) == Range{std::nullopt, head});
    CHECK(!repository.resolve_range("v1...main"));
    CHECK(must(repository.branches()) == std::vector<std::string>{"feature/ü", "main", "origin/main"});
    CHECK(must(repository.branch_tip("main")) == head);
    CHECK(must(repository.branch_tip("none")) == std::nullopt);
    CHECK(!repository.branch_tip("a b"));
}

TEST_CASE("what is in the way of a commit") {
    struct {
        const char* setup;
        Obstacle obstacle;
    } cases[] = {
        {"true", Obstacle::none},
        {"git checkout -q --detach", Obstacle::detached_head},
        {"! git merge side", Obstacle::merge},
        {"! git rebase side", Obstacle::rebase},
        {"! git cherry-pick side", Obstacle::other_operation},
    };
    for (const auto& each : cases) {
        INFO(each.setup);
        GitSandbox box;
        box.sh("",
               "git init -q -b main . && echo 0 > f && git add f && git commit -qm 0 && git checkout -qb side && "
               "echo 1 > f && git commit -qam 1 && git checkout -q main && echo 2 > f && git commit -qam 2");
        box.sh("", each.setup);
        auto repository = open(box);
        CHECK(repository.obstacle() == each.obstacle);
        CHECK(bool(repository.head_branch()) ==
              (std::string(each.setup).find("detach") == std::string::npos && each.obstacle != Obstacle::rebase));
        auto staged = must(repository.index())->list();
        CHECK(bool(staged) == (each.obstacle == Obstacle::none || each.obstacle == Obstacle::detached_head));
        if (!staged) CHECK(staged.error().kind == ErrorKind::blocked);
    }
}

TEST_CASE("a commit as it is stored") {
    GitSandbox box;
    box.sh("", "git init -q -b main . && git commit -q --allow-empty -m 'subject\n\nbody'");
    auto repository = open(box);
    auto commit = must(repository.commit(must(repository.resolve("HEAD"))));
    CHECK(commit.author.name == "Ada");
    CHECK(commit.author.email == "ada@example.org");
    CHECK(commit.authored.seconds == 1795000000);
    CHECK(commit.committed.seconds == 1795000000);
    CHECK(commit.message == "subject\n\nbody\n");
    CHECK(commit.tree == "4b825dc642cb6eb9a060e54bf8d69288fbee4904");
    CHECK(commit.parents.empty());

    const std::string tree = "tree " + commit.tree + "\n", author = "author A <a@b> 1 +0000\n",
                      committer = "committer A <a@b> 1 +0000\n";
    struct {
        std::string text;
        const char* why;
    } cases[] = {
        {tree + author + author + committer + "\n", "2 authors"},
        {tree + author + "\n", "0 committers"},
        {tree + tree + author + committer + "\n", "2 trees"},
        {"tree x\n" + author + committer + "\n", "is not an object id"},
    };
    for (const auto& each : cases) {
        box.write("object", each.text);
        auto id = box.line("", "git hash-object -t commit --literally -w object");
        auto read = repository.commit(id);
        REQUIRE(!read);
        CHECK_THAT(read.error().message, Catch::Contains(each.why));
    }
}

TEST_CASE("history along first parents") {
    GitSandbox box;
    box.sh("",
           "git init -q -b main . && for i in 1 2 3; do git commit -q --allow-empty -m $i; done && "
           "git checkout -qb side HEAD~1 && git commit -q --allow-empty -m side && git checkout -q main && "
           "git merge -q --no-ff -m merge side && git clone -q --depth 2 file://$PWD shallow");
    auto messages = [](const std::vector<Commit>& commits) {
        std::string all;
        for (const auto& commit : commits) all += commit.message;
        return all;
    };
    auto repository = open(box);
    auto tip = must(repository.resolve("main")), second = must(repository.resolve("main~2"));
    CHECK(messages(must(repository.first_parents(std::nullopt, tip))) == "1\n2\n3\nmerge\n");
    CHECK(messages(must(repository.first_parents(second, tip))) == "3\nmerge\n");
    CHECK(must(repository.first_parents(tip, tip)).empty());
    CHECK(repository.first_parents(must(repository.resolve("side")), tip).error().kind == ErrorKind::not_found);
    CHECK(must(repository.merge_base(must(repository.resolve("main~1")), must(repository.resolve("side")))) == second);
    CHECK(!repository.is_shallow());
    CHECK(!repository.has_rewritten_objects());
    box.sh("", "git replace main main~1");
    CHECK(repository.has_rewritten_objects());

    auto shallow = open(box, "shallow");
    CHECK(shallow.is_shallow());
    auto cut = shallow.first_parents(std::nullopt, tip);
    REQUIRE(!cut);
    CHECK(cut.error().kind == ErrorKind::environment);
    CHECK_THAT(cut.error().hints.at(0), Catch::Contains("--unshallow"));
}

TEST_CASE("changes agree with git") {
    GitSandbox box;
    box.sh("", many_files);
    box.sh("",
           "rm a.b && mkdir a.b && echo 5 > a.b/x && git rm -q a0 && echo new > 'sp ace/ünï' && "
           "chmod -x run && git mv link link2 && git add -A && git commit -qm second && echo s > "
           "staged && "
           "git add staged && echo later > later && git add -N later");
    auto repository = open(box);
    auto before = must(repository.resolve("HEAD~1")), after = must(repository.resolve("HEAD"));
    auto described = [](const std::vector<PathChange>& changes) {
        std::string text;
        for (const auto& change : changes)
            text += (!change.before ? "A" : !change.after ? "D" : "M") + ("\t" + change.path + "\n");
        return text;
    };
    const std::string diff = "git -c core.quotepath=off diff-tree -r --no-renames --name-status ";
    CHECK(described(must(repository.changes(before, after))) == box.sh("", diff + "HEAD~1 HEAD"));
    CHECK(described(must(repository.changes(std::nullopt, after))) ==
          box.sh("", diff + "4b825dc642cb6eb9a060e54bf8d69288fbee4904 HEAD"));
    CHECK(must(repository.changes(after, after)).empty());
    for (const char* revision : {"HEAD", "HEAD~1"})
        CHECK(
            described(must(repository.staged_changes(must(repository.resolve(revision))))) ==
            box.sh("", std::string("git -c core.quotepath=off diff --cached --no-renames --name-status ") + revision));
    CHECK(must(repository.staged_changes(std::nullopt)).size() == must(must(repository.index())->list()).size());
}

TEST_CASE("blame agrees with git") {
    GitSandbox box;
    box.sh(
        "",
        "git init -q -b main . && seq 1 20 > f && git add f && git commit -qm 1 && sed -i 3d f && "
        "git commit -qam 2 && sed -i '10a new\\nlines' f && git commit -qam 3 && (echo top; cat f; printf end) > g && "
        "mv g f && git commit -qam 4 && git checkout -qb side HEAD~1 && sed -i 's/^15$/fifteen/' f && "
        "git commit -qam 5 && git checkout -q main && git merge -q -m merge side && seq 30 35 >> f && "
        "git rm -q --cached f && git commit -qm gone && cat f > h && git add f && git commit -qm back && "
        "sed -i 5d f && echo last >> f && git commit -qam 6");
    auto repository = open(box);
    for (const char* revision : {"HEAD", "HEAD~3", "HEAD~4", "HEAD~5"}) {
        INFO(revision);
        auto expected = box.sh(
            "", "git blame --first-parent -s --abbrev=39 --root " + std::string(revision) + " -- f | cut -c1-40");
        std::string lines;
        for (const auto& id : must(repository.blame(must(repository.resolve(revision)), "f"))) lines += id + "\n";
        CHECK(lines == expected);
    }
    CHECK(repository.blame(must(repository.resolve("HEAD")), "none").error().kind == ErrorKind::not_found);
}

TEST_CASE("configuration and mailmap") {
    GitSandbox box;
    box.sh("",
           "git init -q -b main . && git config user.name 'Bob B' && "
           "echo 'Ada Lovelace <ada@new.org> <ada@old.org>' > .mailmap && git add .mailmap && git commit -qm m");
    auto repository = open(box);
    CHECK(repository.config("user.name") == "Bob B");
    CHECK(repository.config("user.none") == std::nullopt);
    auto head = must(repository.resolve("HEAD"));
    CHECK(repository.mapped({"a", "ada@old.org"}, head).email == "ada@new.org");
    CHECK(repository.mapped({"a", "ada@old.org"}, head).name == "Ada Lovelace");
    CHECK(repository.mapped({"a", "bob@old.org"}, head).email == "bob@old.org");
    CHECK(repository.mapped({"a", "ada@old.org"}, std::nullopt).email == "ada@old.org");
}

TEST_CASE("a made repository") {
    GitSandbox box;
    auto made = must(create(box.path("made"), "trunk"));
    CHECK(must(made.head_branch()) == "trunk");
    CHECK(must(made.branch_tip("trunk")) == std::nullopt);
    CHECK(must(must(made.index())->list()).empty());
    CHECK(must(must(made.work_files())->list()).empty());
    CHECK(must(create(box.path("bare.git"), "trunk", true)).is_bare());
    CHECK(create(box.path("made"), "trunk").error().kind == ErrorKind::blocked);
    CHECK(box.line("made", "git status --porcelain=v2 --branch") == "# branch.oid (initial)\n# branch.head trunk");
}

TEST_CASE("what a push brings, before it is accepted") {
    GitSandbox box;
    box.sh("",
           "git init -q --bare -b main bare.git && git clone -q bare.git work && cd work && "
           "git commit -q --allow-empty -m 1 && git push -q origin HEAD:main && echo x > f && git add f && "
           "git commit -qm 2");
    box.write(
        "bare.git/hooks/pre-receive",
        "#!/bin/sh\nread old new ref && { echo $new; pwd; env; } > seen && cp -a $GIT_OBJECT_DIRECTORY brought\n");
    box.sh("work", "chmod +x ../bare.git/hooks/pre-receive && git push -q origin HEAD:main");
    auto brought = box.line("bare.git", "head -1 seen");
    box.sh("bare.git",
           "git update-ref refs/heads/main main~1 && git reflog expire --expire=now --all && "
           "git gc -q --prune=now");

    REQUIRE(!open(box, "bare.git").commit(brought));
    auto pushed = must(Repository::discover(box.path("bare.git"), {.object_folder = box.path("bare.git/brought")}));
    auto commit = must(pushed.commit(brought));
    CHECK(must(must(pushed.tree_of(brought))->read("f")) == "x\n");
    CHECK(must(pushed.changes(commit.parents.at(0), brought)).size() == 1);
    CHECK(must(pushed.first_parents(std::nullopt, brought)).size() == 2);
}

TEST_CASE("a git folder and a work tree that were named") {
    GitSandbox box;
    box.sh("", "git init -q -b main . && mkdir apart && mv .git apart/git && echo x > f");
    auto repository =
        must(Repository::discover(box.path("apart"), {.git_folder = box.path("apart/git"), .work_tree = box.path("")}));
    CHECK(repository.work_tree() == box.path(""));
    CHECK(must(must(repository.work_files())->read("f")) == "x\n");
}

TEST_CASE("an object that is not what its id says") {
    GitSandbox box;
    box.sh("", "git init -q -b main . && echo x > f && git add f && git commit -qm 1");
    auto good = box.line("", "git rev-parse HEAD:f"), other = box.line("", "echo y | git hash-object -w --stdin");
    auto file = [](const std::string& id) { return ".git/objects/" + id.substr(0, 2) + "/" + id.substr(2); };
    box.sh("", "cp -f " + file(other) + " " + file(good));
    CHECK(must(open(box).nothing()->read_blob(good)) == "y\n");
    check_hashes(true);
    CHECK(!open(box).nothing()->read_blob(good));
    check_hashes(false);
}

TEST_CASE("a repository of someone else's") {
    GitSandbox box;
    box.sh("", "git init -q -b main theirs");
    if (geteuid() != 0) return;  // only root can make one
    box.sh("", "chown -R 12345 theirs");
    struct {
        const char* safe;
        bool opens;
    } cases[] = {
        {"", false},
        {"/elsewhere", false},
        {"*", true},
        {"theirs", true},
    };
    for (const auto& each : cases) {
        INFO(each.safe);
        std::string safe = each.safe == std::string("theirs") ? box.path("theirs") : each.safe;
        box.write("../.gitconfig", safe.empty() ? "" : "[safe]\n\tdirectory = " + safe + "\n");
        auto repository = Repository::discover(box.path("theirs"));
        CHECK(bool(repository) == each.opens);
        if (each.opens || repository) continue;
        CHECK(repository.error().message == "the repository '" + box.path("theirs") + "' is owned by someone else");
        CHECK(repository.error().hints.at(0) ==
              "to trust it, run: git config --global --add safe.directory " + box.path("theirs"));
    }
}
