#include "govctl/app/ownership.hpp"

#include <algorithm>
#include <utility>

#include "govctl/base/selection.hpp"
#include "govctl/record/findings.hpp"
#include "govctl/record/owners_files.hpp"

namespace govctl::app {
namespace {

constexpr const char* owners_name = "OWNERS";
constexpr const char* aliases_path = "OWNERS_ALIASES";

bool is_markdown(std::string_view path) {
    return path.ends_with(".md");
}

Finding link_in_place_of(const std::string& path) {
    return record::found(record::owners_unreadable, {path, 1, 1}, "a symbolic link, which is not followed",
                         "put the file itself here");
}

}  // namespace

OwnersFile::OwnersFile(std::string path, std::string bytes) : path_(std::move(path)), bytes_(std::move(bytes)) {}

OwnersFile::OwnersFile(std::string path, Finding problem)
    : path_(std::move(path)), findings_{std::move(problem)}, is_parsed_(true) {}

std::shared_ptr<const yaml::Document> OwnersFile::document() const {
    if (is_parsed_) return document_;
    is_parsed_ = true;
    if (auto parsed = record::parse_owners(path_, bytes_))
        document_ = std::make_shared<const yaml::Document>(*std::move(parsed));
    return document_;
}

Ownership::Ownership(std::shared_ptr<const Snapshot> snapshot, OwnershipOptions options)
    : snapshot_(std::move(snapshot)), options_(options) {}
Ownership::Ownership(Ownership&&) noexcept = default;
Ownership& Ownership::operator=(Ownership&&) noexcept = default;
Ownership::~Ownership() = default;

Result<void> Ownership::read_all() {
    if (std::exchange(has_all_, true)) return {};
    GOVCTL_CHECK(read_aliases());
    GOVCTL_TRY(
        const auto entries,
        select(*snapshot_,
               {{owners_name}, options_.front_matter ? std::vector<std::string>{".md"} : std::vector<std::string>{}}));
    for (const FileEntry& entry : entries) GOVCTL_CHECK(read_file(entry.path, entry.mode));
    return {};
}

Result<record::PathOwners> Ownership::owners_of(std::string_view path) {
    GOVCTL_CHECK(read_aliases());
    if (!has_all_) {
        for (const std::string& folder : record::owning_folders(path)) {
            if (!known_folders_.insert(folder).second) break;  // with all above it
            const std::string file = folder.substr(0, folder.size() - std::min<std::size_t>(folder.size(), 1));
            if (options_.front_matter && is_markdown(file)) GOVCTL_CHECK(read_file(file, std::nullopt));
            GOVCTL_CHECK(read_file(folder + owners_name, std::nullopt));
        }
    }
    return tree_.owners_of(path);
}

Result<const OwnersFile*> Ownership::aliases_file() {
    GOVCTL_CHECK(read_aliases());
    return aliases_ ? &*aliases_ : nullptr;
}

Findings Ownership::findings() const {
    Findings all = aliases_ ? aliases_->findings() : Findings{};
    for (const auto& [path, file] : files_) all.insert(all.end(), file.findings().begin(), file.findings().end());
    return all;
}

/// They come first: what names they stand for is settled when a file is added.
Result<void> Ownership::read_aliases() {
    if (std::exchange(has_aliases_, true)) return {};
    GOVCTL_TRY(auto bytes, read_plain(*snapshot_, aliases_path));
    if (!bytes) return {};
    aliases_.emplace(aliases_path, *std::move(bytes));
    auto document = record::parse_owners(aliases_path, aliases_->bytes());
    aliases_->is_parsed_ = true;
    if (!document) {
        aliases_->findings_.push_back(record::unreadable_owners(document.error(), aliases_path));
        return {};
    }
    aliases_->document_ = std::make_shared<const yaml::Document>(*std::move(document));
    record::AliasesReading reading = record::read_aliases(*aliases_->document_);
    aliases_->findings_ = std::move(reading.findings);
    tree_ = record::OwnersTree({}, std::move(reading.value));
    return {};
}

Result<void> Ownership::read_file(const std::string& path, const std::optional<FileMode>& mode) {
    if (mode == FileMode::submodule || files_.contains(path)) return {};
    if (mode == FileMode::symlink) {
        if (!is_markdown(path)) files_.try_emplace(path, path, link_in_place_of(path));
        return {};
    }
    GOVCTL_TRY(auto bytes, read_plain(*snapshot_, path));
    if (!bytes) return {};
    if (!is_markdown(path)) {
        take(OwnersFile(path, *std::move(bytes)));
    } else if (auto front_matter = record::front_matter_of(*bytes)) {
        take(OwnersFile(path, *std::move(front_matter)));
    }
    return {};
}

void Ownership::take(OwnersFile file) {
    if (auto simple = record::read_simple_owners(file.path_, file.bytes_); simple && !is_markdown(file.path_)) {
        tree_.add(*std::move(simple));
        keep(std::move(file));
        return;
    }
    auto document = record::parse_owners(file.path_, file.bytes_);
    file.is_parsed_ = true;
    if (document) {
        file.document_ = std::make_shared<const yaml::Document>(*std::move(document));
        record::OwnersReading reading =
            is_markdown(file.path_) ? record::read_front_matter(*file.document_) : record::read_owners(*file.document_);
        file.findings_ = std::move(reading.findings);
        if (reading.value) tree_.add(*std::move(reading.value));
    } else if (!is_markdown(file.path_)) {
        file.findings_.push_back(record::unreadable_owners(document.error(), file.path_));
    }
    keep(std::move(file));
}

void Ownership::keep(OwnersFile file) {
    std::string path = file.path_;
    files_.insert_or_assign(std::move(path), std::move(file));
}

bool is_owners_file(std::string_view path) {
    return path == owners_name || path == aliases_path || path.ends_with("/OWNERS");
}

}  // namespace govctl::app
