#include "govctl/base/snapshot.hpp"

#include <mbedtls/sha1.h>
#include <mbedtls/version.h>

#include <array>
#include <utility>

#include "govctl/base/text.hpp"
#include "hex.hpp"

namespace govctl {
namespace {

Error no_such_file(const std::string& path) {
    return {ErrorKind::not_found, "there is no file '" + printable(path) + "'"};
}

Error no_such_blob(const std::string& id) {
    return {ErrorKind::not_found, "there is no blob '" + printable(id) + "'"};
}

class InMemory : public Snapshot {
public:
    explicit InMemory(std::map<std::string, std::string> files) : files_(std::move(files)) {
        for (const auto& [path, bytes] : files_) paths_.emplace(blob_id(bytes), path);
    }

    Result<std::vector<FileEntry>> list() const override {
        std::vector<FileEntry> entries;
        for (const auto& [path, bytes] : files_) entries.push_back({path, blob_id(bytes)});
        return entries;
    }

    Result<std::string> read(const std::string& path) const override {
        const auto found = files_.find(path);
        return found == files_.end() ? Result<std::string>(no_such_file(path)) : found->second;
    }

    Result<std::string> read_blob(const std::string& id) const override {
        const auto found = paths_.find(id);
        return found == paths_.end() ? Result<std::string>(no_such_blob(id)) : files_.at(found->second);
    }

private:
    std::map<std::string, std::string> files_;
    std::map<std::string, std::string> paths_;  // by blob id
};

class Overlay : public Snapshot {
public:
    Overlay(std::shared_ptr<const Snapshot> base, FileChanges changes)
        : base_(std::move(base)), changes_(std::move(changes)) {
        for (const auto& [path, bytes] : changes_) {
            if (bytes) paths_.emplace(blob_id(*bytes), path);
        }
    }

    Result<std::vector<FileEntry>> list() const override {
        GOVCTL_TRY(const auto below, base_->list());
        std::map<std::string, FileEntry> entries;
        for (const auto& entry : below) entries.emplace_hint(entries.end(), entry.path, entry);
        for (const auto& [path, bytes] : changes_) lay(entries, path, bytes);
        std::vector<FileEntry> result;
        result.reserve(entries.size());
        for (auto& [path, entry] : entries) result.push_back(std::move(entry));
        return result;
    }

    Result<std::string> read(const std::string& path) const override {
        const auto change = changes_.find(path);
        if (change == changes_.end()) return base_->read(path);
        return change->second ? Result<std::string>(*change->second) : no_such_file(path);
    }

    Result<std::string> read_blob(const std::string& id) const override {
        const auto found = paths_.find(id);
        return found == paths_.end() ? base_->read_blob(id) : *changes_.at(found->second);
    }

private:
    static void lay(std::map<std::string, FileEntry>& entries, const std::string& path,
                    const std::optional<std::string>& bytes) {
        if (!bytes) {
            entries.erase(path);
            return;
        }
        FileEntry& entry = entries[path];
        const bool stays_executable = entry.mode == FileMode::executable;
        entry = {path, blob_id(*bytes), stays_executable ? FileMode::executable : FileMode::file};
    }

    std::shared_ptr<const Snapshot> base_;
    FileChanges changes_;
    std::map<std::string, std::string> paths_;  // by blob id
};

}  // namespace

std::string blob_id(const std::string& bytes) {
    const std::string object = "blob " + std::to_string(bytes.size()) + '\0' + bytes;
    const auto* input = reinterpret_cast<const unsigned char*>(object.data());
    std::array<unsigned char, 20> digest{};
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    mbedtls_sha1(input, object.size(), digest.data());
#else
    mbedtls_sha1_ret(input, object.size(), digest.data());
#endif
    return hex(digest);
}

std::shared_ptr<const Snapshot> overlay(std::shared_ptr<const Snapshot> base, FileChanges changes) {
    return std::make_shared<Overlay>(std::move(base), std::move(changes));
}

std::shared_ptr<const Snapshot> in_memory(std::map<std::string, std::string> files) {
    return std::make_shared<InMemory>(std::move(files));
}

}  // namespace govctl
