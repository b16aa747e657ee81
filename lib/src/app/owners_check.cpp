#include "govctl/app/owners_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "govctl/app/ownership.hpp"
#include "govctl/base/text.hpp"
#include "owners_edit.hpp"
#include "validation.hpp"

namespace govctl::app {

namespace {

using record::OwnersItem;
using record::OwnersLists;
using Names = std::vector<std::string>;

/// A quantifier without an end at the start of `text`: `*`, `+`, `{2,}`; its length, else 0.
std::size_t endless(std::string_view text) {
    if (text.starts_with('*') || text.starts_with('+')) return 1;
    if (!text.starts_with('{')) return 0;
    const std::size_t end = text.find('}');
    return end != text.npos && end > 0 && text[end - 1] == ',' ? end + 1 : 0;
}

/// `(a+)+`: what engines that backtrack need time without bounds for.
bool repeats_a_repetition(std::string_view expression) {
    std::vector<bool> groups = {false};  // whether something in it repeats
    bool in_class = false;
    bool group_ended = false, ended_group_repeats = false;
    for (std::size_t i = 0; i < expression.size();) {
        const std::size_t repetition = in_class ? 0 : endless(expression.substr(i));
        if (repetition > 0) {
            if (group_ended && ended_group_repeats) return true;
            groups.back() = true;
            group_ended = false;
            i += repetition;
            continue;
        }
        const char c = expression[i];
        group_ended = false;
        if (in_class) {
            in_class = c != ']';
        } else if (c == '[') {
            in_class = true;
        } else if (c == '(') {
            groups.push_back(false);
        } else if (c == ')' && groups.size() > 1) {
            group_ended = true;
            ended_group_repeats = groups.back();
            groups.pop_back();
            groups.back() = groups.back() || ended_group_repeats;
        }
        i += c == '\\' ? 2 : 1;
    }
    return false;
}

std::string folder_of(const std::string& path) {
    return path.substr(0, path.rfind('/') + 1);
}

/// `pkg/` → ``; `a/b/` → `a/`.
std::string above(const std::string& folder) {
    return folder.size() < 2 ? std::string() : folder.substr(0, folder.rfind('/', folder.size() - 2) + 1);
}

/// As findings name a folder.
std::string shown(const std::string& folder) {
    return folder.empty() ? "." : folder;
}

class Check {
public:
    Check(const State& state, Instant now)
        : state_(state),
          validation_(state, now),
          ownership_(state.share_snapshot(), {owners_setting(state, "front-matter") == "true"}) {}

    Result<OwnersCheck> run() {
        GOVCTL_CHECK(ownership_.read_all());
        GOVCTL_TRY(aliases_, ownership_.aliases_file());
        files_ = ownership_.tree().files();
        validation_.add(ownership_.findings());
        check_aliases();
        check_expressions();
        for (const record::Owners* owners : files_) check_emeritus(*owners);
        if (state_.is_governed()) check_against_records();
        check_unowned();
        for (const record::Owners* owners : files_) check_single(*owners);
        OwnersCheck result{std::move(validation_).take(), ownership_.files().size(), state_.files().size()};
        sort_findings(result.findings);
        return result;
    }

private:
    static Place place(const record::Owners& owners, const OwnersItem& item) {
        return {owners.file, item.line, item.column};
    }

    /// The lists of a file that say who has a say: at its top, or of its filters.
    static std::vector<const OwnersLists*> lists_of(const record::Owners& owners) {
        std::vector<const OwnersLists*> lists = {&owners.lists};
        for (const auto& [expression, filter] : owners.filters) lists.push_back(&filter);
        return lists;
    }

    template <class Each>
    static void each_item(const record::Owners& owners, std::initializer_list<record::OwnersList> kinds, Each&& each) {
        for (const OwnersLists* lists : lists_of(owners))
            for (const record::OwnersList kind : kinds)
                for (const OwnersItem& item : lists->of(kind)) each(item, kind);
    }

    /// Whom a name in a list stands for.
    Names members(const std::string& name) const {
        const auto& aliases = ownership_.tree().aliases();
        const auto alias = aliases.find(name);
        return alias == aliases.end() ? Names{name} : alias->second;
    }

    // ---- what OWNERS alone can say ----------------------------------------------------------------------------------

    void check_aliases() {
        const auto document = aliases_ ? aliases_->document() : nullptr;
        const yaml::Node* aliases = document ? document->root.find("aliases") : nullptr;
        if (!aliases) return;
        std::set<std::string> used;
        for (const record::Owners* owners : files_)
            each_item(
                *owners,
                {record::OwnersList::approvers, record::OwnersList::reviewers, record::OwnersList::required_reviewers},
                [&](const OwnersItem& item, record::OwnersList) { used.insert(item.name); });
        for (const yaml::Entry& alias : aliases->entries)
            if (!used.contains(normal_handle(alias.key.text)))
                validation_.report("GOV430", document->place(alias.key),
                                   fmt::format("no OWNERS file names the alias \"{}\"", printable(alias.key.text)),
                                   "take it out, or name it where its members own something");
    }

    void check_expressions() {
        for (const record::Owners* owners : files_) {
            const auto file =
                owners->filters.empty() ? ownership_.files().end() : ownership_.files().find(owners->file);
            const auto document = file == ownership_.files().end() ? nullptr : file->second.document();
            const yaml::Node* filters = document ? document->root.find("filters") : nullptr;
            if (!filters) continue;
            for (const yaml::Entry& filter : filters->entries)
                if (repeats_a_repetition(filter.key.text))
                    validation_.report("GOV439", document->place(filter.key),
                                       fmt::format("\"{}\" repeats a repetition", printable(filter.key.text)),
                                       "Prow and govctl match it in linear time; engines that backtrack may never end: "
                                       "repeat it once");
        }
    }

    void check_emeritus(const record::Owners& owners) {
        const auto file = owners.emeritus.empty() ? ownership_.files().end() : ownership_.files().find(owners.file);
        const auto document = file == ownership_.files().end() ? nullptr : file->second.document();
        if (!document) return;
        const auto is_emeritus = [&](const char* key, const std::string& name) {
            const yaml::Node* names = document->root.find(key);
            return names && std::any_of(names->items.begin(), names->items.end(),
                                        [&](const yaml::Node& item) { return normal_handle(item.text) == name; });
        };
        each_item(owners, {record::OwnersList::approvers, record::OwnersList::reviewers},
                  [&](const OwnersItem& item, record::OwnersList list) {
                      const bool approves = list == record::OwnersList::approvers;
                      const char* key = approves ? "emeritus_approvers" : "emeritus_reviewers";
                      if (is_emeritus(key, item.name))
                          validation_.report("GOV431", place(owners, item),
                                             fmt::format("{} stands under `{}` too", item.name, key),
                                             "an emeritus has no say: take them out of one of the two lists");
                  });
    }

    // ---- what nobody owns -------------------------------------------------------------------------------------------

    bool is_active(const std::string& name) const {
        const std::string handle = state_.is_governed() ? state_.person_of_owner(name) : std::string();
        return handle.empty() || !has_left(handle);
    }

    /// Who had levels, and has none any more.
    bool has_left(const std::string& handle) const {
        const auto& ladder = state_.people().people.at(handle).ladder;
        return !ladder.empty() && std::none_of(ladder.begin(), ladder.end(), [&](const model::LadderEntry& entry) {
            return entry.since <= validation_.now() && (!entry.until || validation_.now() < *entry.until);
        });
    }

    Names active_approvers(std::string_view path) const {
        Names names = record::names_of(ownership_.tree().owners_of(path).approvers);
        std::erase_if(names, [&](const std::string& name) { return !is_active(name); });
        return names;
    }

    bool is_unowned(std::string_view path) const {
        const record::PathOwners owners = ownership_.tree().owners_of(path);
        if (owners.needs_no_approval) return false;
        for (const record::OwnersShare& share : owners.approvers)
            for (const record::Owner& owner : *share.owners)
                if (is_active(owner.name)) return false;
        return true;
    }

    struct Count {
        std::size_t files = 0;
        std::size_t unowned = 0;
        std::string example{};
    };

    /// Whether files of one folder may have different owners.
    bool tells_files_apart(const std::string& folder) {
        const auto [known, is_new] = apart_.try_emplace(folder, false);
        if (!is_new || folder.empty()) return known->second;
        return apart_[folder] = tells_files_apart(above(folder));
    }

    /// Files of folder after folder; where no filter can tell them apart, one question answers for all.
    std::map<std::string, Count> count_unowned() {
        for (const record::Owners* owners : files_) {
            const auto is_of_some = [](const auto& filter) { return filter.first != ".*"; };
            if (std::any_of(owners->filters.begin(), owners->filters.end(), is_of_some))
                apart_[owners->folder] = true;
            else if (owners->folder == owners->file)
                apart_[folder_of(owners->file)] = true;
        }
        std::map<std::string, Count> counts;
        std::string folder;
        Count* count = nullptr;
        bool is_apart = false, is_whole_unowned = false;
        for (const FileEntry& file : state_.files()) {
            std::string in = folder_of(file.path);
            if (!count || in != folder) {
                folder = std::move(in);
                count = &counts[folder];
                is_apart = tells_files_apart(folder);
                is_whole_unowned = !is_apart && is_unowned(folder);
            }
            ++count->files;
            if (!(is_apart ? is_unowned(file.path) : is_whole_unowned)) continue;
            if (count->unowned++ == 0) count->example = file.path;
        }
        return counts;
    }

    /// The highest folders that are nobody's as a whole, and folders some of whose own files are.
    void check_unowned() {
        const std::map<std::string, Count> own = count_unowned();
        std::map<std::string, Count> whole = own;
        for (auto folder = whole.rbegin(); folder != whole.rend(); ++folder) {
            if (folder->first.empty()) continue;
            Count& parent = whole[above(folder->first)];
            parent.files += folder->second.files;
            parent.unowned += folder->second.unowned;
        }
        std::string told;  // the last folder that was told as a whole
        bool is_told = false;
        for (const auto& [folder, count] : whole) {
            if (count.unowned == 0 || (is_told && folder.starts_with(told))) continue;
            if (count.unowned == count.files) {
                told = folder;
                is_told = true;
                report_unowned(folder, fmt::format("{} ({} {})", folder.empty() ? "anything" : folder, count.files,
                                                   count.files == 1 ? "file" : "files"));
            } else if (const auto some = own.find(folder); some != own.end() && some->second.unowned > 0) {
                report_unowned(folder, fmt::format("{}: {} of {} right there", some->second.example,
                                                   some->second.unowned, some->second.files));
            }
        }
    }

    void report_unowned(const std::string& folder, const std::string& what) {
        validation_.report("GOV434", Place{shown(folder)}, "nobody who is active owns " + what,
                           fmt::format("name approvers in {}OWNERS, or above it", folder));
    }

    void check_single(const record::Owners& owners) {
        const Names active = active_approvers(owners.folder);
        if (active.size() != 1) return;
        for (const record::OwnersShare& share : ownership_.tree().owners_of(owners.folder).approvers)
            for (const record::Owner& owner : *share.owners)
                if (share.file == &owners && owner.name == active.front())
                    return validation_.report(
                        "GOV437", Place{owners.file, owner.lines.front().number, 1},
                        fmt::format("only {} can approve {}", owner.name,
                                    owners.folder.empty() ? "what lies at the top" : owners.folder),
                        "nobody stands in for them: name one more");
    }

    // ---- what the records say ---------------------------------------------------------------------------------------

    void check_against_records() {
        check_areas(validation_);
        approvers_ = asked(owners_setting(state_, "approver"));
        reviewers_ = asked(owners_setting(state_, "reviewer"));
        const bool has_areas = std::any_of(state_.people().charters.begin(), state_.people().charters.end(),
                                           [](const auto& charter) { return !charter.second.areas.empty(); });
        std::string outside;  // the last folder told to lie in no area
        for (const record::Owners* owners : files_) {
            check_people_of(*owners);
            if (!has_areas || owners->folder.empty() || state_.people().area_owner(owners->folder)) continue;
            if (!outside.empty() && owners->folder.starts_with(outside)) continue;
            outside = owners->folder;
            validation_.report("GOV435", Place{owners->file}, fmt::format("{} lies in no group's area", outside),
                               "name it under `areas:` in the charter of the group that looks after it");
        }
        for (const auto& [group, charter] : state_.charter_records())
            for (std::size_t i = 0; i < charter.value.areas.size(); ++i) check_area(charter, i);
    }

    /// Who has a level or a higher one; none: it is not asked.
    std::optional<Names> asked(const std::string& level) const {
        if (level.empty()) return std::nullopt;
        return state_.people().at_level(level, validation_.now());
    }

    /// Each person once a file and finding.
    void check_people_of(const record::Owners& owners) {
        std::set<std::string> told;
        Names unknown;
        std::optional<Place> first;
        const auto look = [&](const OwnersItem& item, record::OwnersList list) {
            for (const std::string& name : members(item.name)) {
                const std::string by = name == item.name ? "" : fmt::format(", by the alias \"{}\",", item.name);
                const std::string handle = state_.person_of_owner(name);
                if (handle.empty()) {
                    if (validation_.has_person(name) || !told.insert(name).second) continue;
                    if (!first) first = place(owners, item);
                    unknown.push_back(name);
                } else if (has_left(handle)) {
                    if (told.insert("left " + handle).second) report_left(place(owners, item), handle + by);
                } else if (const auto& level = list == record::OwnersList::approvers ? approvers_ : reviewers_;
                           level && !std::binary_search(level->begin(), level->end(), handle)) {
                    const bool approves = list == record::OwnersList::approvers;
                    if (told.insert((approves ? "approver " : "reviewer ") + handle).second)
                        report_below(place(owners, item), handle + by, approves);
                }
            }
        };
        each_item(
            owners,
            {record::OwnersList::approvers, record::OwnersList::reviewers, record::OwnersList::required_reviewers},
            look);
        if (!first) return;
        validation_.report(
            "GOV422", *first,
            fmt::format("{} {} nobody on record", join(unknown, ", "), unknown.size() == 1 ? "is" : "are"),
            fmt::format("`govctl person new` adds a person; `accounts: {{{}: LOGIN}}` in their record says which login "
                        "of OWNERS they are",
                        state_.project().accounts));
    }

    void report_left(const Place& place, const std::string& who) {
        validation_.report("GOV432", place, fmt::format("{} has left: every level of theirs is over", who),
                           "take them out, or among the emeritus: `govctl motion new ownership`");
    }

    void report_below(const Place& place, const std::string& who, bool approves) {
        validation_.report("GOV433", place,
                           fmt::format("{} is no {}, as govctl.yaml asks of {}", who,
                                       owners_setting(state_, approves ? "approver" : "reviewer"),
                                       approves ? "approvers" : "reviewers"),
                           "`govctl motion new promotion` gives a level");
    }

    void check_area(const Loaded<model::Charter>& charter, std::size_t index) {
        std::string folder = charter.value.areas[index];
        if (!folder.empty() && !folder.ends_with('/')) folder += '/';
        const auto owners = std::find_if(files_.begin(), files_.end(),
                                         [&](const record::Owners* each) { return each->folder == folder; });
        if (owners != files_.end() && charter.value.type != model::GroupType::community)
            check_roster(charter.value, **owners);
        check_organizations(charter, index, folder);
    }

    /// Who approves in a group's area without a seat in it.
    void check_roster(const model::Charter& charter, const record::Owners& owners) {
        const Names seated = state_.people().seated(charter.id, std::nullopt, validation_.now());
        std::set<std::string> outside;
        std::optional<Place> first;
        each_item(owners, {record::OwnersList::approvers}, [&](const OwnersItem& item, record::OwnersList) {
            for (const std::string& name : members(item.name)) {
                const std::string handle = state_.person_of_owner(name);
                if (handle.empty() || std::binary_search(seated.begin(), seated.end(), handle)) continue;
                outside.insert(handle);
                if (!first) first = place(owners, item);
            }
        });
        if (!first) return;
        const Names names(outside.begin(), outside.end());
        validation_.report("GOV436", *first,
                           fmt::format("{} {} no seat in \"{}\", whose area this is", join(names, ", "),
                                       names.size() == 1 ? "has" : "have", charter.id),
                           "`govctl motion new appointment` seats them, `govctl motion new ownership` takes them out");
    }

    /// The limit of a charter on its approvers; without one all of several must not be of one organization.
    static bool is_too_many(std::int64_t count, std::int64_t all, const model::Charter& charter) {
        for (const model::SeatLimit& limit : charter.limits)
            if (limit.of == "approvers" && limit.per == "organization")
                return Rational(count) > (limit.is_share ? limit.at_most * Rational(all) : limit.at_most);
        return all > 1 && count == all;
    }

    void check_organizations(const Loaded<model::Charter>& charter, std::size_t index, const std::string& folder) {
        std::set<std::string> people;
        for (const std::string& name : active_approvers(folder))
            if (std::string handle = state_.person_of_owner(name); !handle.empty()) people.insert(std::move(handle));
        std::map<std::string, std::int64_t> counts;
        for (const std::string& handle : people)
            if (const auto family = state_.people().employer_family(handle, validation_.now())) ++counts[*family];
        const auto all = static_cast<std::int64_t>(people.size());
        for (const auto& [organization, count] : counts)
            if (is_too_many(count, all, charter.value))
                validation_.report("GOV438", charter, {"areas", index},
                                   fmt::format("{} of the {} approvers of {} {} of {}", count, all, shown(folder),
                                               count == 1 ? "is" : "are", organization),
                                   "approvers of other organizations keep an area from being one's alone");
    }

    const State& state_;
    Validation validation_;
    Ownership ownership_;
    const OwnersFile* aliases_ = nullptr;
    std::vector<const record::Owners*> files_;
    std::unordered_map<std::string, bool> apart_;  // folders by whether filters tell their files apart
    std::optional<Names> approvers_, reviewers_;   // who is of the level asked
};

}  // namespace

Result<OwnersCheck> check_ownership(const State& state, Instant now) {
    return Check(state, now).run();
}

}  // namespace govctl::app
