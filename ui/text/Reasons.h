#pragma once

#include "model/desk/Card.h"
#include "ui/text/Times.h"
#include "ui/theme/Theme.h"

namespace ringbook::ui {

/// One probable reason, ready to be shown: a chip, then a sentence of which the middle part is what it is
/// about.
struct ReasonWords
{
    Tone tone = Tone::Neutral;
    QString chip = {};
    QString lead = {};
    QString subject = {};
    QString tail = {};

    QString sentence() const { return lead + subject + tail; }
};

/// For the card: who promised, until when.
ReasonWords reasonWords(const model::ProbableReason &reason, const Reading &reading);

/// For the pop: as short as it gets.
ReasonWords shortReasonWords(const model::ProbableReason &reason, const Reading &reading);

/// Why a candidate may be calling: "open case due today 16:30", "3 open cases", "last contact 3 Nov", "no
/// open case".
QString candidateReason(const model::Candidate &candidate, const Reading &reading);

} // namespace ringbook::ui
