#pragma once

#include "model/domain/Calls.h"
#include "sync/calls/ami/AmiChannels.h"
#include "sync/calls/ami/AmiParser.h"

namespace ringbook::calls {

constexpr QLatin1String presentationVariable("CALLERID(pres)");
bool isWithheld(const QString &presentation); ///< the variable's value

/// To be asked of the PBX: may the number of this channel's caller be shown?
struct PresentationQuestion
{
    QString uniqueid = {};
    QString channel = {}; ///< name, as the action wants it
    bool early = false;   ///< the dialplan may still hide it: only a "no" counts, and silence says nothing
};

/// What the PBX answered when asked what is up; the whole of it.
struct AmiListing
{
    QVector<AmiMessage> channels = {};
    QVector<AmiMessage> queueEntries = {};
};

/// Manager events into steps of the call model. No I/O, no clock. A caller's number stands in the events in
/// clear even when it is withheld: nothing of it is kept here, and the model tells no agent before it is
/// known that it may.
class AmiInterpreter
{
public:
    AmiInterpreter(const PbxSettings &settings, model::Calls &calls);

    void take(const AmiMessage &event, TimeMs at);
    void takeListing(const AmiListing &listing, TimeMs at); ///< replaces what was believed to be up

    /// What AmiChannels::unassigned() says.
    const QMap<QString, int> &unassigned() const { return m_channels.unassigned(); }

    /// Names of the agent's channels in this call.
    QStringList channelsOf(const QString &call, const QString &agent);

    QVector<PresentationQuestion> takeQuestions();
    void presentationTold(const PresentationQuestion &question, const QString &value, TimeMs at);

private:
    struct Info
    {
        QString root = {};
        QString outside = {}; ///< the channel of the other party
        bool outsideTalked = false;
        model::Call::EndedBy hangupBy = model::Call::EndedBy::Unknown;
        TimeMs hangupAt = 0;
        bool asked = false;
    };
    using Handler = void (AmiInterpreter::*)(const AmiMessage &);

    void onNewchannel(const AmiMessage &event);
    void onNewstate(const AmiMessage &event);
    void onNewCallerid(const AmiMessage &event);
    void onDialBegin(const AmiMessage &event);
    void onDialState(const AmiMessage &event);
    void onDialEnd(const AmiMessage &event);
    void onAgentRingNoAnswer(const AmiMessage &event);
    void onHangupRequest(const AmiMessage &event);
    void onHangup(const AmiMessage &event);
    void onBridgeEnter(const AmiMessage &event);
    void onBridgeLeave(const AmiMessage &event);
    void onLocalBridge(const AmiMessage &event);
    void onHold(const AmiMessage &event);
    void onQueueJoin(const AmiMessage &event);
    void onQueueLeave(const AmiMessage &event);
    void onAgentCalled(const AmiMessage &event);
    void onBlindTransfer(const AmiMessage &event);
    void onAttendedTransfer(const AmiMessage &event);
    void onPickup(const AmiMessage &event);
    void onParked(const AmiMessage &event);
    void onTakenFromPark(const AmiMessage &event);
    void onOriginateResponse(const AmiMessage &event);

    Channel *ensure(const AmiMessage &event, QLatin1String prefix = {});
    void follow(Channel &channel, const QString &linkedid);
    void begin(Channel &channel, const AmiMessage &event, bool inferred, TimeMs startedAt);
    QString callWith(Channel &channel, const AmiMessage &event);
    QString callOfLinkedid(const QString &linkedid) const;
    void dialsPhone(const Channel *source, Channel &phone, const QString &call, const AmiMessage &event);
    void dialsOut(Channel &line, const QString &call, const AmiMessage &event);
    void deviceOver(const Channel &phone, model::AgentCall::Result result);
    void merge(QString younger, QString older); ///< by value: the channels it changes hold these very texts
    void updateTalk(const QString &call);
    void agentLeft(const Channel &gone);
    void endIfOver(const Channel &gone, int cause);
    model::Call::EndedBy whoEnded(const Info &info, const model::Call &call, int cause) const;
    void learnPresentation(const AmiMessage &event);
    void askPresentation(const QString &call);
    void dropUnlisted(const QSet<QString> &listed);
    void addListed(const AmiMessage &entry);
    void joinListed(Channel &channel, const AmiMessage &entry);
    void forgetOld();
    void say(const QString &call, const model::CallStep &step);

    const PbxSettings &m_settings;
    model::Calls &m_calls;
    AmiChannels m_channels;
    QHash<QString, Info> m_infos;      ///< by call
    QHash<QString, QString> m_aliases; ///< linkedid -> call
    QVector<PresentationQuestion> m_questions;
    TimeMs m_at = 0;
};

} // namespace ringbook::calls
