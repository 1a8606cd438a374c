#pragma once

#include "sync/calls/CallSource.h"
#include "sync/calls/PbxLink.h"
#include "sync/calls/PbxTrust.h"
#include "sync/calls/ami/AmiInterpreter.h"
#include "sync/calls/ami/AmiTap.h"

#include <QSslSocket>

namespace ringbook::calls {

struct AmiTiming
{
    int answerWaitMs = 10'000; ///< for the connection, the login, a list
    int bootWaitMs = 5'000;    ///< a user without the class "system" is never told that the PBX has booted
    int pingEveryMs = 15'000;
    int firstRetryMs = 500;
    int longestRetryMs = 30'000;
    model::CallTiming calls = {};
};

constexpr int unansweredPingsMeanDead = 2;
constexpr int maxEventsWhileListing = 100'000;
constexpr qint64 maxListingBytes = 64 << 20;    ///< several times what maxChannels take
constexpr TimeMs askAgainAfter = 60 * secondMs; ///< a leg without news so long is looked for in a list

int retryDelayMs(const AmiTiming &timing, int attempt, double random);

/// Why this greeting is none we can work with; empty if it is.
QString greetingProblem(const QString &greeting);

/// One connection to one PBX's manager interface, made again for ever. Asks for lists, for whether a number
/// may be shown and for what it may do; does nothing but what it is told by obey(). Speaks TLS where the
/// settings say so, and then to nobody whom PbxTrust does not know; else plain text, only to this machine
/// unless the settings say otherwise. The secret itself never goes over the wire (challenge and MD5 key).
class AmiConnector final : public CallSource
{
    Q_OBJECT

public:
    AmiConnector(const Clock &clock, PbxSettings settings, AmiTiming timing = {}, QObject *parent = nullptr);
    ~AmiConnector() override;

    Status start() override; ///< refuses settings that would send the login in plain text to another machine
    void stop();

    /// By what the PBX lists as allowed to its user. It lifts no phone and holds no call: phones do that.
    model::CallAbilities abilities(const QString &extension) const override;
    void obey(const model::CallCommand &command, const Obeyed &obeyed) override;

    void setTap(AmiTap *tap) { m_tap = tap; } ///< before start(); outlives this

    /// For diagnosis: which devices there are, whether it may ask about a channel, and what time it is there.
    /// The answers are the tap's; refused ones do no harm.
    void askForPhones();
    const QMap<QString, int> &unassigned() const { return m_interpreter.unassigned(); }

    qint64 bytesTaken() const { return m_bytesTaken; } ///< since the connection was made, for diagnosis
    bool isAsking() const { return !m_asked.isEmpty(); }

private:
    struct Asked
    {
        enum class What { Challenge, Login, Ping, Presentation, Channels, Queues, Rights, Order, Diagnosis };

        What what = What::Ping;
        PresentationQuestion question = {};
        Obeyed obeyed = {}; ///< of an order
    };
    using ActionField = QPair<QByteArray, QString>;

    void connectNow();
    void reached();
    void distrust(const QList<QSslError> &faults);
    void failed(QAbstractSocket::SocketError error);
    void read();
    void lost(const QString &problem);
    void greet();
    QString send(Asked asked, const QByteArray &action, const QVector<ActionField> &fields = {}); ///< its id

    void takeMessage(const AmiMessage &message);
    void takeAnswer(const AmiMessage &message);
    void takeEvent(const AmiMessage &event);
    bool takeListed(const AmiMessage &event);
    void answerToLogin(const AmiMessage &answer);
    void answerToPresentation(const Asked &asked, const AmiMessage &answer);

    void beginListing();
    void endListing(bool complete);
    void ask();
    void keepAlive();
    bool somethingIsSilent();

    QString whyDeaf() const; ///< it obeys nothing now; empty: it does
    void order(const QByteArray &action, const QVector<ActionField> &fields, const Obeyed &obeyed);
    Status dial(const model::CallCommand &command, const Obeyed &obeyed);
    Status hangUp(const model::CallCommand &command, const Obeyed &obeyed);
    Status transfer(const model::CallCommand &command, const Obeyed &obeyed);
    void answerToOrder(const Asked &asked, const AmiMessage &answer);
    void giveUpOrders();
    void giveUpWaiting();

    PbxSettings m_settings;
    AmiTiming m_timing;
    AmiTap *m_tap = nullptr;
    AmiInterpreter m_interpreter;
    PbxTrust m_trust;
    QSslSocket m_socket;
    AmiParser m_parser;
    QTimer m_retry;
    QTimer m_step; ///< the answer that is waited for is late
    QTimer m_ping;
    QHash<QString, Asked> m_asked; ///< by ActionID
    QSet<QString> m_allowed;       ///< actions that the PBX lets its user do
    AmiListing m_listing;
    QVector<QPair<AmiMessage, TimeMs>> m_later; ///< events while listing
    bool m_isListing = false;
    bool m_loggedIn = false;
    int m_attempt = 0;
    int m_unanswered = 0;
    qint64 m_lastAction = 0;
    qint64 m_bytesTaken = 0;
    qint64 m_listedFrom = 0; ///< m_bytesTaken when the list was asked for
    QString m_distrust;      ///< what is wrong with who answers, by the certificate
    QString m_problem;
};

} // namespace ringbook::calls
