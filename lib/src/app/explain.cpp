#include "govctl/app/explain.hpp"

#include <algorithm>
#include <span>

#include "govctl/base/embedded.hpp"

namespace govctl::embedded {

std::span<const EmbeddedFile> pages();  // lib/src/app/pages

}  // namespace govctl::embedded

namespace govctl::app::explain {

static std::string upper(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return result;
}

std::optional<std::string_view> page(std::string_view id) {
    const EmbeddedFile* file = find_embedded(embedded::pages(), upper(id) + ".md");
    return file ? std::optional(file->bytes) : std::nullopt;
}

std::vector<std::string> all() {
    std::vector<std::string> ids;
    for (const EmbeddedFile& file : embedded::pages()) ids.emplace_back(file.name.substr(0, file.name.rfind('.')));
    return ids;
}

}  // namespace govctl::app::explain
