#pragma once

#include "sync/calls/recording/Recording.h"

#include <QPointer>
#include <QSslConfiguration>
#include <QStringList>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>

#include <functional>

namespace ringbook::calls {

/// The clock of a recording, set by its player.
class RecordedClock final : public Clock
{
public:
    static constexpr TimeMs epoch = 1'795'000'000'000;

    TimeMs now() const override { return epoch + m_at; }
    qint64 monotonicNs() const override { return m_at * 1'000'000; }
    void set(TimeMs at) { m_at = std::max(m_at, at); }

private:
    TimeMs m_at = 0;
};

/// A manager interface over real TCP, on this machine only, that plays a recording to whoever logs in: user
/// "hub", secret "letmein". Actions are answered by their ActionID, from the recording where it has an
/// answer. Events begin when the lists have been asked for. Lives on one thread with an event loop.
class AmiPlayer : public QTcpServer
{
public:
    enum class Pace {
        Recorded,  ///< at the recorded times, divided by the speed
        Lockstep,  ///< the next piece when the last was taken; the clock says the recorded time
        EachByte,  ///< as Lockstep, every byte by itself
        AllAtOnce, ///< one write
    };

    static constexpr auto user = "hub";
    static constexpr auto secret = "letmein";

    explicit AmiPlayer(Recording recording, Pace pace = Pace::Recorded, double speed = 1);

    RecordedClock clock;
    bool answersPings = true;
    bool answersGetvar = true; ///< false: "Permission denied"
    bool answersLists = true;
    QByteArray pingTime = {}; ///< in seconds; empty: this machine's
    std::function<bool(qint64 sent)> isTaken = [](qint64) { return true; }; ///< for Lockstep and EachByte
    QStringList actions = {};                                               ///< what was asked, in order
    QByteArray received = {};                                               ///< as it came
    QHash<QByteArray, QVector<QByteArray>> lists = {}; ///< answers by action, before the recorded ones
    QTimer finished;                                   ///< fires once, when everything was played

    int connectionsSeen() const { return m_connection + 1; }
    /// From the next connection on: TLS with these, PEM files.
    void speakTls(const QString &certificate, const QString &key);

    void breakConnection();
    void sendNow(const QByteArray &bytes) { write(bytes); }

protected:
    void incomingConnection(qintptr handle) override;

private:
    using Action = QHash<QByteArray, QByteArray>;

    void accept(QTcpSocket *socket);
    const Recording::Connection &current() const { return m_recording.connections[m_connection]; }
    void write(const QByteArray &bytes);
    void read();
    void answer(const Action &action);
    QVector<QByteArray> answersTo(const Action &action) const; ///< none: it is not answered
    QVector<QByteArray> recorded(const QByteArray &action, const QVector<QByteArray> &otherwise) const;
    void reply(const Action &action, const QVector<QByteArray> &answers);
    void answerLogin(const Action &action);
    void play();
    void playAll();
    void planNext(TimeMs last);
    void next();
    void end();

    Recording m_recording;
    QSslConfiguration m_tls; ///< without a certificate: plain text
    Pace m_pace;
    double m_speed;
    QPointer<QTcpSocket> m_socket;
    int m_connection = -1;
    QByteArray m_input;
    qint64 m_sent = 0;
    int m_piece = 0;
    qsizetype m_byte = 0;
    bool m_isPlaying = false;
};

} // namespace ringbook::calls
