#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/yaml/edit.hpp"

namespace govctl::yaml {

/// How a document is laid out; what it does not show is as emit() writes it.
struct Layout {
    std::size_t step = 2;           ///< from a key to the keys of the mapping under it
    std::size_t sequence_step = 2;  ///< from a key to the dashes of the list under it
    std::string line_break = "\n";
};

/// A value as it is written: what stands where it begins, and the lines below, each with its indentation.
struct Written {
    std::string head;
    std::vector<std::string> lines{};

    std::string str(const Layout& layout) const;
    /// The lines alone, each behind a line break.
    std::string below(const Layout& layout) const;
};

/// On one line, as it may stand inside brackets. Text takes the quotes of `style` where it can.
std::string write_flow(const Value& value, Style style = Style::plain);
std::string write_flow_entry(std::string_view key, const Value& value);

/// Behind a key that `indent` spaces precede; the head is empty for what is written below the key.
Written write_under_key(const Value& value, std::size_t indent, const Layout& layout, Style style = Style::plain);

/// Behind a dash or on a line of its own, where `indent` is the column, from 0, of its first byte.
Written write_in_place(const Value& value, std::size_t indent, const Layout& layout, Style style = Style::plain);

/// `key: value`
Written write_entry(std::string_view key, const Value& value, std::size_t indent, const Layout& layout);

bool is_empty_collection(const Value& value);
/// Takes lines of its own: neither text nor `[...]` nor `{...}`.
bool is_block(const Value& value);

}  // namespace govctl::yaml
