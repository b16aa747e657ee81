#include "govctl/app/catalogue.hpp"

#include <algorithm>

#include "govctl/record/findings.hpp"

namespace govctl::app {
namespace {

constexpr Severity error = Severity::error;
constexpr Severity warning = Severity::warning;
constexpr Severity note = Severity::note;

/// What reading finds is in record/findings.hpp; here is the rest.
constexpr CatalogueEntry beyond_reading[] = {
    // Proposals.
    {"GOV101", error, "two RFCs with one number"},
    {"GOV102", error, "a proposal edited after it was opened"},
    {"GOV103", error, "a status without the opening that goes before it"},
    {"GOV104", warning, "an RFC without a section that its type has"},
    {"GOV105", warning, "a section that still holds the template's text"},
    {"GOV106", warning, "a section without text"},
    {"GOV107", error, "a draft with fields that opening writes"},
    {"GOV108", error, "a record that disagrees with its history"},
    {"GOV109", error, "a history that is not in order"},
    {"GOV110", error, "an effect whose file is not there"},
    {"GOV111", warning, "an effect whose target has changed since the opening"},
    {"GOV112", error, "effects of more than one kind"},
    {"GOV113", error, "a proposal that no rule decides"},
    {"GOV114", error, "an effect out of the group's reach"},
    {"GOV115", warning, "a rule in force whose files are not in the repository"},
    {"GOV116", error, "a rule that the charter in force did not have"},
    {"GOV117", error, "options without a choice, or a choice without options"},

    // Statuses and decisions.
    {"GOV120", error, "a status without its decision"},
    {"GOV121", error, "a status that is not what the decision says"},
    {"GOV122", error, "a status that the history does not tell of"},
    {"GOV123", error, "a decision on a draft"},
    {"GOV124", error, "a decision from before its matter was opened"},
    {"GOV125", error, "a decision about another text"},
    {"GOV126", error, "a decision by another group or rule"},
    {"GOV127", error, "superseded by nothing that was accepted"},
    {"GOV128", error, "a decision on nothing"},
    {"GOV129", error, "a decision in a round that never was"},
    {"GOV130", warning, "a decision that names somebody unknown"},
    {"GOV131", error, "two decisions in one round"},
    {"GOV132", warning, "a decision that rests on a compromised key"},

    // Ballots.
    {"GOV140", error, "a position in a round that never was"},
    {"GOV141", error, "a position on a text that never was"},
    {"GOV142", error, "a position from outside its round"},
    {"GOV143", note, "a position on an earlier text"},
    {"GOV144", error, "positions that are not in order"},
    {"GOV145", error, "a ballot whose signature is not its voter's"},
    {"GOV146", warning, "a ballot that is not heard, because it is not signed"},

    // Elections.
    {"GOV150", error, "dates of an election that are not in order"},
    {"GOV151", error, "an election that cannot be counted"},
    {"GOV152", error, "a status of an election that its files deny"},
    {"GOV153", error, "an endorsement of somebody who is not nominated"},
    {"GOV154", error, "a ballot that the election does not allow"},
    {"GOV155", error, "a limit on seats that no election can count"},
    {"GOV156", warning, "an officer of an election who stands in it"},

    // What may follow what: may_follow() and audit().
    {"GOV201", error, "changed without a decision that puts it in force"},
    {"GOV202", error, "a proposal changed otherwise than by govctl's verbs"},
    {"GOV203", error, "a ballot written by somebody else"},
    {"GOV204", error, "a ballot removed, or altered in what it said"},
    {"GOV205", error, "a ballot that was not allowed then"},
    {"GOV206", error, "a decision edited or removed"},
    {"GOV207", error, "a decision that is not what the rules and ballots give"},
    {"GOV208", error, "a draft changed by somebody else than its authors"},
    {"GOV209", error, "an opening that was not allowed"},
    {"GOV210", error, "a person's record changed by somebody else"},
    {"GOV211", error, "a handle or level changed without a decision"},
    {"GOV212", error, "a record dropped by a merge"},
    {"GOV213", error, "an instant after the commit that brings it"},
    {"GOV214", error, "a commit dated before its parent"},
    {"GOV215", error, "a commit or tree that can be read in more than one way"},
    {"GOV216", error, "an organization's record changed by somebody unknown"},
    {"GOV217", error, "a handle, address, key or account of somebody else's"},
    {"GOV218", error, "a path that differs from another only by case"},
    {"GOV219", error, "a merge with a governance of another beginning"},
    {"GOV220", error, "an election changed otherwise than by govctl's verbs"},
    {"GOV221", error, "a roll or result changed after it was written"},
    {"GOV222", error, "a nomination or endorsement that was not allowed"},
    {"GOV223", error, "a history that was rewritten after it was verified"},

    {"GOV230", error, "a signature that is not its writer's"},
    {"GOV231", error, "a record that is not signed where it must be"},
    {"GOV232", error, "a signature by a key that was given up"},
    {"GOV233", error, "a key that nobody vouches for"},

    // Rules: rules::examine().
    {"GOV303", error, "`next` after the last stage"},
    {"GOV304", error, "a stage without an end before another"},
    {"GOV305", error, "a least time that is not before the most"},
    {"GOV306", error, "a failure that leads to no rule"},
    {"GOV307", error, "rules that lead round in a circle"},
    {"GOV308", error, "an outcome to affirm that is not there"},
    {"GOV309", error, "escalation with no group above"},
    {"GOV310", error, "`seats` where they cannot be counted"},
    {"GOV311", error, "an electorate that names what is not there"},
    {"GOV312", error, "an objection that restarts what is not there"},
    {"GOV313", error, "a count of ranked ballots where there are none"},
    {"GOV314", warning, "a stage without a time limit"},
    {"GOV315", warning, "a stage that does not say what follows its failure"},
    {"GOV316", warning, "a stage that passes as soon as it opens"},
    {"GOV317", warning, "a rule for ties where there can be none"},
    {"GOV320", error, "a requirement that cannot be counted where it stands"},
    {"GOV321", warning, "a rule for appeals that other escalations pass by"},
    {"GOV322", error, "a stage that cannot choose between options"},

    // Charters and the project.
    {"GOV340", error, "a kind of matter that no rule decides"},
    {"GOV341", error, "a charter without what the project asks of its type"},
    {"GOV342", error, "a rule that is not there"},
    {"GOV343", error, "a charter's rule where the project's is fixed"},
    {"GOV344", error, "appeals with no group above"},
    {"GOV345", error, "a group of another type than its place asks"},
    {"GOV346", error, "an area in two charters"},
    {"GOV347", error, "parents that go round in a circle"},
    {"GOV348", warning, "a duty that no group holds"},
    {"GOV349", warning, "a duty that nobody is there for"},
    {"GOV350", warning, "a protected file or convention that is not there"},
    {"GOV351", error, "a group without a roster"},
    {"GOV352", error, "a community group with a roster"},

    // People, groups, references.
    {"GOV401", error, "a group that is not there"},
    {"GOV402", error, "a person who is not on record"},
    {"GOV403", error, "an organization that is not there"},
    {"GOV404", error, "a level that is not on the ladder"},
    {"GOV405", error, "a duty that the project does not have"},
    {"GOV406", error, "a role that the charter does not have"},
    {"GOV407", error, "a proposal that is not there"},
    {"GOV408", error, "a record that is not there"},
    {"GOV409", error, "an end before its beginning"},
    {"GOV410", error, "a handle that two people have"},
    {"GOV411", error, "an e-mail address that two people have"},
    {"GOV412", error, "a key that two people have"},
    {"GOV413", error, "an account that two people have"},
    {"GOV414", error, "paths that differ only by case"},
    {"GOV415", warning, "a key that nothing can be verified by"},
    {"GOV420", error, "more people than seats"},
    {"GOV421", warning, "a seat that nobody holds"},
    {"GOV422", warning, "an owner of an area who is nobody on record"},

    // Owners: check_ownership().
    {"GOV430", warning, "an alias that no OWNERS file names"},
    {"GOV431", warning, "an owner who is emeritus"},
    {"GOV432", warning, "an owner who has left"},
    {"GOV433", warning, "an owner below the level that the project asks"},
    {"GOV434", warning, "files that nobody owns"},
    {"GOV435", warning, "owners in no group's area"},
    {"GOV436", warning, "an owner of an area who has no seat in its group"},
    {"GOV437", warning, "a single approver"},
    {"GOV438", warning, "approvers of one organization"},
    {"GOV439", warning, "an expression that repeats a repetition"},

    // Owners of another kind: export_codeowners(), import_codeowners().
    {"GOV440", warning, "a filter that no pattern of CODEOWNERS says"},
    {"GOV441", warning, "a line of CODEOWNERS that OWNERS files cannot say"},
};

std::vector<CatalogueEntry> gathered() {
    std::vector<CatalogueEntry> entries(std::begin(beyond_reading), std::end(beyond_reading));
    for (const record::FindingKind* kind : record::finding_kinds)
        entries.push_back({kind->id, kind->severity, kind->title});
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return entries;
}

}  // namespace

const std::vector<CatalogueEntry>& catalogue() {
    static const std::vector<CatalogueEntry> entries = gathered();
    return entries;
}

const CatalogueEntry* find_in_catalogue(std::string_view id) {
    const auto& entries = catalogue();
    const auto found = std::lower_bound(entries.begin(), entries.end(), id,
                                        [](const CatalogueEntry& entry, std::string_view to) { return entry.id < to; });
    return found != entries.end() && found->id == id ? &*found : nullptr;
}

}  // namespace govctl::app
