#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace govctl::app {

struct TextLine {
    int number = 1;
    std::string text;
    bool is_code = false;

    friend bool operator==(const TextLine& a, const TextLine& b) { return a.text == b.text; }  // wherever it stands
};

/// What stands under a heading of the second level in Markdown, up to the next.
struct Section {
    std::string heading;
    int line = 1;
    std::vector<TextLine> body;  ///< the lines that say something: neither blank nor a comment
};

std::vector<Section> sections_of(std::string_view markdown);

}  // namespace govctl::app
