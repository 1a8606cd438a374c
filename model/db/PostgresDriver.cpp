#include "model/db/ConnectionParts.h"
#include "model/db/PostgresSession.h"

#include <QVariant>

#include <array>

namespace ringbook::model {

namespace {

// Of types of columns, from the server's catalog.
constexpr Oid boolOid = 16, byteaOid = 17, int8Oid = 20, int2Oid = 21, int4Oid = 23, oidOid = 26,
              float4Oid = 700, float8Oid = 701, numericOid = 1700;

/// libpq gives no code for a connection that was not made, only words; those the server sent say FATAL.
Error openError(const QString &words)
{
    const bool serverAnswered = words.contains("FATAL");
    const bool later =
        words.contains("starting up") || words.contains("shutting down") || words.contains("too many");
    return {serverAnswered && !later ? Fault::Denied : Fault::Unreachable, words};
}

/// SQL with its parameters, `?` or `:name`, as the server wants them, and what they were called.
struct Numbered
{
    explicit Numbered(const QString &sql)
    {
        QChar quote;
        for (qsizetype at = 0; at < sql.size(); ++at) {
            const QChar c = sql[at];
            if (quote.isNull() && (c == u'\'' || c == u'"'))
                quote = c;
            else if (c == quote)
                quote = {};
            const bool isName = c == u':' && at + 1 < sql.size() && sql[at + 1].isLetter();
            if (!quote.isNull() || (c != u'?' && !isName)) {
                text += c;
                continue;
            }
            qsizetype end = at + 1;
            while (isName && end < sql.size() && (sql[end].isLetterOrNumber() || sql[end] == u'_'))
                ++end;
            names.push_back(sql.sliced(at, end - at).toLatin1());
            text += u'$' + QString::number(names.size());
            at = end - 1;
        }
    }

    QString text;
    std::vector<QByteArray> names;
};

QVariant valueOf(const PGresult *result, int row, int column)
{
    if (PQgetisnull(result, row, column))
        return {};
    const char *text = PQgetvalue(result, row, column);
    const auto words = QByteArray::fromRawData(text, PQgetlength(result, row, column));
    switch (PQftype(result, column)) {
    case boolOid: return *text == 't';
    case int8Oid:
    case int2Oid:
    case int4Oid:
    case oidOid: return words.toLongLong();
    case float4Oid:
    case float8Oid:
    case numericOid: return words.toDouble();
    case byteaOid: return QByteArray::fromHex(words.sliced(2)); // after the \x
    default: return QString::fromUtf8(words);
    }
}

class PostgresStatement final : public Statement
{
public:
    PostgresStatement(PostgresSession &session, QByteArray name, const Numbered &sql)
        : m_session(session),
          m_name(std::move(name)),
          m_sql(sql)
    {
    }
    Q_DISABLE_COPY_MOVE(PostgresStatement)

    Status send(const Bindings &bindings) override
    {
        const auto ticket = sendWith(bindings);
        return ticket ? Status(Done{}) : ticket.error();
    }

    Result<int> run(const Bindings &bindings) override
    {
        const auto done = answerTo(sendWith(bindings));
        if (!done)
            return done.error();
        return PQnfields(done->get()) > 0 ? 0 : QByteArray(PQcmdTuples(done->get())).toInt();
    }

    Result<Rows> rows(const Bindings &bindings, int atMost) override
    {
        return rowsOf(answerTo(sendWith(bindings)), atMost);
    }

    std::function<Result<Rows>()> ask(const Bindings &bindings) override
    {
        return [this, ticket = sendWith(bindings)] { return rowsOf(answerTo(ticket), allRows); };
    }

private:
    using Ticket = PostgresSession::Ticket;
    using Answer = PostgresSession::Answer;

    Result<Ticket> sendWith(const Bindings &bindings)
    {
        PostgresSession::Values values(bindings.ordered.begin(), bindings.ordered.end());
        for (const QByteArray &name : m_sql.names)
            for (const auto &[given, value] : bindings.named)
                if (name == given)
                    values.push_back(value);
        if (values.size() != m_sql.names.size())
            return Error{Fault::Failed, QStringLiteral("%1 values given for the parameters of: %2")
                                            .arg(values.size())
                                            .arg(m_sql.text)};
        return m_session.sendPrepared(m_name, m_sql.text, values);
    }

    Result<Answer> answerTo(const Result<Ticket> &ticket)
    {
        return ticket ? m_session.answerTo(*ticket) : ticket.error();
    }

    Result<Rows> rowsOf(const Result<Answer> &answer, int atMost)
    {
        if (!answer)
            return answer.error();
        const PGresult *result = answer->get();
        const int count = atMost == allRows ? PQntuples(result) : std::min(atMost, PQntuples(result));
        Rows rows;
        rows.reserve(count);
        for (int row = 0; row < count; ++row) {
            QVector<QVariant> values;
            values.reserve(PQnfields(result));
            for (int column = 0; column < PQnfields(result); ++column)
                values.append(valueOf(result, row, column));
            rows.append(Row(columnsOf(result), std::move(values)));
        }
        return rows;
    }

    const std::shared_ptr<const Columns> &columnsOf(const PGresult *result)
    {
        if (!m_columns) {
            auto columns = std::make_shared<Columns>();
            for (int column = 0; column < PQnfields(result); ++column)
                columns->append(PQfname(result, column));
            m_columns = std::move(columns);
        }
        return m_columns;
    }

    PostgresSession &m_session;
    QByteArray m_name;
    Numbered m_sql;
    std::shared_ptr<const Columns> m_columns;
};

/// BEGIN and its like, which cannot be prepared at the server.
class Word final : public Statement
{
public:
    Word(PostgresSession &session, QString word) : m_session(session), m_word(std::move(word)) {}

    Status send(const Bindings &) override
    {
        const auto ticket = m_session.send(m_word);
        return ticket ? Status(Done{}) : ticket.error();
    }

    Result<int> run(const Bindings &) override
    {
        if (m_word == "ROLLBACK")
            (void)m_session.wait(); // what failed before it would stop it, too
        const auto ticket = m_session.send(m_word);
        if (!ticket)
            return ticket.error();
        const auto done = m_session.answerTo(*ticket);
        if (!done)
            return done.error();
        if (m_word == "COMMIT" && qstrcmp(PQcmdStatus(done->get()), "COMMIT") != 0)
            return Error{Fault::Failed, "the transaction was undone by the server"};
        return 0;
    }
    Result<Rows> rows(const Bindings &, int) override { return Rows{}; }

private:
    PostgresSession &m_session;
    QString m_word;
};

class PostgresDriver final : public Driver
{
public:
    explicit PostgresDriver(PGconn *db) : m_session(db) {}

    Engine engine() const override { return Engine::Postgres; }

    Result<std::unique_ptr<Statement>> prepare(const QString &sql) override
    {
        const bool isBegin = sql == beginWriting(Engine::Postgres) || sql == beginReading(Engine::Postgres);
        if (isBegin || sql == "COMMIT" || sql == "ROLLBACK")
            return std::unique_ptr<Statement>(new Word(m_session, sql));
        const QByteArray name = "s" + QByteArray::number(++m_prepared);
        const Numbered numbered(sql);
        const auto ticket = m_session.sendPrepare(name, numbered.text);
        if (!ticket)
            return ticket.error();
        if (const auto prepared = m_session.answerTo(*ticket); !prepared)
            return prepared.error();
        return std::unique_ptr<Statement>(new PostgresStatement(m_session, name, numbered));
    }

    void forgetStatements() override { (void)script("DEALLOCATE ALL"); }
    Status script(const QString &sql) override { return m_session.script(sql); }
    bool inTransaction() const override { return m_session.inTransaction(); }

    Status listen(const QString &channel, std::function<void(const QString &)> heard) override
    {
        return m_session.listen(channel, std::move(heard));
    }

private:
    PostgresSession m_session;
    qint64 m_prepared = 0;
};

} // namespace

/// A server that is gone without a word is noticed in half a minute, not in two hours; what the address says
/// goes before. Is here and not in Connection.cpp, so that a desk does not need libpq.
Result<Connection> Connection::openPostgres(const QString &url)
{
    if (!url.startsWith("postgresql://") && !url.startsWith("postgres://"))
        return Error{Fault::Invalid, "this is no postgresql:// address"};
    const QByteArray address = url.toUtf8();
    const std::array names{"connect_timeout",  "keepalives_idle",  "keepalives_interval",
                           "keepalives_count", "tcp_user_timeout", "application_name",
                           "client_encoding",  "dbname",           static_cast<const char *>(nullptr)};
    const std::array values{"5",
                            "10",
                            "5",
                            "3",
                            "20000",
                            "ringbook",
                            "UTF8",
                            address.constData(),
                            static_cast<const char *>(nullptr)};
    PGconn *db = PQconnectdbParams(names.data(), values.data(), true);
    if (PQstatus(db) != CONNECTION_OK) {
        const QString words = QString::fromUtf8(PQerrorMessage(db)).simplified();
        PQfinish(db);
        return openError(words);
    }
    auto driver = std::make_unique<PostgresDriver>(db);
    if (const auto quiet = driver->script("SET client_min_messages = warning; SET bytea_output = hex");
        !quiet)
        return quiet.error();
    return Connection(std::unique_ptr<Implementation>(new Implementation{std::move(driver)}));
}

} // namespace ringbook::model
