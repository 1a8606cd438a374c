#include "sync/protocol/Codec.h"
#include "sync/protocol/MessageParts.h"

namespace ringbook::sync {

using model::Presence;

namespace {

/// What only a newer program does is looking, at least.
Presence::Doing readDoing(const JsonReader &reader)
{
    return model::doingFromName(reader.text("doing", maxNameBytes)).value_or(Presence::Doing::Looking);
}

} // namespace

QByteArray encode(const PresenceShare &message)
{
    return jsonObject([&](JsonWriter &writer) {
        if (message.customer)
            writer.id("customer", message.customer.value);
        writer.member("doing", name(message.doing));
    });
}

Result<PresenceShare> readPresenceShare(QByteArrayView json)
{
    return readJson(json, maxBodyBytes, [](const JsonReader &reader) {
        return PresenceShare{.customer = {reader.idOr("customer", 0)}, .doing = readDoing(reader)};
    });
}

QByteArray encode(const PresenceNews &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("book", message.book).id("customer", message.customer.value);
        writer.key("people").beginArray();
        for (const Presence &person : message.people) {
            writer.beginObject().id("user", person.user.value).member("name", person.name);
            writer.member("doing", name(person.doing)).endObject();
        }
        writer.endArray();
    });
}

Result<PresenceNews> readPresenceNews(QByteArrayView json)
{
    return readJson(json, maxEventBytes, [](const JsonReader &reader) {
        PresenceNews message{.book = reader.text("book", maxNameBytes), .customer = {reader.id("customer")}};
        reader.each("people", maxPeopleAtCustomer, [&](const JsonReader &person) {
            message.people.append(
                {.user = {person.id("user")}, .name = person.textOr("name", {}), .doing = readDoing(person)});
        });
        return message;
    });
}

} // namespace ringbook::sync
