#pragma once

#include "model/core/Result.h"

#include <QSocketNotifier>

#include <functional>
#include <libpq-fe.h>
#include <memory>
#include <vector>

namespace ringbook::model {

/// A connection to a PostgreSQL server. What is sent is on its way without waiting; answer() waits for all of
/// it. After one that failed nothing is done until then.
class PostgresSession
{
public:
    using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

    /// Text as it stands, bytes as they are, anything else as its decimal text; invalid is NULL.
    using Values = std::vector<QVariant>;

    explicit PostgresSession(PGconn *db);
    ~PostgresSession();
    Q_DISABLE_COPY_MOVE(PostgresSession)

    Status send(const QString &sql);
    Status sendPrepare(const QByteArray &name, const QString &sql);
    Status sendPrepared(const QByteArray &name, const QString &sql, const Values &values);

    /// What the last one came to; an error if any of those that were sent failed.
    Result<Answer> answer();

    Status script(const QString &sql); ///< several statements in one text
    bool inTransaction() const { return m_inTransaction; }
    Status listen(const QString &channel, std::function<void(const QString &text)> heard);

private:
    Status sent(bool isSent, const QString &sql);
    Result<Answer> read();
    Error errorOf(const PGresult *result, const QString &sql) const;
    void noteTransaction();
    void tell();

    PGconn *m_db;
    std::vector<QString> m_sent; ///< and not answered
    bool m_inTransaction = false;
    QString m_channel;
    std::function<void(const QString &text)> m_heard;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace ringbook::model
