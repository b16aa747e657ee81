#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace govctl {

/// Why an operation could not be carried out. Each kind has one exit code, given by `cli`.
enum class ErrorKind {
    usage,        ///< the request itself is malformed
    not_found,    ///< no such record, revision or path
    invalid,      ///< the input is not what its format says
    refused,      ///< the rules do not allow this person this act now
    blocked,      ///< the repository is in the way: dirty record, moved branch, lock, merge under way
    environment,  ///< files, git or the machine failed
};

/// A place in a text file. Lines and columns count from 1; columns count bytes.
struct Place {
    std::string file;
    int line = 1;
    int column = 1;

    friend bool operator==(const Place&, const Place&) = default;
    friend auto operator<=>(const Place&, const Place&) = default;
};

/// An expected failure: a sentence in lower case without a full stop, what to do next, and where it is.
struct Error {
    ErrorKind kind = ErrorKind::environment;
    std::string message;
    std::vector<std::string> hints{};
    std::optional<Place> place{};
};

/// A value of type T, or the reason there is none.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return state_.index() == 0; }

    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(value()); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    T& value() & {
        assert(*this);
        return std::get<0>(state_);
    }
    const T& value() const& {
        assert(*this);
        return std::get<0>(state_);
    }
    T&& value() && {
        assert(*this);
        return std::get<0>(std::move(state_));
    }

    const Error& error() const& {
        assert(!*this);
        return std::get<1>(state_);
    }
    Error&& error() && {
        assert(!*this);
        return std::get<1>(std::move(state_));
    }

private:
    std::variant<T, Error> state_;
};

/// Success without a value, or the reason for failure.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    explicit operator bool() const { return !error_; }
    const Error& error() const& {
        assert(error_);
        return *error_;
    }
    Error&& error() && {
        assert(error_);
        return *std::move(error_);
    }

private:
    std::optional<Error> error_;
};

}  // namespace govctl

#define GOVCTL_CONCAT_(a, b) a##b
#define GOVCTL_CONCAT(a, b) GOVCTL_CONCAT_(a, b)

/// `GOVCTL_TRY(auto x, expr)` binds the value of a Result, or returns its error from the calling function.
#define GOVCTL_TRY(declaration, ...) GOVCTL_TRY_(GOVCTL_CONCAT(govctl_try_, __LINE__), declaration, __VA_ARGS__)
#define GOVCTL_TRY_(name, declaration, ...)                     \
    auto name = (__VA_ARGS__);                                  \
    if (!name) return ::govctl::Error(std::move(name).error()); \
    declaration = *std::move(name)

/// `GOVCTL_CHECK(expr)` returns the error of a `Result<void>`, if there is one.
#define GOVCTL_CHECK(...)                                                                             \
    do {                                                                                              \
        if (auto govctl_check = (__VA_ARGS__); !govctl_check) return std::move(govctl_check).error(); \
    } while (false)
