#include "model/domain/Interaction.h"

#include "model/domain/FieldValue.h"
#include "model/domain/Names.h"

namespace ringbook::model {

namespace {

constexpr std::array channels = {"call", "mail", "letter", "visit", "chat", "fax", "web", "social"};
constexpr std::array directions = {"in", "out"};

} // namespace

QString name(Interaction::Channel channel)
{
    return nameAmong(channels, channel);
}

QString name(Interaction::Direction direction)
{
    return nameAmong(directions, direction);
}

std::optional<Interaction::Channel> channelFromName(const QString &name)
{
    return valueAmong<Interaction::Channel>(channels, name);
}

std::optional<Interaction::Direction> interactionDirectionFromName(const QString &name)
{
    return valueAmong<Interaction::Direction>(directions, name);
}

Fields fieldsOf(const Interaction &interaction)
{
    return {
        {u"customer"_s, fieldValue(interaction.customer)},
        {u"channel"_s, name(interaction.channel)},
        {u"direction"_s, name(interaction.direction)},
        {u"own_line"_s, fieldValue(interaction.ownLine)},
        {u"queue"_s, fieldValue(interaction.queue)},
        {u"party_number"_s, fieldValue(interaction.partyNumber)},
        {u"started_at"_s, fieldValue(interaction.startedAt)},
        {u"answered_at"_s, fieldValue(interaction.answeredAt)},
        {u"ended_at"_s, fieldValue(interaction.endedAt)},
        {u"agent"_s, fieldValue(interaction.agent)},
        {u"outcome"_s, fieldValue(interaction.outcome)},
        {u"note"_s, fieldValue(interaction.note)},
        {u"verification"_s, fieldValue(interaction.verification)},
        {u"call_id"_s, fieldValue(interaction.callId)},
        {u"ring_to_paint_us"_s, fieldValue(interaction.ringToPaintUs)},
    };
}

Interaction interactionFrom(Id<Interaction> id, const Fields &fields)
{
    const FieldReader reader(fields);
    Interaction interaction{.id = id};
    reader.read(u"customer"_s, interaction.customer);
    reader.read(u"channel"_s, interaction.channel, channelFromName);
    reader.read(u"direction"_s, interaction.direction, interactionDirectionFromName);
    reader.read(u"own_line"_s, interaction.ownLine);
    reader.read(u"queue"_s, interaction.queue);
    reader.read(u"party_number"_s, interaction.partyNumber);
    reader.read(u"started_at"_s, interaction.startedAt);
    reader.read(u"answered_at"_s, interaction.answeredAt);
    reader.read(u"ended_at"_s, interaction.endedAt);
    reader.read(u"agent"_s, interaction.agent);
    reader.read(u"outcome"_s, interaction.outcome);
    reader.read(u"note"_s, interaction.note);
    reader.read(u"verification"_s, interaction.verification);
    reader.read(u"call_id"_s, interaction.callId);
    reader.read(u"ring_to_paint_us"_s, interaction.ringToPaintUs);
    return interaction;
}

} // namespace ringbook::model
