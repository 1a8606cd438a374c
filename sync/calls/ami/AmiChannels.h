#pragma once

#include "sync/calls/PbxSettings.h"

#include <QMap>
#include <QSet>

#include <unordered_map>

namespace ringbook::calls {

constexpr size_t maxChannels = 20'000; ///< more than any one PBX has up; later ones are not followed

/// One end of a conversation inside the PBX.
struct Channel
{
    enum class Kind { Agent, Trunk, Local, Internal, Other };

    QString uniqueid = {};
    QString name = {};
    QString linkedid = {};
    Kind kind = Kind::Other;
    QString agent = {}; ///< extension, if an agent's
    QString call = {};  ///< our call's id; empty if none yet
    QString bridge = {};
    QString partner = {};   ///< the other half of a Local channel
    QString dialledBy = {}; ///< channel
    bool rings = false;

    bool isRoot() const { return uniqueid == linkedid; }
    bool isOutside() const { return kind == Kind::Trunk || kind == Kind::Other; }
};

/// What is up in the PBX, keyed by Uniqueid: names begin again after a restart. Who is connected with whom
/// follows bridges and the pairs of Local channels.
class AmiChannels
{
public:
    explicit AmiChannels(const PbxSettings &settings) : m_settings(settings) {}

    Channel *find(const QString &uniqueid); ///< null if not known; stays valid until that channel is removed
    Channel *add(const QString &uniqueid, const QString &name,
                 const QString &linkedid); ///< null beyond the limit
    void remove(const QString &uniqueid);
    QVector<Channel *> all();
    QVector<Channel *> ofCall(const QString &call);
    QVector<Channel *> inBridge(const QString &bridge);

    void pair(const QString &one, const QString &other);
    void pairLocalsByName(); ///< for channels that were listed, not seen beginning

    /// The phones behind a dialled channel: itself, or what its Local halves dialled in turn.
    QVector<Channel *> phonesBehind(Channel &dialled);

    /// Endpoints that are neither an agent's nor a trunk, and how often they were seen; the first hundred.
    const QMap<QString, int> &unassigned() const { return m_unassigned; }

    /// Agents connected with this channel, through bridges and Local pairs; without the channel itself.
    QStringList agentsConnectedTo(const QString &uniqueid);

private:
    void classify(Channel &channel);
    void noteUnassigned(const QString &endpoint);
    QStringList neighbours(const Channel &channel);

    const PbxSettings &m_settings;
    std::unordered_map<QString, Channel> m_channels;
    QMap<QString, int> m_unassigned;
};

} // namespace ringbook::calls
