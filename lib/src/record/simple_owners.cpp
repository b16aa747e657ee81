// What most OWNERS files look like, read in one pass over their bytes. Whatever is not exactly that, down to a tab or a
// word that YAML takes for a number, is left to the reader of nodes; tests hold that both say the same.

#include <algorithm>
#include <initializer_list>

#include "govctl/base/id.hpp"
#include "govctl/record/owners_files.hpp"

namespace govctl::record {
namespace {

constexpr std::size_t longest = 1 << 16;  // what is longer is worth a second look

bool is_plain_text(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return (c >= ' ' && c <= '~') || c == '\n'; });
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Of logins, aliases and labels that need no quotes.
bool is_inside_word(char c, bool in_label) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || (in_label && c == '/');
}

/// YAML 1.1 makes something else of these.
bool is_special(std::string_view word) {
    constexpr std::string_view words[] = {"y",   "n",  "yes", "no",  "on",   "off",   "true", "false", "null",
                                          "Y",   "N",  "Yes", "No",  "On",   "Off",   "True", "False", "Null",
                                          "YES", "NO", "ON",  "OFF", "TRUE", "FALSE", "NULL"};
    return word.size() <= 5 && std::find(std::begin(words), std::end(words), word) != std::end(words);
}

struct Line {
    std::size_t indent = 0;
    std::string_view text{};  ///< without indentation, comment and blanks at its end; empty: says nothing
};

Line line_of(std::string_view bytes) {
    Line line;
    line.indent = std::min(bytes.find_first_not_of(' '), bytes.size());
    line.text = bytes.substr(line.indent);
    if (line.text.starts_with('#')) return {};
    if (const std::size_t comment = line.text.find(" #"); comment != line.text.npos)
        line.text = line.text.substr(0, comment);
    while (line.text.ends_with(' ')) line.text.remove_suffix(1);
    return line;
}

class SimpleReader {
public:
    SimpleReader(const std::string& file, std::string_view bytes) : bytes_(bytes) {
        owners_.file = file;
        owners_.folder = file.substr(0, file.rfind('/') + 1);
    }

    std::optional<Owners> read() {
        if (bytes_.size() > longest || !is_plain_text(bytes_)) return std::nullopt;
        for (std::size_t at = 0; at < bytes_.size(); ++number_) {
            const std::size_t end = std::min(bytes_.find('\n', at), bytes_.size());
            const Line line = line_of(bytes_.substr(at, end - at));
            at = end + 1;
            if (!line.text.empty() && !take(line)) return std::nullopt;
        }
        const bool gives_something = !owners_.lists.empty();  // else filters would count
        return ends_well() && gives_something ? std::optional(std::move(owners_)) : std::nullopt;
    }

private:
    enum class Inside { nothing, list, options };

    bool take(const Line& line) {
        if (line.text.starts_with("- ")) return take_item(line);
        return line.indent == 0 ? take_key(line.text) : take_option(line);
    }

    bool take_key(std::string_view text) {
        if (!ends_well() || !text.ends_with(':')) return false;
        text.remove_suffix(1);
        if (std::find(seen_.begin(), seen_.end(), text) != seen_.end()) return false;
        seen_.push_back(text);
        indent_.reset();
        list_ = list_called(text);
        in_labels_ = text == "labels";
        // A list of emeriti that comes first is put last by the other reader.
        if (text == "emeritus_approvers" && !owners_.emeritus.empty()) return false;
        inside_ = list_ ? Inside::list : Inside::options;
        return list_ || text == "options";
    }

    std::vector<OwnersItem>* list_called(std::string_view key) {
        if (key == "approvers") return &owners_.lists.approvers;
        if (key == "reviewers") return &owners_.lists.reviewers;
        if (key == "required_reviewers") return &owners_.lists.required_reviewers;
        if (key == "labels") return &owners_.lists.labels;
        if (key == "emeritus_approvers" || key == "emeritus_reviewers") return &owners_.emeritus;
        return nullptr;
    }

    bool take_item(const Line& line) {
        if (inside_ != Inside::list || line.indent != indent_.value_or(line.indent)) return false;
        indent_ = line.indent;
        std::string_view name = line.text.substr(1);
        const std::size_t blanks = name.find_first_not_of(' ');
        name.remove_prefix(blanks);
        const bool is_word =
            is_letter(name.front()) && !is_special(name) &&
            std::all_of(name.begin(), name.end(), [this](char c) { return is_inside_word(c, in_labels_); });
        if (!is_word) return false;
        const auto column = static_cast<int>(line.indent + 1 + blanks) + 1;
        list_->push_back({in_labels_ ? std::string(name) : normal_handle(name), number_, column});
        return true;
    }

    bool take_option(const Line& line) {
        if (inside_ != Inside::options || line.indent != indent_.value_or(line.indent)) return false;
        indent_ = line.indent;
        const std::size_t colon = line.text.find(": ");
        if (colon == line.text.npos) return false;
        const std::string_view key = line.text.substr(0, colon);
        const std::string_view value = line.text.substr(line.text.find_first_not_of(' ', colon + 1));
        if (value != "true" && value != "false") return false;
        if (std::find(seen_.begin(), seen_.end(), key) != seen_.end()) return false;
        seen_.push_back(key);
        if (key == "no_parent_owners") {
            owners_.no_parent_owners = value == "true";
        } else if (key == "auto_approve_unowned_subfolders") {
            owners_.auto_approve_unowned_subfolders = value == "true";
        } else {
            return false;
        }
        return true;
    }

    /// A key with nothing below it is left to the other reader.
    bool ends_well() const { return inside_ == Inside::nothing || indent_; }

    std::string_view bytes_;
    Owners owners_;
    int number_ = 1;  // of the line
    Inside inside_ = Inside::nothing;
    std::vector<OwnersItem>* list_ = nullptr;
    bool in_labels_ = false;
    std::optional<std::size_t> indent_;  // of what is inside
    std::vector<std::string_view> seen_;
};

}  // namespace

std::optional<Owners> read_simple_owners(const std::string& file, std::string_view bytes) {
    return SimpleReader(file, bytes).read();
}

}  // namespace govctl::record
