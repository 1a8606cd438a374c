#pragma once

#include "model/core/Clock.h"
#include "sync/hub/WriteBatch.h"
#include "sync/hub/store/Database.h"
#include "sync/hub/store/ErasedList.h"
#include "sync/hub/store/ErasureReport.h"

#include <QStringList>

namespace ringbook::hub {

struct NewUser
{
    QString login = {};
    QString password = {};
    QString name = {};
    QString extension = {};
    QString role = QStringLiteral("agent"); ///< agent, lead, admin
    QStringList books = {};
};

/// What is to be otherwise about a user from now on; what is not named stays.
struct UserChange
{
    std::optional<QString> name = {};
    std::optional<QString> extension = {}; ///< empty: none
    std::optional<QString> role = {};
    QStringList books = {}; ///< that they may use besides theirs

    bool operator==(const UserChange &) const = default;
};

struct KnownUser
{
    Account account = {};
    QString extension = {}; ///< where they sit today
    QStringList books = {};
    QVector<DeviceRow> devices = {};
};

struct NumberOwner
{
    qint64 customer = 0;
    QString name = {};
};

struct NewRecord
{
    model::RecordKey key = {};
    model::Fields fields = {};
    qint64 author = 0;
    TimeMs at = 0;
};

/// In a batch. Fault::NotFound without the book, Fault::Invalid with what the book does not take.
Status addRecord(WriteBatch &batch, const QString &book, const NewRecord &record);

/// What an administrator does, also while a hub serves the same database. Errors are sentences for a
/// terminal.
class Administration
{
public:
    static Result<Administration> open(const Database &database, const Clock &clock);

    Result<BookHead> addBook(const QString &name, const QString &region);
    Result<qint64> addUser(const NewUser &user); ///< the id of the user's account and record
    Result<QVector<KnownUser>> users() const;
    /// Holds at hubs that serve within some seconds; nobody has to sign in anew. Whoever sits at the
    /// extension that is given sits there no more. Fault::NotFound, Fault::Conflict.
    Status changeUser(const QString &login, const UserChange &change);
    /// These end the user's sessions at once, at hubs that serve within some seconds. Fault::NotFound.
    Status setPassword(const QString &login, const QString &password);
    Status closeUser(const QString &login); ///< may sign in no more; what they wrote stays
    Status openUser(const QString &login);

    /// Many new records of the hub's own in one transaction; for demo data and imports.
    Status addRecords(const QString &book, const QVector<NewRecord> &records);
    /// Whose number this is now, as people write it; the first of very many.
    Result<QVector<NumberOwner>> ownersOf(const QString &book, const QString &number) const;
    /// Removes a customer and all that is about them for good, here and on every desk. Returns how many
    /// records that was; 0: they are erased already. Their bytes are in gaps of the file yet.
    Result<qsizetype> erase(const QString &book, qint64 customer);
    Status cleanUp(); ///< takes them out, too; a hub that serves the file does so by itself
    Result<qint64> lastRecordCounter() const; ///< of the ids the hub made itself

    Result<QVector<ErasureReport>> erasures(const QString &book) const; ///< and where they arrived
    Result<QVector<Erased>> erased() const { return erasedIn(*m_db); }  ///< all that ever was
    Result<QVector<PhoneOrder>> phoneOrders(TimeMs since) const { return PhoneOrders(*m_db).since(since); }
    Books books() const { return Books(*m_db); }

private:
    Status change(const QString &login, const std::function<Status(WriteBatch &, const Account &)> &how);

    Administration(model::Connection db, QString erasedList, const Clock &clock);
    Status write(const std::function<Status()> &work);

    std::unique_ptr<model::Connection> m_db;
    QString m_erasedList;
    const Clock *m_clock;
};

} // namespace ringbook::hub
