#include "model/db/SqliteDriver.h"

#include "model/db/SqliteStatement.h"

namespace ringbook::model {

namespace {

constexpr int busyTimeoutMs = 5000;
constexpr int checkpointPages = 32768;
constexpr int stepsBetweenQuestions = 1000; ///< of SQLite's machine; with long rows a millisecond

class SqliteDriver final : public Driver
{
public:
    explicit SqliteDriver(sqlite3 *handle) : m_handle(handle) {}
    ~SqliteDriver() override { sqlite3_close_v2(m_handle); }
    Q_DISABLE_COPY_MOVE(SqliteDriver)

    Engine engine() const override { return Engine::Sqlite; }

    Result<std::unique_ptr<Statement>> prepare(const QString &sql) override
    {
        const QByteArray text = sql.toUtf8();
        sqlite3_stmt *statement = nullptr;
        const int code = sqlite3_prepare_v3(m_handle, text.constData(), int(text.size()) + 1,
                                            SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
        if (code != SQLITE_OK)
            return sqliteError(m_handle, sql);
        if (!statement)
            return Error{Fault::Failed, "there is no statement in the text"};
        return std::unique_ptr<Statement>(new SqliteStatement(m_handle, statement));
    }

    Status script(const QString &sql) override
    {
        if (sqlite3_exec(m_handle, sql.toUtf8().constData(), nullptr, nullptr, nullptr) != SQLITE_OK)
            return sqliteError(m_handle, sql);
        return Done{};
    }

    bool inTransaction() const override { return sqlite3_get_autocommit(m_handle) == 0; }
    void *handle() const override { return m_handle; }

private:
    sqlite3 *m_handle;
};

Status setUp(Driver &driver, bool fullDurability, int cacheMegabytes, bool readOnly)
{
    QString pragmas =
        QStringLiteral("PRAGMA busy_timeout = %1; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;"
                       "PRAGMA secure_delete = ON;"
                       // macOS: what was synced is on the disk, not in its memory.
                       "PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;"
                       "PRAGMA cache_size = -%2; PRAGMA synchronous = %3;")
            .arg(busyTimeoutMs)
            .arg(cacheMegabytes * 1024)
            .arg(fullDurability ? "FULL" : "NORMAL");
    if (!readOnly)
        pragmas +=
            QStringLiteral("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = %1;").arg(checkpointPages);
    // Reads the header, so that a file that is no database is told at once.
    pragmas += "PRAGMA schema_version;";
    return driver.script(pragmas);
}

} // namespace

Result<std::unique_ptr<Driver>> openSqliteDriver(const QString &path, bool fullDurability, int cacheMegabytes,
                                                 bool readOnly)
{
    // Nobody asks how much memory it has, and counting takes a lock for each piece.
    [[maybe_unused]] static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    const int access = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    sqlite3 *handle = nullptr;
    const int code =
        sqlite3_open_v2(path.toUtf8().constData(), &handle, access | SQLITE_OPEN_NOMUTEX, nullptr);
    auto driver = std::make_unique<SqliteDriver>(handle); // closes it also when it could not be opened
    if (code != SQLITE_OK)
        return sqliteError(handle, path);
    sqlite3_extended_result_codes(handle, 1);
    if (const auto ready = setUp(*driver, fullDurability, cacheMegabytes, readOnly); !ready)
        return ready.error();
    return std::unique_ptr<Driver>(std::move(driver));
}

bool settleSqliteLog(void *handle)
{
    sqlite3_file *log = nullptr;
    sqlite3_file_control(static_cast<sqlite3 *>(handle), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    return !log || !log->pMethods || log->pMethods->xSync(log, SQLITE_SYNC_FULL) == SQLITE_OK;
}

void checkpointSqlite(void *handle)
{
    sqlite3_wal_checkpoint_v2(static_cast<sqlite3 *>(handle), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                              nullptr);
}

AskedMeanwhile::AskedMeanwhile(void *handle, const std::function<bool()> &mayGoOn) : m_handle(handle)
{
    const auto shouldStop = [](void *asked) -> int {
        return !(*static_cast<const std::function<bool()> *>(asked))();
    };
    if (!handle)
        return;
    sqlite3_progress_handler(static_cast<sqlite3 *>(handle), stepsBetweenQuestions, shouldStop,
                             const_cast<std::function<bool()> *>(&mayGoOn));
}

AskedMeanwhile::~AskedMeanwhile()
{
    if (m_handle)
        sqlite3_progress_handler(static_cast<sqlite3 *>(m_handle), 0, nullptr, nullptr);
}

} // namespace ringbook::model
