#pragma once

#include <string>
#include <string_view>
#include <vector>

/// CODEOWNERS as GitHub reads it: patterns as in .gitignore, of which the last that matches a path says whose it is.
namespace govctl::record {

struct CodeownersRule {
    std::string pattern;              ///< as written
    std::vector<std::string> owners;  ///< `@ada`, `@org/team`, `ada@example.org`; none: nobody's
    int line = 1;
};

/// The lines that say something.
std::vector<CodeownersRule> read_codeowners(std::string_view text);

/// A pattern cut at its slashes.
struct CodeownersPattern {
    std::vector<std::string> segments;  ///< with wildcards and backslashes as written; `**` for any folders
    bool is_folder = false;             ///< it ends in a slash: what lies below
    bool only_files = false;            ///< it ends in `/*`: what lies right there and not below

    static CodeownersPattern parse(std::string_view pattern);
    bool matches(const std::vector<std::string_view>& path) const;
};

/// Whether a name matches one segment of a pattern, which may hold `*`, `?` and backslashes.
bool matches_segment(std::string_view segment, std::string_view name);
bool has_wildcard(std::string_view segment);

/// A path, or a part of one, as a pattern that matches nothing else.
std::string codeowners_escaped(std::string_view path);
/// A segment without wildcards as the name it means.
std::string codeowners_unescaped(std::string_view segment);

class Codeowners {
public:
    explicit Codeowners(std::vector<CodeownersRule> rules);

    const std::vector<CodeownersRule>& rules() const { return rules_; }
    /// The rule that a file goes by; null: none.
    const CodeownersRule* rule_of(std::string_view path) const;

private:
    std::vector<CodeownersRule> rules_;
    std::vector<CodeownersPattern> patterns_;
};

}  // namespace govctl::record
