#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/tally/read.hpp"

/// What the readers share.
namespace govctl::tally {

/// Whatever a file counts lies below 2^31, so that sums and products of it are exact.
constexpr std::uint64_t most_number = (std::uint64_t{1} << 31) - 1;

constexpr std::size_t most_name_bytes = 1000;

/// The bytes of a file, and what is wrong where. Lines are counted only once something is, and on from there.
class Source {
public:
    Source(std::string file, std::string_view bytes) : file_(std::move(file)), bytes_(bytes) {}

    std::string_view bytes() const { return bytes_; }
    Error error(std::size_t at, std::string message, std::vector<std::string> hints = {}) const;
    /// The end of the line that `at` is in: at its LF, or at the end of the file.
    std::size_t line_end(std::size_t at) const;

private:
    std::string file_;
    std::string_view bytes_;
    mutable std::size_t counted_to_ = 0;
    mutable int line_ = 1;  ///< of `counted_to_`
};

/// What becomes of a ballot that cannot be read.
class Faults {
public:
    explicit Faults(bool lenient) : lenient_(lenient) {}

    /// Whether ballots may be spoilt; if not, the error is the end of reading.
    bool are_allowed() const { return lenient_; }
    void add(Error error, std::uint64_t ballots = 1);
    std::uint64_t count() const { return count_; }

    /// Errors: `invalid`: nothing was read.
    Result<Read> finish(const Source& source, Ballots ballots);

private:
    bool lenient_;
    std::vector<Spoilt> first_;
    std::uint64_t count_ = 0;
};

/// Candidates of a file. Errors: `invalid`: none, too many, two of the same name, one without a name or with too long a
/// one, or what is no UTF-8.
class Names {
public:
    explicit Names(const Source& source) : source_(source) {}

    Result<void> add(std::string name, std::size_t at);
    Result<std::vector<std::string>> take(std::size_t at);

private:
    const Source& source_;
    std::vector<std::string> names_;
};

/// The digits at the beginning of `text`; none where there are none. What is above `most_number` comes out above it.
struct Number {
    std::uint64_t value = 0;
    std::size_t size = 0;  ///< in bytes
};
std::optional<Number> leading_number(std::string_view text);

Error too_large(const Source& source, std::size_t at, std::string_view what, std::string_view digits);

/// A piece of a file in a message: short, whatever was there.
std::string quoted(std::string_view text);

Result<Read> read_csv(const Source& source, const Reading& how);
Result<Read> read_blt(const Source& source, const Reading& how);
Result<Read> read_debian(const Source& source, const Reading& how);

}  // namespace govctl::tally
