#include "syntax.hpp"

#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::cli;

namespace {

/// A program with a global option, a command with operands, and one with commands below it.
struct Program {
    bool dry_run = false;
    bool help = false;
    std::vector<std::string> folders;
    std::string id, vote, reason;
    std::optional<std::string> range;
    std::vector<std::string> words;

    Syntax globals{"govctl", "a program"};
    std::vector<Entry> commands;

    Program() {
        globals.flag("-n,--dry-run", dry_run, "").flag("-h,--help", help, "").option("-C", "DIR", &folders, "");
        const auto nothing = [](const Invocation&) -> Result<Exit> { return Exit::done; };
        commands.push_back({"vote", "", [this, nothing](Syntax& syntax) {
                                syntax.operand("ID", &id, "")
                                    .operand("yes|no", &vote, "", {"yes", "no"})
                                    .option("--reason", "TEXT", &reason, "")
                                    .acts(nothing);
                            }});
        commands.push_back(
            {"audit", "", [this, nothing](Syntax& syntax) { syntax.operand("RANGE", &range, "").reads(nothing); }});
        commands.push_back(
            {"search", "", [this, nothing](Syntax& syntax) { syntax.operand("WORD", &words, "").reads(nothing); }});
        commands.push_back({"rfc", "", [this, nothing](Syntax& syntax) {
                                syntax.below("new", "").operand("TITLE", &id, "").acts(nothing);
                                syntax.below("open", "").operand("ID", &id, "").acts(nothing);
                            }});
    }

    Result<Named> read(const std::vector<std::string>& arguments) { return parse(arguments, globals, commands); }
};

std::string path_of(const Named& named) {
    std::string words;
    for (const Syntax* syntax : named.path) words += (words.empty() ? "" : " ") + syntax->name();
    return words;
}

}  // namespace

TEST_CASE("options stand before or after the command") {
    for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
             {"-n", "-C", "a", "vote", "rfc-1", "yes", "--reason", "good"},
             {"vote", "rfc-1", "yes", "--reason=good", "-n", "-C", "a"},
             {"vote", "-n", "--reason", "good", "-Ca", "rfc-1", "yes"},
             {"-C", "a", "vote", "--reason", "good", "--dry-run", "--", "rfc-1", "yes"},
         }) {
        Program program;
        const auto named = program.read(arguments);
        REQUIRE(named);
        CHECK(path_of(*named) == "vote");
        CHECK(program.dry_run);
        CHECK(program.folders == std::vector<std::string>{"a"});
        CHECK(program.id == "rfc-1");
        CHECK(program.vote == "yes");
        CHECK(program.reason == "good");
    }
}

TEST_CASE("values that look like something else") {
    Program program;
    SECTION("an empty value is a value") {
        program.reason = "before";
        REQUIRE(program.read({"vote", "rfc-1", "yes", "--reason="}));
        CHECK(program.reason.empty());
        CHECK(program.vote == "yes");
    }
    SECTION("a value that begins with a dash") {
        REQUIRE(program.read({"vote", "rfc-1", "yes", "--reason", "-1 is wrong"}));
        CHECK(program.reason == "-1 is wrong");
    }
    SECTION("words that are names of commands") {
        REQUIRE(program.read({"search", "rfc", "new", "[a,b]", "vote"}));
        CHECK(program.words == std::vector<std::string>{"rfc", "new", "[a,b]", "vote"});
    }
    SECTION("a title that is the name of a command") {
        const auto named = program.read({"rfc", "new", "open"});
        REQUIRE(named);
        CHECK(path_of(*named) == "rfc new");
        CHECK(program.id == "open");
    }
    SECTION("after two dashes nothing is an option") {
        REQUIRE(program.read({"search", "--", "--dry-run", "-n"}));
        CHECK(program.words == std::vector<std::string>{"--dry-run", "-n"});
        CHECK_FALSE(program.dry_run);
    }
    SECTION("what may be left out") {
        REQUIRE(program.read({"audit"}));
        CHECK_FALSE(program.range);
    }
    SECTION("help needs no arguments") {
        const auto named = program.read({"rfc", "open", "--help"});
        REQUIRE(named);
        CHECK(path_of(*named) == "rfc open");
        CHECK(program.help);
    }
}

TEST_CASE("what is wrong with a command line") {
    struct Case {
        std::vector<std::string> arguments;
        const char* message;
        const char* hint;
    };
    const Case cases[] = {
        {{"vtoe"}, "\"vtoe\" is not a govctl command", "did you mean \"vote\"?"},
        {{"rfc", "opne"}, "\"opne\" is not a govctl rfc command", "did you mean \"open\"?"},
        {{"xyzzy"}, "\"xyzzy\" is not a govctl command", "`govctl --help` lists the commands"},
        {{"vote"}, "missing argument: ID", "usage: govctl vote [<options>] ID yes|no"},
        {{"vote", "rfc-1"}, "missing argument: yes|no", "usage: govctl vote [<options>] ID yes|no"},
        {{"vote", "rfc-1", "yse"}, "\"yse\" is not one of yes, no", "did you mean \"yes\"?"},
        {{"vote", "rfc-1", "yes", "no"}, "unexpected argument \"no\"", "usage: govctl vote [<options>] ID yes|no"},
        {{"vote", "rfc-1", "yes", "--raeson", "x"}, "unknown option \"--raeson\"", "did you mean \"--reason\"?"},
        {{"vote", "rfc-1", "yes", "-z"}, "unknown option \"-z\"", "usage: govctl vote [<options>] ID yes|no"},
        {{"vote", "rfc-1", "yes", "--reason"},
         "option \"--reason\" requires a value",
         "usage: govctl vote [<options>] ID yes|no"},
    };
    for (const Case& each : cases) {
        CAPTURE(each.message);
        Program program;
        const auto named = program.read(each.arguments);
        REQUIRE_FALSE(named);
        CHECK(named.error().kind == ErrorKind::usage);
        CHECK(named.error().message == each.message);
        REQUIRE_FALSE(named.error().hints.empty());
        CHECK(named.error().hints.front() == each.hint);
    }
}
