#include "sync/hub/Administration.h"

#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"
#include "model/domain/SetUp.h"
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

std::optional<Error> trouble(const NewUser &user)
{
    if (!matches(user.login, "[^\\s\\p{C}]{1,64}"))
        return invalid(QStringLiteral("A login is 1 to 64 characters without spaces."));
    if (user.name.trimmed().isEmpty() || user.name != model::plainText(user.name, 100))
        return invalid(QStringLiteral("A name is 1 to 100 characters of plain text."));
    if (!matches(user.extension, "[0-9]{0,10}"))
        return invalid(QStringLiteral("An extension is at most 10 digits."));
    if (const auto wrong = troubleWith(user.password))
        return wrong;
    if (!matches(user.role, "agent|lead|admin"))
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

Status addUserIn(WriteBatch &batch, const NewUser &user, const Account &account)
{
    const model::User record{
        .name = user.name, .login = user.login, .extension = user.extension, .role = user.role};
    for (const QString &book : user.books) {
        const model::RecordKey key{QStringLiteral("user"), account.id};
        if (const Status added =
                addRecord(batch, book, {key, model::fieldsOf(record), account.id, batch.now()});
            !added)
            return added;
    }
    if (const Status added = batch.accounts().add(account, batch.now()); !added)
        return added;
    for (const QString &name : user.books) {
        const auto book = batch.book(name);
        if (!book)
            return book.error();
        if (const Status granted = batch.accounts().grant(account.id, book->id); !granted)
            return granted;
    }
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
    if (const auto wrong = trouble(user))
        return *wrong;
    const auto hash = passwordHash(user.password);
    if (!hash)
        return hash.error();
    Account account{.login = user.login,
                    .passwordHash = *hash,
                    .name = user.name,
                    .extension = user.extension,
                    .role = user.role};
    const Status added = write([&]() -> Status {
        WriteBatch batch(*m_db, m_clock->now());
        const auto id = batch.newRecordId();
        if (!id)
            return id.error();
        account.id = *id;
        if (const Status put = addUserIn(batch, user, account); !put)
            return put;
        return batch.keep();
    });
    if (!added)
        return added.error();
    return account.id;
}

Result<QVector<KnownUser>> Administration::users() const
{
    const Accounts accounts(*m_db);
    const auto all = accounts.all();
    if (!all)
        return all.error();
    QVector<KnownUser> users;
    for (const Account &account : *all) {
        const auto books = accounts.booksOf(account.id);
        const auto devices = accounts.devicesOf(account.id);
        if (!books || !devices)
            return books ? devices.error() : books.error();
        users.append({account, QStringList(books->begin(), books->end()), *devices});
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
    return change(login, [&](Accounts &accounts, const Account &account) {
        return accounts.setPassword(account.id, *hash);
    });
}

Status Administration::closeUser(const QString &login)
{
    return change(login, [this](Accounts &accounts, const Account &account) {
        return accounts.close(account, m_clock->now());
    });
}

Status Administration::openUser(const QString &login)
{
    return change(login,
                  [](Accounts &accounts, const Account &account) { return accounts.close(account, 0); });
}

Status Administration::change(const QString &login,
                              const std::function<Status(Accounts &, const Account &)> &how)
{
    return write([&]() -> Status {
        Accounts accounts(*m_db);
        const auto account = accounts.byLogin(login);
        if (account)
            return how(accounts, *account);
        return account.error().fault == Fault::NotFound
                   ? Error{Fault::NotFound, QStringLiteral("There is no login “%1”.").arg(login)}
                   : account.error();
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
