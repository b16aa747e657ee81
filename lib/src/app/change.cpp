#include <algorithm>

#include "govctl/app/acts.hpp"
#include "govctl/base/text.hpp"

namespace govctl::app {

namespace {

/// A title may hold anything; a commit's subject is one line.
std::string one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    return trim(text);
}

}  // namespace

std::string Change::message() const {
    std::string text = one_line(subject) + "\n";
    for (std::size_t i = 0; i < reasons.size(); ++i) text += (i == 0 ? "\n" : "") + one_line(reasons[i]) + "\n";
    text += "\n";
    if (!record.name.empty()) text += "Govctl-Record: " + record.str() + "\n";
    text += "Govctl-Act: " + verb + "\n";
    if (!rule.empty()) text += "Govctl-Rule: " + rule + "\n";
    return text;
}

}  // namespace govctl::app
