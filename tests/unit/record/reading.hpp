#pragma once

#include <string>
#include <type_traits>

#include "govctl/record/read.hpp"
#include "support/catch.hpp"

/// Reading from text, for tables of cases.
namespace govctl::record::test {

inline yaml::Document parsed(const std::string& path, const std::string& text) {
    auto document = yaml::parse(path, text);
    if (!document) FAIL(path << ": " << document.error().message);
    return *std::move(document);
}

/// The value of a record that has nothing wrong.
template <class Read>
auto good(Read read, const std::string& path, const std::string& text) {
    const auto document = parsed(path, text);
    const auto reading = [&] {
        if constexpr (std::is_invocable_v<Read, const yaml::Document&>) {
            return read(document);
        } else {
            return read(document, *record_at(path, ""));
        }
    }();
    for (const Finding& finding : reading.findings) FAIL_CHECK(finding.rule << " " << finding.message);
    REQUIRE(reading.value);
    return *reading.value;
}

/// `LINE:COLUMN ID message`, a line each, in the order of the file; `(no value)` where there is none.
inline std::string told(const std::string& path, const std::string& text) {
    const auto document = parsed(path, text);
    const auto where = record_at(path, "");
    REQUIRE(where);
    const auto lines = [](auto reading) {
        sort_findings(reading.findings);
        std::string all;
        for (const Finding& finding : reading.findings) {
            all += std::to_string(finding.place.line) + ":" + std::to_string(finding.place.column) + " " +
                   finding.rule + " " + finding.message + "\n";
        }
        return reading.value ? all : all + "(no value)\n";
    };
    switch (where->kind) {
        case RecordKind::project:
            return lines(read_project(document));
        case RecordKind::person:
            return lines(read_person(document, *where));
        case RecordKind::organization:
            return lines(read_organization(document, *where));
        case RecordKind::charter:
            return lines(read_charter(document, *where));
        case RecordKind::roster:
            return lines(read_roster(document, *where));
        case RecordKind::rfc:
        case RecordKind::motion:
            return lines(read_proposal(document, *where));
        case RecordKind::ballot:
            return lines(read_ballot(document, *where));
        case RecordKind::decision:
            return lines(read_decision(document, *where));
        case RecordKind::election:
            return lines(read_election(document, *where));
        case RecordKind::candidate:
            return lines(read_candidate(document, *where));
        case RecordKind::endorsement:
            return lines(read_endorsements(document, *where));
        case RecordKind::voters:
            return lines(read_voters(document, *where));
        case RecordKind::result:
            return lines(read_result(document, *where));
    }
    return "";
}

}  // namespace govctl::record::test
