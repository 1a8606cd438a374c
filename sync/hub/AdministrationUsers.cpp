#include "model/domain/PlainText.h"
#include "model/domain/SetUp.h"
#include "sync/hub/AdminInput.h"
#include "sync/hub/Administration.h"
#include "sync/hub/Seating.h"
#include "sync/hub/Sessions.h"

namespace ringbook::hub {

namespace {

constexpr int shortestPassword = 4;

std::optional<Error> troubleWith(const QString &password)
{
    if (password.size() < shortestPassword)
        return invalid(QStringLiteral("A password has at least %1 characters.").arg(shortestPassword));
    return std::nullopt;
}

std::optional<Error> troubleWith(const Account &account)
{
    if (!matches(account.login, "[^\\s\\p{C}]{1,64}"))
        return invalid(QStringLiteral("A login is 1 to 64 characters without spaces."));
    if (account.name.trimmed().isEmpty() || account.name != model::plainText(account.name, 100))
        return invalid(QStringLiteral("A name is 1 to 100 characters of plain text."));
    if (!matches(account.extension, "[0-9]{0,10}"))
        return invalid(QStringLiteral("An extension is at most 10 digits."));
    if (!matches(account.role, "agent|lead|admin"))
        return invalid(QStringLiteral("A role is agent, lead or admin."));
    return std::nullopt;
}

model::Fields recordOf(const Account &account)
{
    return model::fieldsOf(model::User{
        .name = account.name, .login = account.login, .extension = account.extension, .role = account.role});
}

Status letInto(WriteBatch &batch, const Account &account, const QString &bookName)
{
    const model::RecordKey key{QStringLiteral("user"), account.id};
    if (const Status added = addRecord(batch, bookName, {key, recordOf(account), account.id, batch.now()});
        !added)
        return added;
    const auto book = batch.book(bookName);
    return book ? batch.accounts().grant(account.id, book->id) : book.error();
}

Status addUserIn(WriteBatch &batch, const Account &account, const QStringList &books)
{
    if (const Status added = batch.accounts().add(account, batch.now()); !added)
        return added;
    for (const QString &book : books)
        if (const Status let = letInto(batch, account, book); !let)
            return let;
    return batch.seats().noteChange();
}

/// What the desks show of a user; where they sit is reseat()'s to write.
Status changeRecord(WriteBatch &batch, const Account &account, const QString &book)
{
    const model::Fields all = recordOf(account);
    const QString name = QStringLiteral("name"), role = QStringLiteral("role");
    return setUserFields(batch, book, account.id, {{name, all.value(name)}, {role, all.value(role)}});
}

Status changeUserIn(WriteBatch &batch, const Account &account, const QStringList &newBooks)
{
    const auto theirs = batch.accounts().booksOf(account.id);
    if (!theirs)
        return theirs.error();
    if (const Status changed = batch.accounts().change(account); !changed)
        return changed;
    for (const QString &book : *theirs)
        if (const Status changed = changeRecord(batch, account, book); !changed)
            return changed;
    for (const QString &book : newBooks)
        if (!theirs->contains(book))
            if (const Status let = letInto(batch, account, book); !let)
                return let;
    return Done{};
}

} // namespace

Result<qint64> Administration::addUser(const NewUser &user)
{
    Account account{.login = user.login, .name = user.name, .extension = user.extension, .role = user.role};
    if (const auto wrong = troubleWith(account))
        return *wrong;
    if (const auto wrong = troubleWith(user.password))
        return *wrong;
    const auto hash = passwordHash(user.password);
    if (!hash)
        return hash.error();
    account.passwordHash = *hash;
    const Status added = write([&]() -> Status {
        WriteBatch batch(*m_db, m_clock->now());
        const auto id = batch.newRecordId();
        if (!id)
            return id.error();
        account.id = *id;
        if (const Status put = addUserIn(batch, account, user.books); !put)
            return put;
        return batch.keep();
    });
    if (!added)
        return added.error();
    return account.id;
}

Status Administration::changeUser(const QString &login, const UserChange &wanted)
{
    return change(login, [&](WriteBatch &batch, Account account) -> Status {
        account.name = wanted.name.value_or(account.name);
        account.extension = wanted.extension.value_or(account.extension);
        account.role = wanted.role.value_or(account.role);
        if (const auto wrong = troubleWith(account))
            return *wrong;
        return reseat(batch, [&](Seats &seats) -> Status {
            if (wanted.extension)
                for (const Status &left : {seats.leave(account.id), seats.clear(account.extension)})
                    if (!left)
                        return left;
            return changeUserIn(batch, account, wanted.books);
        });
    });
}

Result<QVector<KnownUser>> Administration::users() const
{
    const Accounts accounts(*m_db);
    const auto all = accounts.all();
    const auto seats = Seats(*m_db).all();
    if (!all || !seats)
        return all ? seats.error() : all.error();
    QHash<qint64, QString> extensions;
    for (const Seat &seat : *seats)
        extensions.insert(seat.user, seat.extension);
    QVector<KnownUser> users;
    for (const Account &account : *all) {
        const auto books = accounts.booksOf(account.id);
        const auto devices = accounts.devicesOf(account.id);
        if (!books || !devices)
            return books ? devices.error() : books.error();
        users.append(
            {account, extensions.value(account.id), QStringList(books->begin(), books->end()), *devices});
        users.last().books.sort();
    }
    return users;
}

Status Administration::setPassword(const QString &login, const QString &password)
{
    if (const auto wrong = troubleWith(password))
        return *wrong;
    const auto hash = passwordHash(password);
    if (!hash)
        return hash.error();
    return change(login, [&](WriteBatch &batch, const Account &account) {
        return batch.accounts().setPassword(account.id, *hash);
    });
}

Status Administration::closeUser(const QString &login)
{
    return change(login, [](WriteBatch &batch, const Account &account) {
        return reseat(batch, [&](Seats &seats) -> Status {
            if (const Status left = seats.leave(account.id); !left)
                return left;
            return batch.accounts().close(account, batch.now());
        });
    });
}

Status Administration::openUser(const QString &login)
{
    return change(login, [](WriteBatch &batch, const Account &account) {
        return reseat(batch, [&](Seats &) { return batch.accounts().close(account, 0); });
    });
}

Status Administration::change(const QString &login,
                              const std::function<Status(WriteBatch &, const Account &)> &how)
{
    return write([&]() -> Status {
        WriteBatch batch(*m_db, m_clock->now());
        const auto account = batch.accounts().byLogin(login);
        if (!account)
            return account.error().fault == Fault::NotFound
                       ? Error{Fault::NotFound, QStringLiteral("There is no login “%1”.").arg(login)}
                       : account.error();
        if (const Status done = how(batch, *account); !done)
            return done;
        return batch.keep();
    });
}

} // namespace ringbook::hub
