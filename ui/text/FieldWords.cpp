#include "ui/text/FieldWords.h"

#include "model/domain/Kinds.h"
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

constexpr int longestValue = 300; ///< more of a text is not needed to tell it from the other

QString quoted(const QString &text)
{
    const QString begun = text.left(longestValue).simplified();
    return Words::tr("“%1”").arg(isolated(text.size() > longestValue ? begun + u'…' : begun));
}

bool isMoment(const QString &field)
{
    return field == QLatin1String("at") || field.endsWith(QLatin1String("_at")) ||
           field == QLatin1String("until") || field.endsWith(QLatin1String("_since"));
}

QString enumerationWord(const QString &kind, const QString &field, const QString &value)
{
    if (kind == QLatin1String("case") && field == QLatin1String("status"))
        if (const auto status = model::statusFromName(value))
            return word(*status);
    if (kind == QLatin1String("case") && field == QLatin1String("type"))
        if (const auto type = model::caseTypeFromName(value))
            return word(*type);
    return {};
}

/// It stands under the customer's name, so it says what of theirs it is.
QString deletedWord(const QString &kind)
{
    if (kind == QLatin1String("customer"))
        return Words::tr("This customer: also deleted, to be decided");
    if (kind == QLatin1String("case"))
        return Words::tr("A case of theirs: also deleted, to be decided");
    return Words::tr("An entry of theirs: also deleted, to be decided");
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
    const bool isEmpty = !value.isValid() || value.toString().isEmpty();
    if (isEmpty)
        return Words::tr("nothing");
    if (value.typeId() == QMetaType::Bool)
        return value.toBool() ? Words::tr("yes") : Words::tr("no");
    if (isMoment(field))
        return quoted(when(value.toLongLong(), reading));
    const QString known = enumerationWord(kind, field, value.toString());
    return quoted(known.isEmpty() ? value.toString() : known);
}

QString valueWord(const model::Conflict &conflict, const model::Version &version, const Reading &reading)
{
    return version.name.isEmpty() ? valueWord(conflict.record.kind, conflict.field, version.value, reading)
                                  : quoted(version.name);
}

QString subjectWord(const model::Subject &subject)
{
    const QString name =
        subject.customerName.isEmpty() ? Words::tr("Unidentified") : isolated(subject.customerName);
    return subject.caseCode.isEmpty() ? name
                                      : name + QStringLiteral(" · ") + caseCodeForPeople(subject.caseCode);
}

QString conflictLine(const model::ConflictLine &line, const Reading &reading)
{
    if (line.conflict.field.isEmpty())
        return Words::tr("It was changed while somebody deleted it. It is still there.");
    return Words::tr("%1: %2 holds, %3 gave way")
        .arg(fieldWord(line.conflict.field), valueWord(line.conflict, line.kept, reading),
             valueWord(line.conflict, line.lost, reading));
}

QString otherValueLine(const model::Conflict &conflict, const Reading &reading)
{
    const auto *kind = model::kindSpec(conflict.record.kind);
    const auto *field = kind ? kind->field(conflict.field) : nullptr;
    if (conflict.field.isEmpty())
        return deletedWord(conflict.record.kind);
    if (field && field->type == model::FieldType::Reference)
        return Words::tr("%1: two values, to be decided").arg(fieldWord(conflict.field));
    return Words::tr("%1: also %2, to be decided")
        .arg(fieldWord(conflict.field),
             valueWord(conflict.record.kind, conflict.field, lostValue(conflict), reading));
}

} // namespace ringbook::ui
