#include <algorithm>

#include "fuzz.hpp"
#include "govctl/record/read.hpp"
#include "govctl/record/text.hpp"
#include "govctl/record/write.hpp"

using namespace govctl;
using namespace govctl::record;
using govctl::fuzz::must;

namespace {

/// One path of each kind; the same bytes are read as every one of them.
constexpr const char* paths[] = {"govctl.yaml",
                                 "people/ada.yaml",
                                 "organizations/acme.yaml",
                                 "groups/sig-node/charter.yaml",
                                 "groups/sig-node/roster.yaml",
                                 "rfcs/0042-case/rfc.yaml",
                                 "rfcs/draft-case/rfc.yaml",
                                 "motions/2026-01-05-case/motion.yaml",
                                 "rfcs/0042-case/ballots/ada.yaml",
                                 "decisions/2026-11-20-rfc-0042.yaml",
                                 "elections/2026-case/election.yaml",
                                 "elections/2026-case/voters.yaml",
                                 "elections/2026-case/result.yaml",
                                 "elections/2026-case/candidates/ada.yaml",
                                 "elections/2026-case/endorsements/ada.yaml"};

yaml::Document parsed(const std::string& bytes) {
    auto document = yaml::parse("written.yaml", bytes);
    must(bool(document), "what is written can be read", bytes);
    return *std::move(document);
}

template <class T>
void check(const yaml::Document& document, const Reading<T>& reading) {
    const auto lines = 1 + std::count(document.bytes.begin(), document.bytes.end(), '\n');
    for (const Finding& finding : reading.findings) {
        must(finding.place.line >= 1 && finding.place.line <= lines && finding.place.column >= 1,
             "a finding lies in the file", document.bytes);
        must(!finding.message.empty(), "a finding says what is wrong", document.bytes);
    }
    must(reading.value || !reading.findings.empty(), "a value that is not there has a reason", document.bytes);
}

/// What was read is written, and read again as the same.
template <class T, class Read, class Write>
void check_round(const yaml::Document& document, const RecordPath& where, const Reading<T>& reading, Read read,
                 Write write) {
    check(document, reading);
    if (!reading.value) return;
    const auto again = read(parsed(write(*reading.value)), where);
    must(again.value == reading.value, "what is written is read back",
         document.bytes + "\n=>\n" + write(*reading.value));
}

void read_as(const yaml::Document& document, const RecordPath& where) {
    switch (where.kind) {
        case RecordKind::project:
            return check(document, read_project(document));
        case RecordKind::person:
            return check_round(document, where, read_person(document, where), read_person, write_person);
        case RecordKind::organization:
            return check(document, read_organization(document, where));
        case RecordKind::charter:
            return check(document, read_charter(document, where));
        case RecordKind::roster:
            return check(document, read_roster(document, where));
        case RecordKind::rfc:
        case RecordKind::motion:
            return check(document, read_proposal(document, where));
        case RecordKind::ballot:
            return check_round(document, where, read_ballot(document, where), read_ballot, write_ballot);
        case RecordKind::decision:
            return check_round(document, where, read_decision(document, where), read_decision, write_decision);
        case RecordKind::election:
            return check(document, read_election(document, where));
        case RecordKind::candidate:
            return check_round(document, where, read_candidate(document, where), read_candidate, write_candidate);
        case RecordKind::endorsement:
            return check_round(document, where, read_endorsements(document, where), read_endorsements,
                               write_endorsements);
        case RecordKind::voters:
            return check_round(document, where, read_voters(document, where), read_voters, write_voters);
        case RecordKind::result:
            return check(document, read_result(document, where));
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto document = yaml::parse("record.yaml", std::string(fuzz::text(data, size)));
    if (!document) {
        must(unreadable(document.error(), "record.yaml").place.line >= 1, "a failure lies in the file");
        return 0;
    }
    const yaml::Node* kind = document->root.find("kind");
    for (const char* path : paths) {
        const auto where = record_at(path, "");
        // A record of another kind is refused by that alone; as it is, every shape is tried.
        if (kind && kind->is_scalar() && kind->text != kind_word(where->kind)) continue;
        read_as(*document, *where);
    }
    must(proposal_text("rfc.yaml", document->root, {{"README.md", ""}}).size() == 64, "every mapping has a text");
    return 0;
}
