#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace govctl::sign {

/// Reads what SSH puts on the wire (RFC 4251, 5): numbers with their highest byte first, strings with their length
/// before them. What is asked for and not there makes it bad, and everything after empty.
class Wire {
public:
    explicit Wire(std::string_view bytes) : rest_(bytes) {}

    std::string_view take(std::size_t count) {
        if (count > rest_.size()) return fail();
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return taken;
    }
    std::uint32_t number() {
        std::uint32_t value = 0;
        for (const char byte : take(4)) value = value << 8 | static_cast<unsigned char>(byte);
        return value;
    }
    std::string_view string() { return take(number()); }
    /// A positive whole number, without the zero byte that keeps it positive.
    std::string_view positive() {
        std::string_view digits = string();
        if (digits.empty() || static_cast<unsigned char>(digits.front()) >= 0x80) return fail();
        if (digits.front() == 0) digits.remove_prefix(1);
        if (digits.empty() || digits.front() == 0) return fail();
        return digits;
    }

    bool is_good() const { return good_; }
    /// All was there, and nothing is left.
    bool is_done() const { return good_ && rest_.empty(); }

private:
    std::string_view fail() {
        good_ = false;
        rest_ = {};
        return {};
    }

    std::string_view rest_;
    bool good_ = true;
};

/// A string as the wire has it.
inline std::string on_wire(std::string_view text) {
    const auto size = static_cast<std::uint32_t>(text.size());
    std::string bytes;
    for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(size >> shift & 0xff);
    return bytes.append(text);
}

std::string to_base64(std::string_view bytes);
/// Line ends are passed over; anything else that does not belong is nothing.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace govctl::sign
