#include "model/core/Clock.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Routes.h"
#include "tests/bench/Bench.h"
#include "tests/bench/HubRig.h"

#include <QTcpSocket>
#include <QUrl>

#include <cmath>
#include <sqlite3.h>

namespace ringbook::bench {

namespace {

constexpr int patienceMs = 20'000;

/// HTTP by hand over one connection that is kept, so that it is the hub that is measured.
class Asker
{
public:
    explicit Asker(const QUrl &hub) { m_socket.connectToHost(hub.host(), quint16(hub.port())); }

    /// The body; empty if there was no answer or a refusal.
    QByteArray ask(const QByteArray &method, const QByteArray &path, const QByteArray &body = {})
    {
        m_socket.write(method + ' ' + path +
                       " HTTP/1.1\r\nHost: hub\r\nContent-Length: " + QByteArray::number(body.size()) +
                       (m_token.isEmpty() ? QByteArray() : "\r\nAuthorization: Bearer " + m_token) +
                       "\r\n\r\n" + body);
        QByteArray head;
        while (!head.endsWith("\r\n\r\n")) {
            if (!m_socket.canReadLine() && !m_socket.waitForReadyRead(patienceMs))
                return {};
            head += m_socket.readLine();
        }
        const QByteArray lower = head.toLower();
        const qsizetype at = lower.indexOf("content-length:") + qsizetype(sizeof "content-length:") - 1;
        const qint64 length = lower.mid(at, lower.indexOf('\r', at) - at).trimmed().toLongLong();
        while (m_socket.bytesAvailable() < length)
            if (!m_socket.waitForReadyRead(patienceMs))
                return {};
        const QByteArray answer = m_socket.read(length);
        return head.startsWith("HTTP/1.1 200") ? answer : QByteArray();
    }

    Result<sync::SessionReply> signIn()
    {
        const auto reply = sync::readSessionReply(
            ask("POST", sync::pathOf(sync::Operation::SignIn),
                sync::encode(sync::SessionRequest{.schema = 1, .login = "anna", .password = "demo"})));
        if (reply)
            m_token = reply->token.toLatin1();
        return reply;
    }

private:
    QTcpSocket m_socket;
    QByteArray m_token;
};

/// Every page of the log by the wire; how many bytes came.
Result<qint64> readFeed(Asker &asker, const sync::BookGrant &grant)
{
    const QByteArray path = sync::pathOf(sync::Operation::ReadChanges, {{"book", grant.book}}) + '?';
    qint64 bytes = 0;
    for (qint64 after = 0; after < grant.head; after += sync::maxChangesPerPage) {
        const QByteArray page =
            asker.ask("GET", path + sync::encode(sync::ChangesQuery{.after = after, .epoch = grant.epoch}));
        if (page.isEmpty())
            return Error{Fault::Failed, QStringLiteral("no page after %1").arg(after)};
        bytes += page.size();
    }
    return bytes;
}

/// The floor: the same pages out of the same file by SQLite's own interface; how many bytes they have.
qint64 readRaw(const QString &path)
{
    sqlite3 *db = nullptr;
    sqlite3_stmt *page = nullptr;
    sqlite3_open_v2(path.toUtf8().constData(), &db, SQLITE_OPEN_READWRITE, nullptr);
    sqlite3_exec(db, "PRAGMA cache_size = -65536", nullptr, nullptr, nullptr);
    sqlite3_prepare_v2(db,
                       "SELECT seq, wire FROM change_log WHERE book = 1 AND seq > ? ORDER BY seq LIMIT 1000",
                       -1, &page, nullptr);
    qint64 bytes = 0;
    std::string body;
    for (qint64 after = -1, last = 0; last != after;) {
        after = last;
        body.clear();
        sqlite3_bind_int64(page, 1, after);
        while (sqlite3_step(page) == SQLITE_ROW) {
            last = sqlite3_column_int64(page, 0);
            body.append(static_cast<const char *>(sqlite3_column_blob(page, 1)),
                        size_t(sqlite3_column_bytes(page, 1)));
        }
        sqlite3_reset(page);
        bytes += qint64(body.size());
    }
    sqlite3_finalize(page);
    sqlite3_close(db);
    return bytes;
}

} // namespace

Result<QJsonObject> benchFeed(const BenchOptions &options)
{
    const auto rig = HubRig::start(options.folder, options.customers);
    if (!rig)
        return rig.error();
    Asker asker(QUrl((*rig)->url()));
    const auto session = asker.signIn();
    if (!session)
        return session.error();
    const sync::BookGrant &grant = session->books.first();

    const SystemClock clock;
    QVector<double> ours, raw, cpu;
    qint64 bytes = 0;
    for (int round = -1; round < options.rounds; ++round) { // the first one only warms up
        const qint64 begun = clock.monotonicNs();
        if (readRaw((*rig)->database()) == 0)
            return Error{Fault::Failed, "the log cannot be read"};
        const qint64 middle = clock.monotonicNs();
        const double cpuBefore = (*rig)->cpuSeconds();
        const auto read = readFeed(asker, grant);
        if (!read)
            return read.error();
        bytes = *read;
        if (round < 0)
            continue;
        raw.append(double(grant.head) * 1e9 / double(middle - begun));
        ours.append(double(grant.head) * 1e9 / double(clock.monotonicNs() - middle));
        cpu.append(double(grant.head) / std::max(0.01, (*rig)->cpuSeconds() - cpuBefore));
    }
    return QJsonObject{{"rows", grant.head},
                       {"bytes", bytes},
                       {"rows_per_s", std::round(median(ours))},
                       {"rows_per_hub_cpu_s", std::round(median(cpu))},
                       {"raw", std::round(median(raw))},
                       {"ratio", std::round(median(ours) / median(raw) * 100) / 100}};
}

} // namespace ringbook::bench
