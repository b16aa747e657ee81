#include <algorithm>

#include "fuzz.hpp"
#include "govctl/record/owners.hpp"

using namespace govctl;
using namespace govctl::record;
using govctl::fuzz::must;

namespace {

constexpr const char* paths[] = {"", "x", "pkg/", "pkg/x.go", "pkg/a/b/c.md", "pkg", "/", "pkg//x"};

void check_names(const std::vector<std::string>& names, const std::string& bytes) {
    must(std::is_sorted(names.begin(), names.end()), "names are sorted", bytes);
    must(std::adjacent_find(names.begin(), names.end()) == names.end(), "nobody is named twice", bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto document = yaml::parse("pkg/OWNERS", std::string(fuzz::text(data, size)));
    if (!document) return 0;
    const Aliases aliases = read_aliases(*document).value;
    const OwnersReading reading = read_owners(*document);
    must(reading.value || !reading.findings.empty(), "a value that is not there has a reason", document->bytes);
    if (!reading.value) return 0;
    must(reading.value->folder == "pkg/", "a file owns its folder");
    Owners top = *reading.value;
    top.folder.clear();
    const OwnersTree tree({*reading.value, top}, aliases);
    for (const char* path : paths) {
        check_names(tree.approvers(path), document->bytes);
        check_names(tree.reviewers(path), document->bytes);
    }
    return 0;
}
