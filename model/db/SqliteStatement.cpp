#include "model/db/SqliteStatement.h"

#include <cerrno>

namespace ringbook::model {

namespace {

bool diskIsFull(sqlite3 *db, int code)
{
    if ((code & 0xff) == SQLITE_FULL || code == SQLITE_IOERR_SHMSIZE)
        return true;
#ifdef EDQUOT
    if ((code & 0xff) == SQLITE_IOERR && sqlite3_system_errno(db) == EDQUOT)
        return true;
#endif
    return (code & 0xff) == SQLITE_IOERR && sqlite3_system_errno(db) == ENOSPC;
}

Fault faultOf(sqlite3 *db, int code)
{
    if (diskIsFull(db, code))
        return Fault::DiskFull;
    switch (code & 0xff) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT: return Fault::Damaged;
    case SQLITE_BUSY:
    case SQLITE_INTERRUPT:
    case SQLITE_LOCKED: return Fault::Busy;
    case SQLITE_CONSTRAINT: return Fault::Invalid;
    default: return Fault::Failed;
    }
}

/// Gives locks and rows back however a call ends.
class Finish
{
public:
    explicit Finish(sqlite3_stmt *statement) : m_statement(statement) {}
    ~Finish()
    {
        sqlite3_reset(m_statement);
        sqlite3_clear_bindings(m_statement);
    }
    Q_DISABLE_COPY_MOVE(Finish)

private:
    sqlite3_stmt *m_statement;
};

} // namespace

Error sqliteError(sqlite3 *db, const QString &sql)
{
    const QString words = QString::fromUtf8(sqlite3_errmsg(db));
    return {faultOf(db, sqlite3_extended_errcode(db)), words + " (" + sql.simplified().left(120) + ")"};
}

SqliteStatement::SqliteStatement(sqlite3 *db, sqlite3_stmt *statement)
    : m_db(db),
      m_statement(statement),
      m_columnCount(sqlite3_column_count(statement))
{
    m_texts.resize(sqlite3_bind_parameter_count(statement));
}

SqliteStatement::~SqliteStatement()
{
    sqlite3_finalize(m_statement);
}

Error SqliteStatement::error() const
{
    return sqliteError(m_db, QString::fromUtf8(sqlite3_sql(m_statement)));
}

Result<int> SqliteStatement::run(const Bindings &bindings)
{
    const Finish finish(m_statement);
    if (const auto bound = bind(bindings); !bound)
        return bound.error();
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW)
        code = sqlite3_step(m_statement);
    if (code != SQLITE_DONE)
        return error();
    return sqlite3_stmt_readonly(m_statement) ? 0 : sqlite3_changes(m_db);
}

Result<Rows> SqliteStatement::rows(const Bindings &bindings, int atMost)
{
    const Finish finish(m_statement);
    if (const auto bound = bind(bindings); !bound)
        return bound.error();
    const bool readsOnly = sqlite3_stmt_readonly(m_statement);
    Rows rows;
    int code = sqlite3_step(m_statement);
    for (; code == SQLITE_ROW; code = sqlite3_step(m_statement)) {
        const auto &names = columns();
        if (atMost == allRows || rows.size() < atMost)
            rows.append(Row(names, currentRow()));
        if (readsOnly && rows.size() == atMost)
            return rows;
    }
    if (code != SQLITE_DONE)
        return error();
    return rows;
}

Status SqliteStatement::bind(const Bindings &bindings)
{
    const auto count = bindings.named.empty() ? bindings.ordered.size() : bindings.named.size();
    if (int(count) != sqlite3_bind_parameter_count(m_statement))
        return Error{Fault::Failed, QStringLiteral("%1 values given for the parameters of: %2")
                                        .arg(count)
                                        .arg(QString::fromUtf8(sqlite3_sql(m_statement)))};
    for (const auto &[name, value] : bindings.named) {
        const int position = sqlite3_bind_parameter_index(m_statement, name);
        if (position == 0)
            return Error{Fault::Failed, QStringLiteral("there is no parameter %1").arg(QLatin1String(name))};
        if (bindValue(position, value) != SQLITE_OK)
            return error();
    }
    int position = 0;
    for (const QVariant &value : bindings.ordered)
        if (bindValue(++position, value) != SQLITE_OK)
            return error();
    return Done{};
}

int SqliteStatement::bindValue(int position, const QVariant &value)
{
    QByteArray &bytes = m_texts[position - 1];
    switch (value.typeId()) {
    case QMetaType::UnknownType: return sqlite3_bind_null(m_statement, position);
    case QMetaType::Bool:
    case QMetaType::Int:
    case QMetaType::UInt:
    case QMetaType::Long:
    case QMetaType::LongLong: return sqlite3_bind_int64(m_statement, position, value.toLongLong());
    case QMetaType::Float:
    case QMetaType::Double: return sqlite3_bind_double(m_statement, position, value.toDouble());
    case QMetaType::QByteArray:
        bytes = *static_cast<const QByteArray *>(value.constData());
        return sqlite3_bind_blob64(m_statement, position, bytes.constData(), sqlite3_uint64(bytes.size()),
                                   SQLITE_STATIC);
    case QMetaType::QString: bytes = static_cast<const QString *>(value.constData())->toUtf8(); break;
    default: bytes = value.toString().toUtf8(); break;
    }
    return sqlite3_bind_text64(m_statement, position, bytes.constData(), sqlite3_uint64(bytes.size()),
                               SQLITE_STATIC, SQLITE_UTF8);
}

QVariant SqliteStatement::column(int position) const
{
    switch (sqlite3_column_type(m_statement, position)) {
    case SQLITE_INTEGER: return qlonglong(sqlite3_column_int64(m_statement, position));
    case SQLITE_FLOAT: return sqlite3_column_double(m_statement, position);
    case SQLITE_NULL: return {};
    case SQLITE_BLOB: {
        const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, position));
        return QByteArray(bytes, sqlite3_column_bytes(m_statement, position));
    }
    default: {
        const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, position));
        return QString::fromUtf8(text, sqlite3_column_bytes(m_statement, position));
    }
    }
}

QVector<QVariant> SqliteStatement::currentRow() const
{
    QVector<QVariant> values;
    values.reserve(m_columnCount);
    for (int position = 0; position < m_columnCount; ++position)
        values.append(column(position));
    return values;
}

/// Made anew when the schema changed under a `SELECT *`.
const std::shared_ptr<const Columns> &SqliteStatement::columns()
{
    if (m_columns && m_columnCount == sqlite3_column_count(m_statement))
        return m_columns;
    m_columnCount = sqlite3_column_count(m_statement);
    auto columns = std::make_shared<Columns>();
    for (int position = 0; position < m_columnCount; ++position)
        columns->append(sqlite3_column_name(m_statement, position));
    m_columns = std::move(columns);
    return m_columns;
}

} // namespace ringbook::model
