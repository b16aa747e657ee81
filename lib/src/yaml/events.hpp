#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "govctl/yaml/document.hpp"

namespace govctl::yaml {

/// What yaml-cpp tells about a document, in order. It knows where values begin, but not where they end.
struct Event {
    enum class Type { scalar, null, sequence_start, sequence_end, mapping_start, mapping_end };

    Type type = Type::scalar;
    Mark mark{};         ///< not of ends
    bool flow = false;   ///< of starts
    std::string text{};  ///< of a scalar
};

/// The events of the only document in `bytes`; none when there is nothing in it. Throws Refusal.
std::vector<Event> read_events(std::string_view bytes, const Limits& limits);

}  // namespace govctl::yaml
