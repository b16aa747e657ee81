#include "govctl/app/explain.hpp"

#include <set>

#include "base.hpp"
#include "govctl/app/audit.hpp"
#include "govctl/app/catalogue.hpp"
#include "govctl/app/codeowners.hpp"
#include "govctl/app/lineage.hpp"
#include "govctl/app/may_follow.hpp"
#include "govctl/app/owners_check.hpp"
#include "govctl/app/ownership.hpp"
#include "govctl/app/validate.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/findings.hpp"
#include "govctl/record/owners.hpp"
#include "govctl/yaml/document.hpp"
#include "support/catch.hpp"
#include "support/git_sandbox.hpp"

using namespace govctl;

namespace {

/// A fenced block of a page: ```yaml file=people/ada.yaml bad, or ```sh bad for commands of git.
struct Block {
    std::string path;  ///< empty: of a script
    std::string text;
    std::set<std::string> words;  ///< before, bad, good; link, gone
    std::string by = "ada";       ///< by=HANDLE: who commits it

    bool is(const std::string& word) const { return words.count(word) > 0; }
};

Block block_of(const std::string& info) {
    Block block;
    for (const std::string& word : split(info, ' ')) {
        if (word.starts_with("file="))
            block.path = word.substr(5);
        else if (word.starts_with("by="))
            block.by = word.substr(3);
        else
            block.words.insert(word);
    }
    return block;
}

std::vector<Block> blocks_of(std::string_view page) {
    std::vector<Block> blocks;
    bool inside = false;
    while (!page.empty()) {
        const std::size_t end = page.find('\n');
        const std::string line(page.substr(0, end));
        page.remove_prefix(end == page.npos ? page.size() : end + 1);
        if (!line.starts_with("```")) {
            if (inside) blocks.back().text += line + '\n';
        } else {
            inside = !inside;
            if (inside) blocks.push_back(block_of(line.substr(3)));
        }
    }
    return blocks;
}

/// What the examples are laid over.
std::shared_ptr<const Snapshot> base() {
    return in_memory(test::base_files());
}

/// Files laid over a snapshot, some of them as symbolic links.
class Laid : public Snapshot {
public:
    Laid(std::shared_ptr<const Snapshot> below, const std::vector<Block>& blocks) {
        FileChanges changes;
        for (const Block& block : blocks) {
            changes[block.path] = block.is("gone") ? std::nullopt : std::optional(block.text);
            if (block.is("link")) links_.insert(block.path);
        }
        files_ = overlay(std::move(below), std::move(changes));
    }

    Result<std::vector<FileEntry>> list() const override {
        GOVCTL_TRY(auto entries, files_->list());
        for (FileEntry& entry : entries)
            if (links_.count(entry.path) > 0) entry.mode = FileMode::symlink;
        return entries;
    }
    Result<std::string> read(const std::string& path) const override { return files_->read(path); }
    Result<std::string> read_blob(const std::string& id) const override { return files_->read_blob(id); }

private:
    std::shared_ptr<const Snapshot> files_;
    std::set<std::string> links_;
};

std::vector<Block> chosen(const std::vector<Block>& blocks, bool before, const std::string& word) {
    std::vector<Block> result;
    for (const Block& block : blocks) {
        const bool is_example = block.is("bad") || block.is("good");
        if (block.is("before") == before && (!is_example || block.is(word))) result.push_back(block);
    }
    return result;
}

/// Signatures of the examples are of this project.
class ExampleLineage : public app::Lineage {
public:
    Result<git::Oid> founding() const override { return git::Oid(40, '5'); }
    Result<std::optional<sign::PublicKey>> committed_with(const std::string&, const std::string&) const override {
        return std::optional<sign::PublicKey>();
    }
};

std::shared_ptr<const app::State> state_of(std::shared_ptr<const Snapshot> below, const std::vector<Block>& blocks) {
    auto state = app::State::load(std::make_shared<Laid>(std::move(below), blocks), nullptr, nullptr,
                                  std::make_shared<ExampleLineage>());
    REQUIRE(state);
    return *state;
}

/// Reports every finding, so that a failing page says what it found instead.
std::set<std::string> ids_of(const Findings& findings) {
    std::set<std::string> ids;
    for (const Finding& finding : findings) {
        UNSCOPED_INFO(finding.place.file << ":" << finding.place.line << " " << finding.rule << " " << finding.message);
        ids.insert(finding.rule);
    }
    return ids;
}

Findings owners_findings(const std::vector<Block>& blocks) {
    Findings all;
    for (const Block& block : blocks) {
        const auto document = yaml::parse(block.path, block.text);
        if (!document) {
            all.push_back(record::found(record::owners_unreadable, *document.error().place, document.error().message));
            continue;
        }
        const Findings found = block.path == "OWNERS_ALIASES" ? record::read_aliases(*document).findings
                                                              : record::read_owners(*document).findings;
        all.insert(all.end(), found.begin(), found.end());
    }
    return all;
}

Findings judged(const std::vector<Block>& blocks, const std::string& word) {
    const auto below = std::make_shared<Laid>(base(), chosen(blocks, true, word));
    const std::vector<Block> changes = chosen(blocks, false, word);
    const auto before = state_of(below, {});
    const auto after = state_of(below, changes);
    const Instant date = *Instant::parse("2026-04-01T00:00:00Z");
    return app::may_follow(*before, *after, [&](const std::string& path) {
        for (const Block& block : changes)
            if (block.path == path) return app::Origin{block.by + "@example.org", date};
        return app::Origin{"ada@example.org", date};
    });
}

/// What the audit of a repository finds after a script.
Findings audited(const Block& script) {
    const test::GitSandbox sandbox;
    for (const auto& [path, bytes] : test::base_files()) sandbox.write(path, bytes);
    const std::string date = "export GIT_AUTHOR_DATE=2026-02-28T09:00:00Z GIT_COMMITTER_DATE=2026-02-28T09:00:00Z\n";
    sandbox.sh("", date + "git init -q -b main && git add . && git commit -q -m founding");
    sandbox.sh("", "set -e\n" + date + script.text);
    const auto workspace = app::Workspace::open(sandbox.path());
    REQUIRE(workspace);
    const auto report = app::audit(*workspace, {});
    REQUIRE(report);
    CHECK(report->complete);
    Findings findings;
    for (const app::Violation& violation : report->violations) findings.push_back(violation.finding);
    return findings;
}

/// Laid over owners with whom nothing is wrong.
Findings ownership_findings(const std::vector<Block>& files) {
    const auto owned =
        overlay(base(), {{"OWNERS", "approvers: [ada, bob]\n"}, {"pkg/OWNERS", "approvers: [ada, bob]\n"}});
    auto check = app::check_ownership(*state_of(owned, files), *Instant::parse("2026-03-01T00:00:00Z"));
    REQUIRE(check);
    return check->findings;
}

/// What importing a CODEOWNERS, or exporting one, has to say.
Findings codeowners_findings(const std::vector<Block>& files) {
    FileChanges without;
    for (const auto& [path, bytes] : test::base_files())
        if (app::is_owners_file(path)) without[path] = std::nullopt;
    if (files.front().path == "CODEOWNERS") {
        without["pkg/a.go"] = "package a\n";
        const auto imported =
            app::import_codeowners(*state_of(overlay(base(), without), {}), "CODEOWNERS", files.front().text);
        REQUIRE(imported);
        return imported->findings;
    }
    const auto exported = app::export_codeowners(*state_of(base(), files));
    REQUIRE(exported);
    return exported->findings;
}

Findings findings_of(const std::string& id, const std::vector<Block>& blocks, const std::string& word) {
    const std::vector<Block> files = chosen(blocks, false, word);
    if (files.front().path.empty()) return audited(files.front());
    if (id.starts_with("GOV2")) return judged(blocks, word);
    if (id.starts_with("GOV05")) return owners_findings(files);
    if (id.starts_with("GOV43")) return ownership_findings(files);
    if (id.starts_with("GOV44")) return codeowners_findings(files);
    return app::validate(*state_of(base(), files), *Instant::parse("2026-03-01T00:00:00Z"));
}

}  // namespace

TEST_CASE("the governance that examples are laid over has nothing wrong with it") {
    CHECK(ids_of(app::validate(*state_of(base(), {}), *Instant::parse("2026-03-01T00:00:00Z"))).empty());
}

TEST_CASE("every finding has a page, and every page a finding") {
    std::vector<std::string> ids;
    for (const app::CatalogueEntry& entry : app::catalogue()) ids.emplace_back(entry.id);
    CHECK(std::set<std::string>(ids.begin(), ids.end()).size() == ids.size());
    CHECK(app::explain::all() == ids);
}

TEST_CASE("a page is found by its id in any case, and begins with its finding's title") {
    CHECK(app::explain::page("gov105") == app::explain::page("GOV105"));
    CHECK_FALSE(app::explain::page("GOV999"));
    for (const app::CatalogueEntry& entry : app::catalogue()) {
        CAPTURE(entry.id);
        const auto page = app::explain::page(entry.id);
        REQUIRE(page);
        const std::string heading = "# " + std::string(entry.id) + ": " + std::string(entry.title) + "\n";
        CHECK(page->substr(0, heading.size()) == heading);
        CHECK(page->find("\n## How to mend it\n") != page->npos);
    }
}

TEST_CASE("the bad example of a page has its finding and no other, the good one has none") {
    for (const std::string& id : app::explain::all()) {
        DYNAMIC_SECTION(id) {
            const std::vector<Block> blocks = blocks_of(*app::explain::page(id));
            REQUIRE_FALSE(blocks.empty());
            CHECK(ids_of(findings_of(id, blocks, "bad")) == std::set<std::string>{id});
        }
        DYNAMIC_SECTION(id << " mended") {
            const std::vector<Block> blocks = blocks_of(*app::explain::page(id));
            CHECK(ids_of(findings_of(id, blocks, "good")).empty());
        }
    }
}
