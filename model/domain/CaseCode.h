#pragma once

#include "model/core/Result.h"

#include <QString>

namespace ringbook::model {

/// The number of a case that people read aloud: made offline and final, of the device's number and the device's own
/// count of cases. Crockford's base 32 (no I, L, O, U): one header character telling the lengths of both numbers
/// (which makes the code prefix-free and its first character a letter for every company of up to 32 768 devices), the
/// two numbers, and a check character, a weighted sum over GF(32) that finds every single wrong character and every
/// swap of two neighbours. 6 to 9 characters for devices up to 1 023 and 33 million cases each.
QString caseCode(qint64 device, qint64 caseCounter);

struct CaseCodeParts
{
    qint64 device = 0;
    qint64 caseCounter = 0;
};

/// Reads a code as typed or heard: any case, dashes and spaces ignored, O for 0, I and L for 1.
Result<CaseCodeParts> readCaseCode(const QString &text);

/// The canonical form that is stored ("K73QF9X") of anything readCaseCode() accepts; empty if it is no case code.
QString canonicalCaseCode(const QString &text);

/// "K73QF9X" -> "K7-3QF-9X".
QString groupedCaseCode(const QString &code);

} // namespace ringbook::model
