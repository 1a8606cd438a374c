#pragma once

#include "sync/calls/CallSource.h"
#include "sync/calls/esl/EslInterpreter.h"

#include <QTcpSocket>

namespace ringbook::calls {

struct EslTiming
{
    int answerWaitMs = 10'000; ///< for the connection, the login, a list
    int heartbeatMs = 20'000;  ///< FreeSWITCH's own; it says so when it has another
    int lateMs = 5'000;        ///< that a heartbeat may come
    int firstRetryMs = 500;
    int longestRetryMs = 30'000;
    int obeyWaitMs = 10'000; ///< for what an agent asked for
    model::CallTiming calls = {};
};

constexpr int missedHeartbeatsMeanDead = 2;
constexpr int maxEslEventsWhileListing = 100'000;
constexpr qsizetype maxEslDetails = 2'000; ///< channels asked about one by one; of more their rows must do

/// One connection to one FreeSWITCH's event socket (mod_event_socket, "inbound" mode), made again for ever.
/// The event socket has no TLS: plain text, and only to this machine unless the settings say otherwise.
class EslConnector final : public CallSource
{
    Q_OBJECT

public:
    EslConnector(const Clock &clock, PbxSettings settings, EslTiming timing = {}, QObject *parent = nullptr);
    ~EslConnector() override;

    /// Refuses settings without a password, with TLS, or that would send the password to another machine.
    Status start() override;
    void stop();

    /// By what FreeSWITCH said at the login that its user may do.
    model::CallAbilities abilities(const QString &extension) const override;
    void obey(const model::CallCommand &command, const Obeyed &obeyed) override;

    /// For diagnosis.
    QMap<QString, int> unassigned() const override { return m_interpreter.unassigned(); }
    std::optional<TimeMs> clockAhead() const override { return m_ahead; }
    qint64 framesTaken() const { return m_framesTaken; } ///< since the connection was made

private:
    struct Asked
    {
        enum class What { Login, Events, Channels, Bridges, Detail, Question, Order };

        What what = What::Login;
        QString id = {}; ///< a channel's or a job's
        int listing = 0; ///< which one it is for
    };
    /// What an agent asked for and is not done yet.
    struct Job
    {
        model::CallCommand command = {};
        QString dials = {}; ///< the channel that begins, when dialling
        Obeyed obeyed = {};
    };

    void connectNow();
    void read();
    void takeFrame(const EslFrame &frame);
    void takeReply(const EslFrame &frame);
    void takeEvent(const EslEvent &event);
    void lost(const QString &problem);
    void giveUpWaiting();
    void send(const Asked &asked, const QByteArray &command);

    void logIn();
    void answerToLogin(const EslFrame &frame);
    void answerToEvents(const QString &reply);
    void beginListing();
    void answerToList(const Asked &asked, const EslFrame &frame);
    void askDetails();
    void takeDetail(const Asked &asked, const EslFrame &frame);
    void endListing(bool complete);
    void askQuestions();
    void lookForSilence();

    void learnClock(const EslEvent &heartbeat);
    bool mayOrder(const QString &order) const;
    QString whyDeaf() const; ///< it obeys nothing now; empty: it does
    Result<QString> orderFor(const model::CallCommand &command, const QString &dials);
    void order(const QString &text, Job job);
    void takeJob(const EslEvent &event);
    void finish(const QString &job, const Status &done);
    void failAll();

    PbxSettings m_settings;
    EslTiming m_timing;
    EslInterpreter m_interpreter;
    QTcpSocket m_socket;
    EslParser m_parser;
    QTimer m_retry;
    QTimer m_step;    ///< the answer that is waited for is late
    QTimer m_silence; ///< so long without a frame means dead
    QQueue<Asked> m_asked;
    EslListing m_listing;
    int m_listingNumber = 0;
    int m_detailsMissing = 0;
    QVector<QPair<EslEvent, TimeMs>> m_later; ///< events while listing
    QHash<QString, Job> m_jobs;               ///< by Job-UUID
    bool m_isAsked = false;                   ///< for the password
    bool m_isListing = false;
    bool m_isListed = false;       ///< once since the connection was made
    QSet<QString> m_allowed;       ///< commands; empty: all
    std::optional<TimeMs> m_ahead; ///< of FreeSWITCH's clock, by its last heartbeat
    int m_attempt = 0;
    int m_heartbeatMs = 0;
    qint64 m_framesTaken = 0;
    qint64 m_bytesTaken = 0;
    QString m_problem;
};

} // namespace ringbook::calls
