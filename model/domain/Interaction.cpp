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
        {"customer", fieldValue(interaction.customer)},
        {"channel", name(interaction.channel)},
        {"direction", name(interaction.direction)},
        {"own_line", fieldValue(interaction.ownLine)},
        {"queue", fieldValue(interaction.queue)},
        {"party_number", fieldValue(interaction.partyNumber)},
        {"started_at", fieldValue(interaction.startedAt)},
        {"answered_at", fieldValue(interaction.answeredAt)},
        {"ended_at", fieldValue(interaction.endedAt)},
        {"agent", fieldValue(interaction.agent)},
        {"outcome", fieldValue(interaction.outcome)},
        {"note", fieldValue(interaction.note)},
        {"verification", fieldValue(interaction.verification)},
        {"call_id", fieldValue(interaction.callId)},
        {"ring_to_paint_us", fieldValue(interaction.ringToPaintUs)},
    };
}

Interaction interactionFrom(Id<Interaction> id, const Fields &fields)
{
    const FieldReader reader(fields);
    Interaction interaction{.id = id};
    reader.read("customer", interaction.customer);
    reader.read("channel", interaction.channel, channelFromName);
    reader.read("direction", interaction.direction, interactionDirectionFromName);
    reader.read("own_line", interaction.ownLine);
    reader.read("queue", interaction.queue);
    reader.read("party_number", interaction.partyNumber);
    reader.read("started_at", interaction.startedAt);
    reader.read("answered_at", interaction.answeredAt);
    reader.read("ended_at", interaction.endedAt);
    reader.read("agent", interaction.agent);
    reader.read("outcome", interaction.outcome);
    reader.read("note", interaction.note);
    reader.read("verification", interaction.verification);
    reader.read("call_id", interaction.callId);
    reader.read("ring_to_paint_us", interaction.ringToPaintUs);
    return interaction;
}

} // namespace ringbook::model
