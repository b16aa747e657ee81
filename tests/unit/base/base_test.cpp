#include "support/catch.hpp"

#include "govctl/base/finding.hpp"
#include "govctl/base/id.hpp"
#include "govctl/base/rational.hpp"
#include "govctl/base/sha256.hpp"
#include "govctl/base/snapshot.hpp"

using namespace govctl;

TEST_CASE("findings are ordered by place and not repeated") {
    const auto finding = [](const char* file, int line, const char* message) {
        return Finding{"GOV001", Severity::warning, {file, line, 1}, message};
    };
    Findings findings{finding("b", 1, "x"), finding("a", 10, "x"), finding("a", 9, "y"), finding("b", 1, "x")};
    CHECK_FALSE(has_errors(findings));
    sort_findings(findings);
    CHECK(findings == Findings{finding("a", 9, "y"), finding("a", 10, "x"), finding("b", 1, "x")});
    findings[0].severity = Severity::error;
    CHECK(has_errors(findings));
}

TEST_CASE("handles") {
    for (const char* text : {"ada", "a", "0x", "sig-node", "a-"}) CHECK(is_handle(text));
    for (const char* text : {"", "-a", "Ada", "@ada", "a b", "a_b", "\xc3\xa4"}) CHECK_FALSE(is_handle(text));
    CHECK(is_handle(std::string(39, 'a')));
    CHECK_FALSE(is_handle(std::string(40, 'a')));
    CHECK(normal_handle("@Ada-L") == "ada-l");
}

TEST_CASE("kinds of records have words") {
    CHECK(kind_word(RecordKind::charter) == "charter");
    CHECK(parse_kind("decision") == RecordKind::decision);
    CHECK(parse_kind("Decision") == std::nullopt);
}

TEST_CASE("ids are read and written in one form") {
    for (const char* text : {"rfc-0042", "rfc-12345", "draft/grpc-probes", "motion/2026-11-20-remove-eve",
                             "decision/2026-11-20-rfc-0042", "group/sig-node", "person/ada", "organization/acme"}) {
        CAPTURE(text);
        CHECK(RecordId::parse(text)->str() == text);
    }
    CHECK(*RecordId::parse("rfc-42") == RecordId::rfc(42));
    CHECK(RecordId::parse("rfc-0042")->name == "42");
    for (const char* text : {"", "rfc-", "rfc-0", "rfc-x", "rfc--1", "rfc-9999999999", "RFC-42", "person/Ada",
                             "person/", "group/../x", "group/a/b", "draft/-a", "ballot/x", "42"}) {
        CAPTURE(text);
        CHECK_FALSE(RecordId::parse(text));
    }
}

TEST_CASE("fractions are exact") {
    CHECK(Rational(6, -4) == Rational(-3, 2));
    CHECK(Rational(9, 2).str() == "9/2");
    CHECK(Rational(4, 2).str() == "2");
    CHECK(Rational(1, 3) + Rational(1, 6) == Rational(1, 2));
    CHECK(Rational(1, 3) - 1 == Rational(-2, 3));
    CHECK(Rational(2, 3) * 3 == 2);
    CHECK(Rational(2, 3) < Rational(3, 4));
    CHECK(Rational(2147483647, 2147483646) > Rational(2147483646, 2147483645) - Rational(1, 2147483647));
    struct Case {
        Rational value;
        std::int64_t floor, ceil, rounded;
    };
    for (const Case& c : {Case{{9, 2}, 4, 5, 5}, Case{{-9, 2}, -5, -4, -4}, Case{{7, 3}, 2, 3, 2}, Case{5, 5, 5, 5}}) {
        CHECK(c.value.floor() == c.floor);
        CHECK(c.value.ceil() == c.ceil);
        CHECK(c.value.round_half_up() == c.rounded);
    }
}

TEST_CASE("hashes") {
    CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(blob_id("") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    CHECK(blob_id("hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a");
}

TEST_CASE("changes are laid over a snapshot") {
    const auto base = in_memory({{"a", "1"}, {"b", "2"}, {"c", "3"}});
    const auto top = overlay(base, {{"a", std::nullopt}, {"b", "two"}, {"d", "4"}});
    const auto files = top->list();
    REQUIRE(files->size() == 3);
    CHECK(files->at(0).path == "b");
    CHECK(files->at(0).blob == blob_id("two"));
    CHECK(files->at(2).path == "d");
    CHECK(top->read("a").error().message == "there is no file 'a'");
    CHECK(*top->read("b") == "two");
    CHECK(*top->read("c") == "3");
    CHECK(*top->read_blob(blob_id("two")) == "two");
    CHECK(*top->read_blob(blob_id("1")) == "1");
    CHECK(top->read_blob(blob_id("none")).error().kind == ErrorKind::not_found);
}
