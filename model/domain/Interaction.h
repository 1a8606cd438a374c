#pragma once

#include "model/core/Id.h"
#include "model/domain/Customer.h"

namespace ringbook::model {

/// One contact with a customer, on any channel. A legal record also while nobody knows who it was.
struct Interaction
{
    enum class Channel { Call, Mail, Letter, Visit, Chat, Fax, Web, Social };
    enum class Direction { In, Out };

    Id<Interaction> id = {};
    Id<Customer> customer = {}; ///< none: unidentified
    Channel channel = Channel::Call;
    Direction direction = Direction::In;
    QString ownLine = {};     ///< the number or label that was called
    QString queue = {};       ///< name of the queue it waited in
    QString partyNumber = {}; ///< E.164, else as sent; empty if withheld
    std::optional<TimeMs> startedAt = {};
    std::optional<TimeMs> answeredAt = {};
    std::optional<TimeMs> endedAt = {};
    Id<struct User> agent = {};
    QString outcome = {}; ///< code of an outcome_code; empty: not wrapped up yet
    QString note = {};
    QString verification = {}; ///< none, number, knowledge, strong
    QString callId = {};       ///< the hub's id of the call
    std::optional<qint64> ringToPaintUs = {};

    bool operator==(const Interaction &) const = default;
};

Fields fieldsOf(const Interaction &interaction);
Interaction interactionFrom(Id<Interaction> id, const Fields &fields);

QString name(Interaction::Channel channel);     ///< as on the wire: "call", "mail" …
QString name(Interaction::Direction direction); ///< "in", "out"
std::optional<Interaction::Channel> channelFromName(const QString &name);
std::optional<Interaction::Direction> interactionDirectionFromName(const QString &name);

} // namespace ringbook::model
