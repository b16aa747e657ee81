#include <fmt/format.h>

#include <algorithm>

#include "govctl/app/templates.hpp"
#include "govctl/base/text.hpp"
#include "sections.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

const Section* find_section(const std::vector<Section>& sections, const std::string& heading) {
    const auto found = std::find_if(sections.begin(), sections.end(),
                                    [&](const Section& section) { return lower(section.heading) == lower(heading); });
    return found == sections.end() ? nullptr : &*found;
}

/// The sections an RFC of this type begins with: the repository's own template before ours.
std::vector<Section> template_sections(const State& state, const std::string& type) {
    for (const std::string& name : {fmt::format("rfc-{}.md", type), std::string("rfc.md")}) {
        const auto own = state.snapshot().read(fmt::format("{}templates/{}", state.root(), name));
        if (own) return sections_of(*own);
    }
    return required_sections(type).empty() ? std::vector<Section>{} : sections_of(rfc_template(type, ""));
}

/// The first line that is still the template's; null: none.
const TextLine* unfilled_line(const Section& section, const Section* in_template) {
    for (const TextLine& line : section.body) {
        if (!line.is_code && line.text.starts_with("TODO")) return &line;
    }
    const bool is_untouched = in_template && !section.body.empty() && section.body == in_template->body;
    return is_untouched ? &section.body.front() : nullptr;
}

const char* what_to_write(const std::string& heading) {
    return heading == "Drawbacks" ? "say at least one" : "write it in your own words";
}

void check_filled(Validation& validation, const std::string& file, const Section& section, const Section* in_template) {
    if (const TextLine* line = unfilled_line(section, in_template))
        validation.report("GOV105", Place{file, line->number, 1},
                          fmt::format("section \"{}\" still holds the template's text", section.heading),
                          what_to_write(section.heading));
    else if (in_template && section.body.empty())
        validation.report("GOV106", Place{file, section.line, 1},
                          fmt::format("section \"{}\" is empty", section.heading),
                          "those who vote will want to read it");
}

}  // namespace

void check_sections(Validation& validation, const Matter& matter) {
    const model::Proposal& proposal = matter.proposal();
    if (!proposal.is_rfc) return;
    const std::string file = matter.folder() + "README.md";
    const auto readme = validation.state().snapshot().read(file);
    const std::vector<Section> sections = readme ? sections_of(*readme) : std::vector<Section>{};
    const std::vector<Section> asked = template_sections(validation.state(), proposal.type);
    std::vector<std::string> missing;
    for (const Section& each : asked) {
        if (!find_section(sections, each.heading)) missing.push_back(each.heading);
    }
    if (!missing.empty())
        validation.report(
            "GOV104", Place{readme ? file : matter.record.path},
            fmt::format("{}: \"{}\"", readme ? "sections are missing" : "README.md is missing, with its sections",
                        join(missing, "\", \"")),
            fmt::format("an RFC of type {} has them", proposal.type));
    for (const Section& section : sections)
        check_filled(validation, file, section, find_section(asked, section.heading));
}

}  // namespace govctl::app
