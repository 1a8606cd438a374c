#include "sync/protocol/RecordJson.h"

#include "model/core/Id.h"
#include "model/domain/Kinds.h"
#include "sync/protocol/RecordParts.h"

#include <algorithm>

namespace ringbook::sync {

using model::Action;
using model::FieldType;
using simdjson::dom::element;

namespace {

bool isName(const QString &text)
{
    const auto allowed = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'_';
    };
    return !text.isEmpty() && text.size() <= maxNameBytes && std::ranges::all_of(text, allowed);
}

std::optional<FieldType> typeOf(const model::KindSpec *kind, const QString &field)
{
    const auto *fieldSpec = kind ? kind->field(field) : nullptr;
    return fieldSpec ? std::optional(fieldSpec->type) : std::nullopt;
}

void writeValue(JsonWriter &writer, std::optional<FieldType> type, const QVariant &value)
{
    if (!value.isValid() || value.isNull()) {
        writer.null();
    } else if (type == FieldType::Reference) {
        value.toLongLong() > 0 ? writer.text(QString::number(value.toLongLong())) : writer.null();
    } else if (value.typeId() == QMetaType::QString) {
        writer.text(value.toString());
    } else if (value.typeId() == QMetaType::Bool) {
        writer.boolean(value.toBool());
    } else {
        writer.number(value.toLongLong());
    }
}

struct Value
{
    QVariant value = {};
    const char *trouble = nullptr;
};

Value textValue(element json, qint64 maxBytes)
{
    std::string_view text;
    if (json.get(text))
        return {.trouble = "is not text"};
    if (const char *trouble = textTrouble(text, maxBytes))
        return {.trouble = trouble};
    return {QString::fromUtf8(text.data(), qsizetype(text.size()))};
}

Value integerValue(element json)
{
    int64_t number = 0;
    if (json.get(number))
        return {.trouble = "is not a whole number"};
    return {qlonglong(number)};
}

Value booleanValue(element json)
{
    bool flag = false;
    if (json.get(flag))
        return {.trouble = "is neither true nor false"};
    return {flag};
}

Value referenceValue(element json)
{
    const Value text = textValue(json, maxNameBytes);
    const auto id = idFromText(text.value.toString());
    if (!id)
        return {.trouble = "is not the decimal text of an id"};
    return {qlonglong(*id)};
}

/// Of a field that only a newer program knows.
Value unknownValue(element json, qint64 maxBytes)
{
    if (json.is_string())
        return textValue(json, maxBytes);
    if (json.is_bool())
        return booleanValue(json);
    if (json.is_int64())
        return integerValue(json);
    return {.trouble = "is neither text, a whole number, true, false nor null"};
}

Value readValue(element json, std::optional<FieldType> type, qint64 maxBytes)
{
    if (json.is_null())
        return {};
    if (!type)
        return unknownValue(json, maxBytes);
    switch (*type) {
    case FieldType::Text: return textValue(json, maxBytes);
    case FieldType::Integer: return integerValue(json);
    case FieldType::Boolean: return booleanValue(json);
    case FieldType::Reference: return referenceValue(json);
    }
    return {};
}

Action readAction(const JsonReader &reader)
{
    const auto action = model::actionFromName(reader.text("do", maxNameBytes));
    if (!action)
        reader.refuse(QStringLiteral("has a \"do\" that is none of create, set, delete, erase"));
    return action.value_or(Action::Set);
}

/// A creation has seen nothing; any other edit says up to where its author had seen the book.
void readBases(const JsonReader &reader, model::Op &op)
{
    if (op.action == Action::Create || op.edits.isEmpty())
        return;
    reader.object("base", [&](const JsonReader &bases) {
        for (auto edit = op.edits.begin(); edit != op.edits.end(); ++edit)
            edit->base = bases.count(edit.key().toLatin1().constData());
    });
}

} // namespace

void writeFields(JsonWriter &writer, const QString &kind, const model::Fields &fields)
{
    const model::KindSpec *spec = model::kindSpec(kind);
    writer.beginObject();
    for (auto field = fields.begin(); field != fields.end(); ++field)
        writeValue(writer.key(field.key().toUtf8()), typeOf(spec, field.key()), field.value());
    writer.endObject();
}

void writeOp(JsonWriter &writer, const model::Op &op)
{
    model::Fields fields;
    for (auto edit = op.edits.begin(); edit != op.edits.end(); ++edit)
        fields.insert(edit.key(), edit->value);
    writer.beginObject().member("n", op.counter).member("kind", op.record.kind).id("id", op.record.id);
    writer.member("do", name(op.action)).member("at", op.madeAt).key("fields");
    writeFields(writer, op.record.kind, fields);
    if (op.action != Action::Create && !op.edits.isEmpty()) {
        writer.key("base").beginObject();
        for (auto edit = op.edits.begin(); edit != op.edits.end(); ++edit)
            writer.member(edit.key().toUtf8(), edit->base);
        writer.endObject();
    }
    writer.endObject();
}

void writeChange(JsonWriter &writer, const model::Change &change)
{
    writer.beginObject()
        .member("seq", change.seq)
        .member("kind", change.record.kind)
        .id("id", change.record.id);
    writer.member("do", name(change.action)).key("fields");
    writeFields(writer, change.record.kind, change.fields);
    writer.member("device", change.device).member("n", change.counter);
    if (change.author > 0)
        writer.id("by", change.author);
    writer.member("at", change.madeAt).endObject();
}

model::RecordKey readRecordKey(const JsonReader &reader)
{
    const model::RecordKey key{.kind = reader.text("kind", maxNameBytes), .id = reader.id("id")};
    if (!isName(key.kind))
        reader.refuse(QStringLiteral("has a kind that is no name of small letters, digits and _"));
    return key;
}

model::Fields readFields(const JsonReader &reader, const QString &kind, qint64 maxTextBytes)
{
    model::Fields fields;
    if (reader.failed())
        return fields;
    const model::KindSpec *spec = model::kindSpec(kind);
    for (const auto [key, json] : reader.members()) {
        const model::FieldSpec *known = spec ? spec->field(key) : nullptr;
        const QString field = known ? spec->names()[known - spec->fields.data()]
                                    : QString::fromUtf8(key.data(), qsizetype(key.size()));
        const Value value = readValue(json, known ? std::optional(known->type) : std::nullopt, maxTextBytes);
        const bool isNext = fields.isEmpty() || fields.lastKey() < field; // as whoever writes sorts them
        if (!known && !isName(field))
            reader.refuse(QStringLiteral("names a field that is no name of small letters, digits and _"));
        else if (!isNext && fields.contains(field))
            reader.refuse(QStringLiteral("names %1 twice").arg(field));
        else if (value.trouble)
            reader.refuse(QStringLiteral("has a %1 that %2").arg(field, QLatin1String(value.trouble)));
        if (reader.failed())
            return {};
        fields.insert(isNext ? fields.cend() : fields.lowerBound(field), field, value.value);
    }
    return fields;
}

model::Op readOp(const JsonReader &reader)
{
    model::Op op{
        .counter = reader.count("n"),
        .record = readRecordKey(reader),
        .action = readAction(reader),
        .madeAt = reader.number("at"),
    };
    if (op.counter == 0)
        reader.refuse(QStringLiteral("has the counter 0; counters begin with 1"));
    if (op.counter > maxCounter)
        reader.refuse(QStringLiteral("has a counter beyond %1").arg(maxCounter));
    reader.object("fields", [&](const JsonReader &object) {
        const auto fields = readFields(object, op.record.kind, maxFieldTextBytes);
        for (auto field = fields.begin(); field != fields.end(); ++field)
            op.edits.insert(field.key(), {.value = field.value()});
    });
    readBases(reader, op);
    return op;
}

model::Change readChange(const JsonReader &reader)
{
    model::Change change{
        .seq = reader.count("seq"),
        .record = readRecordKey(reader),
        .action = readAction(reader),
        .device = reader.numberOr("device", 0),
        .counter = reader.numberOr("n", 0),
        .author = reader.idOr("by", 0),
        .madeAt = reader.numberOr("at", 0),
    };
    reader.object("fields", [&](const JsonReader &object) {
        change.fields = readFields(object, change.record.kind, maxChangeTextBytes);
    });
    return change;
}

QByteArray encode(const model::Op &op)
{
    JsonWriter writer;
    writeOp(writer, op);
    return writer.take();
}

QByteArray encode(const model::Change &change)
{
    JsonWriter writer;
    writeChange(writer, change);
    return writer.take();
}

QByteArray encodeFields(const QString &kind, const model::Fields &fields)
{
    JsonWriter writer;
    writeFields(writer, kind, fields);
    return writer.take();
}

QByteArray encodeValue(const QString &kind, const QString &field, const QVariant &value)
{
    JsonWriter writer;
    writeValue(writer, typeOf(model::kindSpec(kind), field), value);
    return writer.take();
}

Result<model::Op> readOp(QByteArrayView json)
{
    return readJson(json, maxPageBytes, [](const JsonReader &reader) { return readOp(reader); });
}

Result<model::Change> readChange(QByteArrayView json)
{
    return readJson(json, maxPageBytes, [](const JsonReader &reader) { return readChange(reader); });
}

Result<model::Fields> readFields(const QString &kind, QByteArrayView json)
{
    return readJson(json, maxPageBytes,
                    [&](const JsonReader &reader) { return readFields(reader, kind, maxChangeTextBytes); });
}

} // namespace ringbook::sync
