#pragma once

#include "model/core/Result.h"
#include "model/db/Dialect.h"
#include "model/db/Row.h"

#include <QString>
#include <QVariant>
#include <QVector>

#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <utility>

namespace ringbook::model {

using Params = std::initializer_list<std::pair<const char *, QVariant>>; ///< {{":id", 7}}

/// Waits for the rows of what was asked; once, and in the transaction it was asked in.
using Awaited = std::function<Result<Rows>()>;

/// How far a commit reaches before it returns.
enum class Durability { Full, Normal };

/// The only door to SQL: one thin gateway, with a driver of ours for each engine. Statements are prepared
/// once and kept, and hold nothing between calls; every failure is a value. Booleans are bound as 0 and 1, an
/// invalid QVariant as NULL. Belongs to the thread that opened it.
class Connection
{
public:
    /// Asked before each statement with its SQL (BEGIN and COMMIT too); false makes that statement fail. For
    /// tests.
    using Gate = std::function<bool(const QString &sql)>;

    struct SqliteOptions
    {
        Durability durability = Durability::Full;
        int cacheMegabytes = 64;
        bool readOnly = false;
    };

    /// Opens or creates an SQLite file (":memory:" works): WAL, foreign keys on, busy timeout 5 s, checkpoint
    /// threshold 32 768 pages. Fault::Damaged if it is no database, DiskFull, Failed.
    static Result<Connection> openSqlite(const QString &path, SqliteOptions options);
    static Result<Connection> openSqlite(const QString &path) { return openSqlite(path, SqliteOptions{}); }

    /// postgresql://user:password@host:port/database?option=value; Fault::Unreachable, Denied, Failed. Of
    /// several servers, host:port,host:port, the first that is there; with ?target_session_attrs=read-write
    /// the first that can be written to.
    static Result<Connection> openPostgres(const QString &url);

    Connection(Connection &&other) noexcept;
    Connection &operator=(Connection &&other) noexcept;
    ~Connection();

    Engine engine() const;

    Result<int> run(const QString &sql, Params params = {}); ///< rows affected
    Result<Row> one(const QString &sql,
                    Params params = {}) const; ///< the first row; Fault::NotFound if there is none
    Result<Rows> all(const QString &sql, Params params = {}) const;

    // For statements built at run time.
    Result<int> run(const QString &sql, const QVector<std::pair<QString, QVariant>> &params);
    Result<Rows> all(const QString &sql, const QVector<std::pair<QString, QVariant>> &params) const;
    Result<int> runInOrder(const QString &sql, std::span<const QVariant> values); ///< parameters are `?`
    Result<Rows> allInOrder(const QString &sql, std::span<const QVariant> values) const;

    // Without waiting for each: in a transaction on PostgreSQL what is sent or asked is only on its way, and
    // one round trip answers all of it. The next that is waited for, at the latest COMMIT, says what failed
    // first.

    Status send(const QString &sql, Params params = {});
    Status sendInOrder(const QString &sql, std::span<const QVariant> values);
    Awaited ask(const QString &sql, Params params = {}) const;
    Awaited askInOrder(const QString &sql, std::span<const QVariant> values) const;

    /// Of rows that are written together.
    struct Column
    {
        enum class Type { Number, Text, Bytes };

        const char *name;
        Type type = Type::Number;
    };

    /// Sends the rows, whose values follow each other, in one statement where the engine takes them so.
    /// `otherwise`: "ON CONFLICT …". No rows: nothing.
    Status insertMany(const QString &table, std::span<const Column> columns, std::span<const QVariant> values,
                      const QString &otherwise = {});

    /// Several statements in one text, unprepared; for migrations.
    Status script(const QString &sql);

    /// Begin, work, commit as one. BEGIN takes the write lock up front (SQLite: IMMEDIATE). If anything
    /// fails, all of it is undone and that error returned. Nested calls join the outer transaction; one that
    /// fails undoes all of it.
    Status atomically(const std::function<Status()> &work);

    /// Reads as of one moment, whatever others write meanwhile. Joins a transaction there is.
    Status atOneMoment(const std::function<Status()> &work) const;

    bool isInTransaction() const; ///< of atomically()

    // What several programs on one database say to each other. SQLite has no such words: there one program
    // writes at a time anyway, and nobody hears.

    /// Until this transaction ends nobody else holds the lock of this group and name.
    Status lockOut(int group, const QString &name);
    Status notify(const QString &channel, const QString &text); ///< heard when this transaction is kept

    /// Calls back from the event loop of this thread, also with what this connection says.
    Status listen(const QString &channel, std::function<void(const QString &text)> heard);

    /// The other end went away in the middle: nothing works here any more, a new connection may.
    bool isLost() const;

    void setGate(Gate gate);

    /// Moves what it can from the WAL into the file without waiting for anybody; for idle moments. Does
    /// nothing on PostgreSQL.
    void checkpoint();

    /// Asked every few milliseconds by statements that take long, in the thread that waits for them; false:
    /// give up at once.
    using MayGoOn = std::function<bool()>;

    /// Fault::Busy at the first no; the statement that was at it has changed nothing then. Nobody is asked
    /// while a checkpoint or the last step of rewrite() goes on, nor on PostgreSQL.
    Status interruptibly(const MayGoOn &mayGoOn, const std::function<Status()> &work);

    /// Writes the whole file anew: what was ever deleted is then at most in its log (see emptyLog). Nobody
    /// else can write meanwhile. Does nothing on PostgreSQL.
    Status rewrite();

    /// Moves all of the WAL into the file and leaves nothing in it. Fault::Busy: somebody reads it yet. Does
    /// nothing on PostgreSQL.
    Status emptyLog();

    /// The engine's own handle (sqlite3*), for what is no statement: backup, checkpoints. Null on PostgreSQL.
    void *sqliteHandle() const;

private:
    struct Implementation;
    explicit Connection(std::unique_ptr<Implementation> implementation);
    Status between(const QString &begin, const std::function<Status()> &work) const;
    std::unique_ptr<Implementation> m;
};

} // namespace ringbook::model
