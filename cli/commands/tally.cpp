#include "govctl/tally/count.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "command.hpp"
#include "govctl/app/seat_limits.hpp"
#include "govctl/base/text.hpp"
#include "govctl/tally/read.hpp"
#include "input.hpp"
#include "render/tally.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

constexpr std::uint64_t most_number = (std::uint64_t{1} << 31) - 1;
constexpr std::size_t most_spoilt_shown = 10;

struct Options {
    std::string file;
    std::optional<std::string> from;
    std::optional<std::string> method;
    std::optional<std::string> unranked;
    std::optional<std::string> seats;
    std::optional<std::string> default_option;
    std::vector<std::string> ratios;
    std::optional<std::string> eligible;
    std::optional<std::string> quorum;
    std::optional<std::string> limits;
    std::optional<std::string> tie;
    bool lenient = false;
    bool trace = false;
};

Error usage(std::string message, std::vector<std::string> hints = {}) {
    return {ErrorKind::usage, std::move(message), std::move(hints)};
}

std::vector<std::string> method_words() {
    std::vector<std::string> words;
    for (const tally::Method method : tally::all_methods()) words.emplace_back(tally::method_word(method));
    return words;
}

Result<std::uint64_t> whole_number(const char* option, const std::string& text) {
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    const std::uint64_t value = digits && text.size() <= 10 ? std::stoull(text) : 0;
    if (value > 0 && value <= most_number) return value;
    return usage(fmt::format("option \"{}\": \"{}\" is not a number from 1 to {}", option, text, most_number));
}

Result<tally::Method> method_of(const Options& options) {
    if (options.method) return *tally::parse_method(*options.method);
    return usage("option \"--method\" is required", {"one of: " + join(method_words(), ", ")});
}

Result<std::optional<tally::Unranked>> unranked_of(const Options& options, tally::Method method) {
    const bool ranks = tally::marks_of(method) == tally::Marks::ranks;
    if (!options.unranked && ranks) {
        return usage("option \"--unranked\" is required: what does it mean to leave a candidate unranked?",
                     {"last: below all that are ranked (Debian)",
                      "no-opinion: the ballot is not counted for pairs with that candidate (CIVS, Elekto)",
                      "zero: a score of 0; for methods that add up scores", "invalid: the whole ballot is not counted",
                      "there is no default: real elections come out differently"});
    }
    if (!options.unranked) return std::optional(tally::Unranked::zero);
    const auto unranked = tally::parse_unranked(*options.unranked);
    if (ranks == (unranked == tally::Unranked::zero) && unranked != tally::Unranked::invalid) {
        return usage(fmt::format("option \"--unranked\": \"{}\" is for {}, and {} counts {}", *options.unranked,
                                 ranks ? "scores" : "ranks", tally::method_word(method), ranks ? "ranks" : "scores"));
    }
    return unranked;
}

Result<tally::Candidate> option_named(const char* option, const std::string& text,
                                      const std::vector<std::string>& candidates) {
    if (const auto found = tally::find_candidate(candidates, text)) return *found;
    std::vector<std::string> hints;
    if (const auto meant = nearest(text, candidates)) hints.push_back(fmt::format("did you mean \"{}\"?", *meant));
    hints.push_back("write a name as the file has it, or its number there, counted from 1");
    return usage(fmt::format("option \"{}\": there is no candidate \"{}\"", option, text), std::move(hints));
}

/// `OPTION=3`, `OPTION=3/2`
Result<tally::Ratio> ratio_of(const std::string& text, const std::vector<std::string>& candidates) {
    const std::size_t sign = text.rfind('=');
    if (sign == std::string::npos) {
        return usage(fmt::format("option \"--ratio\": \"{}\" has no ratio", text), {"write it as OPTION=3"});
    }
    GOVCTL_TRY(const tally::Candidate option, option_named("--ratio", text.substr(0, sign), candidates));
    const std::string ratio = text.substr(sign + 1);
    const std::size_t slash = ratio.find('/');
    GOVCTL_TRY(const std::uint64_t above, whole_number("--ratio", ratio.substr(0, slash)));
    std::uint64_t below = 1;
    if (slash != std::string::npos) {
        GOVCTL_TRY(below, whole_number("--ratio", ratio.substr(slash + 1)));
    }
    return tally::Ratio{option, Rational(static_cast<std::int64_t>(above), static_cast<std::int64_t>(below))};
}

/// `A,B,C`; a name may have commas in it.
Result<std::vector<tally::Candidate>> casting_order(const std::string& text,
                                                    const std::vector<std::string>& candidates) {
    std::vector<tally::Candidate> order;
    const std::vector<std::string> words = split(text, ',');
    for (std::size_t first = 0; first < words.size();) {
        std::string named = words[first];
        std::size_t next = first + 1;
        while (!tally::find_candidate(candidates, named) && next < words.size()) named += "," + words[next++];
        if (!tally::find_candidate(candidates, named)) named = words[first];
        GOVCTL_TRY(const tally::Candidate candidate, option_named("--tie", named, candidates));
        order.push_back(candidate);
        first = next;
    }
    std::vector<tally::Candidate> sorted = order;
    std::sort(sorted.begin(), sorted.end());
    const bool twice = std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end();
    if (twice || sorted.size() != candidates.size()) {
        return usage("option \"--tie\": an order has every candidate once",
                     {"who has the casting vote puts all of them in an order, best first"});
    }
    return order;
}

Result<tally::TieBreak> tie_of(const std::optional<std::string>& text, const std::vector<std::string>& candidates) {
    tally::TieBreak tie;
    if (!text || *text == "report") return tie;
    if (text->starts_with("order:")) {
        tie.kind = tally::TieBreak::Kind::order;
        GOVCTL_TRY(tie.order, casting_order(text->substr(6), candidates));
        return tie;
    }
    if (text->starts_with("lot:") && text->size() > 4) {
        tie.kind = tally::TieBreak::Kind::lot;
        tie.seed = text->substr(4);
        return tie;
    }
    return usage(fmt::format("option \"--tie\": \"{}\" is not one of report, order:A,B,C, lot:SEED", *text));
}

Result<model::Condition> quorum_of(const Options& options) {
    const Result<model::Condition> quorum = model::Condition::parse(*options.quorum);
    if (!quorum) {
        return usage(fmt::format("option \"--quorum\": {}", quorum.error().message), quorum.error().hints);
    }
    if (quorum->names(model::Count::eligible) && !options.eligible) {
        return usage("option \"--quorum\" counts the eligible: option \"--eligible\" is required");
    }
    if (quorum->names(model::Count::above_default) && !options.default_option) {
        return usage("option \"--quorum\" counts votes above the default option: option \"--default\" is required");
    }
    return *quorum;
}

Result<tally::Question> question_of(const Options& options, const tally::Ballots& ballots, tally::Method method,
                                    std::optional<tally::Unranked> unranked) {
    tally::Question question;
    question.method = method;
    question.unranked = unranked;
    question.seats = ballots.seats.value_or(1);
    if (options.seats) {
        GOVCTL_TRY(question.seats, whole_number("--seats", *options.seats));
    }
    if (options.default_option) {
        GOVCTL_TRY(question.default_option, option_named("--default", *options.default_option, ballots.candidates()));
    }
    for (const std::string& each : options.ratios) {
        GOVCTL_TRY(const tally::Ratio ratio, ratio_of(each, ballots.candidates()));
        question.ratios.push_back(ratio);
    }
    if (!options.ratios.empty() && !options.default_option) {
        return usage("option \"--ratio\" is over the default option: option \"--default\" is required");
    }
    if (options.eligible) {
        GOVCTL_TRY(question.eligible, whole_number("--eligible", *options.eligible));
    }
    if (options.quorum) {
        GOVCTL_TRY(question.quorum, quorum_of(options));
    }
    GOVCTL_TRY(question.tie, tie_of(options.tie, ballots.candidates()));
    if (options.limits) {
        GOVCTL_TRY(std::string bytes, read_input(*options.limits));
        GOVCTL_TRY(question.limits,
                   app::read_seat_limits(*options.limits, std::move(bytes), ballots.candidates(), question.seats));
    }
    return question;
}

Result<tally::Format> format_of(const Options& options, std::string_view bytes, const std::string& file) {
    if (options.from) return *tally::parse_format(*options.from);
    if (bytes.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return tally::Format::csv;  // says that it is empty
    if (const auto guessed = tally::guess_format(bytes)) return *guessed;
    return Error{ErrorKind::invalid,
                 "no format of ballots that is known",
                 {"say which with --from csv, blt, debian, elekto or civs"},
                 Place{file}};
}

void tell_spoilt(Output& out, const tally::Read& read) {
    const std::size_t shown = std::min(read.spoilt.size(), most_spoilt_shown);
    for (std::size_t i = 0; i < shown; ++i) {
        const Error& error = read.spoilt[i].error;
        out.talk(
            Text(Style::strong, fmt::format("{}:{}:{}: ", error.place->file, error.place->line, error.place->column)) +
            Text(Style::warn, "spoilt: ") + error.message);
    }
    if (shown < read.spoilt.size()) out.talk(fmt::format("{} spoilt in all", counted(read.ballots.spoilt, "ballot")));
}

/// Errors about a file that was read show its line.
void show_lines_of(const Invocation& invocation, const std::string& file, const std::string& bytes) {
    invocation.source = [file, bytes](const std::string& asked) {
        if (asked == file) return std::optional(bytes);
        const auto other = read_input(asked);
        return other ? std::optional(*other) : std::nullopt;
    };
}

/// Tells with `-v` how long each part took.
class Stopwatch {
public:
    explicit Stopwatch(Output& out) : out_(out) {}

    void tell(const std::string& done) {
        const auto now = std::chrono::steady_clock::now();
        const auto taken = std::chrono::duration_cast<std::chrono::microseconds>(now - since_).count();
        out_.detail(fmt::format("{} in {}.{:03} ms", done, taken / 1000, taken % 1000));
        since_ = now;
    }

private:
    Output& out_;
    std::chrono::steady_clock::time_point since_ = std::chrono::steady_clock::now();
};

Result<Exit> run(const Options& options, const Invocation& invocation) {
    Stopwatch watch(invocation.out);
    GOVCTL_TRY(const tally::Method method, method_of(options));
    GOVCTL_TRY(const auto unranked, unranked_of(options, method));
    GOVCTL_TRY(const std::string bytes, read_input(options.file));
    const std::string file = options.file == "-" ? "(standard input)" : options.file;
    const auto format = format_of(options, bytes, file);
    if (!format) return format.error();
    const auto read = tally::read_ballots(bytes, *format, {file, tally::marks_of(method), options.lenient});
    if (!read) {
        show_lines_of(invocation, file, bytes);
        return read.error();
    }
    watch.tell(fmt::format("read {} as {}", counted(read->ballots.count(), "ballot"), tally::format_word(*format)));
    const auto question = question_of(options, read->ballots, method, unranked);
    if (!question) {
        show_lines_of(invocation, file, bytes);
        return question.error();
    }
    const auto result = tally::count(read->ballots, *question);
    if (!result) return usage(result.error().message, result.error().hints);
    watch.tell("counted them");
    const ShownTally shown{read->ballots, *question, *result};
    if (invocation.format == Format::json) {
        invocation.out.json(tally_json(shown, options.trace));
    } else {
        tell_spoilt(invocation.out, *read);
        print_tally(invocation.out, shown, options.trace);
    }
    return result->tie || result->elected.empty() ? Exit::negative : Exit::done;
}

}  // namespace

void define_tally(Syntax& syntax) {
    const auto options = std::make_shared<Options>();
    syntax.operand("FILE", &options->file, "the ballots; - for the standard input")
        .option("--from", "FORMAT", &options->from, "csv, elekto, civs, blt or debian; looked at where it is not said",
                {"csv", "elekto", "civs", "blt", "debian"})
        .option("--method", "METHOD", &options->method, "how to count; `man govctl-tally` has them all", method_words())
        .option("--unranked", "WORD", &options->unranked, "who is not ranked: last, no-opinion, zero or invalid",
                {"last", "no-opinion", "zero", "invalid"})
        .option("--seats", "N", &options->seats, "how many are elected; 1, or what the file says")
        .option("--default", "OPTION", &options->default_option, "the option that others must be preferred to")
        .option("--ratio", "OPTION=N", &options->ratios, "OPTION needs N times the votes against it, over the default")
        .option("--eligible", "N", &options->eligible, "how many might have voted, for --quorum")
        .option("--quorum", "CONDITION", &options->quorum, "as `above-default >= 3/2 * sqrt(eligible)`")
        .option("--limits", "FILE", &options->limits, "how many seats one organization may hold")
        .option("--tie", "HOW", &options->tie, "report, order:A,B,C (a casting vote) or lot:SEED")
        .flag("--lenient", options->lenient, "count ballots that cannot be read as spoilt")
        .flag("--trace", options->trace, "show every step")
        .note("OPTION is a name as the file has it, or its number there, counted from 1")
        .note("exit 1 where there is a tie across the last seat, or nobody is elected")
        .reads([options](const Invocation& invocation) { return run(*options, invocation); });
}

}  // namespace govctl::cli
