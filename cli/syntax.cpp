#include "syntax.hpp"

#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <map>

#include "govctl/base/text.hpp"

namespace govctl::cli {

Syntax& Syntax::operand(std::string name, Target target, std::string help, std::vector<std::string> choices) {
    operands_.push_back({std::move(name), target, std::move(help), std::move(choices)});
    return *this;
}

Syntax& Syntax::option(std::string names, std::string value, Target target, std::string help,
                       std::vector<std::string> choices) {
    options_.push_back({std::move(names), std::move(value), target, std::move(help), std::move(choices)});
    return *this;
}

Syntax& Syntax::flag(std::string names, bool& target, std::string help) {
    return option(std::move(names), "", &target, std::move(help));
}

Syntax& Syntax::note(std::string line) {
    notes_.push_back(std::move(line));
    return *this;
}

Syntax& Syntax::annotates() {
    annotates_ = true;
    return *this;
}

Syntax& Syntax::reads(Action action) {
    action_ = std::move(action);
    return *this;
}

Syntax& Syntax::acts(Action action) {
    only_reads_ = false;
    action_ = std::move(action);
    return *this;
}

Syntax& Syntax::below(std::string name, std::string summary) {
    return commands_.emplace_back(std::move(name), std::move(summary));
}

namespace {

using Path = std::vector<const Syntax*>;

bool is_flag(const Option& option) {
    return option.value.empty();
}
bool is_many(const Target& target) {
    return std::holds_alternative<std::vector<std::string>*>(target);
}
bool is_optional(const Target& target) {
    return std::holds_alternative<std::optional<std::string>*>(target);
}

std::string spoken(const Path& path) {
    std::string words = "govctl";
    for (const Syntax* syntax : path) words += " " + syntax->name();
    return words;
}

Error usage_error(std::string message, const Path& path, std::vector<std::string> hints = {}) {
    for (const std::string& line : usage_lines(path)) hints.push_back("usage: " + line);
    return {ErrorKind::usage, std::move(message), std::move(hints)};
}

Error misspelt(const std::string& word, const Path& above, const std::vector<std::string>& known) {
    std::vector<std::string> hints;
    if (const auto meant = nearest(word, known)) hints.push_back(fmt::format("did you mean \"{}\"?", *meant));
    hints.push_back(fmt::format("`{} --help` lists the commands", spoken(above)));
    return {ErrorKind::usage, fmt::format("\"{}\" is not a {} command", word, spoken(above)), std::move(hints)};
}

/// `-n` or `--name`, not a dash alone or a negative number.
bool looks_like_option(const std::string& argument) {
    return argument.size() > 1 && argument[0] == '-' && (argument[1] < '0' || argument[1] > '9');
}

Result<void> store(const std::string& what, const Target& target, const std::vector<std::string>& choices,
                   const std::string& value, const Path& path) {
    if (!choices.empty() && std::find(choices.begin(), choices.end(), value) == choices.end()) {
        std::vector<std::string> hints;
        if (const auto meant = nearest(value, choices)) hints.push_back(fmt::format("did you mean \"{}\"?", *meant));
        return usage_error(fmt::format("{}\"{}\" is not one of {}", what, value, join(choices, ", ")), path,
                           std::move(hints));
    }
    if (const auto* one = std::get_if<std::string*>(&target)) **one = value;
    if (const auto* maybe = std::get_if<std::optional<std::string>*>(&target)) **maybe = value;
    if (const auto* many = std::get_if<std::vector<std::string>*>(&target)) (*many)->push_back(value);
    return {};
}

/// Reads one command line. CLI11, which is used nowhere else, tells options from the rest and follows commands;
/// operands, choices and all wording are ours.
class Reader {
public:
    Reader(const Syntax& globals, const std::vector<Entry>& commands) : commands_(commands) {
        prepare(app_, globals);
        for (const Entry& entry : commands) {
            CLI::App* below = app_.add_subcommand(entry.name, "");
            below->preparse_callback([this, &entry, below](std::size_t) {
                root_ = std::make_shared<Syntax>(entry.name, entry.summary);
                entry.define(*root_);
                prepare(*below, *root_);
            });
        }
    }

    Result<Named> read(const std::vector<std::string>& arguments) {
        const auto [before, after] = cut(arguments);
        try {
            app_.parse(std::vector<std::string>(before.rbegin(), before.rend()));
        } catch (const CLI::ParseError& error) {
            // The only ones left to CLI11: an option at the end that wants a value, and a flag that wants none.
            follow();
            const std::string name = split(error.what(), ':').front();
            const bool lacks =
                dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr && name.find(' ') == name.npos;
            return usage_error(lacks ? fmt::format("option \"{}\" requires a value", name) : lower(error.what()),
                               path_);
        }
        follow();
        GOVCTL_CHECK(take_options());
        GOVCTL_CHECK(take_operands(app_.remaining(), after));
        return Named{root_, path_};
    }

private:
    /// What stands before `--`, with `--name=` as two arguments (CLI11 would take the next one for the value), and
    /// after.
    static std::pair<std::vector<std::string>, std::vector<std::string>> cut(
        const std::vector<std::string>& arguments) {
        const auto end = std::find(arguments.begin(), arguments.end(), "--");
        std::vector<std::string> before;
        for (auto argument = arguments.begin(); argument != end; ++argument) {
            const bool empty_value = argument->size() > 3 && argument->compare(0, 2, "--") == 0 &&
                                     argument->find('=') == argument->size() - 1;
            before.push_back(empty_value ? argument->substr(0, argument->size() - 1) : *argument);
            if (empty_value) before.emplace_back();
        }
        return {std::move(before), {end == arguments.end() ? end : end + 1, arguments.end()}};
    }

    void prepare(CLI::App& app, const Syntax& syntax) {
        app.set_help_flag();
        app.allow_extras();
        app.fallthrough();
        app.require_subcommand(0, 1);
        for (const Option& option : syntax.options()) {
            CLI::Option* added =
                is_flag(option) ? app.add_flag(option.names) : app.add_option(option.names)->expected(1);
            added->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
            options_.emplace_back(&option, added);
        }
        for (const Syntax& below : syntax.commands()) prepare(*app.add_subcommand(below.name(), ""), below);
    }

    /// From the command CLI11 came to first down to the last.
    void follow() {
        path_.clear();
        if (root_ == nullptr) return;
        path_.push_back(root_.get());
        const CLI::App* app = app_.get_subcommands().front();
        while (!app->get_subcommands().empty()) {
            app = app->get_subcommands().front();
            for (const Syntax& below : path_.back()->commands()) {
                if (below.name() == app->get_name()) {
                    path_.push_back(&below);
                    break;
                }
            }
        }
    }

    Result<void> take_options() {
        for (const auto& [option, read] : options_) {
            if (is_flag(*option)) {
                if (read->count() > 0) *std::get<bool*>(option->target) = true;
                if (read->check_lname("help")) wants_help_ = read->count() > 0;
                continue;
            }
            const std::string what = fmt::format("option \"{}\": ", read->get_name());
            for (const std::string& value : read->results()) {
                GOVCTL_CHECK(store(what, option->target, option->choices, value, path_));
            }
        }
        return {};
    }

    Result<void> take_operands(const std::vector<std::string>& before, const std::vector<std::string>& after) {
        std::vector<std::string> words;
        for (const std::string& argument : before) {
            if (looks_like_option(argument)) return unknown_option(argument);
            words.push_back(argument);
        }
        words.insert(words.end(), after.begin(), after.end());
        if (wants_help_) return {};
        if (path_.empty() || !path_.back()->commands().empty()) return take_command(words);
        return fill(path_.back()->operands(), words);
    }

    Result<void> take_command(const std::vector<std::string>& words) {
        std::vector<std::string> known;
        if (path_.empty()) {
            for (const Entry& entry : commands_) known.push_back(entry.name);
        } else {
            for (const Syntax& below : path_.back()->commands()) known.push_back(below.name());
        }
        if (!words.empty()) return misspelt(words.front(), path_, known);
        return {};
    }

    Result<void> fill(const std::vector<Operand>& operands, const std::vector<std::string>& words) {
        std::size_t next = 0;
        for (const Operand& operand : operands) {
            if (is_many(operand.target)) {
                for (; next < words.size(); ++next) {
                    GOVCTL_CHECK(store("", operand.target, operand.choices, words[next], path_));
                }
            } else if (next < words.size()) {
                GOVCTL_CHECK(store("", operand.target, operand.choices, words[next++], path_));
            } else if (!is_optional(operand.target)) {
                return usage_error(fmt::format("missing argument: {}", operand.name), path_);
            }
        }
        if (next < words.size()) return usage_error(fmt::format("unexpected argument \"{}\"", words[next]), path_);
        return {};
    }

    Error unknown_option(const std::string& argument) {
        const std::string name = split(argument, '=').front();
        std::vector<std::string> known;
        for (const auto& [option, read] : options_) {
            for (const std::string& each : split(option->names, ',')) known.push_back(each);
        }
        std::vector<std::string> hints;
        if (const auto meant = name.size() > 2 ? nearest(name, known) : std::nullopt) {
            hints.push_back(fmt::format("did you mean \"{}\"?", *meant));
        }
        return usage_error(fmt::format("unknown option \"{}\"", name), path_, std::move(hints));
    }

    const std::vector<Entry>& commands_;
    CLI::App app_;
    std::vector<std::pair<const Option*, CLI::Option*>> options_;
    std::shared_ptr<Syntax> root_;
    Path path_;
    bool wants_help_ = false;
};

constexpr std::size_t help_column = 26;

std::string help_line(const std::string& left, const std::string& right) {
    if (left.size() + 2 > help_column - 4) return fmt::format("    {}\n{:{}}{}\n", left, "", help_column, right);
    return fmt::format("    {:<{}}{}\n", left, help_column - 4, right);
}

std::string option_head(const Option& option) {
    const std::string names = join(split(option.names, ','), ", ");
    const std::string indented = names.compare(0, 2, "--") == 0 ? "    " + names : names;
    return is_flag(option) ? indented : indented + " " + option.value;
}

std::string operand_usage(const Operand& operand) {
    if (is_many(operand.target)) return fmt::format("[{}...]", operand.name);
    return is_optional(operand.target) ? fmt::format("[{}]", operand.name) : operand.name;
}

}  // namespace

Result<Named> parse(const std::vector<std::string>& arguments, const Syntax& globals,
                    const std::vector<Entry>& commands) {
    return Reader(globals, commands).read(arguments);
}

std::vector<std::string> usage_lines(const Path& path) {
    if (path.empty()) return {"govctl [-C DIR] <command> [<options>] [<arguments>]"};
    const Syntax& last = *path.back();
    if (last.commands().empty()) {
        std::string line = spoken(path);
        if (!last.options().empty()) line += " [<options>]";
        for (const Operand& operand : last.operands()) line += " " + operand_usage(operand);
        return {line};
    }
    std::vector<std::string> lines;
    for (const Syntax& below : last.commands()) {
        Path longer = path;
        longer.push_back(&below);
        const std::vector<std::string> more = usage_lines(longer);
        lines.insert(lines.end(), more.begin(), more.end());
    }
    return lines;
}

std::string options_text(const Syntax& syntax) {
    std::string text;
    for (const Option& option : syntax.options()) text += help_line(option_head(option), option.help);
    return text;
}

std::string help_text(const Path& path) {
    const Syntax& last = *path.back();
    std::string text;
    for (const std::string& line : usage_lines(path)) text += (text.empty() ? "usage: " : "   or: ") + line + "\n";
    text += "\n" + last.summary() + "\n";
    for (const std::string& note : last.notes()) text += note + "\n";
    if (!last.operands().empty()) text += "\n";
    for (const Operand& operand : last.operands()) text += help_line(operand.name, operand.help);
    if (!last.options().empty()) text += "\n" + options_text(last);
    if (!last.commands().empty()) text += "\n";
    for (const Syntax& below : last.commands()) text += help_line(below.name(), below.summary());
    return text + fmt::format("\n`man govctl-{}` says more; `govctl --help` lists what every command takes\n",
                              path.front()->name());
}

}  // namespace govctl::cli
