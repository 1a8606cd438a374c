#pragma once

#include "model/core/Result.h"
#include "model/domain/AgentCall.h"
#include "sync/calls/webhook/HookSettings.h"

#include <QHash>
#include <QString>
#include <QVector>

#include <optional>

namespace ringbook::calls {

constexpr quint16 amiPort = 5038;
constexpr quint16 amiTlsPort = 5039;
constexpr quint16 eslPort = 8021; ///< FreeSWITCH's event socket, which has no TLS

/// Who sits behind a phone, and how the PBX calls that phone.
struct Agent
{
    QString extension = {};
    QString name = {};
    QString endpoint =
        {}; ///< "PJSIP/101" of Asterisk, "user/101" of FreeSWITCH; what a hosted one calls the agent
};

/// One of our own numbers.
struct LineSettings
{
    QString label = {};      ///< what people call it; empty: nothing but its number
    QStringList agents = {}; ///< extensions: who is offered a call of it when the PBX names nobody
};

struct QueueSettings
{
    /// Who sees a call of it: whose phone rings, nobody before somebody has answered, or all its agents until
    /// somebody has.
    enum class Pop { Rung, Answered, All };

    Pop pop = Pop::Rung;
    QString label = {};      ///< what people call it
    QStringList agents = {}; ///< as a line's; what a queue says goes before what its line says
};

/// How numbers are dialled where the telephone lines end.
struct NumberPlan
{
    QString country = {};     ///< ISO 3166: "DE"
    QString countryCode = {}; ///< "49"
    QString areaCode = {};    ///< "30"; empty where there is none
    QString nationalPrefix = {};
    QString internationalPrefix = QStringLiteral("00");
};

/// What is dialled for agents, and how the telephone system wants it dialled.
struct DialRules
{
    enum class Form { National, International, Plus };

    QString context = {}; ///< of its dial plan, for what is dialled from desks; empty: nothing is
    QString prefix = {};  ///< before numbers outside, such as "0"
    Form form = Form::National;
    QStringList allow =
        {}; ///< beginnings of full numbers ("+49"), or whole short ones ("110"); empty: all full ones
    QStringList deny = {}; ///< beginnings of full numbers, whatever is allowed
    int ringSeconds = 30;  ///< the agent's own phone, before the other one is dialled
};

constexpr int mostRingSeconds = 120;

/// What an administrator says about one PBX. The secret is for the login only: it is in no message and no
/// log.
struct PbxSettings
{
    enum class Kind { Asterisk, FreeSwitch, Webhook };

    Kind kind = Kind::Asterisk;
    QString source = QStringLiteral("pbx"); ///< goes into call ids: two PBXs may issue the same number
    QString host = QStringLiteral("127.0.0.1");
    quint16 port = amiPort;
    QString user = {};
    QString secret = {};
    bool tls = false;
    QString tlsCertificate = {};    ///< PEM file: its own certificate, or an authority's; empty: the system's
    QByteArray tlsFingerprint = {}; ///< SHA-256 of its own certificate, 32 bytes; empty: by tlsCertificate
    bool allowPlainText = false;    ///< to another machine than this one
    bool phonesAnswer = false;      ///< they answer when they are told to (SIP event "talk")
    bool internalCalls = true;      ///< calls between colleagues pop, too
    bool showUntold = true; ///< show a caller's number when the PBX does not say whether it may be shown
    NumberPlan plan = {};
    QString book = {}; ///< that its calls are written in; empty: the only one, or "main"
    DialRules dial = {};
    HookSettings hook = {}; ///< of the kind Webhook, which has no host, no user and no login
    QVector<Agent> agents = {};
    QVector<QString> trunks = {};              ///< endpoints
    QHash<QString, LineSettings> lines = {};   ///< by the number called
    QHash<QString, QueueSettings> queues = {}; ///< by the name that the PBX has for it

    QHash<QString, QString> agentNames() const;             ///< by extension
    const Agent *agentAt(const QString &endpoint) const;    ///< null if no agent's
    const Agent *agentWith(const QString &extension) const; ///< null if it is nobody's
};

QString name(PbxSettings::Kind kind); ///< as in a settings file: "asterisk", "freeswitch", "webhook"

/// Reads the JSON of a settings file; a sentence about the first thing that is wrong.
Result<PbxSettings> readPbxSettings(const QByteArray &json);
Result<PbxSettings> loadPbxSettings(const QString &path); ///< what it names is looked for beside it

/// The same for what only Asterisk can be asked; another kind is refused.
Result<PbxSettings> loadAsteriskSettings(const QString &path);

/// The same for a recording, which is played without a connection: the certificate it names need not be
/// there.
Result<PbxSettings> loadReplaySettings(const QString &path);

/// The full international form of a number as the line delivers it, by that line's own plan; empty for short
/// numbers and for what is no number.
QString lineNumberToE164(const QString &text, const NumberPlan &plan);

} // namespace ringbook::calls
