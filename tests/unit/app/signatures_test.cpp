#include "govctl/app/signatures.hpp"

#include <fstream>
#include <iterator>

#include "govctl/app/elections.hpp"
#include "govctl/app/keys.hpp"
#include "govctl/app/lineage.hpp"
#include "support/catch.hpp"
#include "support/git_sandbox.hpp"
#include "support/small_world.hpp"

using namespace govctl;
using namespace govctl::testing;

namespace {

const std::string keys = std::string(GOVCTL_SOURCE_DIR) + "/tests/data/sign/";
constexpr const char* monday = "2026-01-05T09:00:00Z";
constexpr const char* tuesday = "2026-01-06T09:00:00Z";
constexpr const char* wednesday = "2026-01-07T09:00:00Z";

std::string file(const std::string& name) {
    std::ifstream in(name, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

sign::PublicKey key(const std::string& name) {
    return *sign::parse_key(file(keys + name + ".pub"));
}

/// A world in which ada and bob have keys, and ssh-keygen signs for them.
class SigningWorld : public SmallWorld {
public:
    explicit SigningWorld(bool required = false) {
        if (required) force({{"govctl.yaml", read("govctl.yaml") + "signatures: required\n"}});
        for (const char* who : {"ada", "bob"}) {
            sandbox_.sh("", "install -m 600 '" + keys + who + "' .");
            give_key(who, key(who));
        }
        rfc = opened_rfc("Probes", monday);
    }

    void give_key(const std::string& who, const sign::PublicKey& its) {
        force(app::add_key(state(), {who, *Instant::parse(monday)}, who, its)->files);
    }

    void give_up(const std::string& who, bool compromised) {
        force(app::revoke_key(state(), {who, *Instant::parse(monday)}, key(who).fingerprint(), compromised,
                              std::string(40, 'e'))
                  ->files);
    }

    std::string signature(const std::string& by, const std::string& bytes, const std::string& name_space) {
        std::ofstream(sandbox_.path("message")) << bytes;
        return sandbox_.sh("", "ssh-keygen -Y sign -q -n " + name_space + " -f " + by + " < message");
    }

    /// The files of a change, with what `who` says in it signed by a key of `by`.
    FileChanges signed_by(const std::string& by, const std::string& who, app::Change change,
                          const std::string& name_space = {}) {
        const auto records = app::signable(state(), change, who);
        REQUIRE(records);
        REQUIRE_FALSE(records->paths.empty());
        const auto statements = app::statements(state(), change, *records);
        REQUIRE(statements);
        for (const app::Statement& each : *statements)
            REQUIRE(app::attach(change, each,
                                signature(by, each.bytes, name_space.empty() ? each.name_space : name_space)));
        return change.files;
    }

    app::Change vote(const std::string& who, model::Vote vote, const char* when = tuesday) const {
        auto change = app::vote(state(), {who, *Instant::parse(when)}, rfc, vote, "");
        REQUIRE(change);
        return *change;
    }

    app::Basis basis(const std::string& who) const {
        const auto found = app::basis_of(state(), state().matters().at(rfc).ballots.at(who));
        REQUIRE(found);
        return *found;
    }

    RecordId rfc;

private:
    test::GitSandbox sandbox_;
};

std::string rules_of(const Findings& findings) {
    std::string rules;
    for (const Finding& finding : findings) {
        rules += (rules.empty() ? "" : " ") + finding.rule;
        UNSCOPED_INFO(finding.rule << " " << finding.place.file << ": " << finding.message);
    }
    return rules;
}

FileChanges edited(FileChanges files, const std::string& from, const std::string& to) {
    for (auto& [path, bytes] : files) {
        const auto at = bytes->find(from);
        if (path.find("/ballots/") == std::string::npos) continue;
        REQUIRE(at != std::string::npos);
        bytes->replace(at, from.size(), to);
    }
    return files;
}

}  // namespace

TEST_CASE("a signed ballot is its voter's, whoever commits it") {
    SigningWorld world;
    const FileChanges ballot = world.signed_by("ada", "ada", world.vote("ada", model::Vote::yes));
    for (const char* committer : {"ada", "bob", "zed", "stranger"}) {
        CAPTURE(committer);
        CHECK(rules_of(world.judge(committer, tuesday, ballot)).empty());
    }
    world.force(ballot);
    CHECK(world.basis("ada").kind == app::Basis::Kind::signed_);
    CHECK(world.basis("ada").key == key("ada").fingerprint());
    CHECK(rules_of(world.judge("bob", tuesday, world.vote("cy", model::Vote::yes).files)) == "GOV203");
}

TEST_CASE("a signature that is not the voter's over what stands there is refused, whoever commits it") {
    SigningWorld world;
    const app::Change vote = world.vote("ada", model::Vote::yes);
    const FileChanges good = world.signed_by("ada", "ada", vote);
    struct Case {
        const char* what;
        FileChanges files;
    };
    const std::vector<Case> cases = {
        {"another's key", world.signed_by("bob", "ada", vote)},
        {"another use", world.signed_by("ada", "ada", vote, "git")},
        {"a decision's signature", world.signed_by("ada", "ada", vote, "govctl.decision")},
        {"another vote", edited(good, "vote: yes", "vote: no")},
        {"another instant", edited(good, "cast: 2026-01-06T09:00:00Z", "cast: 2026-01-06T08:00:00Z")},
        {"a reason put in", edited(good, "vote: yes", "vote: yes\nreason: because")},
        {"another charter", edited(good, "charter: ", "charter: 0123456789012345678901234567890123456789} # ")},
        {"a part of one", edited(good, "-----END SSH", "-----END")},
        {"none at all", edited(good, "BEGIN SSH SIGNATURE", "BEGIN NO SIGNATURE")},
    };
    for (const auto& [what, files] : cases) {
        CAPTURE(what);
        CHECK(rules_of(world.judge("ada", tuesday, files)) == "GOV230");
        CHECK(rules_of(world.judge("bob", tuesday, files)) == "GOV230");
    }
}

TEST_CASE("layout and comments are not signed") {
    SigningWorld world;
    const FileChanges ballot = world.signed_by("ada", "ada", world.vote("ada", model::Vote::yes));
    CHECK(rules_of(world.judge("bob", tuesday, edited(ballot, "vote: yes", "vote:   'yes'  # of course"))).empty());
}

TEST_CASE("a signature is worth nothing elsewhere") {
    SigningWorld world;
    const FileChanges ballot = world.signed_by("ada", "ada", world.vote("ada", model::Vote::yes));

    // In another matter, with everything in the file as it must be there.
    const RecordId other = world.opened_rfc("Other", monday);
    const std::string folder = world.state().matters().at(other).folder();
    FileChanges moved;
    for (const auto& [path, bytes] : ballot) {
        std::string text = *bytes;
        text.replace(text.find(world.rfc.str()), world.rfc.str().size(), other.str());
        const std::string here = world.state().matters().at(world.rfc).proposal().text;
        const std::string there = world.state().matters().at(other).proposal().text;
        for (auto at = text.find(here); at != std::string::npos; at = text.find(here))
            text.replace(at, here.size(), there);
        moved[folder + "ballots/ada.yaml"] = text;
    }
    CHECK(rules_of(world.judge("ada", tuesday, moved)) == "GOV230");

    // In another project, all else alike.
    class Elsewhere : public app::Lineage {
    public:
        Result<git::Oid> founding() const override { return git::Oid(40, '6'); }
        Result<std::optional<sign::PublicKey>> committed_with(const std::string&, const std::string&) const override {
            return std::optional<sign::PublicKey>();
        }
    };
    const auto elsewhere =
        app::State::load(world.state().share_snapshot(), nullptr, nullptr, std::make_shared<Elsewhere>());
    REQUIRE(elsewhere);
    const auto after = (*elsewhere)->with(ballot);
    REQUIRE(after);
    const auto wrong = app::may_follow(**elsewhere, **after, [](const std::string&) {
        return app::Origin{"ada@example.org", *Instant::parse(tuesday)};
    });
    CHECK(rules_of(wrong) == "GOV230");
}

TEST_CASE("a ballot signed for a text cannot be brought in for a later one") {
    SigningWorld world;
    const FileChanges early = world.signed_by("ada", "ada", world.vote("ada", model::Vote::yes));
    // Brought in late it still is what it was: a vote on the text of then.
    CHECK(rules_of(world.judge("bob", wednesday, early)).empty());
    const std::string text = world.state().matters().at(world.rfc).proposal().text;
    CHECK(rules_of(world.judge("bob", wednesday, edited(early, text, std::string(64, '0')))) == "GOV230");
}

TEST_CASE("who signed once and says more signs again, or not") {
    SigningWorld world;
    world.force(world.signed_by("ada", "ada", world.vote("ada", model::Vote::yes)));
    const app::Change again = world.vote("ada", model::Vote::no, wednesday);
    CHECK(rules_of(world.judge("ada", wednesday, again.files)).empty());
    CHECK(rules_of(world.judge("bob", wednesday, again.files)) == "GOV203");
    const FileChanges signed_ = world.signed_by("ada", "ada", again);
    CHECK(rules_of(world.judge("bob", wednesday, signed_)).empty());
    // The first one back over the second: a vote that was cast would be gone.
    const std::string path = again.files.begin()->first;
    const std::string first = world.read(path);
    world.force(signed_);
    CHECK(rules_of(world.judge("ada", wednesday, {{path, first}})) == "GOV204");
}

TEST_CASE("what must be signed comes in only signed, and only then counts") {
    SigningWorld world(true);
    const FileChanges good = world.signed_by("ada", "ada", world.vote("ada", model::Vote::yes));
    CHECK(rules_of(world.judge("bob", tuesday, good)).empty());
    CHECK(rules_of(world.judge("ada", tuesday, world.vote("ada", model::Vote::yes).files)) == "GOV231");
    CHECK(rules_of(world.judge("cy", tuesday, world.vote("cy", model::Vote::yes).files)) == "GOV231");
    CHECK(app::signable(world.state(), world.vote("cy", model::Vote::yes), "cy")->is_required);

    // Two that came in before, or past everything: they do not count.
    const auto tally = [&] {
        const auto& matter = world.state().matters().at(world.rfc);
        auto judged = app::Judged::make(world.state(), matter);
        REQUIRE(judged);
        return judged->view().ballots.size();
    };
    world.force(world.vote("cy", model::Vote::yes).files);
    world.force(good);
    world.force(edited(world.signed_by("bob", "bob", world.vote("bob", model::Vote::yes)), "vote: yes", "vote: no"));
    CHECK(world.state().matters().at(world.rfc).ballots.size() == 3);
    CHECK(tally() == 1);
}

TEST_CASE("a key that was given up signs nothing more") {
    SigningWorld world(true);
    const bool compromised = GENERATE(false, true);
    CAPTURE(compromised);
    const FileChanges ballot = world.signed_by("ada", "ada", world.vote("ada", model::Vote::yes));
    SECTION("before the ballot came") {
        world.give_up("ada", compromised);
        CHECK(rules_of(world.judge("ada", tuesday, ballot)) == "GOV232");
    }
    SECTION("after it came") {
        world.force(ballot);
        world.give_up("ada", compromised);
        CHECK(world.basis("ada").is_signed() != compromised);
        CHECK(world.basis("ada").is_revoked);
        const auto judged = app::Judged::make(world.state(), world.state().matters().at(world.rfc));
        CHECK(judged->view().ballots.size() == (compromised ? 0 : 1));
    }
}

TEST_CASE("OpenPGP says nothing that can be verified here") {
    SigningWorld world;
    FileChanges ballot = world.vote("ada", model::Vote::yes).files;
    for (auto& [path, bytes] : ballot)
        *bytes += "signature: |\n  -----BEGIN PGP SIGNATURE-----\n  iQ\n  -----END PGP SIGNATURE-----\n";
    CHECK(rules_of(world.judge("ada", tuesday, ballot)).empty());
    CHECK(rules_of(world.judge("bob", tuesday, ballot)) == "GOV203");
    world.force(ballot);
    CHECK(world.basis("ada").kind == app::Basis::Kind::unverified);
}

TEST_CASE("git's list of signers holds addresses and keys, and nothing else that it could be told") {
    SigningWorld world;
    world.force(world.replaced("people/bob.yaml", "bob@example.org", "'*@example.org', \"bob@example.org\""));
    CHECK(app::allowed_signers(world.state()) ==
          "ada@example.org namespaces=\"git,govctl.ballot,govctl.decision,govctl.endorsement\" " + key("ada").line() +
              "\n" + "bob@example.org namespaces=\"git,govctl.ballot,govctl.decision,govctl.endorsement\" " +
              key("bob").line() + "\n");
    world.give_up("bob", false);
    CHECK(app::allowed_signers(world.state()).find("bob") == std::string::npos);
}

TEST_CASE("a key is one person's, and once") {
    SigningWorld world;
    const Instant now = *Instant::parse(monday);
    CHECK(app::add_key(world.state(), {"cy", now}, "cy", key("ada")).error().kind == ErrorKind::blocked);
    CHECK(app::add_key(world.state(), {"ada", now}, "ada", key("ada")).error().kind == ErrorKind::blocked);
    CHECK(app::revoke_key(world.state(), {"cy", now}, key("ada").fingerprint(), false, "").error().kind ==
          ErrorKind::not_found);
    world.give_up("ada", false);
    CHECK(app::revoke_key(world.state(), {"ada", now}, "ada@example.org", false, "").error().kind ==
          ErrorKind::blocked);
    CHECK(app::revoke_key(world.state(), {"ada", now}, "ada@example.org", true, std::string(40, 'e')));
}

TEST_CASE("where only what is signed counts, a second key needs somebody's word") {
    SigningWorld world(true);
    const Instant now = *Instant::parse(tuesday);
    const auto add = [&](const std::string& who, const std::string& by) {
        const sign::PublicKey added = key("p256");
        const std::string word = *app::word_for(world.state(), "ada", added);
        const std::string signature = by.empty() ? "" : world.signature(by, word, "govctl.key");
        auto change = app::add_key(world.state(), {who, now}, "ada", added, signature);
        REQUIRE(change);
        return change->files;
    };
    CHECK(rules_of(world.judge("ada", tuesday, add("ada", ""))) == "GOV233");
    CHECK(rules_of(world.judge("ada", tuesday, add("ada", "ada"))).empty());
    CHECK(rules_of(world.judge("bob", tuesday, add("bob", "bob"))).empty());  // of steering
    CHECK(rules_of(world.judge("bob", tuesday, add("bob", "ada"))) == "GOV210 GOV233");
    CHECK(rules_of(world.judge("dan", tuesday, add("dan", "bob"))) == "GOV210 GOV233");
    const std::string keys_of_ada = world.read("people/ada.yaml");
    const std::string without = keys_of_ada.substr(0, keys_of_ada.find("keys:"));
    CHECK(rules_of(world.judge("ada", tuesday, {{"people/ada.yaml", without}})) == "GOV233");
    // The first one comes by the e-mail address.
    const auto first = app::add_key(world.state(), {"cy", now}, "cy", key("p384"));
    REQUIRE(first);
    CHECK(rules_of(world.judge("cy", tuesday, first->files)).empty());
}
