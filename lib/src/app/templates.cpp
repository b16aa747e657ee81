#include "govctl/app/templates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "built_in.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/write.hpp"
#include "govctl/yaml/edit.hpp"

namespace govctl::app {

std::string_view built_in_template(std::string_view name) {
    const EmbeddedFile* file = find_embedded(embedded::templates(), name);
    assert(file);
    return file->bytes;
}

const std::vector<std::string>& rfc_types() {
    static const std::vector<std::string> types{"technical", "policy", "convention", "charter", "process"};
    return types;
}

static std::string_view readme_of(std::string_view type) {
    return built_in_template(fmt::format("rfc-{}.md", type));
}

std::vector<std::string> required_sections(std::string_view type) {
    static constexpr std::string_view heading = "## ";
    std::vector<std::string> sections;
    if (std::ranges::find(rfc_types(), type) == rfc_types().end()) return sections;
    for (const std::string& line : split(readme_of(type), '\n'))
        if (line.starts_with(heading)) sections.push_back(line.substr(heading.size()));
    return sections;
}

std::string rfc_template(std::string_view type, std::string_view title) {
    return fill_template(readme_of(type), {{"title", std::string(title)}});
}

std::string fill_template(std::string_view text, const std::map<std::string, std::string>& values) {
    std::string filled;
    while (!text.empty()) {
        const std::size_t begin = text.find("{{");
        const std::size_t end = begin == text.npos ? text.npos : text.find("}}", begin);
        if (end == text.npos) break;
        const auto value = values.find(std::string(text.substr(begin + 2, end - begin - 2)));
        filled += text.substr(0, begin);
        filled += value != values.end() ? value->second : text.substr(begin, end + 2 - begin);
        text.remove_prefix(end + 2);
    }
    return filled.append(text);
}

std::string yaml_scalar(const std::string& text) {
    return trim(yaml::emit(text));
}

static std::string draft_record(std::string_view kind, std::map<std::string, std::string> values) {
    const std::string_view text = built_in_template(fmt::format("{}.yaml", kind));
    return schema_line(kind, "../../") + fill_template(text, values);
}

std::string rfc_skeleton(const NewRfc& request, const std::string& author) {
    return draft_record("rfc", {{"slug", slug(request.title)},
                                {"title", yaml_scalar(request.title)},
                                {"type", yaml_scalar(request.type)},
                                {"group", yaml_scalar(request.group)},
                                {"author", yaml_scalar(author)}});
}

/// `subject:` and `effects:` of a motion, as far as they are known when it is drafted.
static std::string matter_of(const NewMotion& request) {
    std::vector<std::pair<std::string, yaml::Value>> entries;
    if (!request.subject.empty())
        entries.emplace_back("subject", yaml::Value::sequence({request.subject.begin(), request.subject.end()}, true));
    std::vector<yaml::Value> effects;
    for (const model::Effect& effect : request.effects) effects.push_back(record::to_value(effect));
    if (!effects.empty()) entries.emplace_back("effects", yaml::Value::sequence(std::move(effects)));
    return entries.empty() ? "" : yaml::emit(yaml::Value::mapping(std::move(entries)));
}

std::string motion_skeleton(const NewMotion& request, const std::string& author) {
    return draft_record("motion", {{"slug", slug(request.title)},
                                   {"title", yaml_scalar(request.title)},
                                   {"type", yaml_scalar(request.type)},
                                   {"group", yaml_scalar(request.group)},
                                   {"author", yaml_scalar(author)},
                                   {"matter", matter_of(request)}});
}

std::string schema_line(std::string_view kind, std::string_view to_root) {
    return fmt::format("# yaml-language-server: $schema={}{}{}.json\n", to_root, schemas_folder, kind);
}

}  // namespace govctl::app
