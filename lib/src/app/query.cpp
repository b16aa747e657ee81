#include "govctl/app/query.hpp"

#include <algorithm>
#include <set>

#include "govctl/base/text.hpp"
#include "govctl/rules/procedure.hpp"

namespace govctl::app {

namespace {

/// The place of a stage in the file that defines its rule; none: that file does not.
std::optional<Place> place_in(const State& state, const std::string& file, const std::string& blob,
                              const rules::Run& run) {
    auto bytes = state.snapshot().read_blob(blob);
    if (!bytes) return std::nullopt;
    auto document = yaml::parse(file, *std::move(bytes));
    if (!document) return std::nullopt;
    const yaml::Node* node = document->find({"rules", run.rule, static_cast<std::size_t>(run.index)});
    return node == nullptr ? std::nullopt : std::optional(document->place(*node));
}

/// What people read of a record: all of its files.
std::vector<std::string> files_of(const State& state, const std::string& path, const std::string& folder) {
    if (folder.empty()) return {path};
    std::vector<std::string> files;
    for (const FileEntry& entry : state.files().below(folder)) files.push_back(entry.path);
    return files;
}

class Search {
public:
    Search(const State& state, const std::vector<std::string>& words) : state_(state) {
        for (const std::string& word : words) words_.push_back(lower(word));
    }

    Result<void> look_in(const RecordId& id, const std::vector<std::string>& files) {
        std::vector<Hit> hits;
        std::set<std::string> found;
        for (const std::string& file : files) {
            auto bytes = state_.snapshot().read(file);
            if (!bytes) return bytes.error();
            look_at_lines(id, file, *bytes, hits, found);
        }
        if (found.size() == words_.size()) hits_.insert(hits_.end(), hits.begin(), hits.end());
        return {};
    }

    std::vector<Hit> hits() && { return std::move(hits_); }

private:
    void look_at_lines(const RecordId& id, const std::string& file, const std::string& bytes, std::vector<Hit>& hits,
                       std::set<std::string>& found) const {
        int number = 0;
        for (const std::string& line : split(bytes, '\n')) {
            ++number;
            const std::string small = lower(line);
            std::size_t column = std::string::npos;
            for (const std::string& word : words_) {
                const std::size_t at = small.find(word);
                if (at == std::string::npos) continue;
                found.insert(word);
                column = std::min(column, at);
            }
            if (column != std::string::npos)
                hits.push_back({id, {file, number, static_cast<int>(column) + 1}, trim(line)});
        }
    }

    const State& state_;
    std::vector<std::string> words_;
    std::vector<Hit> hits_;
};

}  // namespace

Result<rules::Course> course_of(const State& state, const Matter& matter, Instant now) {
    GOVCTL_TRY(const Judged judged, Judged::make(state, matter));
    return rules::course(judged.view(), state.people(), now);
}

Result<bool> hears_no(const State& state, const Matter& matter, Instant now) {
    GOVCTL_TRY(const Judged judged, Judged::make(state, matter));
    return rules::hears_no(judged.view(), state.people(), now);
}

std::optional<StageText> stage_text(const State& state, const Matter& matter, const rules::Run& run) {
    if (run.index < 0 || !matter.proposal().rule) return std::nullopt;
    const model::RuleRef& ref = *matter.proposal().rule;
    auto judged = Judged::make(state, matter);
    if (!judged) return std::nullopt;
    const model::Rule* rule = rules::find_rule(run.rule, judged->charter(), judged->project());
    const auto index = static_cast<std::size_t>(run.index);
    if (rule == nullptr || index >= rule->stages.size()) return std::nullopt;
    StageText text{rule->stages[index], {}};
    auto procedure =
        rules::procedure_for(judged->kind(), matter.proposal().is_rfc, judged->charter(), judged->project());
    if (procedure && procedure->rule == run.rule && index == 0)
        text.stage = model::with_keys(text.stage, procedure->anew);
    auto place = place_in(state, record::charter_path(state.root(), ref.group), ref.charter, run);
    if (!place) place = place_in(state, "govctl.yaml", ref.project, run);
    if (place) text.place = *place;
    return text;
}

std::vector<StandingObjection> standing_objections(const Matter& matter) {
    std::vector<StandingObjection> standing;
    for (const auto& [voter, ballot] : matter.ballots) {
        if (ballot.value.recused) continue;
        for (const model::Objection& objection : ballot.value.objections)
            if (!objection.resolved) standing.push_back({voter, objection});
    }
    return standing;
}

Result<std::vector<Hit>> search(const State& state, const std::vector<std::string>& words) {
    Search search(state, words);
    for (const auto& [id, matter] : state.matters())
        GOVCTL_CHECK(search.look_in(id, files_of(state, matter.record.path, matter.folder())));
    for (const auto& [name, decision] : state.decision_records())
        GOVCTL_CHECK(search.look_in(decision.where.id, {decision.path}));
    for (const auto& [name, charter] : state.charter_records())
        GOVCTL_CHECK(search.look_in(charter.where.id, {charter.path}));
    for (const auto& [name, person] : state.person_records())
        GOVCTL_CHECK(search.look_in(person.where.id, {person.path}));
    for (const auto& [name, organization] : state.organization_records())
        GOVCTL_CHECK(search.look_in(organization.where.id, {organization.path}));
    return std::move(search).hits();
}

}  // namespace govctl::app
