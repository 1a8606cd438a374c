#pragma once

#include "model/core/Clock.h"
#include "model/db/Connection.h"

#include <QSet>

namespace ringbook::hub {

struct Account
{
    qint64 id = 0; ///< the id of its user record
    QString login = {};
    QString passwordHash = {};
    QString name = {};
    QString extension = {};
    QString role = {};
    TimeMs closedAt = 0; ///< from then on they may not sign in; 0: they may
};

/// Who speaks, proved by a token.
struct Caller
{
    qint64 user = 0;
    qint64 device = 0;
    QString name = {};
    QString role = {};
    QSet<QString> books = {};
    TimeMs expiresAt = 0;
};

constexpr TimeMs renewLeaseEveryMs = hourMs; ///< in the database; in between only the hub knows

struct DeviceRow
{
    qint64 id = 0;
    QString secretHash = {};
    qint64 account = 0;
    QString name = {};
    TimeMs signedInUntil = 0; ///< 0: not signed in
};

/// Accounts, devices, sessions and who may see which book, in the hub's database.
class Accounts
{
public:
    explicit Accounts(model::Connection &db) : m_db(db) {}

    /// The one written so, or else the only one that differs in capitals alone. Fault::NotFound
    Result<Account> byLogin(const QString &login) const;
    Result<Account> byId(qint64 id) const;
    Result<QVector<Account>> all() const;                    ///< closed ones too
    Status setPassword(qint64 account, const QString &hash); ///< and ends their sessions
    /// `at`: they may not sign in from now on, and are out; 0: they may again. Fault::Conflict if their
    /// extension is another's by now.
    Status close(const Account &account, TimeMs at);
    Status add(const Account &account, TimeMs now); ///< Fault::Conflict if login or extension is taken
    /// Name, extension and role; those who are signed in stay so. Fault::Conflict if the extension is taken.
    Status change(const Account &account);
    Status grant(qint64 account, qint64 book);
    Result<QSet<QString>> booksOf(qint64 account) const;

    Result<DeviceRow> device(qint64 id) const;
    Result<QVector<DeviceRow>> devicesOf(qint64 account) const; ///< without their secrets
    /// Whether whoever has this secret has that number. Takes back one that was given out after the backup
    /// this hub was made of.
    Result<bool> recognize(const DeviceRow &claimed, TimeMs now);
    Result<qint64> addDevice(const QString &secretHash, const QString &name, qint64 account, TimeMs now);

    /// The device is heard of, and what it has can be read there for so long from now. A write only where
    /// that has not been noted for a while; it names the end the device may count up to until the next one.
    Status renewLease(qint64 device, TimeMs now, qint64 lengthMs);

    /// One session a device: an older one of the same device ends.
    Status addSession(const QString &tokenHash, const Caller &caller);
    Status forgetSessions(TimeMs endedBy);
    Result<qint64> endings() const; ///< grows when sessions are ended by others than their desks
    Result<QSet<qint64>> devicesSignedIn() const;
    Result<Caller> session(const QString &tokenHash, TimeMs now) const; ///< Fault::NotFound

private:
    struct Login
    {
        qint64 account = 0;
        QString text = {};
    };
    Result<QVector<Login>> alike(const QString &login) const;
    Result<bool> isLostDevice(qint64 id) const;
    Status keep(const DeviceRow &device, TimeMs now);

    Status endSessions(qint64 account);
    Status isFree(const Account &account) const;
    Status noteEndings();

    model::Connection &m_db;
};

} // namespace ringbook::hub
