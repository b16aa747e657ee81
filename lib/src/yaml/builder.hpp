#pragma once

#include <string_view>
#include <vector>

#include "events.hpp"
#include "govctl/yaml/document.hpp"

namespace govctl::yaml {

/// The tree of `events`, with the bytes that each value stands on. Reads `bytes` along and holds every byte outside of
/// values against what may stand there, so nothing that yaml-cpp passes over in silence goes through. Lenient: keys
/// may be long and come twice. Throws Refusal.
Node build_tree(std::string_view bytes, std::vector<Event> events, bool lenient = false);

}  // namespace govctl::yaml
