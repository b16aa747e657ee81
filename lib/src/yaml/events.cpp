#include "events.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <utility>

#include "refusal.hpp"

namespace govctl::yaml {
namespace {

/// Reads from memory without a copy.
class MemoryBuffer : public std::streambuf {
public:
    explicit MemoryBuffer(std::string_view bytes) {
        char* begin = const_cast<char*>(bytes.data());  // the get area is only read
        setg(begin, begin, begin + bytes.size());
    }
};

Mark to_mark(const YAML::Mark& mark) {
    return {static_cast<std::size_t>(mark.pos), mark.line + 1, mark.column + 1};
}

class Collector : public YAML::EventHandler {
public:
    explicit Collector(const Limits& limits) : limits_(limits) {}

    std::vector<Event>& events() { return events_; }

    void OnDocumentStart(const YAML::Mark& /*mark*/) override {}
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { add(Event::Type::null, mark, "", anchor); }

    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        throw Refusal{to_mark(mark).offset, no_aliases, {quote_star}};
    }

    void OnAnchor(const YAML::Mark& mark, const std::string& /*name*/) override { refuse_anchor(mark); }

    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        add(Event::Type::scalar, mark, tag, anchor).text = value;
    }

    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override {
        add(Event::Type::sequence_start, mark, tag, anchor).flow = style == YAML::EmitterStyle::Flow;
        go_deeper(mark);
    }

    void OnSequenceEnd() override {
        events_.push_back({Event::Type::sequence_end});
        --depth_;
    }

    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override {
        add(Event::Type::mapping_start, mark, tag, anchor).flow = style == YAML::EmitterStyle::Flow;
        go_deeper(mark);
    }

    void OnMapEnd() override {
        events_.push_back({Event::Type::mapping_end});
        --depth_;
    }

private:
    [[noreturn]] static void refuse_anchor(const YAML::Mark& mark) {
        throw Refusal{to_mark(mark).offset, no_anchors, {quote_ampersand}};
    }

    Event& add(Event::Type type, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
        if (anchor != 0) refuse_anchor(mark);
        const bool has_tag = !tag.empty() && tag != "?" && tag != "!";  // these two stand for no tag
        if (has_tag) throw Refusal{to_mark(mark).offset, no_tags, {quote_exclamation}};
        if (++nodes_ > limits_.nodes) {
            throw Refusal{to_mark(mark).offset, fmt::format("more than {} values", limits_.nodes)};
        }
        events_.push_back({type, to_mark(mark)});
        return events_.back();
    }

    void go_deeper(const YAML::Mark& mark) {
        if (++depth_ > limits_.depth) {
            throw Refusal{to_mark(mark).offset, fmt::format("nested deeper than {} levels", limits_.depth)};
        }
    }

    const Limits& limits_;
    std::vector<Event> events_;
    int nodes_ = 0;
    int depth_ = 0;
};

/// Accepts nothing: stands where a second document would begin.
class NoMore : public YAML::EventHandler {
public:
    void OnDocumentStart(const YAML::Mark& mark) override { throw mark; }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
    void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
    void OnScalar(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  const std::string& /*value*/) override {}
    void OnSequenceStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                         YAML::EmitterStyle::value /*style*/) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                    YAML::EmitterStyle::value /*style*/) override {}
    void OnMapEnd() override {}
};

void refuse_second_document(YAML::Parser& parser, std::string_view bytes) {
    try {
        NoMore no_more;
        parser.HandleNextDocument(no_more);
    } catch (const YAML::Mark& mark) {
        const std::size_t offset = to_mark(mark).offset;
        if (bytes.substr(offset, 3) == "---")
            throw Refusal{offset, "a second document begins", {"a record is one file"}};
        throw Refusal{offset, "text that belongs to nothing", {"check the indentation and quotes of this line"}};
    }
}

/// What yaml-cpp says, as govctl would.
Refusal reworded(const YAML::Exception& problem, std::size_t size) {
    namespace Msg = YAML::ErrorMsg;
    struct Wording {
        const char* theirs;
        const char* ours;
        const char* hint;
    };
    static const Wording wordings[] = {
        {Msg::END_OF_MAP, "this line does not fit the mapping around it",
         "check its indentation and the ':' after its key"},
        {Msg::END_OF_MAP_FLOW, "a '{' is not closed, or a ',' is missing",
         "text with one of , [ ] { } ? needs quotes here"},
        {Msg::END_OF_SEQ, "this line does not fit the list around it",
         "check its indentation and the '- ' before each item"},
        {Msg::END_OF_SEQ_FLOW, "a '[' is not closed, or a ',' is missing",
         "text with one of , [ ] { } ? needs quotes here"},
        {Msg::MAP_VALUE, "a ': ' where none may stand", "quote text that holds ': '"},
        {Msg::MAP_KEY, "a '? ' where none may stand", "quote text that begins with '? '"},
        {Msg::BLOCK_ENTRY, "a '- ' where none may stand", "begin a new line, or quote the text"},
        {Msg::TAB_IN_INDENTATION, "a tab in the indentation", "indent with spaces"},
        {Msg::EOF_IN_SCALAR, open_quote, "quotes inside quoted text are doubled ('') or escaped (\\\")"},
        {Msg::DOC_IN_SCALAR, "a quote is not closed before the document ends", "check the quotes above"},
        {Msg::UNKNOWN_TOKEN, "a character that may not begin a value", "quote the text"},
        {Msg::FLOW_END, "a bracket that closes nothing", "quote text that begins with ']' or '}'"},
        {Msg::CHAR_IN_BLOCK, "text behind '|' or '>'", "begin the text on the next line"},
        {Msg::INVALID_ESCAPE, "an unknown escape after '\\'", "write \\\\ for a backslash, or use single quotes"},
        {Msg::INVALID_UNICODE, "an escape that stands for no character", nullptr},
        {Msg::INVALID_HEX, "an escape without enough hexadecimal digits", nullptr},
        {Msg::UNKNOWN_ANCHOR, no_aliases, quote_star},
        {Msg::ALIAS_NOT_FOUND, no_aliases, quote_star},
        {Msg::CHAR_IN_ALIAS, no_aliases, quote_star},
        {Msg::ANCHOR_NOT_FOUND, no_anchors, quote_ampersand},
        {Msg::CHAR_IN_ANCHOR, no_anchors, quote_ampersand},
        {Msg::MULTIPLE_ANCHORS, no_anchors, quote_ampersand},
        {Msg::MULTIPLE_TAGS, no_tags, quote_exclamation},
        {Msg::CHAR_IN_TAG_HANDLE, no_tags, quote_exclamation},
        {Msg::TAG_WITH_NO_SUFFIX, no_tags, quote_exclamation},
        {Msg::END_OF_VERBATIM_TAG, no_tags, quote_exclamation},
        {Msg::YAML_DIRECTIVE_ARGS, no_directives, nullptr},
        {Msg::YAML_VERSION, no_directives, nullptr},
        {Msg::YAML_MAJOR_VERSION, no_directives, nullptr},
        {Msg::REPEATED_YAML_DIRECTIVE, no_directives, nullptr},
        {Msg::TAG_DIRECTIVE_ARGS, no_directives, nullptr},
        {Msg::REPEATED_TAG_DIRECTIVE, no_directives, nullptr},
        {Msg::BAD_FILE, "nested too deeply", nullptr},
    };
    const std::size_t offset = problem.mark.is_null() ? 0 : std::min(to_mark(problem.mark).offset, size);
    for (const Wording& wording : wordings) {
        if (!problem.msg.starts_with(wording.theirs)) continue;
        Refusal refusal{offset, wording.ours};
        if (wording.hint != nullptr) refusal.hints.emplace_back(wording.hint);
        return refusal;
    }
    return {offset, problem.msg};
}

}  // namespace

std::vector<Event> read_events(std::string_view bytes, const Limits& limits) {
    MemoryBuffer buffer(bytes);
    std::istream stream(&buffer);
    Collector collector(limits);
    try {
        YAML::Parser parser(stream);
        if (parser.HandleNextDocument(collector)) refuse_second_document(parser, bytes);
    } catch (const YAML::Exception& problem) {
        throw reworded(problem, bytes.size());
    }
    return std::move(collector.events());
}

}  // namespace govctl::yaml
