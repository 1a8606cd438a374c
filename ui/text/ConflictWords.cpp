#include "ui/text/ConflictWords.h"

#include "ui/text/FieldWords.h"
#include "ui/text/Numbers.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace ringbook::ui {

using model::ConflictLine;
using model::Version;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ConflictWords)
};

bool isDeletion(const ConflictLine &line)
{
    return line.conflict.field.isEmpty();
}

QString personWord(const Version &version)
{
    return version.mine            ? Words::tr("You")
           : version.who.isEmpty() ? Words::tr("Somebody")
                                   : isolated(version.who);
}

QString originInSentence(const Version &version, const Reading &reading)
{
    return version.mine && version.at ? Words::tr("you, %1", "when").arg(inSentence(*version.at, reading))
                                      : versionOrigin(version, reading);
}

using Wording = QString (*)(const QString &kind, const QString &field, const QVariant &value,
                            const Reading &reading);

/// "pt-BR" and "pt-PT" are both called Portuguese.
TwoValues toldApart(const ConflictLine &line, const Reading &reading, Wording wording)
{
    const auto words = [&](const Version &version, const QString &field) {
        const QVariant named = version.name.isEmpty() ? version.value : QVariant(version.name);
        return wording(line.conflict.record.kind, field, named, reading);
    };
    const TwoValues usual{words(line.present, line.conflict.field), words(line.lost, line.conflict.field)};
    return usual.present == usual.lost ? TwoValues{words(line.present, {}), words(line.lost, {})} : usual;
}

} // namespace

TwoValues valuesOnALine(const ConflictLine &line, const Reading &reading)
{
    return toldApart(line, reading, valueWord);
}

TwoValues wholeValues(const ConflictLine &line, const Reading &reading)
{
    return toldApart(line, reading, wholeValue);
}

QString versionOrigin(const Version &version, const Reading &reading)
{
    return version.at
               ? Words::tr("%1, %2", "who, when").arg(personWord(version), inSentence(*version.at, reading))
               : Words::tr("Changed since both wrote");
}

QString disputedWord(const ConflictLine &line)
{
    const model::Subject &subject = line.subject;
    const QString thing = !subject.caseCode.isEmpty()
                              ? Words::tr("Case %1").arg(caseCodeForPeople(subject.caseCode))
                              : phoneForPeople(subject.contact);
    if (!isDeletion(line))
        return thing.isEmpty()
                   ? fieldWord(line.conflict.field)
                   : Words::tr("%1, %2", "case or number, field").arg(thing, fieldWord(line.conflict.field));
    if (line.conflict.record.kind == QLatin1String("customer"))
        return Words::tr("This customer");
    return thing.isEmpty() ? Words::tr("An entry") : thing;
}

QString conflictTitle(const ConflictLine &line)
{
    const QString customer =
        line.subject.customerName.isEmpty() ? Words::tr("Unidentified") : isolated(line.subject.customerName);
    const bool isWhole = isDeletion(line) && line.conflict.record.kind == QLatin1String("customer");
    return isWhole ? customer : Words::tr("%1: %2", "who, what").arg(customer, disputedWord(line));
}

QString conflictLine(const ConflictLine &line, const Reading &reading)
{
    if (isDeletion(line))
        return Words::tr("%1 was changed while somebody deleted it; it is still there")
            .arg(disputedWord(line));
    const TwoValues values = valuesOnALine(line, reading);
    return Words::tr("%1: now %2, also %3", "field and two values")
        .arg(disputedWord(line), values.present, values.lost);
}

QString otherValueLine(const ConflictLine &line, const Reading &reading)
{
    if (isDeletion(line))
        return Words::tr("%1: changed, but also deleted (%2)", "what; who, when")
            .arg(disputedWord(line), originInSentence(line.lost, reading));
    return Words::tr("%1: also %2 (%3)", "field, value; who, when")
        .arg(disputedWord(line), valuesOnALine(line, reading).lost, originInSentence(line.lost, reading));
}

QString decidersLine(const QVector<ConflictLine> &lines)
{
    const QStringList writers = lines.isEmpty() ? QStringList() : lines.first().writers;
    const bool areTheSame =
        std::ranges::all_of(lines, [&](const ConflictLine &line) { return line.writers == writers; });
    QStringList names;
    for (const QString &writer : writers)
        if (!names.contains(isolated(writer)))
            names.append(isolated(writer));
    if (names.isEmpty() || !areTheSame)
        return Words::tr("Who wrote them decides, or a team lead.");
    return Words::tr("%1 or a team lead decides.", "names").arg(names.join(QStringLiteral(", ")));
}

} // namespace ringbook::ui
