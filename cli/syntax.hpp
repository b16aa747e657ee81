#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "govctl/base/result.hpp"
#include "invocation.hpp"

namespace govctl::cli {

/// Where a value from the command line goes: a flag, one value, one that may be left out, or any number.
using Target = std::variant<bool*, std::string*, std::optional<std::string>*, std::vector<std::string>*>;

/// An argument without a dash: `ID`, `yes|no|abstain`.
struct Operand {
    std::string name;
    Target target;
    std::string help;
    std::vector<std::string> choices{};
};

/// `-n, --dry-run` or `--reason TEXT`.
struct Option {
    std::string names;  ///< `-n,--dry-run`
    std::string value;  ///< what stands for its value in help; empty: a flag
    Target target;
    std::string help;
    std::vector<std::string> choices{};
};

/// What a command does once its arguments are read.
using Action = std::function<Result<Exit>(const Invocation&)>;

/// What a command takes. A command describes itself here; reading the command line and printing help follow from that.
class Syntax {
public:
    Syntax(std::string name, std::string summary) : name_(std::move(name)), summary_(std::move(summary)) {}

    Syntax& operand(std::string name, Target target, std::string help, std::vector<std::string> choices = {});
    Syntax& option(std::string names, std::string value, Target target, std::string help,
                   std::vector<std::string> choices = {});
    Syntax& flag(std::string names, bool& target, std::string help);
    /// A line more of help, below what the command is.
    Syntax& note(std::string line);
    /// Takes `--format github` and `sarif` too.
    Syntax& annotates();
    /// It only reads: `--rev` has a meaning.
    Syntax& reads(Action action);
    /// It changes something: `--rev` is refused.
    Syntax& acts(Action action);
    /// A command below this one: `rfc new`.
    Syntax& below(std::string name, std::string summary);

    const std::string& name() const { return name_; }
    const std::string& summary() const { return summary_; }
    const std::vector<Operand>& operands() const { return operands_; }
    const std::vector<Option>& options() const { return options_; }
    const std::vector<std::string>& notes() const { return notes_; }
    const std::deque<Syntax>& commands() const { return commands_; }
    bool can_annotate() const { return annotates_; }
    bool only_reads() const { return only_reads_; }
    const Action& action() const { return action_; }

private:
    std::string name_;
    std::string summary_;
    std::vector<Operand> operands_;
    std::vector<Option> options_;
    std::vector<std::string> notes_;
    std::deque<Syntax> commands_;
    bool annotates_ = false;
    bool only_reads_ = true;
    Action action_;
};

/// A command whose syntax is asked for only when it is the one named: building all of them costs more than most runs.
struct Entry {
    std::string name;
    std::string summary;
    std::function<void(Syntax&)> define;
};

/// The command that a command line names.
struct Named {
    std::shared_ptr<const Syntax> root;  ///< null: none was named
    std::vector<const Syntax*> path;     ///< from the root down to the one named
};

/// Reads a command line into the targets of `globals` and of the command it names. Errors: `usage`, in git's words,
/// with what may have been meant.
Result<Named> parse(const std::vector<std::string>& arguments, const Syntax& globals,
                    const std::vector<Entry>& commands);

/// `govctl vote [<options>] ID yes|no|abstain`, one line a command below it.
std::vector<std::string> usage_lines(const std::vector<const Syntax*>& path);

/// The text of `--help` for a command.
std::string help_text(const std::vector<const Syntax*>& path);

/// The options of a syntax, one a line.
std::string options_text(const Syntax& syntax);

}  // namespace govctl::cli
