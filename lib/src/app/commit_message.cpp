#include "govctl/app/commit_message.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "govctl/base/text.hpp"
#include "govctl/record/path.hpp"

namespace govctl::app {
namespace {

using Trailers = std::multimap<std::string, std::string>;  ///< by key in lower case

bool is_comment(const std::string& line) {
    return line.starts_with("#");
}

/// The lines of the last paragraph, where all of them are trailers or go on with one.
Trailers trailers_of(const std::string& message) {
    std::vector<std::string> lines = split(message, '\n');
    std::erase_if(lines, is_comment);
    while (!lines.empty() && trim(lines.back()).empty()) lines.pop_back();
    Trailers trailers;
    for (auto line = lines.rbegin(); line != lines.rend() && !trim(*line).empty(); ++line) {
        if (line->starts_with(" ") || line->starts_with("\t")) continue;
        const std::size_t colon = line->find(':');
        if (colon == std::string::npos || colon == 0 || line->find(' ') < colon) return {};
        trailers.emplace(lower(line->substr(0, colon)), trim(line->substr(colon + 1)));
    }
    return trailers;
}

/// The record that a changed file is part of, as acts name it.
std::optional<RecordId> touched_by(const std::string& path, const std::string& root) {
    if (const auto proposal = record::proposal_around(path, root)) return proposal->id;
    if (const auto election = record::election_around(path, root)) return election->id;
    if (const auto record = record::record_at(path, root)) return record->id;
    return std::nullopt;
}

std::set<std::string> changed_paths(const State& before, const State& after) {
    std::set<std::string> paths;
    for (const FileEntry& file : after.files()) {
        const FileEntry* was = before.file(file.path);
        if (!was || was->blob != file.blob || was->mode != file.mode) paths.insert(file.path);
    }
    for (const FileEntry& file : before.files())
        if (!after.file(file.path)) paths.insert(file.path);
    return paths;
}

class Claims {
public:
    Claims(const State& before, const State& after, const std::string& message) : trailers_(trailers_of(message)) {
        for (const std::string& path : changed_paths(before, after))
            if (const auto id = touched_by(path, after.root())) touched_.insert(id->str());
        for (const auto& [name, decision] : after.decision_records())
            if (!before.file(decision.path)) added_.push_back(&decision.value);
        for (const model::Decision* decision : added_) touched_.insert(decision->subject);
    }

    std::vector<Error> check() {
        each("govctl-record", [this](const std::string& id) { check_record(id); });
        each("govctl-act", [this](const std::string& act) { check_act(act); });
        each("govctl-rule", [this](const std::string& rule) { check_rule(rule); });
        return std::move(wrong_);
    }

private:
    template <class Check>
    void each(const char* key, const Check& check) {
        const auto [first, last] = trailers_.equal_range(key);
        for (auto trailer = first; trailer != last; ++trailer) check(trailer->second);
    }

    void complain(const std::string& trailer, std::string what, std::string help) {
        wrong_.push_back(
            {ErrorKind::invalid, fmt::format("the trailer \"{}\" {}", printable(trailer), what), {std::move(help)}});
    }

    void check_record(const std::string& name) {
        const std::string trailer = "Govctl-Record: " + name;
        const auto id = RecordId::parse(name);
        if (!id) return complain(trailer, "names no record", id.error().message);
        if (touched_.contains(id->str())) return;
        const std::vector<std::string> touched(touched_.begin(), touched_.end());
        complain(trailer, "names a record that this commit does not change",
                 touched.empty() ? "it changes none; leave the trailer out" : "it changes " + join(touched, ", "));
    }

    void check_act(const std::string& act) {
        const std::string trailer = "Govctl-Act: " + act;
        const bool must_decide = act == "decide" || act == "certify" || act == "fill";
        if (must_decide && added_.empty())
            complain(trailer, "tells of a decision that this commit does not add", "`govctl decide` writes both");
        if (!must_decide && act != "escalate" && !added_.empty())
            complain(trailer, "does not tell that this commit decides " + added_.front()->subject,
                     "Govctl-Act: decide");
    }

    void check_rule(const std::string& rule) {
        if (added_.empty()) return;
        const auto is_it = [&rule](const model::Decision* decision) {
            return decision->rule.group + "/" + decision->rule.name == rule;
        };
        if (std::any_of(added_.begin(), added_.end(), is_it)) return;
        complain("Govctl-Rule: " + rule, "is not the rule of the decision", "leave it out, or name the rule it has");
    }

    Trailers trailers_;
    std::set<std::string> touched_;
    std::vector<const model::Decision*> added_;
    std::vector<Error> wrong_;
};

}  // namespace

std::vector<Error> false_claims(const State& before, const State& after, const std::string& message) {
    return Claims(before, after, message).check();
}

}  // namespace govctl::app
