#include "index_file.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "files.hpp"
#include "tree.hpp"

namespace govctl::git {

namespace {

constexpr std::size_t fixed_part = 62;  ///< of an entry: dates, inode, owner, size, id, flags
constexpr std::size_t checksum_size = GIT_OID_RAWSZ;

std::uint32_t number_at(const char* bytes) {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

unsigned short_at(const char* bytes) {
    return static_cast<unsigned>(static_cast<unsigned char>(bytes[0]) << 8 | static_cast<unsigned char>(bytes[1]));
}

}  // namespace

/// Takes an index apart from front to back; a step says false where the bytes end too soon or make no sense.
class IndexReader {
public:
    explicit IndexReader(IndexFile& file)
        : file_(file), rest_(file.bytes_.data(), file.bytes_.size() - std::min(file.bytes_.size(), checksum_size)) {}

    bool header() {
        if (rest_.size() < 12 || !rest_.starts_with("DIRC")) return false;
        version_ = number_at(rest_.data() + 4);
        count_ = number_at(rest_.data() + 8);
        rest_.remove_prefix(12);
        return version_ >= 2 && version_ <= 4 && count_ <= rest_.size() / fixed_part;
    }

    bool entries() {
        file_.entries_.reserve(count_);
        for (std::uint32_t i = 0; i < count_; ++i)
            if (!entry()) return false;
        return true;
    }

    /// Takes one extension; `unknown` is set to the name of one that the index cannot be understood without.
    bool extension(std::string& unknown) {
        if (rest_.size() < 8) return false;
        auto name = rest_.substr(0, 4);
        auto size = number_at(rest_.data() + 4);
        rest_.remove_prefix(8);
        if (size > rest_.size()) return false;
        auto content = rest_.substr(0, size);
        rest_.remove_prefix(size);
        if (name[0] >= 'a' && name[0] <= 'z') unknown = name;
        return name != "TREE" || trees(content);
    }

    bool at_end() const { return rest_.empty(); }
    bool in_order() const { return in_order_; }  ///< a split index is not, and lacks names

private:
    bool entry() {
        const char* start = rest_.data();
        if (rest_.size() < fixed_part) return false;
        IndexEntry entry;
        for (int i : {0, 1}) entry.change_time[i] = number_at(start + 4 * i);
        for (int i : {0, 1}) entry.write_time[i] = number_at(start + 8 + 4 * i);
        entry.inode = number_at(start + 20);
        entry.mode = number_at(start + 24);
        entry.size = number_at(start + 36);
        std::memcpy(entry.id.id, start + 40, GIT_OID_RAWSZ);
        const unsigned flags = short_at(start + 60);
        entry.stage = static_cast<int>(flags >> 12 & 3);
        rest_.remove_prefix(fixed_part);
        if ((flags & 0x4000) != 0 && !more_flags(entry)) return false;
        if (!(version_ == 4 ? shared_path(entry) : own_path(entry, start))) return false;
        in_order_ &= !entry.path.empty() && (file_.entries_.empty() || follows(file_.entries_.back(), entry));
        file_.entries_.push_back(entry);
        return true;
    }

    bool more_flags(IndexEntry& entry) {
        if (rest_.size() < 2) return false;
        entry.skip_work_tree = (short_at(rest_.data()) & 0x4000) != 0;
        entry.intent_to_add = (short_at(rest_.data()) & 0x2000) != 0;
        rest_.remove_prefix(2);
        return true;
    }

    /// A path that ends in one to eight NULs, as many as make the entry's size a multiple of eight.
    bool own_path(IndexEntry& entry, const char* start) {
        auto end = rest_.find('\0');
        if (end == std::string_view::npos) return false;
        entry.path = rest_.substr(0, end);
        auto size = static_cast<std::size_t>(rest_.data() - start) + end;
        auto padding = 8 - size % 8;
        if (rest_.size() - end < padding) return false;
        rest_.remove_prefix(end + padding);
        return true;
    }

    /// How much of the path before does not belong to this one, then the rest of it.
    bool shared_path(IndexEntry& entry) {
        std::size_t dropped = 0;
        if (!variable_number(dropped)) return false;
        auto last = file_.entries_.empty() ? std::string_view() : file_.entries_.back().path;
        auto end = rest_.find('\0');
        if (dropped > last.size() || end == std::string_view::npos) return false;
        last.remove_suffix(dropped);
        entry.path = file_.joined_.emplace_back(std::string(last).append(rest_.substr(0, end)));
        rest_.remove_prefix(end + 1);
        return true;
    }

    bool variable_number(std::size_t& value) {
        for (int bytes = 0; bytes < 4 && !rest_.empty(); ++bytes) {
            auto byte = static_cast<unsigned char>(rest_.front());
            rest_.remove_prefix(1);
            value = (bytes == 0 ? 0 : (value + 1) << 7) | (byte & 0x7fU);
            if ((byte & 0x80) == 0) return true;
        }
        return false;
    }

    static bool follows(const IndexEntry& a, const IndexEntry& b) {
        return a.path < b.path || (a.path == b.path && a.stage < b.stage && a.stage > 0);
    }

    bool trees(std::string_view content) {
        while (!content.empty())
            if (!tree(content)) return false;
        return true;
    }

    /// `name\0entries folders\n`, and an id where the number of entries is not negative.
    bool tree(std::string_view& content) {
        auto end = content.find('\0');
        auto line = content.find('\n', std::min(end, content.size()));
        if (end == std::string_view::npos || line == std::string_view::npos) return false;
        CachedTree tree;
        tree.name = content.substr(0, end);
        auto [space, error] = std::from_chars(content.data() + end + 1, content.data() + line, tree.entries);
        if (error != std::errc() || *space != ' ') return false;
        std::from_chars(space + 1, content.data() + line, tree.folders);
        content.remove_prefix(line + 1);
        if (tree.entries >= 0) {
            if (content.size() < GIT_OID_RAWSZ) return false;
            std::memcpy(tree.id.id, content.data(), GIT_OID_RAWSZ);
            content.remove_prefix(GIT_OID_RAWSZ);
        }
        file_.trees_.push_back(tree);
        return true;
    }

    IndexFile& file_;
    std::string_view rest_;
    std::uint32_t version_ = 0;
    std::uint32_t count_ = 0;
    bool in_order_ = true;
};

Result<IndexFile> IndexFile::read(const std::string& path) {
    IndexFile file;
    struct stat status {};
    if (stat(path.c_str(), &status) != 0 && errno == ENOENT) return file;
    auto bytes = read_plain(path);
    if (!bytes) return Error{ErrorKind::environment, "cannot read the index '" + path + "'"};
    // The date from before the bytes: should it be replaced in between, its entries are trusted less, not more.
    file.written_ = status.st_mtim.tv_sec;
    file.bytes_ = *std::move(bytes);

    const Error malformed{ErrorKind::environment, "the index '" + path + "' is malformed"};
    IndexReader reader(file);
    if (!reader.header() || !reader.entries()) return malformed;
    std::string unknown;
    while (!reader.at_end())
        if (!reader.extension(unknown)) return malformed;
    if (!unknown.empty())
        return Error{ErrorKind::environment,
                     "the index '" + path + "' is split or sparse (\"" + unknown + "\"), which govctl cannot read",
                     {"run `git update-index --no-split-index`, or `git config index.sparse false` and `git "
                      "sparse-checkout reapply`"}};
    if (!reader.in_order()) return malformed;
    return file;
}

std::vector<IndexEntry>::const_iterator IndexFile::at_or_after(std::string_view path) const {
    return std::lower_bound(entries_.begin(), entries_.end(), path,
                            [](const IndexEntry& entry, std::string_view wanted) { return entry.path < wanted; });
}

const IndexEntry* IndexFile::find(std::string_view path) const {
    auto at = at_or_after(path);
    return at != entries_.end() && at->path == path ? &*at : nullptr;
}

Result<void> IndexFile::has_no_conflicts() const {
    auto conflict = std::find_if(entries_.begin(), entries_.end(), [](const auto& entry) { return entry.stage > 0; });
    if (conflict == entries_.end()) return {};
    return Error{ErrorKind::blocked,
                 "merge under way: '" + std::string(conflict->path) + "' has conflicts in the index",
                 {"finish it, or run `git merge --abort`"}};
}

Result<std::vector<FileEntry>> IndexFile::list() const {
    GOVCTL_CHECK(has_no_conflicts());
    std::vector<FileEntry> files;
    files.reserve(entries_.size());
    for (const auto& entry : entries_)
        if (!entry.intent_to_add) files.push_back(file_entry(std::string(entry.path), entry.mode, entry.id));
    return files;
}

}  // namespace govctl::git
