#include "govctl/record/text.hpp"

#include "reading.hpp"

using namespace govctl;
using namespace govctl::record;
using namespace govctl::record::test;

namespace {

const std::string rfc = R"(# a comment
kind: rfc
title: "gRPC probes — \"fast\""
type: technical
group: sig-node
with: [sig-network]
authors: [ada]
status: draft
requires: [rfc-0031]
effects:
  - file: {path: conventions/probes.md, from: probes.md}
)";

const std::map<std::string, std::string> files = {{"README.md", "# gRPC probes\n"},
                                                  {"probes.md", "Say pong.\n"},
                                                  {"a b/ü.txt", ""},
                                                  {"ballots/ada.yaml", "vote: yes\n"}};

std::string text_of(const std::string& record, const std::map<std::string, std::string>& others = files) {
    return proposal_text("rfc.yaml", parsed("rfc.yaml", record).root, others);
}

}  // namespace

// Computed with Python, which knows nothing of this code:
//   record = json.dumps({"effects": [{"file": {"from": "probes.md", "path": "conventions/probes.md"}}],
//                        "group": "sig-node", "requires": ["rfc-0031"], "title": 'gRPC probes — "fast"',
//                        "type": "technical", "with": ["sig-network"]},
//                       sort_keys=True, separators=(",", ":"), ensure_ascii=False)
//   files = {"rfc.yaml": record, "README.md": "# gRPC probes\n", "probes.md": "Say pong.\n", "a b/ü.txt": ""}
//   sha = lambda text: hashlib.sha256(text.encode()).hexdigest()
//   print(sha("".join(sorted(f"{path} {sha(text)}\n" for path, text in files.items()))))
TEST_CASE("the text of a proposal is what anyone can compute") {
    CHECK(text_of(rfc) == "157cb0d53a260aac85d349511855d449c3b3b25a68ad5c6095d5de3bd16e1b13");
}

TEST_CASE("the text changes with what is decided on, and with nothing else") {
    const std::string text = text_of(rfc);
    const auto with = [](const std::string& from, const std::string& to) {
        std::string other = rfc;
        return text_of(other.replace(other.find(from), from.size(), to));
    };
    CHECK(with("# a comment\n", "") == text);
    CHECK(with("status: draft", "status: open\nnumber: 42") == text);
    CHECK(with("[ada]", "[ada, bob]") == text);
    CHECK(with("[sig-network]", "\n  - sig-network") == text);
    CHECK(with("path: conventions/probes.md, from: probes.md", "from: probes.md, path: conventions/probes.md") == text);

    CHECK(with("gRPC", "HTTP") != text);
    CHECK(with("technical", "policy") != text);
    CHECK(with("rfc-0031", "rfc-0032") != text);
    CHECK(with("from: probes.md", "from: other.md") != text);
    CHECK(with("with: [sig-network]\n", "") != text);

    auto others = files;
    others["ballots/bob.yaml"] = "vote: no\n";
    CHECK(text_of(rfc, others) == text);
    others["README.md"] += " ";
    CHECK(text_of(rfc, others) != text);
    others = files;
    others.erase("a b/ü.txt");
    CHECK(text_of(rfc, others) != text);
}
