#include "command.hpp"

namespace govctl::cli {

const std::vector<Command>& commands() {
    static const std::vector<Command> table = {
        {"init", "found a governance in a repository", Section::start, define_init},
        {"status", "show what is open, and what waits on whom", Section::start, define_status},
        {"list", "list records of a kind", Section::start, define_list},
        {"show", "show a record", Section::start, define_show},
        {"search", "find records by their words", Section::start, define_search},
        {"log", "list decisions, newest first, or tell a record's life", Section::start, define_log},
        {"who", "say who owns a path and who can approve a change", Section::start, define_who},
        {"why", "say which decision put a path or a line there", Section::start, define_why},
        {"explain", "explain a finding, or how a matter stands", Section::start, define_explain},

        {"rfc", "write, open and carry on RFCs", Section::decide, define_rfc},
        {"motion", "bring a motion", Section::decide, define_motion},
        {"second", "second a matter that asks for it", Section::decide, define_second},
        {"vote", "take a position on a matter", Section::decide, define_vote},
        {"object", "raise an objection", Section::decide, define_object},
        {"resolve", "resolve an objection of yours", Section::decide, define_resolve},
        {"recuse", "take no part in a matter", Section::decide, define_recuse},
        {"decide", "compute the outcome, explain it and put it in force", Section::decide, define_decide},
        {"appeal", "ask for a decision to be taken up by the group above", Section::decide, define_appeal},
        {"escalate", "take a deadlock or a dispute to the group above", Section::decide, define_escalate},

        {"person", "show, add and rename people", Section::people, define_person},
        {"election", "call elections, run and certify them", Section::people, define_election},
        {"group", "show groups, their charters and seats", Section::people, define_group},
        {"owners", "check OWNERS files, and hold changes against them", Section::people, define_owners},

        {"tally", "count anyone's ballots, no repository needed", Section::count, define_tally},

        {"validate", "check the records", Section::check, define_validate},
        {"audit", "replay the history: was every change allowed?", Section::check, define_audit},
        {"hook", "check records whenever git commits", Section::check, define_hook},
    };
    return table;
}

const char* section_title(Section section) {
    switch (section) {
        case Section::start:
            return "start and look";
        case Section::decide:
            return "decide";
        case Section::people:
            return "people and structure";
        case Section::count:
            return "count ballots";
        case Section::check:
            return "keep it true";
    }
    return "";
}

}  // namespace govctl::cli
