#pragma once

#include <vector>

#include "syntax.hpp"

/// How to add a command: write `commands/NAME.cpp` with a `define_NAME`, declare it here, and add a line to the table
/// in commands.cpp, a page `man/govctl-NAME.1` and transcripts in `tests/transcripts/NAME`.
namespace govctl::cli {

/// What the commands are grouped by in `govctl --help`.
enum class Section { start, decide, people, count, check };

struct Command {
    const char* name;
    const char* summary;  ///< one line, imperative, lower case
    Section section;
    void (*define)(Syntax& syntax);
};

const std::vector<Command>& commands();
const char* section_title(Section section);

void define_init(Syntax& syntax);
void define_status(Syntax& syntax);
void define_list(Syntax& syntax);
void define_show(Syntax& syntax);
void define_search(Syntax& syntax);
void define_log(Syntax& syntax);
void define_who(Syntax& syntax);
void define_why(Syntax& syntax);
void define_explain(Syntax& syntax);
void define_rfc(Syntax& syntax);
void define_motion(Syntax& syntax);
void define_vote(Syntax& syntax);
void define_object(Syntax& syntax);
void define_resolve(Syntax& syntax);
void define_recuse(Syntax& syntax);
void define_second(Syntax& syntax);
void define_appeal(Syntax& syntax);
void define_decide(Syntax& syntax);
void define_escalate(Syntax& syntax);
void define_election(Syntax& syntax);
void define_person(Syntax& syntax);
void define_group(Syntax& syntax);
void define_owners(Syntax& syntax);
void define_tally(Syntax& syntax);
void define_validate(Syntax& syntax);
void define_audit(Syntax& syntax);
void define_hook(Syntax& syntax);

}  // namespace govctl::cli
