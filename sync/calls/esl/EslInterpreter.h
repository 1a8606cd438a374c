#pragma once

#include "model/domain/Calls.h"
#include "sync/calls/esl/EslChannels.h"
#include "sync/calls/esl/EslListing.h"

#include <QQueue>

namespace ringbook::calls {

constexpr qsizetype maxGoneChannels = 10'000; ///< remembered, so that late news of them raises no ghosts

/// How an agent is in a call, for orders.
struct EslPlace
{
    QString channel = {};
    QString other = {}; ///< the channel it is bridged with; empty if none
    bool rings = false;
};

/// FreeSWITCH's events into steps of the call model. No I/O, no clock. Nothing is kept of a number that is
/// withheld.
class EslInterpreter
{
public:
    EslInterpreter(const PbxSettings &settings, model::Calls &calls);

    void take(const EslEvent &event, TimeMs at);
    void takeListing(const EslListing &listing, TimeMs at);         ///< replaces what was believed to be up
    QStringList unknownOf(const QVector<EslEvent> &channels) const; ///< rows of which details are needed

    /// Channels that events spoke of and nobody has introduced: to be asked about with "uuid_dump".
    QStringList takeQuestions();
    void told(const QString &uuid, const std::optional<EslEvent> &dump, TimeMs at); ///< nothing: it is gone

    const QMap<QString, int> &unassigned() const { return m_channels.unassigned(); }

    std::optional<EslPlace> placeOf(const QString &call, const QString &extension);
    void willDial(const QString &uuid, const QString &number); ///< a channel with this id begins soon
    void willHangUp(const QString &call, TimeMs at);
    void willTransfer(const QString &call, const QString &extension, const QString &number);
    void wontTransfer(const QString &call);

private:
    /// Somebody leaves a call to somebody else; known in pieces.
    struct PassingOn
    {
        model::Transfer::Type type = model::Transfer::Type::Blind;
        QString by = {};
        QString to = {};
    };
    struct Info
    {
        QString root = {};
        QString outside = {}; ///< the channel of the other party
        bool outsideTalked = false;
        bool isHandedOver = false; ///< by an attended transfer: goes on without its outside
        QString transferSource = {};
        std::optional<PassingOn> passingOn = {};
        model::Call::EndedBy hangupBy = model::Call::EndedBy::Unknown;
        TimeMs hangupAt = 0;
    };
    using Handler = void (EslInterpreter::*)(const EslEvent &);

    void onCreate(const EslEvent &event);
    void onRinging(const EslEvent &event);
    void onCallState(const EslEvent &event);
    void onAnswer(const EslEvent &event);
    void onBridge(const EslEvent &event);
    void onUnbridge(const EslEvent &event);
    void onHold(const EslEvent &event);
    void onHangup(const EslEvent &event);
    void onRename(const EslEvent &event);
    void onCustom(const EslEvent &event);

    EslChannel *ensure(const EslEvent &event, bool inferred = true);
    void enter(EslChannel &channel, const EslEvent &event, bool inferred);
    void begin(EslChannel &channel, const EslEvent &event, bool inferred);
    void join(EslChannel &channel);
    void joinChildren(const QString &parent);
    void dialsPhone(EslChannel &phone);
    void dialsOut(const EslChannel &line);
    void learn(const EslEvent &event, const QString &prefix, const QString &uuid);
    void learnTransfer(const QString &call, const QString &source);
    void ask(const QString &uuid);
    void mergeBridged(const QString &one, const QString &other);
    bool isOlder(const QString &call, const QString &than) const;
    void merge(QString younger, QString older); ///< by value: the channels it changes hold these very texts
    void updateTalk(const QString &call);
    void passOn(const QString &call, const PassingOn &passing);
    void settlePassingOn(const QString &call, const QStringList &talking);
    void noteWhoHungUp(const EslChannel &channel, const EslEvent &event);
    void leaveByTransfer(const EslChannel &channel, const EslEvent &event);
    void agentLeft(const EslChannel &gone);
    void endIfOver(const EslChannel &gone, const EslEvent &event);
    model::Call::EndedBy whoEnded(const Info &info, const model::Call &call, const QString &cause) const;
    void onQueueStart(const EslEvent &event);
    void onQueueEnd(const EslEvent &event);
    void onAgentBridged(const EslEvent &event);
    void dropUnlisted(const EslListing &listing);
    void addListed(const EslEvent &row, const EslListing &listing);
    void queueListed(const EslChannel &channel, const EslEvent &event);
    void takeBridges(const QVector<EslEvent> &bridges);
    void forget(const QString &uuid);
    void forgetOld();
    void say(const QString &call, const model::CallStep &step);

    const PbxSettings &m_settings;
    model::Calls &m_calls;
    EslChannels m_channels;
    QHash<QString, Info> m_infos;      ///< by call
    QHash<QString, QString> m_dialled; ///< channel's id to come -> number
    QSet<QString> m_asked;
    QStringList m_questions;
    QSet<QString> m_gone;
    QQueue<QString> m_goneOrder;
    TimeMs m_at = 0;
};

} // namespace ringbook::calls
