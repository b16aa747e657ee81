#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "govctl/base/time.hpp"

namespace govctl::cli {

/// An instant and how far the clock that told it was ahead of UTC.
struct ZonedInstant {
    Instant at;
    int offset_minutes = 0;

    friend bool operator==(const ZonedInstant&, const ZonedInstant&) = default;
};

/// A date as git takes it in GIT_COMMITTER_DATE: `@1112911993 +0200`, RFC 2822, ISO 8601 and the like. Without a zone a
/// time is local, and `local_offset` knows how far that is from UTC; a date alone is 00:00Z. None: not a date.
std::optional<ZonedInstant> parse_git_date(std::string_view text, const std::function<int(Instant)>& local_offset);

}  // namespace govctl::cli
