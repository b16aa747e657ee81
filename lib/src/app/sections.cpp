#include "sections.hpp"

#include "govctl/base/text.hpp"

namespace govctl::app {
namespace {

constexpr std::string_view heading_mark = "## ";

/// Tells code and comments from text, line by line.
class Reader {
public:
    void read(std::string_view line, int number) {
        const std::string text = trim(line);
        if (is_fence(text)) in_code_ = !in_code_;
        if (!in_code_ && line.starts_with(heading_mark)) {
            sections_.push_back({trim(line.substr(heading_mark.size())), number, {}});
            return;
        }
        const bool is_comment = !in_code_ && skip_comment(text);
        if (!sections_.empty() && !text.empty() && !is_comment)
            sections_.back().body.push_back({number, text, in_code_});
    }

    std::vector<Section> take() && { return std::move(sections_); }

private:
    static bool is_fence(std::string_view text) { return text.starts_with("```") || text.starts_with("~~~"); }

    /// Whether the line belongs to a comment; one that ends where text goes on is taken for text.
    bool skip_comment(std::string_view text) {
        if (!in_comment_ && !text.starts_with("<!--")) return false;
        in_comment_ = text.find("-->") == text.npos;
        return in_comment_ || text.ends_with("-->");
    }

    std::vector<Section> sections_;
    bool in_code_ = false;
    bool in_comment_ = false;
};

}  // namespace

std::vector<Section> sections_of(std::string_view markdown) {
    Reader reader;
    for (int number = 1; !markdown.empty(); ++number) {
        const std::size_t end = markdown.find('\n');
        reader.read(markdown.substr(0, end), number);
        markdown.remove_prefix(end == markdown.npos ? markdown.size() : end + 1);
    }
    return std::move(reader).take();
}

}  // namespace govctl::app
