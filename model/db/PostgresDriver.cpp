#include "model/db/PostgresDriver.h"

#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QUrl>
#include <QUrlQuery>

namespace ringbook::model {

namespace {

constexpr int defaultPort = 5432;

Fault faultOfState(const QString &state)
{
    if (state == "53100")
        return Fault::DiskFull;
    if (state.startsWith("28") || state == "42501")
        return Fault::Denied;
    if (state == "40001" || state == "40P01" || state == "55P03" || state.startsWith("53"))
        return Fault::Busy;
    if (state.isEmpty() || state.startsWith("08") || state.startsWith("57P") || state == "25P03")
        return Fault::Unreachable;
    if (state.startsWith("XX00"))
        return Fault::Damaged;
    return state.startsWith("23") ? Fault::Invalid : Fault::Failed;
}

Error errorOf(const QSqlError &error, const QString &sql)
{
    return {faultOfState(error.nativeErrorCode()), error.text() + " (" + sql.simplified().left(120) + ")"};
}

/// libpq gives no code for a connection that was not made, only words; those the server sent say FATAL.
Error openError(const QString &words)
{
    const bool serverAnswered = words.contains("FATAL");
    const bool later =
        words.contains("starting up") || words.contains("shutting down") || words.contains("too many");
    return {serverAnswered && !later ? Fault::Denied : Fault::Unreachable, words};
}

/// A string that holds nothing is an empty string; only an invalid value is NULL.
QVariant plain(const QVariant &value)
{
    if (value.typeId() == QMetaType::QString && value.toString().isNull())
        return QVariant(QStringLiteral(""));
    return value.typeId() == QMetaType::Bool ? QVariant(qlonglong(value.toBool())) : value;
}

class PostgresStatement final : public Statement
{
public:
    PostgresStatement(QSqlQuery query, QString sql) : m_query(std::move(query)), m_sql(std::move(sql)) {}

    Result<int> run(const Bindings &bindings) override
    {
        if (const auto done = execute(bindings); !done)
            return done.error();
        const int affected = m_query.isSelect() ? 0 : m_query.numRowsAffected();
        m_query.finish();
        return affected;
    }

    Result<Rows> rows(const Bindings &bindings, int atMost) override
    {
        if (const auto done = execute(bindings); !done)
            return done.error();
        Rows rows;
        const auto &names = columns();
        while ((atMost == allRows || rows.size() < atMost) && m_query.next())
            rows.append(Row(names, currentRow()));
        m_query.finish();
        return rows;
    }

private:
    Status execute(const Bindings &bindings)
    {
        for (const auto &[name, value] : bindings.named)
            m_query.bindValue(QLatin1String(name), plain(value));
        int position = 0;
        for (const QVariant &value : bindings.ordered)
            m_query.bindValue(position++, plain(value));
        if (!m_query.exec())
            return errorOf(m_query.lastError(), m_sql);
        return Done{};
    }

    QVector<QVariant> currentRow() const
    {
        QVector<QVariant> values;
        values.reserve(m_columns->count());
        for (int position = 0; position < m_columns->count(); ++position)
            values.append(m_query.isNull(position) ? QVariant() : m_query.value(position));
        return values;
    }

    const std::shared_ptr<const Columns> &columns()
    {
        if (!m_columns) {
            auto columns = std::make_shared<Columns>();
            const QSqlRecord record = m_query.record();
            for (int position = 0; position < record.count(); ++position)
                columns->append(record.fieldName(position).toUtf8());
            m_columns = std::move(columns);
        }
        return m_columns;
    }

    QSqlQuery m_query;
    QString m_sql;
    std::shared_ptr<const Columns> m_columns;
};

class PostgresDriver final : public Driver
{
public:
    explicit PostgresDriver(QSqlDatabase database) : m_database(std::move(database)) {}

    ~PostgresDriver() override
    {
        const QString name = m_database.connectionName();
        m_database.close();
        m_database = {};
        QSqlDatabase::removeDatabase(name);
    }
    Q_DISABLE_COPY_MOVE(PostgresDriver)

    Engine engine() const override { return Engine::Postgres; }

    /// BEGIN and its like cannot be prepared at the server; they are sent as they are.
    Result<std::unique_ptr<Statement>> prepare(const QString &sql) override
    {
        if (isBegin(sql) || sql == "COMMIT" || sql == "ROLLBACK")
            return std::unique_ptr<Statement>(new Word(*this, sql));
        QSqlQuery query(m_database);
        if (!query.prepare(sql))
            return errorOf(query.lastError(), sql);
        return std::unique_ptr<Statement>(new PostgresStatement(std::move(query), sql));
    }

    Status script(const QString &sql) override
    {
        QSqlQuery query(m_database);
        if (!query.exec(sql))
            return errorOf(query.lastError(), sql);
        return Done{};
    }

    bool inTransaction() const override { return m_inTransaction; }

    Status listen(const QString &channel, std::function<void(const QString &)> heard) override
    {
        QSqlDriver *driver = m_database.driver();
        QObject::connect(
            driver, &QSqlDriver::notification, driver,
            [channel, heard = std::move(heard)](const QString &name, auto, const QVariant &text) {
                if (name == channel)
                    heard(text.toString());
            });
        if (!driver->subscribeToNotification(channel))
            return errorOf(driver->lastError(), "LISTEN " + channel);
        return Done{};
    }

private:
    static bool isBegin(const QString &sql)
    {
        return sql == beginWriting(Engine::Postgres) || sql == beginReading(Engine::Postgres);
    }

    class Word final : public Statement
    {
    public:
        Word(PostgresDriver &driver, QString word) : m_driver(driver), m_word(std::move(word)) {}
        Result<int> run(const Bindings &) override
        {
            const auto done = m_driver.script(m_word);
            m_driver.m_inTransaction = isBegin(m_word) && done;
            return done ? Result<int>(0) : done.error();
        }
        Result<Rows> rows(const Bindings &, int) override { return Rows{}; }

    private:
        PostgresDriver &m_driver;
        QString m_word;
    };

    QSqlDatabase m_database;
    bool m_inTransaction = false;
};

/// libpq's own way to name several servers, of which QUrl knows nothing:
/// user@first:5432,second:5433/database. They become options, which outdo what the address says.
QString withoutFurtherHosts(const QString &url, QStringList &options)
{
    const QRegularExpressionMatch several =
        QRegularExpression(QStringLiteral("^(\\w+://(?:[^/@]*@)?)([^/?,]+(?:,[^/?,]+)+)")).match(url);
    if (!several.hasMatch())
        return url;
    QStringList hosts, ports;
    for (const QString &place : several.captured(2).split(u',')) {
        hosts += QUrl::fromPercentEncoding(place.section(u':', 0, 0).toUtf8());
        ports += place.section(u':', 1).isEmpty() ? QString::number(defaultPort) : place.section(u':', 1);
    }
    options += {"host=" + hosts.join(u','), "port=" + ports.join(u',')};
    return several.captured(1) + "localhost" + url.mid(several.capturedEnd());
}

/// A server that is gone without a word is noticed in half a minute, not in two hours.
const QStringList patience{"connect_timeout=5", "keepalives_idle=10", "keepalives_interval=5",
                           "keepalives_count=3", "tcp_user_timeout=20000"};

} // namespace

Result<std::unique_ptr<Driver>> openPostgresDriver(const QString &url)
{
    QStringList options = patience + QStringList{"application_name=ringbook"};
    const QUrl parts(withoutFurtherHosts(url, options));
    if (!parts.isValid() || (parts.scheme() != "postgresql" && parts.scheme() != "postgres"))
        return Error{Fault::Invalid, "this is no postgresql:// address"};
    QSqlDatabase database = QSqlDatabase::addDatabase("QPSQL", freshConnectionName());
    database.setHostName(parts.host(QUrl::FullyDecoded));
    database.setPort(parts.port(defaultPort));
    database.setUserName(parts.userName(QUrl::FullyDecoded));
    database.setPassword(parts.password(QUrl::FullyDecoded));
    database.setDatabaseName(parts.path(QUrl::FullyDecoded).mid(1));
    for (const auto &[name, value] : QUrlQuery(parts).queryItems(QUrl::FullyDecoded))
        options.append(name + "=" + value);
    database.setConnectOptions(options.join(';'));

    const bool isOpen = database.open();
    const QString words = database.lastError().text();
    auto driver = std::make_unique<PostgresDriver>(database);
    database = {};
    if (!isOpen)
        return openError(words);
    if (const auto quiet = driver->script("SET client_min_messages = warning"); !quiet)
        return quiet.error();
    return std::unique_ptr<Driver>(std::move(driver));
}

} // namespace ringbook::model
