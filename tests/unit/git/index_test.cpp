#include "helpers.hpp"
#include "index_file.hpp"

using namespace govctl;
using namespace govctl::git;
using namespace govctl::test;

namespace {

const char* a_repository =
    "git init -q -b main . && mkdir -p a/b/c a.b z/y && for f in a/1 a/b/2 a/b/c/3 a.b/4 a0 m z/y/5 z/6; do "
    "echo $f > $f; done && chmod +x m && ln -s m link && git add -A && git commit -qm first";

/// As `git ls-files --stage`.
std::string listed(const IndexFile& index) {
    std::string text;
    for (const auto& entry : index.entries()) {
        char mode[8];
        snprintf(mode, sizeof mode, "%06o", entry.mode);
        text += std::string(mode) + " " + hex(entry.id) + " " + std::to_string(entry.stage) + "\t" +
                std::string(entry.path) + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("the index as git lists it") {
    const char* cases[] = {
        "true",
        "rm .git/index",
        "git update-index --index-version 4",
        "git add -N a/b/c/3 && echo n > n && git add -N n",
        "echo n > n && git add -N n && git update-index --index-version 4",
        "git update-index --skip-worktree a0 && git update-index --assume-unchanged m",
        "d=$(printf 'd%.0s' $(seq 200)) && for i in 1 2 3; do mkdir $d && cd $d; done && echo deep > f && git add f",
        "git update-index --add --cacheinfo 100644,$(git rev-parse HEAD:m),$(printf 'x/%.0s' $(seq 2100))x",
        R"(git checkout -qb side && echo s > m && git commit -qam s
           git checkout -q main && echo t > m && git commit -qam t
           ! git merge -q side)",
        "git config core.untrackedCache true && git status && git update-index --untracked-cache",
        "git config index.threads 2 && git config index.recordEndOfIndexEntries true && git read-tree HEAD",
    };
    for (const char* setup : cases) {
        INFO(setup);
        GitSandbox box;
        box.sh("", a_repository);
        box.sh("", setup);
        auto index = must(IndexFile::read(box.path(".git/index")));
        CHECK(listed(index) == box.sh("", "git -c core.quotepath=off ls-files --stage"));
        for (const auto& entry : index.entries()) CHECK(index.find(entry.path)->path == entry.path);
        for (const char* none : {"", "a", "a/b", "zz", "a/b/c/33"}) CHECK(index.find(none) == nullptr);
    }
}

TEST_CASE("an index that cannot be read") {
    GitSandbox box;
    box.sh("", a_repository);
    box.sh("", "cp .git/index whole");
    const auto whole = box.read("whole");
    SECTION("because it is split") {
        box.sh("", "git update-index --split-index");
        CHECK_THAT(IndexFile::read(box.path(".git/index")).error().message, Catch::Contains("split or sparse"));
    }
    SECTION("because it is sparse") {
        box.sh("", "git sparse-checkout set --cone --sparse-index a");
        CHECK_THAT(IndexFile::read(box.path(".git/index")).error().message, Catch::Contains("split or sparse"));
    }
    SECTION("wherever it ends too soon") {
        for (std::size_t size = 0; size < whole.size(); ++size) {
            box.write("part", whole.substr(0, size));
            auto index = IndexFile::read(box.path("part"));
            CHECK((!index || index->entries().size() <= 9));  // that it returns is the point
        }
        box.write("part", whole.substr(0, 300));
        CHECK_THAT(IndexFile::read(box.path("part")).error().message, Catch::Contains("is malformed"));
    }
    SECTION("whichever byte is another") {
        for (std::size_t at = 0; at < whole.size(); ++at) {
            auto changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ 0xff);
            box.write("changed", changed);
            (void)IndexFile::read(box.path("changed"));
        }
    }
}

TEST_CASE("staged changes agree with git, noted trees or not") {
    const char* cases[] = {
        "true",
        "echo x > a/b/new && git add a/b/new",
        "echo x > a/b/c/3 && git add -A",
        "git rm -rq a/b",
        "git rm -rq a a.b a0",
        "git rm -q --cached z/y/5 && rm -r z && echo file > z && git add z",
        "rm m && mkdir m && echo in > m/in && git add -A",
        "chmod -x m && git add m",
        "echo n > a/n && git add -N a/n",
        "git rm -q --cached a/1 && git add -N a/1",
        "mkdir new && echo 1 > new/1 && echo 2 > new/2 && git add new && git mv a0 zz",
        "git read-tree --empty",
        "echo x > z/6 && git add z/6 && git write-tree",
        "git update-index --index-version 4 && echo x > z/6 && git add z/6",
    };
    for (const char* setup : cases)
        for (const std::string revision : {"HEAD", "HEAD~1"}) {
            INFO(setup << " / " << revision);
            GitSandbox box;
            box.sh("", a_repository);
            box.sh("", "echo 7 > a/b/7 && git add -A && git commit -qm second && git status");
            box.sh("", setup);
            auto repository = open(box);
            std::string changes;
            for (const auto& change : must(repository.staged_changes(must(repository.resolve(revision)))))
                changes += (!change.before ? "A" : !change.after ? "D" : "M") + ("\t" + change.path + "\n");
            CHECK(changes == box.sh("", "git diff --cached --no-renames --name-status " + revision));
        }
}

TEST_CASE("files of the work tree that git would take for unchanged") {
    GitSandbox box;
    box.sh("", a_repository);
    auto id_of = [&](const std::string& path) {
        for (const auto& file : must(must(open(box).work_files())->list()))
            if (file.path == path) return file.blob;
        return std::string();
    };
    auto hash = [&](const std::string& path) { return box.line("", "git hash-object --no-filters " + path); };
    SECTION("are not read") {
        box.sh("", "touch -d 2020-01-01 m && git update-index --refresh && touch .git/index");
        auto good = id_of("m");
        CHECK(good == hash("m"));
        box.sh("", "git config core.trustctime false");
        CHECK(id_of("m") == good);
    }
    SECTION("but an edit of the same size and date shows") {
        box.sh("", "touch -d 2020-01-01 m && git update-index --refresh && echo n > m && touch -d 2020-01-01 m");
        CHECK(id_of("m") == hash("m"));
    }
    SECTION("but a young entry says nothing") {
        box.sh("", "echo aaa > racy && git add racy && echo bbb > racy");
        CHECK(id_of("racy") == hash("racy"));
    }
    SECTION("but their bytes are not the blob's where line ends are converted") {
        box.sh("",
               "echo '*.t text eol=crlf' > .gitattributes && printf 'a\\nb\\n' > f.t && git add -A && rm f.t && "
               "git checkout f.t && touch -d 2020-01-01 f.t && git update-index --refresh");
        CHECK(box.read("f.t") == "a\r\nb\r\n");
        CHECK(id_of("f.t") == hash("f.t"));
    }
    SECTION("and modes are the index's where the file system has none") {
        box.sh("", "git config core.filemode false && chmod -x m");
        for (const auto& file : must(must(open(box).work_files())->list()))
            if (file.path == "m") CHECK(file.mode == FileMode::executable);
    }
}
