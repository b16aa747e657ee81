#pragma once

#include <functional>
#include <optional>
#include <string>

#include "govctl/base/result.hpp"
#include "govctl/base/time.hpp"

namespace govctl::cli {

/// What the process was started with. The only door to environment variables, the clock and the terminal, so that all
/// else depends on nothing but its arguments.
class Environment {
public:
    static Environment of_process();

    /// A variable that is set and not empty.
    std::optional<std::string> variable(const char* name) const;

    /// The clock. An act reads it once.
    Instant clock() const;
    /// How far local time was ahead of UTC at an instant, in minutes.
    int offset_minutes(Instant at) const;

    /// So many bytes that nobody can foretell. Errors: `environment`.
    Result<std::string> random(std::size_t size) const;

    bool input_is_terminal() const { return input_is_terminal_; }
    bool output_is_terminal() const { return output_is_terminal_; }
    bool errors_are_terminal() const { return errors_are_terminal_; }
    /// Of the terminal; 80 × 24 where there is none.
    int columns() const { return columns_; }
    int rows() const { return rows_; }

private:
    Environment() = default;

    bool input_is_terminal_ = false;
    bool output_is_terminal_ = false;
    bool errors_are_terminal_ = false;
    int columns_ = 80;
    int rows_ = 24;
};

}  // namespace govctl::cli
