#include <fstream>
#include <sstream>

#include "govctl/base/text.hpp"
#include "govctl/tally/read.hpp"
#include "support/ballot_text.hpp"
#include "support/catch.hpp"

// Elections as they were published; tests/data/elections/README.md says where.

using namespace govctl;
using namespace govctl::tally;
using namespace govctl::testing;

namespace {

std::string bytes_of(const std::string& path) {
    std::ifstream file(GOVCTL_SOURCE_DIR "/tests/data/elections/" + path);
    REQUIRE(file);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

Ballots elekto(const std::string& election) {
    auto read = read_ballots(bytes_of(election + "/ballots.csv"), Format::elekto, {election, Marks::ranks, false});
    REQUIRE(read);
    return read->ballots;
}

Ballots debian(const std::string& vote) {
    auto read = read_ballots(bytes_of(vote + "/tally.txt"), Format::debian, {vote, Marks::ranks, false});
    REQUIRE(read);
    return read->ballots;
}

std::string names(const Ballots& ballots, const std::vector<std::vector<Candidate>>& tiers) {
    std::vector<std::string> parts;
    for (const auto& tier : tiers) {
        std::vector<std::string> tied;
        for (Candidate each : tier) tied.push_back(ballots.candidates()[each]);
        parts.push_back(join(tied, " = "));
    }
    return join(parts, ", ");
}

Question schulze(std::size_t seats) {
    Question question;
    question.unranked = Unranked::no_opinion;
    question.seats = seats;
    return question;
}

Question dropping(Candidate fallback, std::uint64_t developers) {
    Question question;
    question.method = Method::schulze_dropping;
    question.unranked = Unranked::last;
    question.default_option = fallback;
    question.eligible = developers;
    question.quorum = *model::Condition::parse("above-default >= 3/2 * sqrt(eligible)");
    return question;
}

std::vector<std::vector<std::uint64_t>> rows_of(const Matrix& matrix) {
    std::vector<std::vector<std::uint64_t>> rows(matrix.width());
    for (Candidate a = 0; a < matrix.width(); ++a)
        for (Candidate b = 0; b < matrix.width(); ++b) rows[a].push_back(matrix.at(a, b));
    return rows;
}

}  // namespace

TEST_CASE("Kubernetes steering 2017: the whole order, and one passed over for her company") {
    const Ballots ballots = elekto("k8s-steering-2017");
    Question question = schulze(6);
    // Seven sit already, three of them Google's: of thirteen, a third is four.
    question.limits = {{"organization/google",
                        {named(ballots, "Phillip Whitrock"), named(ballots, "Michael Rubin")},
                        1,
                        Limit::Apply::skip}};
    const char* order =
        "Derek Carr, Michelle Noorali, Phillip Whitrock, Michael Rubin, Timothy St. Clair, Quinton Hoole, "
        "Aaron Crickenberger, Caleb Miles, Jaice Singer DuMars, Kris Nova, Justin Santa Barbara, Alex Pollitt, "
        "Sebastien Goasguen, Ihor Dvoretskyi, Adnan Abdulhussein, Ilya Dmitrichenko, Matt Farina, Aaron Schlesinger, "
        "Rob Hirschfeld, Doug Davis";
    for (Limit::Apply apply : {Limit::Apply::skip, Limit::Apply::drop_lowest}) {
        question.limits[0].apply = apply;
        const auto tally = count(ballots, question);
        REQUIRE(tally);
        CHECK(tally->counted == 309);
        CHECK(names(ballots, tally->order) == order);
        CHECK(names(ballots, {tally->elected}) ==
              "Derek Carr = Michelle Noorali = Phillip Whitrock = Timothy St. Clair = Quinton Hoole = Aaron "
              "Crickenberger");
        CHECK(tally->skipped == std::vector<Skipped>{{named(ballots, "Michael Rubin"), "organization/google"}});
        CHECK(!tally->tie);
    }
    question.limits[0].at_most = 2;  // exactly the limit is allowed
    CHECK(count(ballots, question)->skipped.empty());
}

TEST_CASE("Kubernetes steering 2023 and 2024: the whole order") {
    const struct {
        const char* election;
        std::size_t seats;
        std::uint64_t cast;
        const char* order;
        const char* elected;
    } elections[] = {
        {"k8s-steering-2023", 4, 209,
         "soltysh, pohly, pacoxu, justaugustus, natalisucks, ameukam, divya-mohan0209, xmudrii, vincepri, detiber, "
         "qedrakmar",
         "soltysh pohly pacoxu justaugustus"},
        {"k8s-steering-2024", 3, 233,
         "bentheelder, aojea, saschagrunert, natalisucks, katcosgrove, palnabarun, xmudrii",
         "bentheelder aojea saschagrunert"},
    };
    for (const auto& each : elections) {
        INFO(each.election);
        const Ballots ballots = elekto(each.election);
        const auto tally = count(ballots, schulze(each.seats));
        REQUIRE(tally);
        CHECK(tally->counted == each.cast);
        CHECK(names(ballots, tally->order) == each.order);
        CHECK(names_text(ballots, tally->elected) == each.elected);
    }
}

TEST_CASE("steering committee of the US Green Party, 2005: every figure of Droop, by both rules, which elect others") {
    const std::string bytes = bytes_of("gpus-steering-2005/ballots.blt");
    const auto read = read_ballots(bytes, Format::blt, {"ballots.blt", Marks::ranks, false});
    REQUIRE(read);
    const Ballots& ballots = read->ballots;
    const auto counted = [&](Method method) {
        Question question;
        question.method = method;
        question.unranked = Unranked::last;
        question.seats = 4;
        return count(ballots, question);
    };
    /// The last step of that kind at which the candidate had votes.
    const auto votes = [&](const Tally& tally, const std::string& kind, const std::string& name, std::size_t nth) {
        std::size_t seen = 0;
        for (const Step& step : tally.steps)
            if (step.is == kind && seen++ == nth)
                for (const auto& [who, figure] : step.votes)
                    if (ballots.candidates()[who] == name) return figure;
        return std::string();
    };
    const auto scottish = counted(Method::stv_scottish);
    REQUIRE(scottish);
    CHECK(names(ballots, {scottish->elected}) == "Rebecca Rotzler = Pat LaMarche = Steve Kramer = Tom Sevigny");
    CHECK(votes(*scottish, "stage", "Kristen Olsen", 1) == "12.45448");  // 27 of Rotzler's 33, at 0.42424 each, and 1
    CHECK(votes(*scottish, "stage", "Budd Dickinson", 2) == "7.803");
    CHECK(votes(*scottish, "stage", "Steve Kramer", 8) == "19.6818");
    CHECK(votes(*scottish, "stage", "Kirit Mookerjee", 9) == "3.9536");
    CHECK(votes(*scottish, "stage", "Tom Sevigny", 11) == "16.62204");
    CHECK(votes(*scottish, "stage", "Kristen Olsen", 11) == "16.59988");  // out by 0.02216
    CHECK(votes(*scottish, "stage", "Tom Sevigny", 12) == "18.59172");

    const auto meek = counted(Method::stv_meek);
    REQUIRE(meek);
    CHECK(names(ballots, {meek->elected}) == "Rebecca Rotzler = Pat LaMarche = Steve Kramer = Kristen Olsen");
    CHECK(votes(*meek, "keep", "Pat LaMarche", 0) == "0.837944884");
    CHECK(votes(*meek, "keep", "Rebecca Rotzler", 0) == "0.564156107");
    CHECK(votes(*meek, "round", "Steve Kramer", 7) == "19.718851196");
    CHECK(votes(*meek, "keep", "Steve Kramer", 7) == "0.947700149");
    CHECK(votes(*meek, "round", "Tom Sevigny", 9) == "11.49864423");
    CHECK(votes(*meek, "round", "Kristen Olsen", 10) == "19.085721549");
    CHECK(votes(*meek, "keep", "Rebecca Rotzler", 9) == "0.491875685");
}

TEST_CASE("Debian leader 2013 and 2014: matrix, quorum and winner") {
    const Ballots vote_2013 = debian("debian-leader-2013");
    const auto leader_2013 = count(vote_2013, dropping(3, 988));
    REQUIRE(leader_2013);
    CHECK(leader_2013->counted == 390);
    CHECK(rows_of(*leader_2013->pairwise) ==
          std::vector<std::vector<std::uint64_t>>{
              {0, 88, 62, 319}, {252, 0, 141, 355}, {279, 210, 0, 353}, {51, 24, 30, 0}});
    CHECK(leader_2013->elected == std::vector<Candidate>{2});
    CHECK(leader_2013->dropped.empty());

    const Ballots vote_2014 = debian("debian-leader-2014");
    const auto leader_2014 = count(vote_2014, dropping(2, 1003));
    REQUIRE(leader_2014);
    CHECK(leader_2014->counted == 401);
    CHECK(rows_of(*leader_2014->pairwise) ==
          std::vector<std::vector<std::uint64_t>>{{0, 205, 364}, {158, 0, 363}, {31, 28, 0}});
    CHECK(leader_2014->elected == std::vector<Candidate>{0});

    // 319 of 51 is more than six to one and less than seven to one.
    Question question = dropping(3, 988);
    question.ratios = {{0, Rational(7)}, {1, Rational(6)}};
    CHECK(count(vote_2013, question)->dropped == std::vector<Dropped>{{0, Dropped::Why::ratio, 319, 51}});
    question.eligible = 57000;  // 1.5 * sqrt(57000) = 358.1…: nobody reaches it, and the default option wins
    const auto quorum = count(vote_2013, question);
    CHECK(quorum->dropped.size() == 3);
    CHECK(quorum->elected == std::vector<Candidate>{3});
}
