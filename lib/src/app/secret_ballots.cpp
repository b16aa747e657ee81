#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "contest_edit.hpp"
#include "govctl/base/sha256.hpp"
#include "govctl/base/text.hpp"
#include "govctl/seal/seal.hpp"

namespace govctl::app {

namespace {

using model::Election;

/// What a sealed ballot holds. Voter and text keep anybody from passing another's off as their own.
struct Opened {
    std::string voter;
    std::string text;
    std::string nonce;
    Choice choice;
};

constexpr std::string_view head = "govctl ballot\n";

std::string hex(std::string_view bytes) {
    std::string text;
    for (const char byte : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    return text;
}

std::string receipt_of(const std::string& nonce) {
    return sha256_hex("govctl receipt " + nonce);
}

std::string words_of(const Choice& choice) {
    if (choice.rank) return "rank " + model::ranking_text(*choice.rank);
    if (choice.approve) return "approve " + join(*choice.approve, ",");
    std::vector<std::string> points;
    for (const auto& [option, score] : choice.score.value_or(std::map<std::string, int>{}))
        points.push_back(fmt::format("{}={}", option, score));
    return "score " + join(points, ",");
}

/// All ballots of an election are of one size, so that it tells nothing.
std::size_t size_of_all(const Election& election) {
    constexpr std::size_t frame = 320, sign_and_points = 14;
    std::size_t size = frame + election.default_option.size() + sign_and_points;
    for (const std::string& candidate : election.candidates) size += candidate.size() + sign_and_points;
    return size;
}

std::optional<int> number(std::string_view text) {
    int value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = failure == std::errc() && end == text.data() + text.size() && value >= 0 && !text.empty();
    return good ? std::optional(value) : std::nullopt;
}

std::optional<Choice> choice_from(const std::string& line) {
    Choice choice;
    const std::size_t space = line.find(' ');
    const std::string form = line.substr(0, space);
    const std::string said = space == std::string::npos ? "" : trim(line.substr(space + 1));
    if (form == "rank") {
        auto ranking = model::parse_ranking(said);
        if (!ranking) return std::nullopt;
        choice.rank = *std::move(ranking);
    } else if (form == "approve") {
        choice.approve = split(said, ',');
    } else if (form == "score") {
        choice.score.emplace();
        for (const std::string& pair : split(said, ',')) {
            const std::size_t sign = pair.find('=');
            const auto points = sign == std::string::npos ? std::nullopt : number(pair.substr(sign + 1));
            if (!points) return std::nullopt;
            choice.score->emplace(pair.substr(0, sign), *points);
        }
    } else {
        return std::nullopt;
    }
    return choice;
}

std::optional<Opened> read_opened(const std::string& text) {
    if (!text.starts_with(head)) return std::nullopt;
    const auto lines = split(text, '\n');
    if (lines.size() < 5) return std::nullopt;
    auto choice = choice_from(trim(lines[4]));
    if (!choice) return std::nullopt;
    return Opened{lines[1], lines[2], lines[3], *std::move(choice)};
}

std::string csv_row(const std::vector<std::string>& options, const std::string& receipt, const Choice* choice) {
    std::string row = receipt;
    for (const std::string& option : options) {
        row += ',';
        if (!choice) continue;
        if (choice->rank) {
            for (std::size_t tier = 0; tier < choice->rank->size(); ++tier)
                if (const auto& equal = (*choice->rank)[tier];
                    std::find(equal.begin(), equal.end(), option) != equal.end())
                    row += std::to_string(tier + 1);
        } else if (choice->approve) {
            const auto& all = *choice->approve;
            if (std::find(all.begin(), all.end(), option) != all.end()) row += '1';
        } else if (choice->score && choice->score->contains(option)) {
            row += std::to_string(choice->score->at(option));
        }
    }
    return row + "\n";
}

Error not_published(const std::string& why) {
    return {ErrorKind::invalid, "ballots.csv is not what the officers can have published: " + why};
}

}  // namespace

std::vector<std::string> options_of(const Election& election) {
    std::vector<std::string> options = election.candidates;
    if (!election.default_option.empty()) options.push_back(election.default_option);
    return options;
}

Result<Sealed> seal_choice(const Contest& contest, const std::string& voter, const Choice& choice,
                           std::string_view random) {
    const Election& election = contest.election();
    GOVCTL_CHECK(must_fit(election, choice));
    const std::string nonce = hex(random.substr(0, seal::randomness));
    std::string text(head);
    text += voter + "\n" + election.text + "\n" + nonce + "\n" + words_of(choice);
    if (const std::size_t size = size_of_all(election); text.size() < size) text.resize(size, ' ');
    GOVCTL_TRY(auto sealed, seal::seal(text, election.key, random.substr(seal::randomness)));
    return Sealed{std::move(sealed), receipt_of(nonce)};
}

Result<std::string> unseal_ballots(const Contest& contest, const std::string& secret) {
    const Election& election = contest.election();
    GOVCTL_TRY(const std::string open, seal::public_half(secret));
    if (open != election.key)
        return Error{ErrorKind::invalid, "this key is not the other half of the one in " + contest.record.path};
    const auto options = options_of(election);
    std::vector<std::string> rows;
    for (const auto& [voter, record] : contest.ballots) {
        const std::string& sealed = record.value.now.sealed;
        const auto text = seal::unseal(sealed, secret);
        const auto opened = text ? read_opened(*text) : std::nullopt;
        const bool counts = opened && opened->voter == voter && opened->text == election.text;
        // One that says nothing readable stays in the count of ballots, and in no other.
        rows.push_back(csv_row(options, counts ? receipt_of(opened->nonce) : sha256_hex(sealed),
                               counts ? &opened->choice : nullptr));
    }
    std::sort(rows.begin(), rows.end());
    std::string csv = "receipt";
    for (const std::string& option : options) csv += "," + option;
    csv += "\n";
    for (const std::string& row : rows) csv += row;
    return csv;
}

Result<std::vector<PublishedBallot>> read_published(const Contest& contest, const std::string& csv) {
    const auto options = options_of(contest.election());
    auto lines = split(csv, '\n');
    if (lines.empty() || !lines.back().empty()) return not_published("its last line has no end");
    lines.pop_back();
    if (lines.empty() || split(lines.front(), ',') != [&] {
            std::vector<std::string> columns{"receipt"};
            columns.insert(columns.end(), options.begin(), options.end());
            return columns;
        }())
        return not_published("its first line does not name the candidates");
    if (lines.size() - 1 != contest.ballots.size())
        return not_published(
            fmt::format("it has {} ballots, but {} were sealed", lines.size() - 1, contest.ballots.size()));
    std::vector<PublishedBallot> ballots;
    for (std::size_t line = 1; line < lines.size(); ++line) {
        const auto cells = split(lines[line], ',');
        if (cells.size() != options.size() + 1)
            return not_published(fmt::format("line {} has not {} columns", line + 1, options.size() + 1));
        PublishedBallot ballot{cells.front(), {}};
        const bool is_receipt =
            cells.front().size() == 64 && cells.front().find_first_not_of("0123456789abcdef") == std::string::npos;
        if (!is_receipt) return not_published(fmt::format("line {} begins with no receipt", line + 1));
        if (!ballots.empty() && ballots.back().receipt >= ballot.receipt)
            return not_published(fmt::format("line {} is out of order, or has a receipt again", line + 1));
        for (std::size_t i = 1; i < cells.size(); ++i) {
            const auto mark = number(cells[i]);
            if (!mark && !cells[i].empty())
                return not_published(fmt::format("line {}: \"{}\" is no mark", line + 1, printable(cells[i])));
            ballot.marks.push_back(mark);
        }
        ballots.push_back(std::move(ballot));
    }
    return ballots;
}

}  // namespace govctl::app
