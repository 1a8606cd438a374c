#pragma once

#include "model/core/Result.h"

#include <QHash>
#include <QString>
#include <QVariant>
#include <QVector>

#include <functional>
#include <memory>
#include <utility>

namespace ringbook::model {

/// One row: values by column name. Asking for a column that is not there is a programming error (asserts).
class Row
{
public:
    QVariant value(const char *column) const;
    bool isNull(const char *column) const;
    QString text(const char *column) const;
    qint64 number(const char *column) const; ///< 0 for NULL
    bool flag(const char *column) const;
    std::optional<qint64> maybeNumber(const char *column) const;

private:
    friend class Connection; // fills it
    std::shared_ptr<const QHash<QString, int>> m_columns;
    QVector<QVariant> m_values;
};

using Params = std::initializer_list<std::pair<const char *, QVariant>>; ///< {{":id", 7}}
using Rows = QVector<Row>;

enum class Engine { Sqlite, Postgres };

/// How far a commit reaches before it returns.
enum class Durability { Full, Normal };

/// The only door to SQL: a thin gateway over Qt Sql for both engines. Statements are prepared once and kept; every
/// failure is a value. Belongs to the thread that opened it.
class Connection
{
public:
    /// Asked before each statement with its SQL (BEGIN and COMMIT too); false makes that statement fail. For tests.
    using Gate = std::function<bool(const QString &sql)>;

    struct SqliteOptions
    {
        Durability durability = Durability::Full;
        int cacheMegabytes = 64;
        bool readOnly = false;
    };

    /// Opens or creates an SQLite file (":memory:" works): WAL, foreign keys on, busy timeout 5 s, checkpoint threshold
    /// 32 768 pages. Fault::Damaged if it is no database, DiskFull, Failed.
    static Result<Connection> openSqlite(const QString &path, SqliteOptions options);
    static Result<Connection> openSqlite(const QString &path) { return openSqlite(path, SqliteOptions{}); }

    /// postgresql://user:password@host:port/database; Fault::Unreachable, Denied, Failed.
    static Result<Connection> openPostgres(const QString &url);

    Connection(Connection &&other) noexcept;
    Connection &operator=(Connection &&other) noexcept;
    ~Connection();

    Engine engine() const;

    Result<int> run(const QString &sql, Params params = {});           ///< rows affected
    Result<Row> one(const QString &sql, Params params = {}) const;     ///< Fault::NotFound if there is none
    Result<Rows> all(const QString &sql, Params params = {}) const;
    Result<int> run(const QString &sql, const QVector<std::pair<QString, QVariant>> &params); ///< for built statements

    /// Several statements in one text, unprepared; for migrations.
    Status script(const QString &sql);

    /// Begin, work, commit as one. BEGIN takes the write lock up front (SQLite: IMMEDIATE). If anything fails, all of it
    /// is undone and that error returned. Nested calls join the outer transaction.
    Status atomically(const std::function<Status()> &work);

    void setGate(Gate gate);

    /// The driver's own handle (sqlite3*), for what Qt Sql cannot say: backup, checkpoints.
    void *sqliteHandle() const;

private:
    struct Implementation;
    explicit Connection(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> m;
};

} // namespace ringbook::model
