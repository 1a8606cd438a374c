#pragma once

#include "model/core/Result.h"

#include <QString>

namespace ringbook::model {

/// The number of a case that people read aloud: made offline and final, of the device's number and the
/// device's own count of cases, both from 1. Crockford's base 32 (no I, L, O, U): one header character that
/// tells the lengths of both numbers, which makes the code prefix-free; the two numbers, at least two
/// characters each, never padded further; a check character, a weighted sum over GF(32) that finds every
/// single wrong character and every swap of two neighbours. Headers are taken from the letters first: the
/// first character is a letter for every device up to 1 048 575. 6 to 9 characters for devices up to 1 023
/// with up to 33 554 431 cases each; never more than 15.
QString caseCode(qint64 device, qint64 caseCounter);

struct CaseCodeParts
{
    qint64 device = 0;
    qint64 caseCounter = 0;
};

/// Reads a code as typed or heard: upper or lower case, dashes and spaces ignored, O for 0, I and L for 1.
/// Every case has exactly one code. Fault::Invalid.
Result<CaseCodeParts> readCaseCode(const QString &text);

/// The canonical form that is stored ("K73QF9X") of anything readCaseCode() accepts; empty if it is no case
/// code.
QString canonicalCaseCode(const QString &text);

/// "K73QF9X" -> "K7-3QF-9X"; 6 characters 3-3, 7 2-3-2, 8 3-2-3, all others in threes.
QString groupedCaseCode(const QString &code);

} // namespace ringbook::model
