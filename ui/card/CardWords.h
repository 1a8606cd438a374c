#pragma once

#include "model/desk/Card.h"
#include "model/desk/CaseDesk.h"
#include "model/desk/CustomerDesk.h"
#include "ui/card/CallWork.h"
#include "ui/card/Row.h"
#include "ui/text/Times.h"

namespace ringbook::ui {

// What the card and its lists say, besides what ui/text says for everybody.

struct Badge
{
    QString text = {};
    Tone tone = Tone::Neutral;

    bool operator==(const Badge &) const = default;
};

/// "Overdue", "Due 16:30", "Due 30 Nov"; empty text without a due time.
Badge dueBadge(std::optional<TimeMs> dueAt, const Reading &reading);
/// How sure we are who is calling; empty text for nobody in particular.
Badge confidenceBadge(model::Confidence confidence);

Row timelineRow(const model::TimelineEntry &entry, const Reading &reading);
Row caseRow(const model::CaseLine &line, const Reading &reading);        ///< on one line, of one customer
Row anyonesCaseRow(const model::CaseLine &line, const Reading &reading); ///< with the customer's name
Row candidateRow(const model::Candidate &candidate, int digit, const Reading &reading);
Row hitRow(const model::SearchHit &hit);

QString missingWord(model::Missing missing);

/// "Facility manager, Brandt Klima GmbH"
QString roleAndOrganisation(const model::Customer &customer, const QString &organisationName);
/// "Cleo Chen · until 30 Nov"
QString alertOrigin(const model::AlertLine &alert, const Reading &reading);
/// "Mobile", "Work, shared", "Mail, no longer theirs"
QString contactCaption(const model::ContactPoint &point);

/// "2 new since you last spoke, 3 Nov"; empty if there is nothing to say.
QString newSinceWords(int count, std::optional<TimeMs> lastMineAt, const Reading &reading);

/// "This customer was erased by Cleo Chen, today 09:12."
QString erasedWords(const model::ErasureLine &erasure, const Reading &reading);

/// A case code for the telephone: "Kilo, 7, 3, Quebec …" by the international spelling alphabet.
QString spelledCode(const QString &code);

} // namespace ringbook::ui
