#include "model/domain/Names.h"
#include "model/domain/PhoneNumber.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/MessageParts.h"
#include "sync/protocol/RecordParts.h"

#include <QUrlQuery>

#include <algorithm>

namespace ringbook::sync {

namespace {

constexpr std::array verdicts = {"applied", "merged", "conflict", "duplicate", "refused", "expired", "gone"};

Verdict readVerdict(const JsonReader &reader)
{
    const auto verdict = model::valueAmong<Verdict>(verdicts, reader.text("verdict", maxNameBytes));
    if (!verdict)
        reader.refuse(QStringLiteral("has a verdict nobody here knows"));
    return verdict.value_or(Verdict::Refused);
}

OpAnswer readOpAnswer(const JsonReader &reader)
{
    return {.counter = reader.count("n"),
            .verdict = readVerdict(reader),
            .seq = reader.numberOr("seq", 0),
            .reason = reader.textOr("reason", {})};
}

void writePageHead(JsonWriter &writer, const ChangesPage &page)
{
    writer.member("book", page.book).member("epoch", page.epoch);
    writer.member("from", page.from).member("to", page.to).member("head", page.head);
    if (page.rows)
        writer.key("rows").boolean(true);
    writeLease(writer, page.leaseMs);
    writer.key("changes").beginArray();
}

} // namespace

QByteArray encode(const PushRequest &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("schema", message.schema)
            .member("epoch", message.epoch)
            .member("sent_at", message.sentAt);
        if (!message.deviceSecret.isEmpty())
            writer.member("device_secret", message.deviceSecret);
        writer.key("ops").beginArray();
        for (const model::Op &op : message.ops)
            writeOp(writer, op);
        writer.endArray();
    });
}

Result<PushRequest> readPushRequest(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) {
        PushRequest message{.schema = readSchema(reader),
                            .epoch = reader.textOr("epoch", {}),
                            .sentAt = reader.number("sent_at"),
                            .deviceSecret = reader.textOr("device_secret", {})};
        reader.each("ops", maxOpsPerPush, [&](const JsonReader &op) { message.ops.append(readOp(op)); });
        return message;
    });
}

QByteArray encode(const PushReply &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("epoch", message.epoch).member("head", message.head).key("answers").beginArray();
        for (const OpAnswer &answer : message.answers) {
            writer.beginObject()
                .member("n", answer.counter)
                .member("verdict", model::nameAmong(verdicts, answer.verdict))
                .member("seq", answer.seq);
            if (!answer.reason.isEmpty())
                writer.member("reason", answer.reason);
            writer.endObject();
        }
        writer.endArray();
    });
}

Result<PushReply> readPushReply(QByteArrayView json)
{
    return readJson(json, maxPageBytes, [](const JsonReader &reader) {
        PushReply message{.epoch = reader.text("epoch", maxNameBytes), .head = reader.count("head")};
        reader.each("answers", maxOpsPerPush,
                    [&](const JsonReader &answer) { message.answers.append(readOpAnswer(answer)); });
        return message;
    });
}

QByteArray encode(const ChangesPage &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writePageHead(writer, message);
        for (const model::Change &change : message.changes)
            writeChange(writer, change);
        writer.endArray();
    });
}

QByteArray encodePage(const ChangesPage &page, const QVector<QByteArray> &changes)
{
    return jsonObject([&](JsonWriter &writer) {
        writePageHead(writer, page);
        for (const QByteArray &change : changes)
            writer.raw(change);
        writer.endArray();
    });
}

Result<ChangesPage> readChangesPage(QByteArrayView json)
{
    return readJson(json, maxPageBytes, [](const JsonReader &reader) {
        ChangesPage page{.book = reader.text("book", maxNameBytes),
                         .epoch = reader.text("epoch", maxNameBytes),
                         .from = reader.count("from"),
                         .to = reader.count("to"),
                         .head = reader.count("head"),
                         .rows = reader.flagOr("rows", false),
                         .leaseMs = readLease(reader)};
        qint64 last = page.from;
        reader.each("changes", maxChangesPerPage, [&](const JsonReader &entry) {
            page.changes.append(readChange(entry));
            if (page.changes.last().seq <= last || page.changes.last().seq > page.to)
                entry.refuse(QStringLiteral("is out of order"));
            last = page.changes.last().seq;
        });
        if (page.to < page.from || page.head < page.to)
            reader.refuse(QStringLiteral("has from, to and head out of order"));
        return page;
    });
}

QByteArray encode(const ChangesQuery &query)
{
    QByteArray text = "after=" + QByteArray::number(query.after);
    if (!query.epoch.isEmpty())
        text += "&epoch=" + query.epoch.toUtf8().toPercentEncoding();
    text += "&limit=" + QByteArray::number(query.limit);
    if (query.wait > 0)
        text += "&wait=" + QByteArray::number(query.wait);
    return text;
}

Result<ChangesQuery> readChangesQuery(const QByteArray &query)
{
    ChangesQuery read;
    const QUrlQuery items(QString::fromUtf8(query));
    for (const auto &[key, value] : items.queryItems(QUrl::FullyDecoded)) {
        if (key == QLatin1String("epoch")) {
            read.epoch = value;
            continue;
        }
        bool isNumber = false;
        const qint64 number = value.toLongLong(&isNumber);
        const bool known =
            key == QLatin1String("after") || key == QLatin1String("limit") || key == QLatin1String("wait");
        if (known && (!isNumber || number < 0))
            return Error{Fault::Protocol, key + QStringLiteral(" is not a whole number from 0 up")};
        if (key == QLatin1String("after"))
            read.after = number;
        else if (key == QLatin1String("limit"))
            read.limit = int(std::clamp<qint64>(number, 1, maxChangesPerPage));
        else if (key == QLatin1String("wait"))
            read.wait = int(std::min<qint64>(number, maxWaitSeconds));
    }
    return read;
}

QByteArray encode(const LookUpQuery &query)
{
    return "e164=" + query.e164.toUtf8().toPercentEncoding();
}

Result<LookUpQuery> readLookUpQuery(const QByteArray &query)
{
    const QString number =
        QUrlQuery(QString::fromUtf8(query)).queryItemValue(QStringLiteral("e164"), QUrl::FullyDecoded);
    if (!model::isE164(number))
        return Error{Fault::Protocol,
                     QStringLiteral("e164 is no number as %2B493023125147 is, with its + encoded")};
    return LookUpQuery{number};
}

} // namespace ringbook::sync
