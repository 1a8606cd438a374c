#pragma once

#include "sync/calls/PbxSettings.h"
#include "sync/calls/esl/wire/EslEvent.h"

#include <QMap>

#include <unordered_map>

namespace ringbook::calls {

constexpr size_t maxEslChannels =
    20'000; ///< more than any one FreeSWITCH has up; later ones are not followed

/// One leg inside FreeSWITCH: a phone or a line. Inbound and outbound are the switch's point of view: the leg
/// to an agent's phone that rings is outbound.
struct EslChannel
{
    enum class Kind { Agent, Trunk, Loopback, Other };

    QString uuid = {};
    QString name = {}; ///< "sofia/internal/101@example.com"
    Kind kind = Kind::Other;
    QString agent = {}; ///< extension, if an agent's
    bool isInbound = false;
    QString parent = {};  ///< the channel that this one was dialled for
    QString dialled = {}; ///< number or user
    QString call = {};    ///< our call's id; empty if none yet
    QString other = {};   ///< the channel it is bridged with
    QString half = {};    ///< the other end of a loopback
    bool isOffered = false;
    bool isAnswered = false;
    bool rings = false;
    TimeMs since = 0; ///< known

    bool isOutside() const { return kind == Kind::Trunk || kind == Kind::Other; }
};

/// What is up in FreeSWITCH, by its unique id. Whose a channel is follows from what FreeSWITCH itself knows
/// (the user dialled, the user who signed in, the gateway), never from what a stranger calls himself.
class EslChannels
{
public:
    explicit EslChannels(const PbxSettings &settings);

    EslChannel *find(const QString &uuid); ///< null if not known; stays valid until that channel is removed
    const EslChannel *find(const QString &uuid) const;
    EslChannel *add(const EslEvent &event); ///< by its Unique-ID; null beyond the limit
    void rename(const QString &from, const QString &to);
    void remove(const QString &uuid);
    QVector<EslChannel *> all();
    QVector<EslChannel *> ofCall(const QString &call);
    QVector<EslChannel *> dialledFor(const QString &parent);

    void bridge(const QString &one, const QString &other); ///< either may not be known yet
    void unbridge(const QString &one, const QString &other);

    /// Agents connected with this channel, through bridges and loopbacks; without the channel itself.
    QStringList agentsConnectedTo(const QString &uuid);

    /// Users, gateways and profiles that are in no setting, and how often they were seen; the first hundred.
    const QMap<QString, int> &unassigned() const { return m_unassigned; }

private:
    void classify(EslChannel &channel, const EslEvent &event);
    bool isTrunk(const QString &endpoint) const;
    QString extensionOf(const QString &user) const; ///< "101@example.com" or "101"
    void noteUnassigned(const QString &endpoint);

    const PbxSettings &m_settings;
    QHash<QString, QString> m_users; ///< of the agents, in lower case -> extension
    std::unordered_map<QString, EslChannel> m_channels;
    QMap<QString, int> m_unassigned;
};

} // namespace ringbook::calls
