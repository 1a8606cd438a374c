#include "tests/sim/Acts.h"

#include "model/domain/Case.h"
#include "model/domain/Kinds.h"
#include "tests/sim/Ledger.h"

#include <array>

namespace ringbook::sim {

namespace {

using model::Action;
using Edit = model::ChangeWriter::Edit;

constexpr std::array kinds{"customer", "contact_point", "case", "case_note", "follow_up", "interaction"};
constexpr char unknownKind[] = "widget";
constexpr std::array unknownFields{"colour", "weight"};

QVariant someValue(Dice &dice, model::FieldType type)
{
    if (dice.chance(0.1))
        return {};
    switch (type) {
    case model::FieldType::Text: return QStringLiteral("text %1").arg(dice.upTo(5));
    case model::FieldType::Integer: return qlonglong(dice.upTo(5));
    case model::FieldType::Boolean: return dice.chance(0.5);
    case model::FieldType::Reference: return qlonglong(dice.between(1, 5));
    }
    return {};
}

QString someStatus(Dice &dice)
{
    return model::name(model::Case::Status(dice.upTo(4)));
}

std::pair<QString, QVariant> someField(Dice &dice, const QString &kind, bool isNewer)
{
    const model::KindSpec *spec = model::kindSpec(kind);
    if (!spec || (isNewer && dice.chance(0.05)))
        return {QLatin1String(dice.oneOf(unknownFields)), someValue(dice, model::FieldType::Text)};
    // The first few of a kind, so that people meet.
    const auto &field = spec->fields[size_t(dice.upTo(qMin<qint64>(3, qint64(spec->fields.size()) - 1)))];
    const QString name = QLatin1String(field.name);
    return {name, name == QLatin1String("status") ? QVariant(someStatus(dice)) : someValue(dice, field.type)};
}

/// About one of the customers or cases there are, with the customer's marker in its text; or about nobody.
void tie(Dice &dice, Edit &edit, const model::Book &book, const QVector<model::RecordKey> &known)
{
    if (edit.record.kind == QLatin1String("customer")) {
        edit.fields.insert("name", markerOf(edit.record.id));
        return;
    }
    const QString owner = edit.record.kind == QLatin1String("case_note") ? "case" : "customer";
    edit.fields.remove("case");
    edit.fields.remove("customer");
    const auto one = known.isEmpty() ? model::RecordKey{} : dice.oneOf(known);
    const auto there = book.record(one);
    if (one.kind != owner || !there || !*there)
        return;
    const qint64 customer = owner == "case" ? (*there)->value("customer").toLongLong() : one.id;
    edit.fields.insert(owner, one.id);
    edit.fields.insert("text", markerOf(customer));
}

Edit created(Dice &dice, qint64 id, bool isNewer)
{
    const char *kind = isNewer && dice.chance(0.15) ? unknownKind : dice.oneOf(kinds);
    Edit edit{.record = {QLatin1String(kind), id}, .action = Action::Create};
    edit.fields.insert("name", QStringLiteral("named %1").arg(id));
    for (int i = 0; i < 3; ++i) {
        const auto [name, value] = someField(dice, edit.record.kind, isNewer);
        edit.fields.insert(name, value);
    }
    if (edit.record.kind == QLatin1String("case"))
        edit.fields.insert("status", "new");
    edit.fields.remove("author"); // the hub knows who it is, and would refuse most
    return edit;
}

Edit edited(Dice &dice, const model::RecordKey &key, const model::Fields &fields, bool isNewer)
{
    Edit edit{.record = key};
    if (key.kind == QLatin1String("conflict")) {
        edit.fields.insert("state", "settled");
        return edit;
    }
    if (dice.chance(0.03))
        return {.record = key, .action = Action::Delete, .fields = fields};
    for (qint64 i = dice.upTo(2); i >= 0; --i) {
        const auto [name, value] = someField(dice, key.kind, isNewer);
        edit.fields.insert(name, value);
    }
    const bool isWhole = fields.contains("name");    // else how it was made has yet to come back
    for (const QString owner : {"customer", "case"}) // its text would be about another than it says
        if (!isWhole || fields.value(owner).toLongLong() > 5)
            edit.fields.remove(owner);
    if (key.kind == QLatin1String("customer") && dice.chance(0.3))
        edit.fields.insert("name", markerOf(key.id) + QString::number(dice.upTo(5)));
    if (key.kind == QLatin1String("case") && dice.chance(0.5))
        edit.fields.insert("status", someStatus(dice));
    if (dice.chance(0.1) && !edit.fields.isEmpty())
        edit.unseen.insert(edit.fields.firstKey());
    return edit;
}

} // namespace

QVector<Edit> someEdits(Dice &dice, const model::Book &book, model::ChangeWriter &writer,
                        const QVector<model::RecordKey> &known, bool isNewer)
{
    QVector<Edit> edits;
    const qint64 count = dice.chance(0.05) ? dice.between(5, 40) : dice.between(1, 2);
    for (qint64 i = 0; i < count; ++i) {
        if (dice.chance(0.02)) { // only an administrator may
            edits.append({.record = {"team", 7}, .fields = {{"name", "Night"}}});
            continue;
        }
        if (known.isEmpty() || dice.chance(0.25)) {
            if (const auto id = writer.newId()) {
                edits.append(created(dice, *id, isNewer));
                tie(dice, edits.last(), book, known);
            }
            continue;
        }
        const auto &recent = dice.chance(0.7) ? known.last(qMin<qsizetype>(12, known.size())) : known;
        const model::RecordKey key = dice.oneOf(recent);
        if (!isNewer && !model::kindSpec(key.kind))
            continue; // it has no page for it
        if (const auto record = book.record(key); record && *record)
            edits.append(edited(dice, key, **record, isNewer));
    }
    return edits;
}

} // namespace ringbook::sim
