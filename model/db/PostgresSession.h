#pragma once

#include "model/core/Result.h"

#include <QSocketNotifier>

#include <functional>
#include <libpq-fe.h>
#include <memory>
#include <optional>
#include <vector>

namespace ringbook::model {

/// A connection to a PostgreSQL server. What is sent is on its way without waiting. After one that failed
/// nothing is done until somebody waits.
class PostgresSession
{
public:
    using Answer = std::shared_ptr<PGresult>;

    /// What was sent; its answer is there when somebody has waited.
    struct Sent
    {
        QString sql;
        std::optional<Result<Answer>> answer = {};
    };
    using Ticket = std::shared_ptr<Sent>;

    /// Text as it stands, bytes as they are, anything else as its decimal text; invalid is NULL.
    using Values = std::vector<QVariant>;

    explicit PostgresSession(PGconn *db);
    ~PostgresSession();
    Q_DISABLE_COPY_MOVE(PostgresSession)

    Result<Ticket> send(const QString &sql);
    Result<Ticket> sendPrepare(const QByteArray &name, const QString &sql);
    Result<Ticket> sendPrepared(const QByteArray &name, const QString &sql, const Values &values);

    /// For all that was sent. The first error, if there is one.
    Status wait();
    /// Waits if nobody has yet; then it is an error if anything failed that was sent.
    Result<Answer> answerTo(const Ticket &ticket);

    Status script(const QString &sql); ///< several statements in one text
    bool inTransaction() const { return m_inTransaction; }
    Status listen(const QString &channel, std::function<void(const QString &text)> heard);

private:
    Result<Ticket> sent(bool isSent, const QString &sql);
    Status read(bool isMarked);
    Error errorOf(const PGresult *result, const QString &sql) const;
    void noteTransaction();
    void tell();

    PGconn *m_db;
    std::vector<Ticket> m_sent; ///< and not waited for
    bool m_inTransaction = false;
    QString m_channel;
    std::function<void(const QString &text)> m_heard;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace ringbook::model
