#include "govctl/base/text.hpp"

#include "support/catch.hpp"

using namespace govctl;

TEST_CASE("words are trimmed, split and joined") {
    CHECK(trim(" \t a b\r\n") == "a b");
    CHECK(trim(" \n") == "");
    CHECK(lower("SIG-Äpp") == "sig-Äpp");
    CHECK(split("a,,b", ',') == std::vector<std::string>{"a", "", "b"});
    CHECK(split("", ',').empty());
    CHECK(join({"a", "b"}, ", ") == "a, b");
}

TEST_CASE("UTF-8 is checked") {
    CHECK(is_valid_utf8("gr\xc3\xbc\xc3\x9f"));
    for (const char* text : {"\xff", "\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"}) {
        CHECK_FALSE(is_valid_utf8(text));
    }
}

TEST_CASE("the nearest word is what was meant, if it is near") {
    const std::vector<std::string> keys{"title", "type", "group", "status", "id"};
    CHECK(nearest("titel", keys) == "title");
    CHECK(nearest("Grup", keys) == "group");
    CHECK(nearest("stats", keys) == "status");
    CHECK(nearest("banana", keys) == std::nullopt);
    CHECK(nearest("", keys) == std::nullopt);
    CHECK(nearest("xy", keys) == std::nullopt);
    CHECK(nearest(std::string(1 << 20, 'a'), keys) == std::nullopt);
}

TEST_CASE("nothing printable moves the cursor or reorders a line") {
    CHECK(printable("plain\tgr\xc3\xbc\xc3\x9f\n") == "plain\tgr\xc3\xbc\xc3\x9f\n");
    CHECK(printable("\x1b[31m") == "\\x1b[31m");
    CHECK(printable("a\rb\x7f") == "a\\x0db\\x7f");
    CHECK(printable("\xe2\x80\xae"
                    "abc") == "\\u202eabc");
    CHECK(printable("\xc2\x9b") == "\\u009b");
    CHECK(printable("\xf3\xa0\x81\x81") == "\\U000e0041");
    CHECK(printable("\xff\xc3") == "\\xff\\xc3");
    CHECK(printable(std::string_view("\0", 1)) == "\\x00");
}

TEST_CASE("width is what a terminal shows") {
    CHECK(display_width("abc") == 3);
    CHECK(display_width("gr\xc3\xbc\xc3\x9f") == 4);
    CHECK(display_width("\xe4\xb8\xad\xe6\x96\x87") == 4);
    CHECK(display_width("e\xcc\x81") == 1);
}

TEST_CASE("slugs are safe names") {
    CHECK(slug("gRPC probes") == "grpc-probes");
    CHECK(slug("  Remove Eve, as chair!  ") == "remove-eve-as-chair");
    CHECK(slug("F\xc3\xbcr \xc3\x89lise") == "fur-elise");
    CHECK(slug("\xe4\xb8\xad\xe6\x96\x87") == "");
    CHECK(slug(std::string(59, 'a') + " b") == std::string(59, 'a'));
    CHECK(slug(std::string(59, 'a') + "bc") == std::string(59, 'a') + "b");
    CHECK(slug("gRPC probes for containers that have no shell and no HTTP server inside") ==
          "grpc-probes-for-containers-that-have-no-shell-and-no-http");
    CHECK(slug("\xff") == "");
}
