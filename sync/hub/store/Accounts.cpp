#include "sync/hub/store/Accounts.h"

#include "model/core/Id.h"
#include "model/db/WithoutCount.h"

#include <algorithm>

namespace ringbook::hub {

namespace {

Account readAccount(const model::Row &row)
{
    return Account{
        .id = row.number("id"),
        .login = row.text("login"),
        .passwordHash = row.text("password_hash"),
        .name = row.text("name"),
        .extension = row.text("extension"),
        .role = row.text("role"),
        .closedAt = row.number("closed_at"),
    };
}

} // namespace

Result<Account> Accounts::byLogin(const QString &login) const
{
    const auto alike = this->alike(login);
    if (!alike)
        return alike.error();
    const auto same = std::ranges::find(*alike, login, &Login::text);
    if (same == alike->end() && alike->size() != 1)
        return Error{Fault::NotFound};
    return byId(same == alike->end() ? alike->first().account : same->account);
}

/// More than one only where they were made when capitals made a difference. Compared here: the engines know
/// the small letters of different languages.
Result<QVector<Accounts::Login>> Accounts::alike(const QString &login) const
{
    const auto rows = m_db.all("SELECT id, login FROM account ORDER BY id");
    if (!rows)
        return rows.error();
    QVector<Login> alike;
    for (const model::Row &row : *rows)
        if (const QString text = row.text("login"); text.compare(login, Qt::CaseInsensitive) == 0)
            alike.append({row.number("id"), text});
    return alike;
}

Result<Account> Accounts::byId(qint64 id) const
{
    const auto row = m_db.one("SELECT * FROM account WHERE id = :id", {{":id", id}});
    if (!row)
        return row.error();
    return readAccount(*row);
}

Result<QVector<Account>> Accounts::all() const
{
    const auto rows = m_db.all("SELECT * FROM account ORDER BY id");
    if (!rows)
        return rows.error();
    QVector<Account> accounts;
    for (const model::Row &row : *rows)
        accounts.append(readAccount(row));
    return accounts;
}

Status Accounts::setPassword(qint64 account, const QString &hash)
{
    const auto set = m_db.run("UPDATE account SET password_hash = :hash WHERE id = :account",
                              {{":hash", hash}, {":account", account}});
    return set ? endSessions(account) : set.error();
}

Status Accounts::close(const Account &account, TimeMs at)
{
    if (at == 0 && account.closedAt != 0)
        if (const Status free = isFree(account); !free)
            return free;
    const auto set = m_db.run("UPDATE account SET closed_at = :at WHERE id = :account",
                              {{":at", at}, {":account", account.id}});
    return set ? endSessions(account.id) : set.error();
}

Status Accounts::endSessions(qint64 account)
{
    const auto ended = m_db.run("DELETE FROM session WHERE account = :account", {{":account", account}});
    return ended ? noteEndings() : ended.error();
}

Status Accounts::noteEndings()
{
    return model::withoutCount(m_db.run("UPDATE hub SET endings = endings + 1 WHERE id = 1"));
}

Result<qint64> Accounts::endings() const
{
    const auto row = m_db.one("SELECT endings FROM hub WHERE id = 1");
    return row ? Result<qint64>(row->number("endings")) : row.error();
}

Result<QSet<qint64>> Accounts::devicesSignedIn() const
{
    const auto rows = m_db.all("SELECT device FROM session");
    if (!rows)
        return rows.error();
    QSet<qint64> devices;
    for (const model::Row &row : *rows)
        devices.insert(row.number("device"));
    return devices;
}

Status Accounts::add(const Account &account, TimeMs now)
{
    const auto taken = alike(account.login);
    if (!taken)
        return taken.error();
    if (!taken->isEmpty() && taken->first().text == account.login)
        return Error{Fault::Conflict, QStringLiteral("The login “%1” is taken.").arg(account.login)};
    if (!taken->isEmpty())
        return Error{Fault::Conflict,
                     QStringLiteral("The login “%1” is taken: “%2” is the same but for capitals.")
                         .arg(account.login, taken->first().text)};
    if (const Status free = isFree(account); !free)
        return free;
    return model::withoutCount(m_db.run(R"(
        INSERT INTO account (id, login, password_hash, name, extension, role, created_at)
        VALUES (:id, :login, :hash, :name, :extension, :role, :now))",
                                        {{":id", account.id},
                                         {":login", account.login},
                                         {":hash", account.passwordHash},
                                         {":name", account.name},
                                         {":extension", account.extension},
                                         {":role", account.role},
                                         {":now", now}}));
}

/// Of sessions hubs know the role and the books: they read them anew.
Status Accounts::change(const Account &account)
{
    if (const Status free = isFree(account); !free)
        return free;
    const auto set =
        m_db.run("UPDATE account SET name = :name, extension = :extension, role = :role WHERE id = :id",
                 {{":name", account.name},
                  {":extension", account.extension},
                  {":role", account.role},
                  {":id", account.id}});
    return set ? noteEndings() : set.error();
}

/// A telephone rings at one desk: of two users the hub would forget one.
Status Accounts::isFree(const Account &account) const
{
    if (account.extension.isEmpty())
        return Done{};
    const auto holder = m_db.one(R"(
        SELECT * FROM account WHERE extension = :extension AND closed_at = 0 AND id <> :id LIMIT 1)",
                                 {{":extension", account.extension}, {":id", account.id}});
    if (holder)
        return Error{Fault::Conflict, QStringLiteral("The extension %1 is %2's already.")
                                          .arg(account.extension, readAccount(*holder).name)};
    if (holder.error().fault != Fault::NotFound)
        return holder.error();
    return Done{};
}

Status Accounts::grant(qint64 account, qint64 book)
{
    return model::withoutCount(
        m_db.run("INSERT INTO book_grant (account, book) VALUES (:account, :book) ON CONFLICT DO NOTHING",
                 {{":account", account}, {":book", book}}));
}

Result<QSet<QString>> Accounts::booksOf(qint64 account) const
{
    const auto rows = m_db.all(R"(
        SELECT book.name AS name FROM book_grant JOIN book ON book.id = book_grant.book
        WHERE book_grant.account = :account)",
                               {{":account", account}});
    if (!rows)
        return rows.error();
    QSet<QString> books;
    for (const model::Row &row : *rows)
        books.insert(row.text("name"));
    return books;
}

Result<DeviceRow> Accounts::device(qint64 id) const
{
    const auto row = m_db.one("SELECT * FROM device WHERE id = :id", {{":id", id}});
    if (!row)
        return row.error();
    return DeviceRow{row->number("id"), row->text("secret_hash"), row->number("account")};
}

Result<QVector<DeviceRow>> Accounts::devicesOf(qint64 account) const
{
    const auto rows = m_db.all(R"(
        SELECT device.id AS id, device.name AS name, coalesce(session.expires_at, 0) AS until
        FROM device LEFT JOIN session ON session.device = device.id
        WHERE device.account = :account ORDER BY device.id)",
                               {{":account", account}});
    if (!rows)
        return rows.error();
    QVector<DeviceRow> devices;
    for (const model::Row &row : *rows)
        devices.append({.id = row.number("id"),
                        .account = account,
                        .name = row.text("name"),
                        .signedInUntil = row.number("until")});
    return devices;
}

Result<qint64> Accounts::addDevice(const QString &secretHash, const QString &name, qint64 account, TimeMs now)
{
    if (const auto counted = m_db.run("UPDATE hub SET last_device = last_device + 1 WHERE id = 1"); !counted)
        return counted.error();
    const auto row = m_db.one("SELECT last_device FROM hub WHERE id = 1");
    if (!row)
        return row.error();
    const qint64 id = row->number("last_device");
    if (id > maxDevice)
        return Error{Fault::Failed, QStringLiteral("There are no device numbers left.")};
    if (const Status added = keep({id, secretHash, account, name}, now); !added)
        return added.error();
    return id;
}

Result<bool> Accounts::recognize(const DeviceRow &claimed, TimeMs now)
{
    const auto isLost = isLostDevice(claimed.id);
    if (!isLost)
        return isLost.error();
    if (*isLost)
        if (const Status back = keep(claimed, now); !back)
            return back.error();
    const auto known = device(claimed.id);
    if (!known && known.error().fault == Fault::NotFound)
        return false;
    return known ? Result<bool>(known->secretHash == claimed.secretHash) : known.error();
}

Status Accounts::keep(const DeviceRow &device, TimeMs now)
{
    return model::withoutCount(m_db.run(R"(
        INSERT INTO device (id, secret_hash, name, account, created_at)
        VALUES (:id, :hash, :name, :account, :now))",
                                        {{":id", device.id},
                                         {":hash", device.secretHash},
                                         {":name", device.name},
                                         {":account", device.account},
                                         {":now", now}}));
}

/// Devices are never deleted, so there is one for each number up to the last but those of after the backup.
Result<bool> Accounts::isLostDevice(qint64 id) const
{
    const auto row = m_db.one(R"(
        SELECT count(*) AS count FROM hub
        WHERE :id > 1 AND :id <= last_device AND NOT EXISTS (SELECT 1 FROM device WHERE id = :id))",
                              {{":id", id}});
    if (!row)
        return row.error();
    return row->number("count") > 0;
}

Status Accounts::renewLease(qint64 device, TimeMs now, qint64 lengthMs)
{
    return model::withoutCount(m_db.run(R"(
        UPDATE device SET seen_at = :now, lease_until = :until
        WHERE id = :device AND (seen_at <= :before OR seen_at > :now OR lease_until < :least))",
                                        {{":device", device},
                                         {":now", now},
                                         {":until", now + renewLeaseEveryMs + lengthMs},
                                         {":before", now - renewLeaseEveryMs},
                                         {":least", now + lengthMs}}));
}

Status Accounts::addSession(const QString &tokenHash, const Caller &caller)
{
    const auto ended = m_db.run("DELETE FROM session WHERE device = :device", {{":device", caller.device}});
    if (!ended)
        return ended.error();
    return model::withoutCount(m_db.run(R"(
        INSERT INTO session (token_hash, account, device, expires_at)
        VALUES (:hash, :account, :device, :expires))",
                                        {{":hash", tokenHash},
                                         {":account", caller.user},
                                         {":device", caller.device},
                                         {":expires", caller.expiresAt}}));
}

Status Accounts::forgetSessions(TimeMs endedBy)
{
    return model::withoutCount(m_db.run("DELETE FROM session WHERE expires_at <= :now", {{":now", endedBy}}));
}

Result<Caller> Accounts::session(const QString &tokenHash, TimeMs now) const
{
    const auto row = m_db.one(R"(
        SELECT session.device, session.expires_at, account.id, account.name, account.role
        FROM session JOIN account ON account.id = session.account
        WHERE session.token_hash = :hash AND session.expires_at > :now)",
                              {{":hash", tokenHash}, {":now", now}});
    if (!row)
        return row.error();
    const auto books = booksOf(row->number("id"));
    if (!books)
        return books.error();
    return Caller{
        row->number("id"),        row->number("device"), row->text("name"), row->text("role"), *books,
        row->number("expires_at")};
}

} // namespace ringbook::hub
