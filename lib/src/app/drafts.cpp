#include "govctl/app/acts.hpp"
#include "govctl/app/templates.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/write.hpp"
#include "proposal_edit.hpp"

namespace govctl::app {

namespace {

/// The repository's own template for a type of RFC, else ours. `{{title}}` stands for the title.
Result<std::string> readme_for(const State& state, const NewRfc& request) {
    for (const std::string& name : {"rfc-" + request.type + ".md", std::string("rfc.md")}) {
        const std::string path = state.root() + "templates/" + name;
        if (!state.file(path)) continue;
        GOVCTL_TRY(const std::string text, state.snapshot().read(path));
        return fill_template(text, {{"title", request.title}});
    }
    return rfc_template(request.type, request.title);
}

Result<void> must_be_group(const State& state, const std::string& group) {
    if (state.charter_records().contains(group)) return {};
    Error error{ErrorKind::usage,
                group.empty() ? "which group decides is not said" : "there is no group \"" + group + "\""};
    std::vector<std::string> groups;
    for (const auto& [id, charter] : state.charter_records()) groups.push_back(id);
    if (auto near = nearest(group, groups))
        error.hints.push_back("did you mean \"" + *near + "\"?");
    else
        error.hints.push_back("groups: " + join(groups, ", "));
    return error;
}

Result<std::string> slug_for(const std::string& title) {
    if (trim(title).empty()) return Error{ErrorKind::usage, "a title is needed"};
    std::string name = slug(title);
    if (name.empty())
        return Error{ErrorKind::usage,
                     "the title has no letter or digit that could name its folder: \"" + title + "\""};
    return name;
}

bool is_taken(const State& state, const std::string& folder) {
    return !state.files().below(folder).empty();
}

}  // namespace

Result<Change> new_rfc(const State& state, const Act& act, const NewRfc& request) {
    GOVCTL_TRY(auto name, slug_for(request.title));
    GOVCTL_CHECK(must_be_group(state, request.group));
    if (required_sections(request.type).empty())
        return Error{ErrorKind::usage,
                     "there is no type of RFC \"" + request.type + "\"",
                     {"types: technical, policy, convention, charter, process"}};
    Change change;
    change.folder = record::draft_folder(state.root(), name);
    if (is_taken(state, change.folder))
        return Error{
            ErrorKind::blocked, "there is a draft " + change.folder + " already", {"edit it, or choose another title"}};
    GOVCTL_TRY(change.files[change.folder + "README.md"], readme_for(state, request));
    change.files[change.folder + "rfc.yaml"] = rfc_skeleton(request, act.actor);
    change.subject = "Draft RFC: " + request.title;
    change.record = {RecordId::Space::draft, name};
    change.verb = "new";
    return change;
}

Result<Change> new_motion(const State& state, const Act& act, const NewMotion& request) {
    GOVCTL_TRY(auto name, slug_for(request.title));
    GOVCTL_CHECK(must_be_group(state, request.group));
    if (request.type.empty()) return Error{ErrorKind::usage, "a motion needs a type"};
    Change change;
    std::string dated = act.now.date() + "-" + name;
    for (int again = 2; is_taken(state, record::motion_folder(state.root(), dated)); ++again)
        dated = act.now.date() + "-" + name + "-" + std::to_string(again);
    change.folder = record::motion_folder(state.root(), dated);
    change.files[change.folder + "motion.yaml"] = motion_skeleton(request, act.actor);
    if (!request.reason.empty())
        change.files[change.folder + "README.md"] = "# " + request.title + "\n\n" + request.reason + "\n";
    change.subject = "Draft motion: " + request.title;
    change.record = {RecordId::Space::motion, dated};
    change.verb = "new";
    return change;
}

Result<Change> supersede(const State& state, const Act& act, const RecordId& old, const RecordId& by) {
    GOVCTL_TRY(const Matter* replaced, matter_of(state, old));
    GOVCTL_TRY(const Matter* draft, matter_of(state, by));
    const model::Proposal& proposal = draft->proposal();
    if (replaced->proposal().status != model::Status::accepted)
        return refused(old.str() + " is " + std::string(model::status_word(replaced->proposal().status)) +
                       "; only what was accepted can be superseded");
    if (proposal.status != model::Status::draft)
        return refused(by.str() + " is no draft any more", {"name what it supersedes before it is opened"});
    if (!is_author(proposal, act.actor))
        return refused("only an author of " + by.str() + " may say what it supersedes",
                       {"authors: " + name_list(proposal.authors)});
    yaml::Editor editor(*draft->record.document);
    for (const std::string& already : proposal.supersedes)
        if (auto id = RecordId::parse(already); id && *id == old)
            return Error{ErrorKind::blocked, by.str() + " supersedes " + old.str() + " already"};
    GOVCTL_CHECK(editor.append({"supersedes"}, old.str()));
    Change change;
    change.files[draft->record.path] = editor.bytes();
    change.folder = draft->folder();
    change.subject = "Let " + by.str() + " supersede " + old.str();
    change.record = by;
    change.verb = "supersede";
    return change;
}

}  // namespace govctl::app
