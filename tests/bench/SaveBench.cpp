#include "model/core/Clock.h"
#include "model/desk/CaseDesk.h"
#include "model/desk/ChangeWriter.h"
#include "model/store/Book.h"
#include "model/store/DeskFile.h"
#include "tests/bench/Bench.h"
#include "tests/bench/Measured.h"

#include <QTemporaryDir>

#include <sqlite3.h>

namespace ringbook::bench {

namespace {

using namespace ringbook::model;

/// The floor: the rows a save writes to the desk file, in one commit with fsync, by SQLite's own interface.
class RawCommit
{
public:
    explicit RawCommit(const QString &path)
    {
        sqlite3_open(path.toUtf8().constData(), &m_db);
        sqlite3_exec(
            m_db,
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=32768;"
            "CREATE TABLE outbox (book TEXT, counter INTEGER, body TEXT, made_at INTEGER, state TEXT,"
            " PRIMARY KEY (book, counter)) WITHOUT ROWID;"
            "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER);",
            nullptr, nullptr, nullptr);
        sqlite3_prepare_v2(m_db, "INSERT INTO outbox VALUES ('main', ?, ?, 1795000000000, 'pending')", -1,
                           &m_insert, nullptr);
        sqlite3_prepare_v2(m_db, "INSERT OR REPLACE INTO counter VALUES ('op', ?)", -1, &m_count, nullptr);
    }

    ~RawCommit()
    {
        sqlite3_finalize(m_insert);
        sqlite3_finalize(m_count);
        sqlite3_close(m_db);
    }

    void save(int counter, const QByteArray &body)
    {
        sqlite3_exec(m_db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
        sqlite3_bind_int(m_insert, 1, counter);
        sqlite3_bind_text(m_insert, 2, body.constData(), int(body.size()), SQLITE_STATIC);
        sqlite3_step(m_insert);
        sqlite3_reset(m_insert);
        sqlite3_bind_int(m_count, 1, counter);
        sqlite3_step(m_count);
        sqlite3_reset(m_count);
        sqlite3_exec(m_db, "COMMIT", nullptr, nullptr, nullptr);
    }

private:
    sqlite3 *m_db = nullptr;
    sqlite3_stmt *m_insert = nullptr;
    sqlite3_stmt *m_count = nullptr;
};

double microsecondsOf(const SystemClock &clock, const auto &work)
{
    const qint64 before = clock.monotonicNs();
    work();
    return double(clock.monotonicNs() - before) / 1000;
}

} // namespace

Result<QJsonObject> benchSave(const BenchOptions &options)
{
    QTemporaryDir folder(options.folder + "/save-XXXXXX"); // on the same disk as the books, not in memory
    auto desk = DeskFile::open(folder.filePath("desk.db"));
    auto book = Book::open(folder.filePath("main.db"));
    if (!desk || !book)
        return !desk ? desk.error() : book.error();
    if (const auto known = desk->setIdentity({.device = 2, .user = 1, .book = "main", .region = "DE"});
        !known)
        return known.error();

    const SystemClock clock;
    ChangeWriter writer(*desk, *book, clock);
    CaseDesk cases(*book, writer, clock, Id<User>{1});
    RawCommit raw(folder.filePath("raw.db"));

    // What one such op weighs in the outbox, so that the floor writes as many bytes.
    const QByteArray body(420, 'x');
    Measured save, floor;
    for (int round = -20; round < options.rounds; ++round) { // the first ones only warm up
        const double rawUs = microsecondsOf(clock, [&] { raw.save(round, body); });
        Status saved = Done{};
        const double saveUs = microsecondsOf(clock, [&] {
            const auto opened =
                cases.open({.subject = "Valve leaks again, floor wet", .remedySought = "Replacement"});
            if (!opened)
                saved = opened.error();
        });
        if (!saved)
            return saved.error();
        if (round < 0)
            continue;
        save.add(saveUs);
        floor.add(rawUs);
    }

    QJsonObject result = save.json();
    const QJsonObject rawResult = floor.json("raw_");
    for (auto figure = rawResult.begin(); figure != rawResult.end(); ++figure)
        result.insert(figure.key(), figure.value());
    result["ratio_p50"] = std::round(save.percentile(50) / floor.percentile(50) * 100) / 100;
    return result;
}

} // namespace ringbook::bench
