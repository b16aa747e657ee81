#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "command.hpp"
#include "govctl/app/query.hpp"
#include "reading.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;

void print(Output& out, const std::vector<app::Hit>& hits) {
    const RecordId* last = nullptr;
    for (const app::Hit& hit : hits) {
        if (last == nullptr || *last != hit.record) out.line(Text(Style::name, hit.record.str()));
        last = &hit.record;
        out.line(Text(Style::faint, fmt::format("  {}:{}: ", hit.place.file, hit.place.line)) + hit.line);
    }
}

ordered_json to_json(const std::vector<app::Hit>& hits) {
    ordered_json all = ordered_json::array();
    for (const app::Hit& hit : hits) {
        all.push_back(
            {{"id", hit.record.str()}, {"file", hit.place.file}, {"line", hit.place.line}, {"text", hit.line}});
    }
    return {{"schema", "govctl.search/1"}, {"hits", std::move(all)}};
}

Result<Exit> run(const std::vector<std::string>& words, const Invocation& invocation) {
    if (words.empty()) return Error{ErrorKind::usage, "say what to search for"};
    GOVCTL_TRY(const Look seen, look(invocation));
    GOVCTL_TRY(const auto hits, app::search(*seen.state, words));
    if (invocation.format == Format::json) {
        invocation.out.json(to_json(hits));
    } else {
        print(invocation.out, hits);
    }
    return hits.empty() ? Exit::negative : Exit::done;
}

}  // namespace

void define_search(Syntax& syntax) {
    const auto words = std::make_shared<std::vector<std::string>>();
    syntax.operand("WORD", words.get(), "records that hold all of them, whatever the case")
        .note("exit 1 where nothing is found")
        .reads([words](const Invocation& invocation) { return run(*words, invocation); });
}

}  // namespace govctl::cli
