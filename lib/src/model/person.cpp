#include "govctl/model/person.hpp"

namespace govctl::model {

std::optional<std::string> employer(const Person& person, Instant at) {
    const Affiliation* latest = nullptr;
    for (const Affiliation& affiliation : person.affiliations) {
        const bool current = affiliation.since <= at && (!affiliation.until || at < *affiliation.until);
        if (current && (!latest || latest->since <= affiliation.since)) latest = &affiliation;
    }
    if (!latest || latest->organization == "independent") return std::nullopt;
    return latest->organization;
}

}  // namespace govctl::model
