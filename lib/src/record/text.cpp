#include "govctl/record/text.hpp"

#include <fmt/format.h>

#include <set>
#include <string_view>

#include "govctl/base/sha256.hpp"

namespace govctl::record {
namespace {

constexpr std::string_view decided_keys[] = {"title",   "type",    "group",      "with",     "subject",
                                             "options", "effects", "supersedes", "requires", "metrics"};

yaml::Node decided_fields(const yaml::Node& record) {
    yaml::Node fields;
    fields.kind = yaml::Node::Kind::mapping;
    for (const std::string_view key : decided_keys) {
        if (const yaml::Entry* entry = record.find_entry(key)) fields.entries.push_back(*entry);
    }
    return fields;
}

std::string line(const std::string& path, const std::string& bytes) {
    return fmt::format("{} {}\n", path, sha256_hex(bytes));
}

}  // namespace

std::string proposal_text(const std::string& record_name, const yaml::Node& record,
                          const std::map<std::string, std::string>& files) {
    std::set<std::string> lines{line(record_name, yaml::canonical_json(decided_fields(record)))};
    for (const auto& [path, bytes] : files) {
        if (path != record_name && !path.starts_with("ballots/")) lines.insert(line(path, bytes));
    }
    std::string all;
    for (const std::string& each : lines) all += each;
    return sha256_hex(all);
}

std::string election_text(const yaml::Node& election, const std::string& voters) {
    yaml::Node decided = election;
    std::erase_if(decided.entries, [](const yaml::Entry& entry) {
        const std::string& key = entry.key.text;
        return key == "status" || key == "text" || key == "history" || key == "casting-vote";
    });
    return sha256_hex(yaml::canonical_json(decided) + "\n" + sha256_hex(voters));
}

}  // namespace govctl::record
