#pragma once

#include <QString>

#include <utility>
#include <variant>

namespace ringbook {

/// What went wrong, for programs to act on. The words a person reads are made elsewhere, once per fault.
enum class Fault {
    Invalid,     ///< the input breaks a rule; nothing was changed
    NotFound,    ///< there is no such thing
    Conflict,    ///< it was changed by somebody else in between
    Denied,      ///< not signed in, or not allowed
    Unreachable, ///< the other side cannot be reached, or did not answer in time
    Protocol,    ///< the other side answered something that cannot be understood
    Busy,        ///< try again later
    DiskFull,    ///< there is no room to write
    Damaged,     ///< a file is not what it should be
    TooNew,      ///< a file or message was written by a newer program
    Failed,      ///< anything else; see the detail
};

struct Error
{
    Fault fault = Fault::Failed;
    QString detail = {}; ///< one sentence for the log; never shown to a caller's agent unworded
};

/// A value or the reason why there is none; a subset of std::expected<T, Error>. Look at it at once.
template <typename T>
class [[nodiscard]] Result
{
public:
    Result(T value) : m_content(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_content(std::in_place_index<1>, std::move(error)) {}

    bool has_value() const { return m_content.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T &operator*() & { return std::get<0>(m_content); }
    const T &operator*() const & { return std::get<0>(m_content); }
    T operator*() &&
    {
        return std::get<0>(std::move(m_content));
    } ///< by value: `for (x : *f())` must not dangle
    T *operator->() { return &std::get<0>(m_content); }
    const T *operator->() const { return &std::get<0>(m_content); }
    const Error &error() const { return std::get<1>(m_content); }

private:
    std::variant<T, Error> m_content;
};

/// Success without a value: `return Done{};`
struct Done
{
};
using Status = Result<Done>;

} // namespace ringbook
