#include "render/sarif.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "govctl/app/catalogue.hpp"

namespace govctl::cli {
namespace {

using Json = nlohmann::ordered_json;

const char* level_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::note:
            return "note";
    }
    return "none";
}

/// A path as part of a URI (RFC 3986).
std::string uri_of(const std::string& path) {
    static constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    std::string uri;
    for (const char c : path) {
        if (plain.find(c) != plain.npos)
            uri += c;
        else
            uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return uri;
}

Json rules_of(const std::set<std::string>& ids) {
    Json rules = Json::array();
    for (const std::string& id : ids) {
        Json rule = {{"id", id}};
        if (const auto* entry = app::find_in_catalogue(id)) {
            rule["shortDescription"] = {{"text", entry->title}};
            rule["defaultConfiguration"] = {{"level", level_of(entry->severity)}};
        }
        rule["help"] = {{"text", fmt::format("govctl explain {}", id)}};
        rules.push_back(std::move(rule));
    }
    return rules;
}

/// Every result needs a place: what is about no file is about the project.
Json location_of(const Place& place) {
    const std::string file = place.file.empty() ? "govctl.yaml" : place.file;
    return {{"physicalLocation",
             {{"artifactLocation", {{"uri", uri_of(file)}, {"uriBaseId", "%SRCROOT%"}}},
              {"region", {{"startLine", place.line}, {"startColumn", place.column}}}}}};
}

Json result_of(const Scanned& scanned, const std::set<std::string>& ids) {
    const Finding& finding = scanned.finding;
    std::string message =
        scanned.commit.empty() ? finding.message : scanned.commit.substr(0, 7) + ": " + finding.message;
    if (!finding.help.empty()) message += "\n" + finding.help;
    Json result = {{"ruleId", finding.rule},
                   {"ruleIndex", std::distance(ids.begin(), ids.find(finding.rule))},
                   {"level", level_of(finding.severity)},
                   {"message", {{"text", message}}},
                   {"locations", Json::array({location_of(finding.place)})}};
    if (!scanned.commit.empty()) result["properties"] = {{"commit", scanned.commit}};
    return result;
}

}  // namespace

Json to_sarif(const std::vector<Scanned>& results, const std::string& failure) {
    std::set<std::string> ids;
    for (const Scanned& each : results) ids.insert(each.finding.rule);
    Json all = Json::array();
    for (const Scanned& each : results) all.push_back(result_of(each, ids));
    Json invocation = {{"executionSuccessful", failure.empty()}};
    if (!failure.empty())
        invocation["toolExecutionNotifications"] =
            Json::array({{{"level", "error"}, {"message", {{"text", "incomplete: " + failure}}}}});
    Json driver = {{"name", "govctl"}, {"version", GOVCTL_VERSION}, {"rules", rules_of(ids)}};
    Json run = {{"tool", {{"driver", std::move(driver)}}},
                {"invocations", Json::array({std::move(invocation)})},
                {"results", std::move(all)}};
    return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
            {"version", "2.1.0"},
            {"runs", Json::array({std::move(run)})}};
}

}  // namespace govctl::cli
