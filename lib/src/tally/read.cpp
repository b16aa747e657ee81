#include "govctl/tally/read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "govctl/base/text.hpp"
#include "reading.hpp"

namespace govctl::tally {
namespace {

constexpr std::size_t most_spoilt_told = 100;

struct FormatWord {
    Format format;
    std::string_view word;
};

constexpr std::array<FormatWord, 5> format_words = {{
    {Format::csv, "csv"},
    {Format::elekto, "elekto"},
    {Format::civs, "civs"},
    {Format::blt, "blt"},
    {Format::debian, "debian"},
}};

std::string_view without_mark(std::string_view bytes) {
    return bytes.starts_with("\xef\xbb\xbf") ? bytes.substr(3) : bytes;
}

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string_view line_at(std::string_view bytes, std::size_t at) {
    return bytes.substr(at, bytes.find('\n', at) - at);
}

/// The first line that says something in a BLT file.
std::string_view first_line(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        const std::string_view line = line_at(bytes, at);
        const std::size_t begin = line.find_first_not_of(" \t\r");
        if (begin != std::string_view::npos && line[begin] != '#') return line.substr(begin);
        at += line.size() + 1;
    }
    return {};
}

/// `4 2`, and more of the same where a file has no line breaks.
bool looks_like_blt(std::string_view bytes) {
    const std::string line(first_line(bytes).substr(0, 100));
    std::vector<std::string> words;
    for (const std::string& word : split(line, ' '))
        if (!trim(word).empty()) words.push_back(trim(word));
    return words.size() >= 2 && is_number(words[0]) && is_number(words[1]);
}

bool looks_like_debian(std::string_view bytes) {
    constexpr std::size_t longest_picture = 1 << 16;  // of the options, above the first vote
    bytes = bytes.substr(0, longest_picture);
    return bytes.starts_with("V: ") || bytes.find("\nV: ") != std::string_view::npos;
}

bool looks_like_csv(std::string_view bytes) {
    const std::string_view header = line_at(bytes, 0);
    if (header.find(',') != std::string_view::npos) return true;
    const std::string below = trim(line_at(bytes, std::min(header.size() + 1, bytes.size())));
    return !trim(header).empty() && (is_number(below) || lower(below) == "no opinion");
}

}  // namespace

std::string_view format_word(Format format) {
    const auto* found = std::find_if(format_words.begin(), format_words.end(),
                                     [format](const FormatWord& each) { return each.format == format; });
    return found->word;
}

std::optional<Format> parse_format(std::string_view word) {
    for (const FormatWord& each : format_words)
        if (each.word == word) return each.format;
    return std::nullopt;
}

std::optional<Format> guess_format(std::string_view bytes) {
    bytes = without_mark(bytes);
    if (looks_like_debian(bytes)) return Format::debian;
    if (looks_like_blt(bytes)) return Format::blt;
    if (looks_like_csv(bytes)) return Format::csv;
    return std::nullopt;
}

Result<Read> read_ballots(std::string_view bytes, Format format, const Reading& how) {
    const Source source(how.file, bytes);
    if (without_mark(bytes).find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return source.error(0, "the file is empty", {"the candidates come first, then a ballot a line"});
    }
    if (format == Format::blt) return read_blt(source, how);
    if (format == Format::debian) return read_debian(source, how);
    return read_csv(source, how);
}

Error Source::error(std::size_t at, std::string message, std::vector<std::string> hints) const {
    if (at < counted_to_) {
        counted_to_ = 0;
        line_ = 1;
    }
    const std::string_view between = bytes_.substr(counted_to_, at - counted_to_);
    line_ += static_cast<int>(std::count(between.begin(), between.end(), '\n'));
    counted_to_ = at;
    const std::size_t column = at - (bytes_.substr(0, at).rfind('\n') + 1) + 1;
    return {ErrorKind::invalid, std::move(message), std::move(hints), Place{file_, line_, static_cast<int>(column)}};
}

std::size_t Source::line_end(std::size_t at) const {
    return std::min(bytes_.find('\n', at), bytes_.size());
}

void Faults::add(Error error, std::uint64_t ballots) {
    if (first_.size() < most_spoilt_told) first_.push_back({std::move(error)});
    count_ += ballots;
}

Result<Read> Faults::finish(const Source& source, Ballots ballots) {
    if (ballots.count() > most_number) {
        return source.error(0, fmt::format("{} ballots are more than {}", ballots.count(), most_number));
    }
    if (ballots.count() == 0 && count_ == 0) return source.error(0, "there are no ballots in the file");
    if (ballots.count() == 0) {
        Error error = first_.front().error;
        error.hints.push_back("no other ballot can be read either");
        return error;
    }
    ballots.spoilt = count_;
    return Read{std::move(ballots), std::move(first_)};
}

Result<void> Names::add(std::string name, std::size_t at) {
    if (names_.size() == Ballots::most_candidates) {
        return source_.error(at, fmt::format("more than {} candidates", Ballots::most_candidates));
    }
    if (name.empty()) return source_.error(at, "a candidate without a name");
    if (name.size() > most_name_bytes) {
        return source_.error(at, fmt::format("the name of a candidate is longer than {} bytes", most_name_bytes));
    }
    if (!is_valid_utf8(name)) return source_.error(at, "the name of a candidate is not valid UTF-8");
    if (name.find('\0') != std::string::npos) return source_.error(at, "a NUL in the name of a candidate");
    if (std::find(names_.begin(), names_.end(), name) != names_.end()) {
        return source_.error(at, fmt::format("two candidates are called {}", quoted(name)));
    }
    names_.push_back(std::move(name));
    return {};
}

Result<std::vector<std::string>> Names::take(std::size_t at) {
    if (names_.empty()) return source_.error(at, "there are no candidates in the file");
    return std::move(names_);
}

std::optional<Number> leading_number(std::string_view text) {
    Number number;
    for (; number.size < text.size(); ++number.size) {
        const auto digit = static_cast<unsigned char>(text[number.size] - '0');
        if (digit > 9) break;
        number.value = std::min(number.value * 10 + digit, most_number + 1);
    }
    return number.size == 0 ? std::nullopt : std::optional(number);
}

std::optional<Candidate> find_candidate(const std::vector<std::string>& candidates, std::string_view text) {
    const auto named = std::find(candidates.begin(), candidates.end(), text);
    if (named != candidates.end()) return static_cast<Candidate>(named - candidates.begin());
    const auto number = leading_number(text);
    if (!number || number->size != text.size() || number->value == 0 || number->value > candidates.size()) {
        return std::nullopt;
    }
    return static_cast<Candidate>(number->value - 1);
}

Error too_large(const Source& source, std::size_t at, std::string_view what, std::string_view digits) {
    return source.error(at, fmt::format("the {} {} is above {}", what, quoted(digits), most_number),
                        {"whatever is counted lies below 2^31, so that every sum of it is exact"});
}

std::string quoted(std::string_view text) {
    constexpr std::size_t most_shown = 60;
    if (text.size() <= most_shown) return fmt::format("\"{}\"", printable(text));
    std::size_t end = most_shown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return fmt::format("\"{}…\"", printable(text.substr(0, end)));
}

}  // namespace govctl::tally
