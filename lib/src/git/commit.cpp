#include "commit.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "govctl/base/text.hpp"

namespace govctl::git {

namespace {

constexpr std::int64_t last_second = 253402300799;  // of the year 9999

Error malformed(const Oid& id, const std::string& why) {
    return {ErrorKind::invalid, "commit '" + id + "' is malformed: " + why};
}

using Stamp = std::pair<Identity, Instant>;

/// Dates are display, so one that is no date is 1970, as in git.
Instant parse_time(std::string_view text) {
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(' ')));
    std::int64_t seconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), seconds);
    return {std::clamp<std::int64_t>(seconds, 0, last_second)};
}

/// `Name <email> seconds +zone`, with git's leniency: the address ends at the first `>`, the date begins after the
/// last.
Stamp parse_stamp(std::string_view line) {
    auto opens = line.find('<');
    if (opens == std::string_view::npos) return {{trim(line), ""}, {}};
    auto closes = std::min(line.find('>', opens), line.size());
    auto last = line.rfind('>');
    Stamp stamp{{trim(line.substr(0, opens)), trim(line.substr(opens + 1, closes - opens - 1))}, {}};
    if (last != std::string_view::npos && last > opens) stamp.second = parse_time(line.substr(last + 1));
    return stamp;
}

/// The lines above the first empty one, each a key and a value; continued lines belong to the key before and are left
/// out.
class Headers {
public:
    explicit Headers(std::string_view text) : rest_(text) {}

    bool next() {
        while (!rest_.empty()) {
            auto line = rest_.substr(0, rest_.find('\n'));
            rest_.remove_prefix(std::min(rest_.size(), line.size() + 1));
            if (line.empty()) return false;
            if (line.front() == ' ') continue;
            key = line.substr(0, line.find(' '));
            value = line.substr(std::min(line.size(), key.size() + 1));
            return true;
        }
        return false;
    }

    std::string_view message() const { return rest_; }

    std::string_view key;
    std::string_view value;

private:
    std::string_view rest_;
};

/// The order of git's own; others come last.
constexpr std::string_view header_order[] = {"tree", "parent", "author", "committer", ""};

std::size_t order_of(std::string_view key) {
    const auto found = std::find(std::begin(header_order), std::end(header_order) - 1, key);
    return static_cast<std::size_t>(found - std::begin(header_order));
}

bool is_oid(std::string_view text) {
    return text.size() == GIT_OID_HEXSZ && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

ReadCommit parse_commit(const Oid& id, std::string_view bytes) {
    ReadCommit read;
    Commit& commit = read.commit;
    commit.id = id;
    const auto wrong = [&](std::string why) {
        if (read.problem.empty()) read.problem = std::move(why);
    };
    int seen[std::size(header_order)] = {};
    std::size_t reached = 0;
    Headers headers(bytes);
    while (headers.next()) {
        if (headers.key.find('\0') != headers.key.npos || headers.value.find('\0') != headers.value.npos)
            wrong("a header holds a zero byte");
        const auto place = order_of(headers.key);
        if (place < reached) wrong("its '" + std::string(headers.key) + "' comes after other headers");
        reached = std::max(reached, place);
        ++seen[place];
        const bool is_first = seen[place] == 1;
        if ((headers.key == "tree" || headers.key == "parent") && !is_oid(headers.value))
            wrong("'" + std::string(headers.value) + "' is not an object id");
        else if (headers.key == "tree" && is_first)
            commit.tree = headers.value;
        else if (headers.key == "parent")
            commit.parents.emplace_back(headers.value);
        else if (headers.key == "author" && is_first)
            std::tie(commit.author, commit.authored) = parse_stamp(headers.value);
        else if (headers.key == "committer" && is_first)
            std::tie(commit.committer, commit.committed) = parse_stamp(headers.value);
        else if (headers.key == "gpgsig" && ++read.signatures > 1)
            wrong("it has more than one signature");
    }
    for (const char* once : {"tree", "author", "committer"})
        if (const int times = seen[order_of(once)]; times != 1)
            wrong("it has " + std::to_string(times) + " " + once + "s");
    commit.message = headers.message();
    return read;
}

Result<ReadCommit> read_any_commit(const Opened& opened, const git_oid& id) {
    auto object = read_object(opened, id, GIT_OBJECT_COMMIT);
    if (object) return parse_commit(hex(id), bytes_of(*object));
    Error error{ErrorKind::environment, object.error().message};
    if (git_repository_is_shallow(opened.repository.get()) == 1)
        error.hints = {"this clone is shallow: run `git fetch --unshallow`"};
    return error;
}

Result<Commit> read_commit(const Opened& opened, const git_oid& id) {
    GOVCTL_TRY(ReadCommit read, read_any_commit(opened, id));
    if (!read.problem.empty()) return malformed(read.commit.id, read.problem);
    return std::move(read.commit);
}

Result<std::optional<git_oid>> tree_of_commit(const Opened& opened, const std::optional<Oid>& commit) {
    if (!commit) return std::optional<git_oid>();
    GOVCTL_TRY(git_oid id, parse_oid(*commit));
    GOVCTL_TRY(Commit read, read_commit(opened, id));
    GOVCTL_TRY(git_oid tree, parse_oid(read.tree));
    return std::optional(tree);
}

}  // namespace govctl::git
