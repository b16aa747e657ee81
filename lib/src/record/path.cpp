#include "govctl/record/path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <vector>

#include "govctl/base/text.hpp"
#include "govctl/base/time.hpp"

namespace govctl::record {
namespace {

using Space = RecordId::Space;

constexpr std::string_view record_folders[] = {"people/",  "organizations/", "groups/",   "rfcs/",
                                               "motions/", "decisions/",     "elections/"};
constexpr std::string_view record_names[] = {"rfc.yaml", "motion.yaml"};

/// What follows `prefix`; none: `text` does not begin with it.
std::optional<std::string_view> after(std::string_view text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return std::nullopt;
    return text.substr(prefix.size());
}

/// `ada.yaml` → `ada`; none: not a file of that kind, or one in a folder below.
std::optional<std::string_view> yaml_stem(std::string_view name) {
    if (!name.ends_with(".yaml") || name.find('/') != std::string_view::npos) return std::nullopt;
    return name.substr(0, name.size() - std::string_view(".yaml").size());
}

/// An id of that space whose canonical form is made of exactly this name.
std::optional<RecordId> id_of(std::string_view prefix, std::string_view name) {
    auto id = RecordId::parse(std::string(prefix).append(name));
    if (!id) return std::nullopt;
    return *std::move(id);
}

/// `2026-11-20` of `2026-11-20-remove-eve`, where something follows it.
bool begins_with_date(std::string_view name) {
    constexpr std::size_t date_size = 10;
    return name.size() > date_size + 1 && name[date_size] == '-' &&
           bool(Instant::parse_date_or_instant(name.substr(0, date_size)));
}

std::optional<RecordId> dated_id(std::string_view prefix, std::string_view name) {
    return begins_with_date(name) ? id_of(prefix, name) : std::nullopt;
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// `draft-grpc-probes` and `0042-grpc-probes`, the number as it is written: four digits, more only where it needs them.
std::optional<RecordId> rfc_id(std::string_view folder_name) {
    if (const auto slug = after(folder_name, "draft-")) return id_of("draft/", *slug);
    const std::size_t dash = folder_name.find('-');
    if (dash == std::string_view::npos || dash + 1 == folder_name.size()) return std::nullopt;
    const std::string_view digits = folder_name.substr(0, dash);
    const auto id = is_digits(digits) ? id_of("rfc-", digits) : std::nullopt;
    const bool canonical = id && id->str() == fmt::format("rfc-{}", digits);
    return canonical && id_of("draft/", folder_name.substr(dash + 1)) ? id : std::nullopt;
}

/// The folder of a proposal that `inner`, a path below the root, lies in.
std::optional<RecordPath> proposal_of(std::string_view inner, std::string_view root) {
    for (const bool is_rfc : {true, false}) {
        const std::string_view collection = is_rfc ? "rfcs/" : "motions/";
        const auto rest = after(inner, collection);
        if (!rest) continue;
        const std::size_t slash = rest->find('/');
        if (slash == std::string_view::npos) return std::nullopt;
        const std::string_view name = rest->substr(0, slash);
        const auto id = is_rfc ? rfc_id(name) : dated_id("motion/", name);
        if (!id) return std::nullopt;
        return RecordPath{is_rfc ? RecordKind::rfc : RecordKind::motion, *id,
                          fmt::format("{}{}{}/", root, collection, name), std::string(name)};
    }
    return std::nullopt;
}

/// The record or ballot that lies at `rest` in a proposal's folder.
std::optional<RecordPath> in_proposal(RecordPath proposal, std::string_view rest) {
    if (rest == (proposal.kind == RecordKind::rfc ? "rfc.yaml" : "motion.yaml")) return proposal;
    const auto ballot = after(rest, "ballots/");
    const auto voter = ballot ? yaml_stem(*ballot) : std::nullopt;
    // Nobody votes on a draft: it has no number that a ballot could name, and its text is not fixed.
    if (!voter || !is_handle(*voter) || proposal.id.space == Space::draft) return std::nullopt;
    proposal.kind = RecordKind::ballot;
    proposal.name = *voter;
    return proposal;
}

std::optional<RecordPath> election_of(std::string_view inner, std::string_view root) {
    const auto rest = after(inner, "elections/");
    const std::size_t slash = rest ? rest->find('/') : std::string_view::npos;
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string_view name = rest->substr(0, slash);
    const auto id = id_of("election/", name);
    if (!id) return std::nullopt;
    return RecordPath{RecordKind::election, *id, fmt::format("{}elections/{}/", root, name), std::string(name)};
}

/// The record that lies at `rest` in an election's folder.
std::optional<RecordPath> in_election(RecordPath election, std::string_view rest) {
    if (rest == "election.yaml") return election;
    constexpr std::pair<std::string_view, RecordKind> single[] = {{"voters.yaml", RecordKind::voters},
                                                                  {"result.yaml", RecordKind::result}};
    for (const auto& [name, kind] : single) {
        if (rest != name) continue;
        election.kind = kind;
        return election;
    }
    constexpr std::pair<std::string_view, RecordKind> of_people[] = {{"candidates/", RecordKind::candidate},
                                                                     {"endorsements/", RecordKind::endorsement},
                                                                     {"ballots/", RecordKind::ballot}};
    for (const auto& [folder, kind] : of_people) {
        const auto file = after(rest, folder);
        const auto person = file ? yaml_stem(*file) : std::nullopt;
        if (!person || !is_handle(*person)) continue;
        election.kind = kind;
        election.name = *person;
        return election;
    }
    return std::nullopt;
}

std::optional<RecordPath> in_group(std::string_view rest) {
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const std::string_view group = rest.substr(0, slash);
    const std::string_view file = rest.substr(slash + 1);
    const auto id = id_of("group/", group);
    if (!id || (file != "charter.yaml" && file != "roster.yaml")) return std::nullopt;
    return RecordPath{file == "charter.yaml" ? RecordKind::charter : RecordKind::roster, *id, {}, std::string(group)};
}

std::optional<RecordPath> named(RecordKind kind, std::optional<RecordId> id) {
    if (!id) return std::nullopt;
    return RecordPath{kind, *id, {}, id->name};
}

std::optional<RecordPath> in_collection(std::string_view inner) {
    if (const auto rest = after(inner, "groups/")) return in_group(*rest);
    struct Collection {
        std::string_view folder;
        RecordKind kind;
        std::string_view prefix;
    };
    constexpr Collection collections[] = {{"people/", RecordKind::person, "person/"},
                                          {"organizations/", RecordKind::organization, "organization/"},
                                          {"decisions/", RecordKind::decision, "decision/"}};
    for (const auto& [folder, kind, prefix] : collections) {
        const auto rest = after(inner, folder);
        const auto stem = rest ? yaml_stem(*rest) : std::nullopt;
        if (stem) return named(kind, kind == RecordKind::decision ? dated_id(prefix, *stem) : id_of(prefix, *stem));
    }
    return std::nullopt;
}

bool is_yaml(std::string_view path) {
    return path.ends_with(".yaml") || path.ends_with(".yml");
}

}  // namespace

std::optional<RecordPath> record_at(std::string_view path, std::string_view root) {
    if (path == "govctl.yaml") return RecordPath{RecordKind::project, {}, {}, "govctl"};
    const auto inner = after(path, root);
    if (!inner || !path.ends_with(".yaml")) return std::nullopt;
    if (auto proposal = proposal_of(*inner, root)) {
        const std::string_view rest = path.substr(proposal->folder.size());
        return in_proposal(*std::move(proposal), rest);
    }
    if (auto election = election_of(*inner, root)) {
        const std::string_view rest = path.substr(election->folder.size());
        return in_election(*std::move(election), rest);
    }
    return in_collection(*inner);
}

std::optional<RecordPath> proposal_around(std::string_view path, std::string_view root) {
    const auto inner = after(path, root);
    return inner ? proposal_of(*inner, root) : std::nullopt;
}

std::optional<RecordPath> election_around(std::string_view path, std::string_view root) {
    const auto inner = after(path, root);
    return inner ? election_of(*inner, root) : std::nullopt;
}

bool is_misplaced(std::string_view path, std::string_view root) {
    const auto inner = after(path, root);
    if (!inner || !is_yaml(path) || record_at(path, root)) return false;
    const bool below_records = std::any_of(std::begin(record_folders), std::end(record_folders),
                                           [&](std::string_view folder) { return inner->starts_with(folder); });
    if (!below_records) return false;
    const auto proposal = proposal_of(*inner, root);
    if (!proposal) return true;
    // A proposal's folder may hold YAML of its own, sources of effects among them.
    const std::string_view rest = path.substr(proposal->folder.size());
    return rest.starts_with("ballots/") ||
           std::find(std::begin(record_names), std::end(record_names), rest) != std::end(record_names);
}

std::string person_path(std::string_view root, std::string_view handle) {
    return fmt::format("{}people/{}.yaml", root, handle);
}

std::string organization_path(std::string_view root, std::string_view id) {
    return fmt::format("{}organizations/{}.yaml", root, id);
}

std::string charter_path(std::string_view root, std::string_view group) {
    return fmt::format("{}groups/{}/charter.yaml", root, group);
}

std::string roster_path(std::string_view root, std::string_view group) {
    return fmt::format("{}groups/{}/roster.yaml", root, group);
}

std::string decision_path(std::string_view root, std::string_view name) {
    return fmt::format("{}decisions/{}.yaml", root, name);
}

std::string ballot_path(std::string_view folder, std::string_view voter) {
    return fmt::format("{}ballots/{}.yaml", folder, voter);
}

std::string draft_folder(std::string_view root, std::string_view slug) {
    return fmt::format("{}rfcs/draft-{}/", root, slug);
}

std::string rfc_folder(std::string_view root, int number, std::string_view slug) {
    return fmt::format("{}rfcs/{:04}-{}/", root, number, slug);
}

std::string motion_folder(std::string_view root, std::string_view name) {
    return fmt::format("{}motions/{}/", root, name);
}

std::string election_folder(std::string_view root, std::string_view name) {
    return fmt::format("{}elections/{}/", root, name);
}

std::string decision_name(std::string_view date, const RecordId& subject) {
    std::string name = subject.str();
    std::replace(name.begin(), name.end(), '/', '-');
    return fmt::format("{}-{}", date, name);
}

}  // namespace govctl::record
