#pragma once

#include "sync/calls/PbxSettings.h"

#include <QHash>
#include <QSet>
#include <QString>

namespace ringbook::calls {

constexpr int shortestMaskedNumber = 5; ///< digits; anything shorter is an extension or a service
constexpr int tellingDigits = 7;        ///< the last ones, which every spelling of a number has
constexpr int replacedDigits = 4;       ///< the last ones

/// Takes people out of what a telephone system says. A number is known again in every spelling, so what is
/// masked is still one caller. Ids, moments, channels' own names and the company's own numbers stay.
class NumberMask
{
public:
    /// `everybody`: not only who wants to be hidden.
    NumberMask(const PbxSettings &settings, bool everybody);

    void hide(const QString &number, const QString &name); ///< from here on neither is in any text
    void meet(const QString &name);                        ///< somebody's; with `everybody` others hear of it

    QString masked(const QString &text);

private:
    QString maskedNumber(const QString &run);

    bool m_everybody;
    QSet<QString> m_own;               ///< names, and the last digits of numbers
    QSet<QString> m_hidden;            ///< last digits of numbers
    QHash<QString, QString> m_instead; ///< by the last digits
    QHash<QString, QString> m_names;   ///< what is said instead
};

} // namespace ringbook::calls
