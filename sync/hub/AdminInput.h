#pragma once

#include "model/core/Result.h"

#include <QRegularExpression>

namespace ringbook::hub {

// What an administrator typed.

inline bool matches(const QString &text, const char *pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(pattern)))
        .match(text)
        .hasMatch();
}

inline Error invalid(const QString &sentence)
{
    return Error{Fault::Invalid, sentence};
}

} // namespace ringbook::hub
