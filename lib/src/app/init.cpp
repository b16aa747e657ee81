#include "govctl/app/init.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "built_in.hpp"
#include "govctl/app/templates.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/owners.hpp"
#include "govctl/record/path.hpp"
#include "govctl/record/write.hpp"
#include "govctl/yaml/edit.hpp"

namespace govctl::app {
namespace {

/// The groups a project is founded with, besides the community; `steering` first.
constexpr std::array<std::string_view, 4> seated_groups{"steering", "pm-group", "front-desk", "moderation"};

/// The people a governance begins with. Only their handles, addresses and levels are known.
struct Founders {
    model::Register people;
    std::vector<std::string> steering;  ///< handles, in the order they were named
};

// ---- who they are ---------------------------------------------------------------------------------------------------

void add_person(Founders& founders, const std::string& handle, const std::string& level, Instant since) {
    model::Person person;
    person.handle = handle;
    person.ladder = {{level, since}};
    founders.people.people.emplace(handle, std::move(person));
}

/// Names with their aliases expanded, once each, in the order of the file.
std::vector<std::string> expanded(const std::vector<record::OwnersItem>& items, const record::Aliases& aliases) {
    std::vector<std::string> handles;
    const auto add = [&](const std::string& handle) {
        if (std::ranges::find(handles, handle) == handles.end()) handles.push_back(handle);
    };
    for (const record::OwnersItem& item : items) {
        const auto alias = aliases.find(item.name);
        if (alias == aliases.end())
            add(item.name);
        else
            std::ranges::for_each(alias->second, add);
    }
    return handles;
}

Result<void> check_handles(const std::vector<std::string>& handles, const std::string& file) {
    std::vector<std::string> bad;
    for (const std::string& handle : handles)
        if (!is_handle(handle)) bad.push_back(fmt::format("'{}'", handle));
    if (bad.empty()) return {};
    return Error{ErrorKind::invalid,
                 fmt::format("{} names people who cannot be handles: {}", file, join(bad, ", ")),
                 {"a handle is letters, digits and '-', at most 39 of them, and starts with no '-'"}};
}

/// The first error, as what stopped us.
Result<void> check_findings(Findings findings) {
    sort_findings(findings);
    for (const Finding& finding : findings)
        if (finding.severity == Severity::error)
            return Error{ErrorKind::invalid, finding.message, {finding.help}, finding.place};
    return {};
}

Result<record::Aliases> read_aliases(const std::optional<InputFile>& file) {
    if (!file) return record::Aliases{};
    GOVCTL_TRY(const yaml::Document document, yaml::parse(file->path, file->bytes));
    record::AliasesReading reading = record::read_aliases(document);
    GOVCTL_CHECK(check_findings(std::move(reading.findings)));
    return std::move(reading.value);
}

/// The lists for everything below the file: those at its top, or those of its filter `.*`.
Result<record::OwnersLists> read_owners(const InputFile& file) {
    GOVCTL_TRY(const yaml::Document document, yaml::parse(file.path, file.bytes));
    record::OwnersReading reading = record::read_owners(document);
    GOVCTL_CHECK(check_findings(std::move(reading.findings)));
    if (!reading.value) return Error{ErrorKind::invalid, fmt::format("{} cannot be read as OWNERS", file.path)};
    const auto everything = reading.value->filters.find(".*");
    return everything == reading.value->filters.end() ? reading.value->lists : everything->second;
}

Result<Founders> founders_from_owners(const Beginning& beginning, Instant since) {
    const InputFile& file = *beginning.owners;
    GOVCTL_TRY(const record::OwnersLists lists, read_owners(file));
    GOVCTL_TRY(const record::Aliases aliases, read_aliases(beginning.owners_aliases));
    const std::vector<std::string> approvers = expanded(lists.approvers, aliases);
    const std::vector<std::string> reviewers = expanded(lists.reviewers, aliases);
    if (approvers.empty())
        return Error{ErrorKind::invalid,
                     fmt::format("{} names no approvers", file.path),
                     {"they become the first steering committee"}};
    GOVCTL_CHECK(check_handles(approvers, file.path));
    GOVCTL_CHECK(check_handles(reviewers, file.path));

    Founders founders{{}, approvers};
    for (const std::string& handle : approvers) add_person(founders, handle, "approver", since);
    for (const std::string& handle : reviewers) add_person(founders, handle, "reviewer", since);
    for (const auto* handles : {&approvers, &reviewers})
        for (const std::string& handle : *handles) founders.people.people[handle].accounts = {{"github", handle}};
    return founders;
}

// ---- how they are known to git --------------------------------------------------------------------------------------

Result<void> add_email(Founders& founders, const std::string& handle, const std::string& address) {
    const model::Person* other = founders.people.by_email(address);
    if (other && other->handle != handle)
        return Error{ErrorKind::invalid,
                     fmt::format("{} is the address of both {} and {}", address, other->handle, handle)};
    if (!other) founders.people.people.at(handle).emails.push_back(address);
    return {};
}

/// One line `handle <address>`; the angle brackets may be missing.
Result<void> read_email_line(Founders& founders, const std::string& line, std::vector<std::string>& notes) {
    const std::size_t space = line.find_first_of(" \t");
    const std::string handle = normal_handle(line.substr(0, space));
    std::string address = space == std::string::npos ? "" : trim(line.substr(space));
    if (address.starts_with('<') && address.ends_with('>')) address = trim(address.substr(1, address.size() - 2));
    if (address.find('@') == std::string::npos || address.find_first_of(" \t<>") != std::string::npos)
        return Error{ErrorKind::invalid, fmt::format("'{}' is no line 'handle <address>'", line)};
    if (founders.people.people.contains(handle)) return add_email(founders, handle, address);
    notes.push_back(fmt::format("passed over {}, who is none of the founders", handle));
    return {};
}

Result<void> read_emails(Founders& founders, const InputFile& file, std::vector<std::string>& notes) {
    const std::vector<std::string> lines = split(file.bytes, '\n');
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string line = trim(lines[i]);
        if (line.empty() || line.starts_with('#')) continue;
        if (Result<void> read = read_email_line(founders, line, notes); !read) {
            Error error = std::move(read).error();
            error.place = Place{file.path, static_cast<int>(i) + 1, 1};
            return error;
        }
    }
    return {};
}

/// The handle that an address suggests: the login of a noreply address, else what stands before the `@`.
std::string suggested_handle(const std::string& email) {
    if (const std::string login = model::noreply_login(email); !login.empty()) return normal_handle(login);
    return slug(email.substr(0, email.find('@')));
}

Result<void> take_runner_for(Founders& founders, const std::string& handle, const git::Identity& runner) {
    GOVCTL_CHECK(add_email(founders, handle, runner.email));
    founders.people.people.at(handle).name = runner.name;
    return {};
}

/// Whoever runs this is one of the founders, if that can be told; else a note says what to do.
Result<void> find_runner(Founders& founders, const Beginning& beginning, std::vector<std::string>& notes) {
    const git::Identity& runner = beginning.runner;
    const auto& people = founders.people.people;
    if (!beginning.me.empty()) {
        const std::string me = normal_handle(beginning.me);
        if (!people.contains(me))
            return Error{ErrorKind::usage,
                         fmt::format("{} is neither approver nor reviewer in {}", me, beginning.owners->path)};
        return take_runner_for(founders, me, runner);
    }
    if (founders.people.by_email(runner.email)) return {};
    const auto guess = people.find(suggested_handle(runner.email));
    if (guess != people.end() && guess->second.emails.empty()) {
        notes.push_back(fmt::format("taking {} for {}; `--me HANDLE` would say otherwise", runner.email, guess->first));
        return take_runner_for(founders, guess->first, runner);
    }
    notes.push_back(
        fmt::format("{} is the address of none of the founders: before you can act, add it to the `emails:` of "
                    "your record in people/",
                    runner.email));
    return {};
}

Result<Founders> founder_alone(const Beginning& beginning, Instant since) {
    const bool is_told = !beginning.me.empty();
    const std::string handle = is_told ? normal_handle(beginning.me) : suggested_handle(beginning.runner.email);
    if (!is_handle(handle))
        return Error{ErrorKind::usage,
                     fmt::format("'{}' cannot be a handle", is_told ? beginning.me : beginning.runner.email),
                     {"give one with --me HANDLE: letters, digits and '-', at most 39 of them"}};
    Founders founders{{}, {handle}};
    add_person(founders, handle, "approver", since);
    GOVCTL_CHECK(take_runner_for(founders, handle, beginning.runner));
    return founders;
}

Result<Founders> gather(const Beginning& beginning, std::vector<std::string>& notes) {
    constexpr std::int64_t day = 24 * 60 * 60;
    const Instant since{beginning.now.seconds - beginning.now.seconds % day};
    GOVCTL_TRY(Founders founders,
               beginning.owners ? founders_from_owners(beginning, since) : founder_alone(beginning, since));
    if (beginning.emails) GOVCTL_CHECK(read_emails(founders, *beginning.emails, notes));
    if (beginning.owners) GOVCTL_CHECK(find_runner(founders, beginning, notes));
    return founders;
}

Result<void> check_name(const std::string& name) {
    if (!trim(name).empty() && printable(name) == name && name.find('\n') == name.npos) return {};
    return Error{ErrorKind::usage,
                 fmt::format("'{}' cannot be the name of a project", printable(name)),
                 {"give one with --name"}};
}

Result<void> check_root(const std::string& root) {
    const std::vector<std::string> folders = split(root, '/');
    const bool leads_out = root.starts_with('/') || std::ranges::any_of(folders, [](const std::string& folder) {
                               return folder == "." || folder == ".." || lower(folder) == ".git";
                           });
    if (!leads_out) return {};
    return Error{ErrorKind::usage,
                 fmt::format("'{}' cannot be the root", printable(root)),
                 {"it is a folder of this repository, counted from its top, as governance/"}};
}

// ---- the files ------------------------------------------------------------------------------------------------------

std::string project_file(const Beginning& beginning) {
    const std::string text = fill_template(built_in_template("founding/govctl.yaml"),
                                           {{"name", yaml_scalar(beginning.name)},
                                            {"branch", yaml_scalar(beginning.branch)},
                                            {"root", beginning.root.empty() ? "." : yaml_scalar(beginning.root)}});
    return schema_line("project", beginning.root) + text;
}

std::string charter_file(std::string_view group, const Founders& founders) {
    const std::string_view text = built_in_template(fmt::format("founding/{}.charter.yaml", group));
    return schema_line("charter", "../../") +
           fill_template(text, {{"seats", std::to_string(founders.steering.size())}});
}

std::string roster_file(std::string_view group, const std::vector<std::string>& members, Instant since) {
    std::vector<yaml::Value> seats;
    for (const std::string& member : members) seats.push_back(record::to_value(model::Seat{"member", member, since}));
    const bool is_empty = seats.empty();
    const yaml::Value record = yaml::Value::mapping({{"kind", "roster"},
                                                     {"group", std::string(group)},
                                                     {"seats", yaml::Value::sequence(std::move(seats), is_empty)}});
    return schema_line("roster", "../../") + std::string(built_in_template("founding/roster.yaml")) +
           yaml::emit(record);
}

std::string person_file(const model::Person& person) {
    return schema_line("person", "../") + std::string(built_in_template("founding/person.yaml")) +
           record::write_person(person);
}

FileChanges all_files(const Beginning& beginning, const Founders& founders) {
    const std::string& root = beginning.root;
    FileChanges files;
    files["govctl.yaml"] = project_file(beginning);
    for (const auto& [handle, person] : founders.people.people)
        files[record::person_path(root, handle)] = person_file(person);
    const Instant since = founders.people.people.begin()->second.ladder.front().since;
    for (const std::string_view group : seated_groups) {
        const bool is_steering = group == seated_groups.front();
        files[record::charter_path(root, group)] = charter_file(group, founders);
        files[record::roster_path(root, group)] =
            roster_file(group, is_steering ? founders.steering : std::vector<std::string>{}, since);
    }
    files[record::charter_path(root, "community")] = charter_file("community", founders);
    for (const EmbeddedFile& schema : embedded::schemas())
        files[fmt::format("{}{}{}", root, schemas_folder, schema.name)] = std::string(schema.bytes);
    return files;
}

Result<void> refuse_if_in_the_way(const Snapshot& present, const FileChanges& files) {
    GOVCTL_TRY(const std::vector<FileEntry> entries, present.list());
    for (const FileEntry& entry : entries)
        if (entry.path == "govctl.yaml")
            return Error{
                ErrorKind::blocked, "already governed: there is a govctl.yaml", {"`govctl status` shows what is open"}};
    for (const FileEntry& entry : entries)
        if (files.contains(entry.path))
            return Error{ErrorKind::blocked,
                         fmt::format("'{}' is in the way", entry.path),
                         {"`--root governance/` keeps the records in a folder of their own"}};
    return {};
}

Change founding_change(const Beginning& beginning, const Founders& founders, FileChanges files) {
    Change change;
    change.files = std::move(files);
    change.subject = fmt::format("Found the governance of {}", beginning.name);
    const std::string names = join(founders.steering, ", ");
    change.reasons = {beginning.owners ? fmt::format("The approvers of {} are the first steering committee: {}.",
                                                     beginning.owners->path, names)
                                       : fmt::format("The first steering committee is {}.", names)};
    change.record = RecordId{RecordId::Space::group, std::string(seated_groups.front())};
    change.verb = "init";
    return change;
}

std::string summary_of(const Beginning& beginning, const Founders& founders) {
    std::vector<std::string> groups(seated_groups.begin(), seated_groups.end());
    groups.front() += fmt::format(" ({}{})", join(founders.steering, ", "),
                                  beginning.owners ? " from " + beginning.owners->path : "");
    return fmt::format("initialised governance for {}: {}", beginning.name, join(groups, ", "));
}

}  // namespace

Result<Founding> init(const Snapshot& present, const Beginning& beginning) {
    Founding founding;
    GOVCTL_CHECK(check_name(beginning.name));
    GOVCTL_CHECK(check_root(beginning.root));
    GOVCTL_TRY(const Founders founders, gather(beginning, founding.notes));
    FileChanges files = all_files(beginning, founders);
    GOVCTL_CHECK(refuse_if_in_the_way(present, files));
    founding.change = founding_change(beginning, founders, std::move(files));
    founding.summary = summary_of(beginning, founders);
    return founding;
}

}  // namespace govctl::app
