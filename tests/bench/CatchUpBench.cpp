#include "app/agent/SyncThread.h"
#include "model/domain/Kinds.h"
#include "sync/client/HttpTransport.h"
#include "sync/hub/store/Books.h"
#include "sync/protocol/RecordJson.h"
#include "tests/bench/Bench.h"
#include "tests/bench/HubRig.h"
#include "tests/bench/Measured.h"
#include "tests/bench/ThreadTime.h"

#include <QTemporaryDir>

#include <cmath>
#include <sqlite3.h>

namespace ringbook::bench {

namespace {

using namespace ringbook::model;

constexpr int patienceMs = 10 * 60'000;
constexpr int rowsPerCommit = 1000;

struct Took
{
    double seconds = 0;
    double cpuSeconds = 0; ///< of the thread that writes the book
};

/// The floor: the rows of a log, made ready beforehand, upserted by SQLite's own interface into a book of the
/// same schema, its index of names included.
class RawUpsert
{
public:
    static Result<RawUpsert> read(const QString &hubDatabase)
    {
        auto db = Connection::openSqlite(hubDatabase);
        if (!db)
            return db.error();
        const hub::Books books(*db);
        const auto book = books.book("main");
        if (!book)
            return book.error();
        RawUpsert upsert;
        for (qint64 after = 0; after < book->head.seq;) {
            const auto entries = books.log(book->id, after, rowsPerCommit);
            if (!entries || entries->isEmpty())
                return entries ? Error{Fault::Failed, "the log ends early"} : entries.error();
            for (const hub::LogEntry &entry : *entries)
                if (const auto added = upsert.add(entry.wire); !added)
                    return added.error();
            after = entries->last().seq;
        }
        return upsert;
    }

    qint64 rows() const { return qint64(m_rows.size()); }

    Result<Took> run(const QString &path) const
    {
        if (const auto made = Book::open(path); !made) // its schema
            return made.error();
        sqlite3 *db = nullptr;
        sqlite3_open(path.toUtf8().constData(), &db);
        const auto say = [&](const char *sql) { sqlite3_exec(db, sql, nullptr, nullptr, nullptr); };
        say("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
            "PRAGMA wal_autocheckpoint=32768");
        std::vector<sqlite3_stmt *> statements(size_t(m_sql.size()));
        for (qsizetype i = 0; i < m_sql.size(); ++i)
            sqlite3_prepare_v2(db, m_sql[i].constData(), -1, &statements[size_t(i)], nullptr);
        const SystemClock clock;
        const qint64 begun = clock.monotonicNs(), cpu = threadTimeUs();
        int failures = 0;
        for (size_t i = 0; i < m_rows.size(); ++i) {
            if (i % rowsPerCommit == 0)
                say(i ? "COMMIT; BEGIN IMMEDIATE" : "BEGIN IMMEDIATE");
            failures += put(statements[size_t(m_rows[i].statement)], m_rows[i]) != SQLITE_DONE;
        }
        say("COMMIT");
        const Took took{double(clock.monotonicNs() - begun) / 1e9, double(threadTimeUs() - cpu) / 1e6};
        for (sqlite3_stmt *statement : statements)
            sqlite3_finalize(statement);
        sqlite3_close(db);
        return failures ? Result<Took>(Error{Fault::Failed, "raw rows failed"}) : Result<Took>(took);
    }

private:
    struct Value
    {
        int type = SQLITE_NULL;
        qint64 number = 0;
        QByteArray text = {};
    };
    struct Row
    {
        int statement = 0;
        qint64 id = 0;
        std::vector<Value> values = {};
    };

    Status add(const QByteArray &wire)
    {
        const auto change = sync::readChange(wire);
        if (!change)
            return change.error();
        const KindSpec *kind = kindSpec(change->record.kind);
        if (!kind)
            return Error{Fault::Failed, "a kind without a table: " + change->record.kind};
        Row row{.id = change->record.id};
        QByteArray names = "id", marks = "?", sets;
        for (auto field = change->fields.begin(); field != change->fields.end(); ++field) {
            const QByteArray name = '"' + field.key().toUtf8() + '"';
            names += ',' + name;
            marks += ",?";
            sets += (sets.isEmpty() ? "" : ",") + name + "=excluded." + name;
            row.values.push_back(valueOf(*field));
        }
        const QByteArray sql = "INSERT INTO " + QByteArray(kind->table) + " (" + names + ") VALUES (" +
                               marks + ") ON CONFLICT (id) DO UPDATE SET " + sets;
        if (!m_sql.contains(sql))
            m_sql.append(sql);
        row.statement = int(m_sql.indexOf(sql));
        m_rows.push_back(std::move(row));
        return Done{};
    }

    static Value valueOf(const QVariant &value)
    {
        if (!value.isValid())
            return {};
        if (value.typeId() == QMetaType::QString)
            return {.type = SQLITE_TEXT, .text = value.toString().toUtf8()};
        return {.type = SQLITE_INTEGER, .number = value.toLongLong()};
    }

    static int put(sqlite3_stmt *statement, const Row &row)
    {
        sqlite3_bind_int64(statement, 1, row.id);
        int position = 1;
        for (const Value &value : row.values) {
            ++position;
            if (value.type == SQLITE_TEXT)
                sqlite3_bind_text(statement, position, value.text.constData(), int(value.text.size()),
                                  SQLITE_STATIC);
            else if (value.type == SQLITE_INTEGER)
                sqlite3_bind_int64(statement, position, value.number);
            else
                sqlite3_bind_null(statement, position);
        }
        const int code = sqlite3_step(statement);
        sqlite3_reset(statement);
        return code;
    }

    QVector<QByteArray> m_sql;
    std::vector<Row> m_rows;
};

/// The way to a hub that has no ready-made book, so that it is the log that is read.
class ByLog : public sync::Transport
{
public:
    ByLog()
    {
        m_http.setParent(this);
        connect(&m_http, &Transport::answered, this, &Transport::answered);
        connect(&m_http, &Transport::streamOpened, this, &Transport::streamOpened);
        connect(&m_http, &Transport::streamBytes, this, &Transport::streamBytes);
        connect(&m_http, &Transport::streamEnded, this, &Transport::streamEnded);
    }

    void setHub(const QUrl &hub) override { m_http.setHub(hub); }
    void send(int id, const sync::HttpRequest &request) override
    {
        if (!request.path.endsWith("/snapshot"))
            return m_http.send(id, request);
        QMetaObject::invokeMethod(
            this, [this, id] { Q_EMIT answered(id, {.status = 404}); }, Qt::QueuedConnection);
    }
    void cancel(int id) override { m_http.cancel(id); }
    void openStream(const sync::HttpRequest &request) override { m_http.openStream(request); }
    void closeStream() override { m_http.closeStream(); }

private:
    sync::HttpTransport m_http;
};

/// A new desk, from the sign-in until it is live with everything there is.
Result<Took> catchUp(const QString &url, const QString &folder)
{
    const SystemClock clock;
    app::SyncThread desk({.deskPath = folder + "/desk.db",
                          .bookPath = folder + "/main.db",
                          .hub = QUrl(url),
                          .transport = [] { return std::make_unique<ByLog>(); }},
                         clock);
    const auto &client = desk.client();
    Turning turning;
    QObject context;
    sync::SyncState state;
    QObject::connect(&client, &sync::SyncClient::stateChanged, &context, [&](const sync::SyncState &now) {
        state = now;
        turning.again();
    });
    qint64 cpu = 0;
    bool counted = false;
    const auto countCpu = [&](qint64 sign) {
        counted = false;
        desk.ask([&, sign](sync::SyncClient &) {
            const qint64 used = threadTimeUs();
            QMetaObject::invokeMethod(&context, [&, sign, used] {
                cpu += sign * used;
                counted = true;
                turning.again();
            });
        });
        return turning.until([&] { return counted; }, patienceMs);
    };

    desk.start();
    countCpu(-1);
    const qint64 begun = clock.monotonicNs();
    desk.ask([](sync::SyncClient &sync) { sync.signIn("anna", "demo"); });
    if (!turning.until([&] { return state.link == sync::SyncState::Link::Live; }, patienceMs))
        return Error{Fault::Failed, "the desk did not catch up: " + state.problem};
    const double seconds = double(clock.monotonicNs() - begun) / 1e9;
    countCpu(1);
    return Took{seconds, double(cpu) / 1e6};
}

} // namespace

Result<QJsonObject> benchCatchUp(const BenchOptions &options)
{
    const auto rig = HubRig::start(options.folder, options.customers);
    if (!rig)
        return rig.error();
    const auto upsert = RawUpsert::read((*rig)->database());
    if (!upsert)
        return upsert.error();

    QVector<double> ours, raw, cpu, rawCpu;
    for (int round = 0; round < options.rounds; ++round) {
        QTemporaryDir folder(options.folder + "/catchup-XXXXXX"); // on the same disk as the hub's
        const auto rawTook = upsert->run(folder.filePath("raw.db"));
        if (!rawTook)
            return rawTook.error();
        const auto took = catchUp((*rig)->url(), folder.path());
        if (!took)
            return took.error();
        ours.append(double(upsert->rows()) / took->seconds);
        raw.append(double(upsert->rows()) / rawTook->seconds);
        cpu.append(took->cpuSeconds);
        rawCpu.append(rawTook->cpuSeconds);
    }
    const auto rounded = [](double value) { return std::round(value * 100) / 100; };
    return QJsonObject{{"rows", upsert->rows()},         {"rows_per_s", std::round(median(ours))},
                       {"raw", std::round(median(raw))}, {"ratio", rounded(median(ours) / median(raw))},
                       {"cpu_s", rounded(median(cpu))},  {"raw_cpu_s", rounded(median(rawCpu))}};
}

} // namespace ringbook::bench
