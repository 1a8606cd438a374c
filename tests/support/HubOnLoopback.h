#pragma once

#include "sync/hub/Administration.h"
#include "sync/hub/Hub.h"
#include "tests/support/HubPlace.h"

#include <QProcess>
#include <QtTest>

namespace ringbook::test {

inline hub::Database databaseAt(const HubPlace &place)
{
    return place.url().isEmpty() ? hub::Database::inFile(place.folder() + "/hub.db")
                                 : hub::Database::atUrl(place.url());
}

/// A hub's database, on the engine this run tests: a book "main" of region DE, and anna, ben … who sign in
/// with "demo".
class HubData
{
public:
    explicit HubData(int users = 2, const QString &url = {}) : m_place(url)
    {
        auto admin = hub::Administration::open(database(), m_clock);
        if (!admin || !admin->addBook("main", "DE"))
            qFatal("no hub data");
        static const char *const people[][2] = {
            {"anna", "Anna Albers"}, {"ben", "Ben Brandt"}, {"cleo", "Cleo Chen"}, {"dora", "Dora Duval"}};
        for (int i = 0; i < std::min(users, 4); ++i) {
            if (!admin->addUser({.login = people[i][0],
                                 .password = "demo",
                                 .name = people[i][1],
                                 .extension = QString::number(101 + i),
                                 .books = {"main"}}))
                qFatal("no user %s", people[i][0]);
        }
    }

    const HubPlace &place() const { return m_place; }
    hub::Database database() const { return databaseAt(m_place); }

private:
    SystemClock m_clock;
    HubPlace m_place;
};

/// The real hub in this process, on a free port. Its threads are its own: no event loop is needed here.
class HubOnLoopback
{
public:
    explicit HubOnLoopback(int users = 2, QVector<calls::PbxSettings> pbxs = {},
                           std::optional<hub::TlsFiles> tls = {})
        : m_data(users),
          m_pbxs(std::move(pbxs)),
          m_tls(std::move(tls))
    {
        start();
    }

    QString url() const
    {
        return QStringLiteral("%1://127.0.0.1:%2").arg(m_tls ? "https" : "http").arg(m_port);
    }
    quint16 port() const { return m_port; }
    const HubData &data() const { return m_data; }

    void stop() { m_hub.reset(); }

    /// Again on the same port.
    void start()
    {
        auto hub = hub::Hub::start({.database = m_data.database(),
                                    .listen = {"127.0.0.1", m_port},
                                    .tls = m_tls,
                                    .simulator = true,
                                    .pbxs = m_pbxs,
                                    .snapshots = {.folder = m_data.place().folder() + "/snapshots"}},
                                   m_clock);
        if (!hub)
            qFatal("no hub: %s", qPrintable(hub.error().detail));
        m_hub = std::move(*hub);
        m_port = m_hub->port();
    }

private:
    SystemClock m_clock;
    HubData m_data;
    QVector<calls::PbxSettings> m_pbxs;
    std::optional<hub::TlsFiles> m_tls;
    quint16 m_port = 0;
    std::unique_ptr<hub::Hub> m_hub;
};

/// The real program, ringbook-hub serve, to be killed at will. Needs RINGBOOK_BIN.
class HubProcess
{
public:
    /// `telephony`: further arguments of `ringbook-hub serve`.
    explicit HubProcess(const HubData &data, QStringList telephony = {"--simulator"})
        : m_data(data),
          m_telephony(std::move(telephony))
    {
        start();
    }
    ~HubProcess() { terminate(); }

    QString url() const { return m_url; }
    qint64 pid() const { return m_process.processId(); }

    /// The first time on a free port, then on the same again.
    void start()
    {
        const QString listen = m_url.isEmpty() ? "127.0.0.1:0" : m_url.mid(7);
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(qEnvironmentVariable("RINGBOOK_BIN") + "/ringbook-hub",
                        QStringList{"serve", "--listen", listen, "--snapshots", m_snapshots.path()} +
                            m_telephony + m_data.place().arguments());
        QByteArray line;
        while (!line.endsWith('\n') && m_process.waitForReadyRead(10'000))
            line += m_process.readLine();
        if (!line.startsWith("listening on "))
            qFatal("no hub: %s", line.constData());
        m_url = QString::fromUtf8(line.mid(13)).trimmed();
    }

    /// As a power cut would: nothing is finished.
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    /// As an administrator would; its exit status.
    int terminate()
    {
        if (m_process.state() == QProcess::NotRunning)
            return m_process.exitCode();
        m_process.terminate();
        m_process.waitForFinished();
        return m_process.exitCode();
    }

private:
    const HubData &m_data;
    QStringList m_telephony;
    QTemporaryDir m_snapshots; ///< each hub has its own
    QString m_url;
    QProcess m_process;
};

} // namespace ringbook::test
