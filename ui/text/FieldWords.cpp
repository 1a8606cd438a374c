#include "ui/text/FieldWords.h"

#include "ui/text/Numbers.h"
#include "ui/text/Wording.h"

#include <QCoreApplication>
#include <QHash>

namespace ringbook::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(FieldWords)
};

// More of a text is not needed to tell it from another one.
constexpr int longestValue = 300;
constexpr int longestWhole = 4000;

enum class Extent { OneLine, Whole };

QString quoted(const QString &text, Extent extent)
{
    const int longest = extent == Extent::Whole ? longestWhole : longestValue;
    const QString cut = text.left(longest);
    const QString begun = extent == Extent::Whole ? cut.trimmed() : cut.simplified();
    return Words::tr("“%1”").arg(isolated(text.size() > longest ? begun + u'…' : begun));
}

bool isMoment(const QString &field)
{
    return field == QLatin1String("at") || field.endsWith(QLatin1String("_at")) ||
           field == QLatin1String("until") || field.endsWith(QLatin1String("_since"));
}

QString knownWord(const QString &kind, const QString &field, const QString &value)
{
    if (kind == QLatin1String("case") && field == QLatin1String("status"))
        if (const auto status = model::statusFromName(value))
            return word(*status);
    if (kind == QLatin1String("case") && field == QLatin1String("type"))
        if (const auto type = model::caseTypeFromName(value))
            return word(*type);
    if (field == QLatin1String("language"))
        return languageNames(value);
    if (field == QLatin1String("time_zone"))
        return placeOfZone(value);
    return {};
}

QString worded(const QString &kind, const QString &field, const QVariant &value, const Reading &reading,
               Extent extent)
{
    const bool isEmpty = !value.isValid() || value.toString().isEmpty();
    if (isEmpty)
        return Words::tr("nothing");
    if (value.typeId() == QMetaType::Bool)
        return value.toBool() ? Words::tr("yes") : Words::tr("no");
    if (isMoment(field))
        return quoted(when(value.toLongLong(), reading), extent);
    const QString known = knownWord(kind, field, value.toString());
    return quoted(known.isEmpty() ? value.toString() : known, extent);
}

} // namespace

QString fieldWord(const QString &field)
{
    static const QHash<QString, QString> words = {
        {"name", Words::tr("Name")},
        {"organisation", Words::tr("Organisation")},
        {"role", Words::tr("Role")},
        {"tier", Words::tr("Tier")},
        {"stage", Words::tr("Stage")},
        {"language", Words::tr("Language")},
        {"time_zone", Words::tr("Time zone")},
        {"good_service", Words::tr("Good service means")},
        {"notes", Words::tr("Notes")},
        {"value", Words::tr("Number or address")},
        {"e164", Words::tr("Number")},
        {"label", Words::tr("Kind of number")},
        {"verified", Words::tr("Verified")},
        {"shared", Words::tr("Shared line")},
        {"not_theirs_since", Words::tr("No longer theirs since")},
        {"customer", Words::tr("Customer")},
        {"subject", Words::tr("Subject")},
        {"status", Words::tr("Status")},
        {"type", Words::tr("Type")},
        {"severity", Words::tr("Severity")},
        {"assignee", Words::tr("Who takes care")},
        {"due_at", Words::tr("Due")},
        {"closed_at", Words::tr("Closed")},
        {"remedy_sought", Words::tr("Remedy sought")},
        {"remedy_given", Words::tr("Remedy given")},
        {"root_cause", Words::tr("Cause")},
        {"resolution", Words::tr("Resolution")},
        {"note", Words::tr("Note")},
        {"text", Words::tr("Text")},
        {"outcome", Words::tr("Outcome")},
        {"what", Words::tr("What was promised")},
        {"state", Words::tr("State")},
    };
    return words.value(field, QString(field).replace(u'_', u' '));
}

QString valueWord(const QString &kind, const QString &field, const QVariant &value, const Reading &reading)
{
    return worded(kind, field, value, reading, Extent::OneLine);
}

QString wholeValue(const QString &kind, const QString &field, const QVariant &value, const Reading &reading)
{
    return worded(kind, field, value, reading, Extent::Whole);
}

QString subjectWord(const model::Subject &subject)
{
    const QString name =
        subject.customerName.isEmpty() ? Words::tr("Unidentified") : isolated(subject.customerName);
    return subject.caseCode.isEmpty() ? name
                                      : name + QStringLiteral(" · ") + caseCodeForPeople(subject.caseCode);
}

} // namespace ringbook::ui
