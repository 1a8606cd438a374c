#include "sync/protocol/Codec.h"

#include "sync/protocol/MessageParts.h"
#include "sync/protocol/RecordParts.h"

#include <QUrlQuery>

#include <algorithm>

namespace ringbook::sync {

namespace {

constexpr int maxBooks = 1000;
constexpr int maxExtensions = 100;
constexpr struct
{
    Verdict verdict;
    const char *name;
} verdicts[] = {
    {Verdict::Applied, "applied"},     {Verdict::Merged, "merged"},   {Verdict::Conflict, "conflict"},
    {Verdict::Duplicate, "duplicate"}, {Verdict::Refused, "refused"},
};

const char *name(Verdict verdict)
{
    return std::ranges::find(verdicts, verdict, [](const auto &row) { return row.verdict; })->name;
}

Verdict readVerdict(const JsonReader &reader)
{
    const QString text = reader.text("verdict", maxNameBytes);
    for (const auto &row : verdicts)
        if (text == QLatin1String(row.name))
            return row.verdict;
    reader.refuse(QStringLiteral("has a verdict nobody here knows"));
    return Verdict::Refused;
}

void writeBooks(JsonWriter &writer, const QVector<BookGrant> &books)
{
    writer.key("books").beginArray();
    for (const BookGrant &grant : books) {
        writer.beginObject().member("book", grant.book).member("region", grant.region);
        writer.member("epoch", grant.epoch).member("head", grant.head).endObject();
    }
    writer.endArray();
}

QVector<BookGrant> readBooks(const JsonReader &reader)
{
    QVector<BookGrant> books;
    reader.each("books", maxBooks, [&](const JsonReader &grant) {
        books.append({.book = grant.text("book", maxNameBytes),
                      .region = grant.textOr("region", {}),
                      .epoch = grant.text("epoch", maxNameBytes),
                      .head = grant.count("head")});
    });
    return books;
}

OpAnswer readOpAnswer(const JsonReader &reader)
{
    return {.counter = reader.count("n"),
            .verdict = readVerdict(reader),
            .seq = reader.numberOr("seq", 0),
            .reason = reader.textOr("reason", {})};
}

template <typename Write>
QByteArray object(Write write)
{
    JsonWriter writer;
    writer.beginObject();
    write(writer);
    writer.endObject();
    return writer.take();
}

void writePageHead(JsonWriter &writer, const ChangesPage &page)
{
    writer.member("book", page.book).member("epoch", page.epoch);
    writer.member("from", page.from).member("to", page.to).member("head", page.head);
    writer.key("changes").beginArray();
}

} // namespace

QByteArray encode(const SessionRequest &message)
{
    return object([&](JsonWriter &writer) {
        writer.member("schema", message.schema)
            .member("login", message.login)
            .member("password", message.password);
        writer.member("device", message.device).member("device_secret", message.deviceSecret);
        writer.member("device_name", message.deviceName);
    });
}

Result<SessionRequest> readSessionRequest(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) {
        return SessionRequest{.schema = int(reader.count("schema")),
                              .login = reader.text("login", maxCredentialBytes),
                              .password = reader.text("password", maxCredentialBytes),
                              .device = reader.numberOr("device", 0),
                              .deviceSecret = reader.textOr("device_secret", {}),
                              .deviceName = reader.textOr("device_name", {})};
    });
}

QByteArray encode(const SessionReply &message)
{
    return object([&](JsonWriter &writer) {
        writer.member("token", message.token).member("device", message.device);
        writer.member("device_secret", message.deviceSecret).id("user", message.user);
        writer.member("user_name", message.userName);
        writeBooks(writer, message.books);
        writer.member("hub_time", message.hubTime).key("simulator").boolean(message.simulator);
    });
}

Result<SessionReply> readSessionReply(QByteArrayView json)
{
    return readJson(json, maxPageBytes, [](const JsonReader &reader) {
        return SessionReply{.token = reader.text("token"),
                            .device = reader.count("device"),
                            .deviceSecret = reader.text("device_secret"),
                            .user = reader.id("user"),
                            .userName = reader.textOr("user_name", {}),
                            .books = readBooks(reader),
                            .hubTime = reader.number("hub_time"),
                            .simulator = reader.flagOr("simulator", false)};
    });
}

QByteArray encode(const PushRequest &message)
{
    return object([&](JsonWriter &writer) {
        writer.member("schema", message.schema)
            .member("epoch", message.epoch)
            .member("sent_at", message.sentAt);
        writer.key("ops").beginArray();
        for (const model::Op &op : message.ops)
            writeOp(writer, op);
        writer.endArray();
    });
}

Result<PushRequest> readPushRequest(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) {
        PushRequest message{.schema = int(reader.count("schema")),
                            .epoch = reader.textOr("epoch", {}),
                            .sentAt = reader.number("sent_at")};
        reader.each("ops", maxOpsPerPush, [&](const JsonReader &op) { message.ops.append(readOp(op)); });
        return message;
    });
}

QByteArray encode(const PushReply &message)
{
    return object([&](JsonWriter &writer) {
        writer.member("epoch", message.epoch).member("head", message.head).key("answers").beginArray();
        for (const OpAnswer &answer : message.answers) {
            writer.beginObject().member("n", answer.counter);
            writer.key("verdict")
                .raw(QByteArray("\"") + name(answer.verdict) + '"')
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
    return object([&](JsonWriter &writer) {
        writePageHead(writer, message);
        for (const model::Change &change : message.changes)
            writeChange(writer, change);
        writer.endArray();
    });
}

QByteArray encodePage(const ChangesPage &page, const QVector<QByteArray> &changes)
{
    return object([&](JsonWriter &writer) {
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
                         .head = reader.count("head")};
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

QByteArray encode(const Hello &message)
{
    return object([&](JsonWriter &writer) {
        writer.member("hub_time", message.hubTime);
        writeBooks(writer, message.books);
        writer.key("calls").beginArray();
        for (const model::AgentCall &call : message.calls)
            writeAgentCall(writer, call);
        writer.endArray().key("simulator").boolean(message.simulator);
    });
}

Result<Hello> readHello(QByteArrayView json)
{
    return readJson(json, maxPageBytes, [](const JsonReader &reader) {
        Hello message{.hubTime = reader.number("hub_time"), .books = readBooks(reader)};
        reader.each("calls", maxCallsPerAgent,
                    [&](const JsonReader &call) { message.calls.append(readAgentCall(call)); });
        message.simulator = reader.flagOr("simulator", false);
        return message;
    });
}

QByteArray encode(const Poke &message)
{
    return object([&](JsonWriter &writer) {
        writer.member("book", message.book).member("epoch", message.epoch).member("head", message.head);
    });
}

Result<Poke> readPoke(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) {
        return Poke{.book = reader.text("book", maxNameBytes),
                    .epoch = reader.text("epoch", maxNameBytes),
                    .head = reader.count("head")};
    });
}

QByteArray encode(const Bye &message)
{
    return object([&](JsonWriter &writer) { writer.member("after_ms", message.afterMs); });
}

Result<Bye> readBye(QByteArrayView json)
{
    return readJson(json, maxBodyBytes,
                    [](const JsonReader &reader) { return Bye{reader.count("after_ms")}; });
}

QByteArray encode(const RecordReply &message)
{
    return object([&](JsonWriter &writer) {
        writer.member("kind", message.record.kind).id("id", message.record.id).member("seq", message.seq);
        writer.key("fields");
        writeFields(writer, message.record.kind, message.fields);
    });
}

Result<RecordReply> readRecordReply(QByteArrayView json)
{
    return readJson(json, maxPageBytes, [](const JsonReader &reader) {
        RecordReply message{.record = readRecordKey(reader), .seq = reader.count("seq")};
        reader.object("fields", [&](const JsonReader &fields) {
            message.fields = readFields(fields, message.record.kind, maxChangeTextBytes);
        });
        return message;
    });
}

QByteArray encode(const SimulatedCall &message)
{
    return object([&](JsonWriter &writer) {
        writer.member("number", message.number).member("name", message.name).key("to").beginArray();
        for (const QString &extension : message.to)
            writer.text(extension);
        writer.endArray().member("queue", message.queue);
    });
}

Result<SimulatedCall> readSimulatedCall(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) {
        return SimulatedCall{.number = reader.textOr("number", {}),
                             .name = reader.textOr("name", {}),
                             .to = reader.texts("to", maxExtensions),
                             .queue = reader.textOr("queue", {})};
    });
}

QByteArray encode(const SimulatedCallReply &message)
{
    return object([&](JsonWriter &writer) { writer.member("call", message.call); });
}

Result<SimulatedCallReply> readSimulatedCallReply(QByteArrayView json)
{
    return readJson(json, maxBodyBytes,
                    [](const JsonReader &reader) { return SimulatedCallReply{reader.text("call")}; });
}

QByteArray encode(const SimulatedStep &message)
{
    return object([&](JsonWriter &writer) { writer.member("extension", message.extension); });
}

Result<SimulatedStep> readSimulatedStep(QByteArrayView json)
{
    return readJson(json, maxBodyBytes,
                    [](const JsonReader &reader) { return SimulatedStep{reader.text("extension")}; });
}

QByteArray encode(const Health &message)
{
    return object([&](JsonWriter &writer) {
        writer.member("status", QStringLiteral("ok")).member("version", message.version);
        writer.member("schema", message.schema).member("hub_time", message.hubTime);
    });
}

Result<Health> readHealth(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) {
        return Health{.version = reader.text("version"),
                      .schema = int(reader.count("schema")),
                      .hubTime = reader.number("hub_time")};
    });
}

QByteArray encode(const Problem &message)
{
    return object([&](JsonWriter &writer) {
        writer.member("type", message.type).member("title", message.title).member("status", message.status);
        if (!message.detail.isEmpty())
            writer.member("detail", message.detail);
        if (message.reset) {
            writer.member("reason", message.reset->reason).member("epoch", message.reset->epoch);
            writer.member("head", message.reset->head);
        }
        if (message.expected)
            writer.member("expected", *message.expected);
    });
}

Result<Problem> readProblem(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) {
        Problem message{.status = int(reader.numberOr("status", 500)),
                        .type = reader.textOr("type", QStringLiteral("about:blank")),
                        .title = reader.textOr("title", {}),
                        .detail = reader.textOr("detail", {}),
                        .expected = reader.maybeNumber("expected")};
        if (message.type == QLatin1String("reset"))
            message.reset = Reset{.reason = reader.textOr("reason", {}),
                                  .epoch = reader.text("epoch", maxNameBytes),
                                  .head = reader.count("head")};
        return message;
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

} // namespace ringbook::sync
