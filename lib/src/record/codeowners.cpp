#include "govctl/record/codeowners.hpp"

namespace govctl::record {
namespace {

constexpr std::string_view any_folders = "**";

std::vector<std::string_view> cut(std::string_view path) {
    std::vector<std::string_view> pieces;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        if (slash != 0) pieces.push_back(path.substr(0, slash));
        if (slash == path.npos) break;
        path.remove_prefix(slash + 1);
    }
    return pieces;
}

bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r';
}

/// The words of a line up to a comment; a backslash takes what follows along.
std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    std::size_t at = 0;
    while (at < line.size()) {
        if (is_blank(line[at])) {
            ++at;
            continue;
        }
        if (line[at] == '#') break;
        std::string word;
        for (; at < line.size() && !is_blank(line[at]); ++at) {
            word += line[at];
            if (line[at] == '\\' && at + 1 < line.size()) word += line[++at];
        }
        words.push_back(std::move(word));
    }
    return words;
}

using Segments = std::vector<std::string>;
using Path = std::vector<std::string_view>;

struct Matcher {
    const CodeownersPattern& pattern;
    const Path& path;
    bool is_settled = false;

    bool from(std::size_t segment, std::size_t name) {
        const Segments& segments = pattern.segments;
        for (; segment < segments.size(); ++segment, ++name) {
            if (segments[segment] == any_folders) return any(segment, name);
            if (name == path.size() || !matches_segment(segments[segment], path[name])) return false;
        }
        const std::size_t below = path.size() - name;
        if (pattern.is_folder) return below > 0;
        return below == 0 || !pattern.only_files;
    }

    /// What comes before the next `**` matches best where it first does: no other place is worth a try.
    bool any(std::size_t segment, std::size_t name) {
        if (segment + 1 == pattern.segments.size()) return name < path.size();
        for (; name <= path.size() && !is_settled; ++name)
            if (from(segment + 1, name)) return true;
        is_settled = true;
        return false;
    }
};

}  // namespace

std::vector<CodeownersRule> read_codeowners(std::string_view text) {
    std::vector<CodeownersRule> rules;
    for (int line = 1; !text.empty(); ++line) {
        const std::size_t end = text.find('\n');
        std::vector<std::string> words = words_of(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        if (words.empty()) continue;
        std::string pattern = std::move(words.front());
        words.erase(words.begin());
        rules.push_back({std::move(pattern), std::move(words), line});
    }
    return rules;
}

CodeownersPattern CodeownersPattern::parse(std::string_view pattern) {
    CodeownersPattern parsed;
    parsed.is_folder = pattern.size() > 1 && pattern.ends_with('/');
    if (parsed.is_folder) pattern.remove_suffix(1);
    const bool is_anchored = pattern.find('/') != pattern.npos;
    if (!is_anchored && pattern != any_folders) parsed.segments.emplace_back(any_folders);
    for (std::string_view segment : cut(pattern)) parsed.segments.emplace_back(segment);
    parsed.only_files = is_anchored && !parsed.segments.empty() && parsed.segments.back() == "*";
    return parsed;
}

bool CodeownersPattern::matches(const std::vector<std::string_view>& path) const {
    if (segments.empty()) return false;
    return Matcher{*this, path}.from(0, 0);
}

bool matches_segment(std::string_view segment, std::string_view name) {
    // The last star is tried again, one character further on each time: no other needs to be.
    std::size_t at = 0, in = 0, star = segment.npos, star_in = 0;
    while (in < name.size()) {
        if (at < segment.size() && segment[at] == '*') {
            star = at++;
            star_in = in;
            continue;
        }
        const bool is_escaped = at + 1 < segment.size() && segment[at] == '\\';
        const std::size_t literal = is_escaped ? at + 1 : at;
        if (literal < segment.size() && ((!is_escaped && segment[literal] == '?') || segment[literal] == name[in])) {
            at = literal + 1;
            ++in;
        } else if (star != segment.npos) {
            at = star + 1;
            in = ++star_in;
        } else {
            return false;
        }
    }
    while (at < segment.size() && segment[at] == '*') ++at;
    return at == segment.size();
}

bool has_wildcard(std::string_view segment) {
    for (std::size_t i = 0; i < segment.size(); ++i) {
        if (segment[i] == '\\')
            ++i;
        else if (segment[i] == '*' || segment[i] == '?')
            return true;
    }
    return false;
}

std::string codeowners_escaped(std::string_view path) {
    std::string escaped;
    for (char c : path) {
        if (std::string_view(" \t\\*?[]#!").find(c) != std::string_view::npos) escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string codeowners_unescaped(std::string_view segment) {
    std::string name;
    for (std::size_t i = 0; i < segment.size(); ++i) {
        if (segment[i] == '\\' && i + 1 < segment.size()) ++i;
        name += segment[i];
    }
    return name;
}

Codeowners::Codeowners(std::vector<CodeownersRule> rules) : rules_(std::move(rules)) {
    patterns_.reserve(rules_.size());
    for (const CodeownersRule& rule : rules_) patterns_.push_back(CodeownersPattern::parse(rule.pattern));
}

const CodeownersRule* Codeowners::rule_of(std::string_view path) const {
    const Path pieces = cut(path);
    for (std::size_t i = rules_.size(); i-- > 0;)
        if (patterns_[i].matches(pieces)) return &rules_[i];
    return nullptr;
}

}  // namespace govctl::record
