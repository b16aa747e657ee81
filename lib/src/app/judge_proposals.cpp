#include <algorithm>
#include <tuple>

#include "judge.hpp"
#include "proposal_edit.hpp"

namespace govctl::app {

namespace {

using model::Status;

bool is_draft(const Matter* matter) {
    return matter && matter->proposal().status == Status::draft;
}

/// The keys that govctl writes when a proposal is opened.
constexpr const char* written_at_opening[] = {"number", "opened", "text", "rule", "present", "history"};

/// An opened proposal as the draft that it was.
Result<yaml::Editor> as_draft(const Matter& opened) {
    yaml::Editor editor(*opened.record.document);
    for (const char* key : written_at_opening) GOVCTL_CHECK(editor.remove({key}));
    GOVCTL_CHECK(editor.set({"status"}, "draft"));
    for (std::size_t i = 0; i < opened.proposal().effects.size(); ++i) {
        yaml::Path was = effect_path(opened.proposal(), i);
        was.emplace_back("was");
        GOVCTL_CHECK(editor.remove(was));
    }
    return editor;
}

/// `grpc-probes` of `rfcs/0042-grpc-probes/`.
std::string slug_of_folder(std::string folder) {
    folder.pop_back();
    folder.erase(0, folder.rfind('/') + 1);
    return folder.substr(folder.find('-') + 1);
}

std::string draft_folder_of(const State& state, const Matter& opened) {
    return opened.proposal().is_rfc ? record::draft_folder(state.root(), slug_of_folder(opened.folder()))
                                    : opened.folder();
}

bool same_history(const model::HistoryEntry& a, const model::HistoryEntry& b) {
    return a.act == b.act && a.at == b.at && a.round == b.round && a.by == b.by && a.text == b.text &&
           a.group == b.group;
}

bool continues(const model::Proposal& was, const model::Proposal& is) {
    return is.history.size() >= was.history.size() &&
           std::equal(was.history.begin(), was.history.end(), is.history.begin(), same_history);
}

/// What an author handed to `revise`: the record as it is, but for what govctl writes, which is as it was.
Result<yaml::Editor> as_edited(const Matter& was, const Matter& is) {
    yaml::Editor editor(*is.record.document);
    for (const char* key : {"status", "opened", "text", "rule", "before", "history"}) {
        const yaml::Node* old = was.record.document->root.find(key);
        GOVCTL_CHECK(old ? editor.set({key}, yaml::Value::copy(*old)) : editor.remove({key}));
    }
    return editor;
}

}  // namespace

void Judge::judge_drafts() {
    std::set<std::string> folders;
    for (const std::string& path : changed_)
        if (auto around = record::proposal_around(path, before_.root())) folders.insert(around->folder);
    for (const std::string& folder : folders) judge_draft(folder);
}

void Judge::judge_draft(const std::string& folder) {
    const Matter* was = reached_->matter_in(folder);
    const Matter* is = after_.matter_in(folder);
    if ((was && !is_draft(was)) || (is && !is_draft(is)) || (!was && !is)) return;
    const auto paths = changed_below(folder);
    if (!is) {
        // Gone: opened under a number, which is judged later, or dropped by its author.
        for (const auto& [id, matter] : after_.matters())
            if (matter.proposal().is_rfc && !is_draft(&matter) && draft_folder_of(after_, matter) == folder &&
                !before_.matter_in(matter.folder()))
                return;
    }
    const Matter& judged_by = was ? *was : *is;
    if (is && (is->proposal().opened || is->proposal().rule || !is->proposal().history.empty()))
        complain("GOV202", is->record.path, "a draft has no opening, rule or history", "`govctl rfc open` writes them");
    for (const std::string& path : paths) {
        if (same_content(path)) continue;
        const Author author = author_of(path);
        if (is_author(judged_by.proposal(), author.handle)) continue;
        complain("GOV208", path, "a draft is changed only by its authors: " + name_list(judged_by.proposal().authors),
                 author.handle.empty() ? "nobody on record has the e-mail " + author.origin.email
                                       : "this commit is by " + author.handle);
        break;
    }
    adopt(paths);
}

void Judge::judge_proposals() {
    // Numbers first: a verb on a renumbered RFC finds it under its new one.
    for (const Matter* matter : changed_matters(before_))
        if (!is_draft(matter) && !after_.matter_in(matter->folder())) judge_missing(*matter);
    for (const Matter* matter : changed_matters(after_)) judge_proposal(*matter);
}

std::vector<const Matter*> Judge::changed_matters(const State& state) const {
    std::set<std::string> folders;
    for (const std::string& path : changed_)
        if (auto around = record::proposal_around(path, state.root())) folders.insert(around->folder);
    std::map<RecordId, const Matter*> numbered;
    std::vector<const Matter*> doubles;
    for (const std::string& folder : folders)
        if (const Matter* matter = state.matter_in(folder); matter && !numbered.emplace(matter->id(), matter).second)
            doubles.push_back(matter);
    std::vector<const Matter*> matters;
    for (const auto& [id, matter] : numbered) matters.push_back(matter);
    matters.insert(matters.end(), doubles.begin(), doubles.end());
    return matters;
}

void Judge::judge_proposal(const Matter& is) {
    if (is_draft(&is) || changed_below(is.folder()).empty()) return;
    const Matter* was = reached_->matter_in(is.folder());
    if (!was || is_draft(was))
        judge_opening(is);
    else
        judge_verbs(*was, is);
}

void Judge::judge_missing(const Matter& was) {
    for (const auto& [id, is] : after_.matters()) {
        const auto& aliases = is.proposal().aliases;
        if (std::find(aliases.begin(), aliases.end(), was.id().str()) == aliases.end()) continue;
        const Author author = author_of(is.record.path);
        auto change = renumber(*reached_, {author.handle, author.origin.date}, was, is.proposal().number);
        if (!change) return complain("GOV202", is.record.path, change.error());
        return advance(std::move(change->files));
    }
}

void Judge::judge_opening(const Matter& opened) {
    const std::string& path = opened.record.path;
    const auto paths = changed_below(opened.folder());
    const Author author = author_of(path);
    const model::Proposal& proposal = opened.proposal();
    auto complain_once = [&](const char* rule, const Error& error) {
        complain(rule, path, error);
        adopt(paths);
        adopt(changed_below(draft_folder_of(after_, opened)));
    };
    if (!proposal.opened || proposal.history.empty())
        return complain_once("GOV209", refused("not opened by govctl: `opened` and `history` are missing"));
    if (*proposal.opened > author.origin.date)
        return complain_once("GOV213",
                             refused("opened at " + proposal.opened->str() + ", after the commit that opens it"));
    if (proposal.is_rfc && rfc_numbers(*reached_).contains(proposal.number))
        return complain_once("GOV209", refused("number " + std::to_string(proposal.number) + " is taken",
                                               {"`govctl rfc renumber` gives a free one"}));

    auto draft = as_draft(opened);
    if (!draft) return complain_once("GOV209", draft.error());
    const std::string folder = draft_folder_of(after_, opened);
    FileChanges files{{folder + file_of(proposal.is_rfc), draft->bytes()}};
    auto others = after_.folder_files(opened);
    if (!others) return complain_once("GOV209", others.error());
    for (const auto& [name, bytes] : *others) files[folder + name] = bytes;
    const Matter* known = reached_->matter_in(folder);
    if (known)
        for (const FileEntry& entry : reached_->files().below(folder)) files.try_emplace(entry.path, std::nullopt);
    auto drafted = reached_->with(files);
    if (!drafted) return complain_once("GOV209", drafted.error());
    const Matter* as_drafted = (*drafted)->matter_in(folder);
    if (!as_drafted) return complain_once("GOV209", refused("its record cannot be read"));

    bool edited = !known;
    if (known) {
        auto old_text = reached_->text_of(*known);
        auto new_text = (*drafted)->text_of(*as_drafted);
        edited = !old_text || !new_text || *old_text != *new_text ||
                 !yaml::same_value(known->record.document->root, as_drafted->record.document->root);
    }
    if (edited && !is_author(known ? known->proposal() : as_drafted->proposal(), author.handle))
        return complain_once("GOV208",
                             refused("a draft is changed only by its authors: " + name_list(proposal.authors)));

    const std::string opener = proposal.history.front().by;
    if (opener != author.handle)
        return complain_once(
            "GOV209", refused("says that " + opener + " opened it",
                              {"this commit is by " + (author.handle.empty() ? author.origin.email : author.handle)}));
    auto change = open_proposal(**drafted, {author.handle, *proposal.opened}, as_drafted->id(),
                                {proposal.number, proposal.present});
    if (!change) return complain_once("GOV209", change.error());
    reached_ = *std::move(drafted);
    advance(std::move(change->files));
    if (const Matter* reached = reached_->matter_in(opened.folder()); reached && proposal.history.size() > 1)
        judge_verbs(*reached, opened);
}

void Judge::judge_verbs(const Matter& was, const Matter& is) {
    const auto paths = changed_below(is.folder());
    if (!continues(was.proposal(), is.proposal())) {
        complain("GOV202", is.record.path, "its history was altered", "history only grows, by govctl's verbs");
        return adopt(paths);
    }
    const Author author = author_of(is.record.path);
    const auto done = was.proposal().history.size();
    for (std::size_t i = done; i < is.proposal().history.size(); ++i) {
        const model::HistoryEntry& entry = is.proposal().history[i];
        if (entry.act == "escalated") continue;  // comes with a decision, which makes it again
        if (entry.by != author.handle)
            complain("GOV202", is.record.path, "says that " + entry.by + " " + entry.act + " it",
                     "this commit is by " + (author.handle.empty() ? author.origin.email : author.handle));
        else if (entry.at > author.origin.date)
            complain("GOV213", is.record.path, entry.act + " at " + entry.at.str() + ", after the commit that says so");
        else if (replay_verb(is, entry))
            continue;
        return adopt(paths);
    }
    const bool errata_only = is_terminal(is.proposal().status) && is_author(is.proposal(), author.handle) && [&] {
        const Matter* reached = reached_->matter_in(is.folder());
        auto editor = yaml::Editor(*reached->record.document);
        const yaml::Node* errata = is.record.document->root.find("errata");
        return errata && editor.set({"errata"}, yaml::Value::copy(*errata)) &&
               yaml::same_value(editor.document().root, is.record.document->root);
    }();
    if (errata_only) adopt({is.record.path});
}

bool Judge::replay_verb(const Matter& is, const model::HistoryEntry& entry) {
    const RecordId id = is.id();
    const Act act{entry.by, entry.at};
    auto again = [&]() -> Result<Change> {
        if (entry.act == "withdrawn") return withdraw(*reached_, act, id);
        if (entry.act == "postponed") return postpone(*reached_, act, id);
        if (entry.act == "reopened") return reopen(*reached_, act, id);
        if (entry.act != "revised") return refused("no verb of govctl's is called \"" + entry.act + "\"");
        GOVCTL_TRY(const Matter* was, matter_of(*reached_, id));
        GOVCTL_TRY(auto record, as_edited(*was, is));
        FileChanges files{{is.record.path, record.bytes()}};
        GOVCTL_TRY(auto others, after_.folder_files(is));
        GOVCTL_TRY(auto old, reached_->folder_files(*was));
        for (const auto& [name, bytes] : old) files[is.folder() + name] = std::nullopt;
        for (const auto& [name, bytes] : others) files[is.folder() + name] = bytes;
        GOVCTL_TRY(auto edited, reached_->with(std::move(files)));
        return revise(*reached_, *edited, act, id);
    }();
    if (!again) {
        complain("GOV202", is.record.path, again.error());
        return false;
    }
    advance(std::move(again->files));
    return true;
}

void Judge::judge_decisions() {
    std::vector<const Loaded<model::Decision>*> added;
    for (const std::string& path : changed_) {
        const auto where = record::record_at(path, after_.root());
        if (!where || where->kind != RecordKind::decision || before_.file(path)) continue;
        const auto found = after_.decision_records().find(where->name);
        if (found != after_.decision_records().end()) added.push_back(&found->second);
    }
    std::sort(added.begin(), added.end(), [](const auto* a, const auto* b) {
        return std::tie(a->value.decided, a->where.name) < std::tie(b->value.decided, b->where.name);
    });
    for (const auto* decision : added) judge_decision(*decision);
}

void Judge::judge_decision(const Loaded<model::Decision>& decision) {
    const model::Decision& claimed = decision.value;
    const Author author = author_of(decision.path);
    auto complain_once = [&](const Error& error) {
        complain("GOV207", decision.path, error);
        adopt({decision.path});
    };
    if (claimed.decided > author.origin.date)
        return complain_once(refused("decided at " + claimed.decided.str() + ", after the commit that says so"));
    if (!reached_->people().person(claimed.by))
        return complain_once(refused("nobody on record is called " + claimed.by));
    if (auto subject = RecordId::parse(claimed.subject); subject && subject->space == RecordId::Space::election)
        return judge_election_decision(decision, *subject);
    auto matter = reached_->find_matter(claimed.subject);
    if (!matter) return complain_once(matter.error());
    const RecordId id = (*matter)->id();
    const auto must_sign = must_be_signed(*reached_, **matter);
    if (!must_sign) return complain_once(must_sign.error());
    if (!is_rightly_signed(decision, *must_sign)) return adopt({decision.path});
    const bool is_own = claimed.by == author.handle || decision.document->root.find("signature");
    const Act act{claimed.by, claimed.decided};
    auto again = [&]() -> Result<Change> {
        GOVCTL_TRY(auto verdict, decide(*reached_, act, id, claimed.evidence));
        if (verdict.change) return *std::move(verdict.change);
        if (claimed.outcome != model::Outcome::escalated)
            return refused("nothing could be concluded about " + id.str() + " at " + claimed.decided.str());
        if (!is_own) return refused("says that " + claimed.by + " escalated it");
        return escalate(*reached_, act, id, "", claimed.evidence);
    }();
    if (!again) return complain_once(again.error());

    if (agrees(decision, *again)) advance(std::move(again->files));
}

bool Judge::agrees(const Loaded<model::Decision>& decision, Change& again) {
    const auto differs = [&](const Error& error) {
        complain("GOV207", decision.path, error);
        adopt({decision.path});
        return false;
    };
    auto expected = again.files.find(decision.path);
    if (expected == again.files.end() || !expected->second)
        return differs(refused("a decision of that day on " + decision.value.subject + " has another file name"));
    auto document = yaml::parse(decision.path, *expected->second);
    auto editor = yaml::Editor(*decision.document);
    if (auto unsigned_ = editor.remove({"signature"}); !unsigned_) return differs(unsigned_.error());
    if (!document || !yaml::same_value(document->root, editor.document().root)) {
        for (const yaml::Entry& entry : document->root.entries) {
            const yaml::Node* said = decision.document->root.find(entry.key.text);
            if (said && yaml::same_value(*said, entry.value)) continue;
            return differs(refused("`" + entry.key.text + "` is not what the ballots and the rules give",
                                   {"recomputed from the first parent and the ballots of this commit"}));
        }
        return differs(refused("holds more than its recomputation"));
    }
    expected->second = decision.document->bytes;
    return true;
}

}  // namespace govctl::app
