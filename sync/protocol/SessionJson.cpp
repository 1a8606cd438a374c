#include "model/core/Id.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/MessageParts.h"

namespace ringbook::sync {

namespace {

constexpr int maxBooks = 1000;

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

} // namespace

QByteArray encode(const SessionRequest &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("schema", message.schema)
            .member("login", message.login)
            .member("password", message.password);
        writer.member("device", message.device).member("device_secret", message.deviceSecret);
        writer.member("device_name", message.deviceName).member("extension", message.extension);
    });
}

Result<SessionRequest> readSessionRequest(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) {
        return SessionRequest{.schema = readSchema(reader),
                              .login = reader.text("login", maxCredentialBytes),
                              .password = reader.text("password", maxCredentialBytes),
                              .device = reader.numberOr("device", 0),
                              .deviceSecret = reader.textOr("device_secret", {}),
                              .deviceName = reader.textOr("device_name", {}),
                              .extension = reader.textOr("extension", {})};
    });
}

QByteArray encode(const DeviceRequest &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("schema", message.schema).member("book", message.book).member("last", message.last);
        writer.member("device_name", message.deviceName);
    });
}

Result<DeviceRequest> readDeviceRequest(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) {
        DeviceRequest request{.schema = readSchema(reader),
                              .book = reader.text("book", maxNameBytes),
                              .last = reader.count("last"),
                              .deviceName = reader.textOr("device_name", {})};
        if (request.last >= maxCounter) // none could follow
            reader.refuse(QStringLiteral("has a counter beyond %1").arg(maxCounter - 1));
        return request;
    });
}

QByteArray encode(const ErasureAck &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("schema", message.schema).member("epoch", message.epoch).member("seq", message.seq);
    });
}

Result<ErasureAck> readErasureAck(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) {
        return ErasureAck{.schema = readSchema(reader),
                          .epoch = reader.text("epoch", maxNameBytes),
                          .seq = reader.count("seq")};
    });
}

QByteArray encode(const SessionReply &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("token", message.token).member("device", message.device);
        writer.member("device_secret", message.deviceSecret).id("user", message.user);
        writer.member("user_name", message.userName);
        writeBooks(writer, message.books);
        writer.member("hub_time", message.hubTime).key("simulator").boolean(message.simulator);
        writeLease(writer, message.leaseMs);
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
                            .simulator = reader.flagOr("simulator", false),
                            .leaseMs = readLease(reader)};
    });
}

QByteArray encode(const Hello &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("hub_time", message.hubTime);
        writeBooks(writer, message.books);
        writer.key("calls").beginArray();
        for (const model::AgentCall &call : message.calls)
            writeAgentCall(writer, call);
        writer.endArray().key("simulator").boolean(message.simulator);
        writeLease(writer, message.leaseMs);
        writer.key("phone");
        writePhone(writer, message.phone);
    });
}

Result<Hello> readHello(QByteArrayView json)
{
    return readJson(json, maxPageBytes, [](const JsonReader &reader) {
        Hello message{.hubTime = reader.number("hub_time"), .books = readBooks(reader)};
        reader.each("calls", maxCallsPerAgent,
                    [&](const JsonReader &call) { message.calls.append(readAgentCall(call)); });
        message.simulator = reader.flagOr("simulator", false);
        message.leaseMs = readLease(reader);
        if (reader.has("phone")) // an older hub does nothing with telephones but tell of calls
            reader.object("phone", [&](const JsonReader &phone) { message.phone = readPhone(phone); });
        return message;
    });
}

QByteArray encode(const Poke &message)
{
    return jsonObject([&](JsonWriter &writer) {
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
    return jsonObject([&](JsonWriter &writer) { writer.member("after_ms", message.afterMs); });
}

Result<Bye> readBye(QByteArrayView json)
{
    return readJson(json, maxBodyBytes,
                    [](const JsonReader &reader) { return Bye{reader.count("after_ms")}; });
}

} // namespace ringbook::sync
