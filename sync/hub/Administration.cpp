#include "sync/hub/Administration.h"

#include "model/domain/PhoneNumber.h"
#include "sync/hub/AdminInput.h"
#include "sync/protocol/RecordJson.h"

namespace ringbook::hub {

namespace {

constexpr int mostTries = 100; // some minutes

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

/// While a hub takes out of its file what was erased, nobody else writes to it. Each try waits some seconds.
Status patiently(const std::function<Status()> &work)
{
    Status done = work();
    for (int tries = 1; tries < mostTries && !done && done.error().fault == Fault::Busy; ++tries)
        done = work();
    return done;
}

} // namespace

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
