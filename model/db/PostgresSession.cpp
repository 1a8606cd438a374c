#include "model/db/PostgresSession.h"

#include "model/db/Dialect.h"

#include <QVariant>

namespace ringbook::model {

namespace {

Fault faultOfState(const QByteArray &state)
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

QByteArray plain(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::QByteArray: return value.toByteArray();
    case QMetaType::Bool: return value.toBool() ? "1" : "0";
    case QMetaType::Double: return QByteArray::number(value.toDouble(), 'g', 17);
    default: return value.toString().toUtf8();
    }
}

bool begins(const QString &sql)
{
    return sql == beginWriting(Engine::Postgres) || sql == beginReading(Engine::Postgres);
}

} // namespace

PostgresSession::PostgresSession(PGconn *db) : m_db(db)
{
    PQsetNoticeProcessor(
        m_db, [](void *, const char *) {}, nullptr);
    PQenterPipelineMode(m_db);
}

PostgresSession::~PostgresSession()
{
    m_notifier.reset(); // before its socket is closed
    PQfinish(m_db);
}

Result<PostgresSession::Ticket> PostgresSession::send(const QString &sql)
{
    const bool isSent =
        PQsendQueryParams(m_db, sql.toUtf8().constData(), 0, nullptr, nullptr, nullptr, nullptr, 0);
    m_inTransaction = m_inTransaction || (isSent && begins(sql));
    return sent(isSent, sql);
}

Result<PostgresSession::Ticket> PostgresSession::sendPrepare(const QByteArray &name, const QString &sql)
{
    return sent(PQsendPrepare(m_db, name.constData(), sql.toUtf8().constData(), 0, nullptr), sql);
}

Result<PostgresSession::Ticket> PostgresSession::sendPrepared(const QByteArray &name, const QString &sql,
                                                              const Values &values)
{
    std::vector<QByteArray> bytes;
    std::vector<const char *> starts;
    std::vector<int> lengths, formats;
    for (const QVariant &value : values) {
        bytes.push_back(plain(value));
        starts.push_back(value.isValid() ? bytes.back().constData() : nullptr);
        lengths.push_back(int(bytes.back().size()));
        // As bytes also what libpq would cut at the NUL: the server refuses it.
        formats.push_back(value.typeId() == QMetaType::QByteArray || bytes.back().contains('\0'));
    }
    return sent(PQsendQueryPrepared(m_db, name.constData(), int(values.size()), starts.data(), lengths.data(),
                                    formats.data(), 0),
                sql);
}

Result<PostgresSession::Ticket> PostgresSession::sent(bool isSent, const QString &sql)
{
    if (!isSent)
        return errorOf(nullptr, sql);
    m_sent.push_back(std::make_shared<Sent>(Sent{sql}));
    return m_sent.back();
}

Status PostgresSession::wait()
{
    const bool isMarked = PQpipelineSync(m_db);
    const Status failed = read(isMarked);
    if (isMarked)
        PQclear(PQgetResult(m_db)); // of the mark
    noteTransaction();
    tell();
    return failed;
}

/// Up to the mark behind it; what stands behind one that failed was not done. A connection that is lost has
/// no answers.
Status PostgresSession::read(bool isMarked)
{
    std::optional<Error> failed;
    if (!isMarked)
        failed = errorOf(nullptr, "SYNC");
    for (const Ticket &sent : std::exchange(m_sent, {})) {
        const Answer answer(isMarked ? PQgetResult(m_db) : nullptr, PQclear);
        if (!failed && (!answer || PQresultStatus(answer.get()) == PGRES_FATAL_ERROR))
            failed = errorOf(answer.get(), sent->sql);
        while (PGresult *further = answer ? PQgetResult(m_db) : nullptr)
            PQclear(further);
        sent->answer = failed ? Result<Answer>(*failed) : answer;
    }
    return failed ? Status(*failed) : Done{};
}

Result<PostgresSession::Answer> PostgresSession::answerTo(const Ticket &ticket)
{
    if (!ticket->answer)
        if (const Status waited = wait(); !waited)
            return waited.error();
    return *ticket->answer;
}

Status PostgresSession::script(const QString &sql)
{
    if (!m_sent.empty())
        if (const Status before = wait(); !before)
            return before;
    PQexitPipelineMode(m_db);
    const Answer done(PQexec(m_db, sql.toUtf8().constData()), PQclear);
    PQenterPipelineMode(m_db);
    noteTransaction();
    if (!done || PQresultStatus(done.get()) == PGRES_FATAL_ERROR)
        return errorOf(done.get(), sql);
    return Done{};
}

Error PostgresSession::errorOf(const PGresult *result, const QString &sql) const
{
    const bool isLost = !result || PQstatus(m_db) == CONNECTION_BAD;
    const Fault fault =
        isLost ? Fault::Unreachable : faultOfState(PQresultErrorField(result, PG_DIAG_SQLSTATE));
    const QString words = QString::fromUtf8(result ? PQresultErrorMessage(result) : PQerrorMessage(m_db));
    return {fault, words.simplified() + " (" + sql.simplified().left(120) + ")"};
}

/// A connection that is lost knows nothing of its transaction: then it is as it was.
void PostgresSession::noteTransaction()
{
    const PGTransactionStatusType status = PQtransactionStatus(m_db);
    if (status == PQTRANS_IDLE)
        m_inTransaction = false;
    if (status == PQTRANS_INTRANS || status == PQTRANS_INERROR)
        m_inTransaction = true;
}

Status PostgresSession::listen(const QString &channel, std::function<void(const QString &)> heard)
{
    m_channel = channel;
    m_heard = std::move(heard);
    m_notifier = std::make_unique<QSocketNotifier>(PQsocket(m_db), QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, m_notifier.get(), [this] {
        m_notifier->setEnabled(
            PQconsumeInput(m_db)); // else the connection is gone, and would say so for ever
        tell();
    });
    return script("LISTEN " + channel);
}

/// What came meanwhile, also between the answers to something else.
void PostgresSession::tell()
{
    while (PGnotify *notification = m_notifier ? PQnotifies(m_db) : nullptr) {
        if (QLatin1String(notification->relname) == m_channel)
            QMetaObject::invokeMethod(
                m_notifier.get(), [this, text = QString::fromUtf8(notification->extra)] { m_heard(text); },
                Qt::QueuedConnection);
        PQfreemem(notification);
    }
}

} // namespace ringbook::model
