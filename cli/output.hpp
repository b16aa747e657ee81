#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "environment.hpp"

namespace govctl::cli {

enum class Style { plain, strong, faint, good, bad, warn, name };

/// One line of styled text. What is put in is made safe for a terminal here, line breaks and tabs too; nothing reaches
/// a terminal but through this and Output::json().
class Text {
public:
    Text() = default;
    Text(std::string_view plain) { add(Style::plain, plain); }
    Text(const std::string& plain) : Text(std::string_view(plain)) {}
    Text(const char* plain) : Text(std::string_view(plain)) {}
    Text(Style style, std::string_view text) { add(style, text); }

    Text& add(Style style, std::string_view text);
    Text& operator+=(const Text& more);
    friend Text operator+(Text left, const Text& right) { return left += right; }

    int width() const;  ///< in columns of a terminal
    bool empty() const { return spans_.empty(); }
    Text cut(int columns) const;  ///< with `…` at the end where something is left out
    std::string str(bool coloured) const;

private:
    struct Span {
        Style style;
        std::string text;
    };
    std::vector<Span> spans_;
};

enum class ColorChoice { automatic, always, never };

/// Where words go. Answers are kept until the end, or until something is said on stderr, and then written at once or
/// shown through the pager.
class Output {
public:
    struct Settings {
        ColorChoice color = ColorChoice::automatic;
        bool pager = true;
        bool quiet = false;
        bool verbose = false;
    };
    Output(const Environment& environment, const Settings& settings);
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    void line(const Text& text = {});                         ///< of the answer
    void lines(std::string_view paragraphs, int indent = 0);  ///< text of several lines, of the answer
    void json(const nlohmann::ordered_json& value);           ///< the answer
    void confirm(const Text& text);                           ///< that something was done; not with `-q`
    void talk(const Text& text);                              ///< to stderr, not with `-q`
    void detail(const Text& text);                            ///< to stderr, with `-v`
    void complain(const Text& text);                          ///< to stderr, always
    /// One line on stderr that replaces itself, on a terminal only; empty: takes it away.
    void progress(const Text& text);

    /// Columns a line of the answer may fill; 0: any number.
    int columns() const;

    /// Writes the answer.
    void flush();
    /// Why some of the answer could not be written, as errno; 0: all of it was.
    int failure() const { return failed_; }

private:
    bool show_in_pager();
    void to_errors(const Text& text);

    const Environment& environment_;
    Settings settings_;
    bool colours_answer_;
    bool colours_talk_;
    bool progress_shown_ = false;
    std::string answer_;
    int failed_ = 0;
};

/// Rows of cells in columns two spaces apart, as wide as their widest cell.
class Table {
public:
    void row(std::vector<Text> cells) { rows_.push_back(std::move(cells)); }
    /// The column that gives way where a terminal is too narrow.
    Table& flexible(std::size_t column);
    Table& indented(int columns);
    bool empty() const { return rows_.empty(); }
    void print(Output& out) const;

private:
    std::vector<int> widths() const;

    std::vector<std::vector<Text>> rows_;
    std::size_t flexible_ = static_cast<std::size_t>(-1);
    int indent_ = 0;
};

}  // namespace govctl::cli
