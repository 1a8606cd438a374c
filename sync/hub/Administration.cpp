#include "sync/hub/Administration.h"

#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"
#include "model/domain/SetUp.h"
#include "sync/hub/Seating.h"
#include "sync/hub/Sessions.h"
#include "sync/protocol/RecordJson.h"

#include <QRegularExpression>

namespace ringbook::hub {

namespace {

constexpr int shortestPassword = 4;
constexpr int mostTries = 100; // some minutes

bool matches(const QString &text, const char *pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(pattern)))
        .match(text)
        .hasMatch();
}

Error invalid(const QString &sentence)
{
    return Error{Fault::Invalid, sentence};
}

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

model::Op creation(const model::RecordKey &key, const model::Fields &fields, TimeMs at)
{
    model::Op op{.record = key, .action = model::Action::Create, .madeAt = at};
    for (auto field = fields.begin(); field != fields.end(); ++field)
        if (field->isValid())
            op.edits.insert(field.key(), model::FieldEdit{*field, 0});
    return op;
}

Error noBook(const QString &name, const Error &error)
{
    return error.fault == Fault::NotFound
               ? Error{Fault::NotFound, QStringLiteral("There is no book “%1”.").arg(name)}
               : error;
}

Status addRecord(WriteBatch &batch, const QString &bookName, const NewRecord &record)
{
    const auto book = batch.book(bookName);
    if (!book)
        return noBook(bookName, book.error());
    const Author author{.user = record.author, .role = QStringLiteral("admin")};
    const auto ordered =
        batch.order(*book, creation(record.key, record.fields, record.at), author, record.at);
    if (!ordered)
        return ordered.error();
    if (!wasTaken(ordered->verdict))
        return Error{Fault::Invalid, ordered->reason};
    return Done{};
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
Status changeRecord(WriteBatch &batch, const Account &account, const QString &bookName)
{
    const model::RecordKey key{QStringLiteral("user"), account.id};
    const auto book = batch.book(bookName);
    if (!book)
        return book.error();
    const auto record = batch.record(*book, key);
    if (!record)
        return record.error();
    model::Op op{.record = key, .action = model::Action::Set, .madeAt = batch.now()};
    const model::Fields wanted = recordOf(account);
    for (const QString &field : {QStringLiteral("name"), QStringLiteral("role")})
        if (record->fields.value(field) != wanted.value(field))
            op.edits.insert(field, model::FieldEdit{wanted.value(field), record->seq});
    if (op.edits.isEmpty())
        return Done{};
    const auto ordered =
        batch.order(*book, op, Author{.user = account.id, .role = QStringLiteral("admin")}, batch.now());
    return ordered ? Status(Done{}) : ordered.error();
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

/// While a hub takes out of its file what was erased, nobody else writes to it. Each try waits some seconds.
Status patiently(const std::function<Status()> &work)
{
    Status done = work();
    for (int tries = 1; tries < mostTries && !done && done.error().fault == Fault::Busy; ++tries)
        done = work();
    return done;
}

} // namespace

Administration::Administration(model::Connection db, QString erasedList, const Clock &clock)
    : m_db(std::make_unique<model::Connection>(std::move(db))),
      m_erasedList(std::move(erasedList)),
      m_clock(&clock)
{
}

Result<Administration> Administration::open(const Database &database, const Clock &clock)
{
    if (const Status prepared = patiently([&] { return database.prepare(); }); !prepared)
        return prepared.error();
    auto db = database.open();
    if (!db)
        return db.error();
    return Administration(std::move(*db), database.erasedList(), clock);
}

Status Administration::write(const std::function<Status()> &work)
{
    return patiently([&] { return m_db->atomically(work); });
}

Result<BookHead> Administration::addBook(const QString &name, const QString &region)
{
    if (!matches(name, "[a-z0-9_-]{1,40}"))
        return invalid(QStringLiteral("A book's name is 1 to 40 of a-z, 0-9, _ and -."));
    if (!matches(region, "[A-Z]{2}"))
        return invalid(QStringLiteral("A region is two capital letters, such as DE."));
    if (!model::hasNumbers(region))
        return invalid(
            QStringLiteral("No country's numbers are known as “%1”; write its two letters, such as DE.")
                .arg(region));
    BookHead book;
    const Status added = write([&]() -> Status {
        const auto made = Books(*m_db).add(name, region);
        if (!made)
            return made.error();
        book = *made;
        return Done{};
    });
    if (!added)
        return added.error();
    return book;
}

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

Status Administration::addRecords(const QString &book, const QVector<NewRecord> &records)
{
    return write([&]() -> Status {
        WriteBatch batch(*m_db, m_clock->now());
        for (const NewRecord &record : records) {
            if (const Status added = addRecord(batch, book, record); !added)
                return added;
            if (const Status used = batch.usedRecordId(record.key.id); !used)
                return used;
        }
        return batch.keep();
    });
}

Result<QVector<NumberOwner>> Administration::ownersOf(const QString &bookName, const QString &number) const
{
    const Books books(*m_db);
    const auto book = books.book(bookName);
    if (!book)
        return noBook(bookName, book.error());
    const QString e164 = model::toE164(number, book->region);
    const auto entries = books.found(book->id, e164);
    if (!entries)
        return entries.error();
    QSet<qint64> owners;
    QVector<NumberOwner> customers;
    for (const LogEntry &entry : *entries) {
        const auto record = sync::readChange(entry.wire);
        if (!record)
            return record.error();
        const model::Fields &fields = record->fields;
        if (record->record.kind == QLatin1String("customer"))
            customers.append({record->record.id, fields.value(QStringLiteral("name")).toString()});
        if (record->record.kind == QLatin1String("contact_point") &&
            fields.value(QStringLiteral("e164")) == e164 &&
            fields.value(QStringLiteral("not_theirs_since")).isNull())
            owners.insert(fields.value(QStringLiteral("customer")).toLongLong());
    }
    customers.removeIf([&](const NumberOwner &one) { return !owners.contains(one.customer); });
    return customers;
}

Result<qsizetype> Administration::erase(const QString &bookName, qint64 customer)
{
    qsizetype erased = 0;
    const model::RecordKey key{QStringLiteral("customer"), customer};
    const Status done = write([&]() -> Status {
        WriteBatch batch(*m_db, m_clock->now());
        const auto book = batch.book(bookName);
        if (!book)
            return noBook(bookName, book.error());
        const auto state = batch.record(*book, key);
        if (!state)
            return state.error();
        if (!state->exists)
            return Error{
                Fault::NotFound,
                QStringLiteral("There is no customer %1 in the book “%2”.").arg(customer).arg(bookName)};
        const auto records = batch.erase(*book, {key}, {}, batch.now());
        if (!records)
            return records.error();
        erased = *records;
        return batch.keep();
    });
    if (!done)
        return done.error();
    return erased;
}

Result<QVector<ErasureReport>> Administration::erasures(const QString &book) const
{
    const auto reports = erasureReports(*m_db, book);
    return reports ? reports : noBook(book, reports.error());
}

Status Administration::cleanUp()
{
    const Status cleaned = hub::cleanUp(*m_db, m_erasedList);
    if (cleaned)
        return cleaned;
    return Error{cleaned.error().fault,
                 QStringLiteral("The customer is erased, but their bytes are in the file yet (%1); they go "
                                "when a hub serves it next.")
                     .arg(cleaned.error().detail)};
}

Result<qint64> Administration::lastRecordCounter() const
{
    return books().lastRecord();
}

} // namespace ringbook::hub
