// A condition, and whatever else the rule language says in one line: what is read prints as what is read again.
#include "fuzz.hpp"
#include "govctl/model/rule.hpp"

using namespace govctl;
using govctl::fuzz::must;

namespace {

template <class T>
void check(std::string_view text) {
    const Result<T> value = T::parse(text);
    if (!value) return must(value.error().place.has_value(), "an error says where", std::string(text));
    const Result<T> again = T::parse(value->str());
    must(again && *again == *value, "what is printed is read as the same", value->str());
    must(again->str() == value->str(), "what is printed prints the same", value->str());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text(data, size);
    check<model::Condition>(text);
    check<model::Amount>(text);
    check<model::Term>(text);
    check<model::Early>(text);
    check<model::TieRule>(text);
    check<model::Failure>(text);
    return 0;
}
