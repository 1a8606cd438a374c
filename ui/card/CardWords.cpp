#include "ui/card/CardWords.h"

#include "ui/text/Numbers.h"
#include "ui/text/Symbols.h"
#include "ui/text/Wording.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QStringList>

#include <array>

namespace ringbook::ui {

using model::Confidence;
using model::ContactPoint;
using model::TimelineEntry;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CardWords)
};

QString joined(const QStringList &parts, const QString &between)
{
    QStringList present = parts;
    present.removeAll(QString());
    return present.join(between);
}

const QString dot = QStringLiteral(" · ");

QString severityText(std::optional<int> severity)
{
    return severity ? Words::tr("Severity %1").arg(*severity) : QString();
}

/// International spelling alphabet, A to Z.
constexpr std::array spelling = {"Alfa",   "Bravo",   "Charlie", "Delta",  "Echo",   "Foxtrot", "Golf",
                                 "Hotel",  "India",   "Juliett", "Kilo",   "Lima",   "Mike",    "November",
                                 "Oscar",  "Papa",    "Quebec",  "Romeo",  "Sierra", "Tango",   "Uniform",
                                 "Victor", "Whiskey", "X-ray",   "Yankee", "Zulu"};

QString unidentified()
{
    return Words::tr("Unidentified");
}

} // namespace

Badge dueBadge(std::optional<TimeMs> dueAt, const Reading &reading)
{
    if (!dueAt)
        return {};
    if (*dueAt < reading.now)
        return {Words::tr("Overdue"), Tone::Bad};
    if (daysFromToday(*dueAt, reading) == 0)
        return {Words::tr("Due %1").arg(clockTime(*dueAt, reading)), Tone::Warn};
    return {Words::tr("Due %1").arg(dayInSentence(*dueAt, reading)), Tone::Neutral};
}

Badge confidenceBadge(Confidence confidence)
{
    switch (confidence) {
    case Confidence::Exact: return {Words::tr("Exact number"), Tone::Neutral};
    case Confidence::Shared: return {Words::tr("Shared line"), Tone::Warn};
    case Confidence::Chosen: return {Words::tr("Chosen by you"), Tone::Neutral};
    case Confidence::Unknown: return {Words::tr("Unknown number"), Tone::Warn};
    case Confidence::Withheld: return {Words::tr("Number withheld"), Tone::Warn};
    case Confidence::Unreadable: return {Words::tr("No number"), Tone::Warn};
    }
    return {};
}

Row timelineRow(const TimelineEntry &entry, const Reading &reading)
{
    const bool isCase = entry.kind == TimelineEntry::Kind::CaseOpened;
    return {.icon = iconOf(entry),
            .title = headline(entry),
            .badge = isCase ? severityText(entry.severity) : QString(),
            .badgeTone = entry.severity && *entry.severity <= 2 ? Tone::Warn : Tone::Neutral,
            .text = body(entry).simplified(),
            .right = when(entry.at, reading),
            .rightBelow = entry.mine ? Words::tr("You") : entry.who};
}

Row caseRow(const model::CaseLine &line, const Reading &reading)
{
    const Badge due = dueBadge(line.file.dueAt, reading);
    return {.icon = iconOf(line.file.type),
            .title = caseCodeForPeople(line.file.code),
            .badge = due.text.isEmpty() ? word(line.file.status) : due.text,
            .badgeTone = due.tone,
            .text = line.file.subject.simplified()};
}

Row anyonesCaseRow(const model::CaseLine &line, const Reading &reading)
{
    const Badge due = dueBadge(line.file.dueAt, reading);
    const QString customer = line.customerName.isEmpty() ? unidentified() : isolated(line.customerName);
    return {.icon = iconOf(line.file.type),
            .title = line.file.subject.simplified(),
            .badge = due.text,
            .badgeTone = due.tone,
            .text = joined({caseCodeForPeople(line.file.code), customer}, dot),
            .right = line.file.dueAt ? when(*line.file.dueAt, reading) : word(line.file.status),
            .rightBelow = line.assigneeName};
}

Row candidateRow(const model::Candidate &candidate, int digit, const Reading &reading)
{
    const Badge due = dueBadge(candidate.nextDueAt, reading);
    const QString cases =
        candidate.openCases > 0 ? Words::tr("%n open", "cases", candidate.openCases) : QString();
    return {.key = QString::number(digit),
            .title = candidate.customer.name, // alone in its line: it is what they are told apart by
            .text =
                joined({due.text, roleAndOrganisation(candidate.customer, candidate.organisationName)}, dot),
            .right = candidate.lastContactAt && due.text.isEmpty()
                         ? dayInSentence(*candidate.lastContactAt, reading)
                         : QString(),
            .rightBelow = cases};
}

Row hitRow(const model::SearchHit &hit)
{
    const QString file = hit.caseCode.isEmpty()
                             ? QString()
                             : joined({caseCodeForPeople(hit.caseCode), hit.subject}, QStringLiteral(" "));
    const QString number = hit.number.isEmpty() ? QString() : phoneForPeople(hit.number);
    return {.title = hit.customer ? hit.name : unidentified(),
            .badge = hit.openCases > 0 ? Words::tr("%n open", "cases", hit.openCases) : QString(),
            .text = joined({hit.organisationName, number, file}, dot)};
}

QString missingWord(model::Missing missing)
{
    using model::Missing;
    switch (missing) {
    case Missing::Nothing: return Words::tr("Nothing missing");
    case Missing::Outcome: return Words::tr("Outcome is missing");
    case Missing::Subject: return Words::tr("Subject is missing");
    case Missing::Case: return Words::tr("Complaint, Service or a case is missing");
    case Missing::Note: return Words::tr("Note is missing");
    }
    return {};
}

QString roleAndOrganisation(const model::Customer &customer, const QString &organisationName)
{
    return joined({customer.role, organisationName}, QStringLiteral(", "));
}

QString alertOrigin(const model::AlertLine &alert, const Reading &reading)
{
    const QString until =
        alert.until ? Words::tr("until %1").arg(dayInSentence(*alert.until, reading)) : QString();
    return joined({alert.author, until}, dot);
}

QString contactCaption(const ContactPoint &point)
{
    const QString label = point.label.isEmpty() ? word(point.channel) : point.label;
    const QString shared = point.shared == ContactPoint::Shared::No ? QString() : Words::tr("shared");
    const QString former = point.notTheirsSince ? Words::tr("no longer theirs") : QString();
    return joined({label, shared, former}, QStringLiteral(", "));
}

QString newSinceWords(int count, std::optional<TimeMs> lastMineAt, const Reading &reading)
{
    if (!lastMineAt)
        return {};
    const QString day = dayInSentence(*lastMineAt, reading);
    return count == 0 ? Words::tr("Nothing new since you last spoke, %1").arg(day)
                      : Words::tr("%n new since you last spoke, %1", nullptr, count).arg(day);
}

QString erasedWords(const model::ErasureLine &erasure, const Reading &reading)
{
    const QString at = inSentence(erasure.at, reading);
    return erasure.by.isEmpty()
               ? Words::tr("This customer was erased, %1.").arg(at)
               : Words::tr("This customer was erased by %1, %2.").arg(isolated(erasure.by), at);
}

QString spelledCode(const QString &code)
{
    QStringList words;
    for (const QChar letter : code.toUpper()) {
        const int at = letter.unicode() - u'A';
        words += at >= 0 && at < int(spelling.size()) ? QString::fromLatin1(spelling[size_t(at)])
                                                      : QString(letter);
    }
    return words.join(QStringLiteral(", "));
}

} // namespace ringbook::ui
