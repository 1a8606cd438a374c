#pragma once

namespace ringbook::model {

// What a person may write in one place, in UTF-16 units; more is refused, never cut.

constexpr int maxNameLength = 200;
constexpr int maxLineLength = 500;    ///< a case's subject, the remedy sought
constexpr int maxTextLength = 20'000; ///< a note
constexpr int maxEmailLength = 254;   ///< RFC 5321

constexpr int worstSeverity = 1;
constexpr int mildestSeverity = 4;

} // namespace ringbook::model
