#include "sync/hub/BookCount.h"

#include <QLoggingCategory>

namespace ringbook::hub {

namespace {

Q_LOGGING_CATEGORY(log, "ringbook.hub.sums")

} // namespace

Status BookCount::start()
{
    if (const Status started = m_worker.start(); !started)
        return started;
    m_worker.submit([this](model::Connection &db) { countAll(db); });
    return Done{};
}

void BookCount::again(const QString &book)
{
    ++m_metrics.recounts;
    m_worker.submit([this, book](model::Connection &db) {
        qCWarning(log, "the sums of the book “%s” are wrong and are counted again", qPrintable(book));
        const Status begun = db.atomically([&]() -> Status {
            Books books(db);
            const auto head = books.bookToWrite(book);
            return head ? books.countAgain(head->book) : head.error();
        });
        if (begun)
            countAll(db);
    });
}

void BookCount::countAll(model::Connection &db)
{
    const auto books = Books(db).all();
    if (!books)
        return;
    for (const BookHead &book : *books)
        if (const Status counted = count(db, book.name); !counted && !m_stop)
            qCWarning(log, "the sums of the book “%s” could not be counted: %s", qPrintable(book.name),
                      qPrintable(counted.error().detail));
}

/// All records at one moment, without what was counted by then since the count began, is what there was
/// before it.
Status BookCount::count(model::Connection &db, const QString &book)
{
    Books books(db);
    BookSums since;
    model::BucketSums before;
    const Status counted = db.atOneMoment([&]() -> Status {
        const auto head = books.book(book);
        if (!head)
            return head.error();
        const auto sums = books.sums(head->id);
        if (!sums || sums->since == 0)
            return sums ? Status(Done{}) : sums.error();
        since = *sums;
        const auto all = books.countRecords(head->id, m_stop);
        if (!all)
            return all.error();
        before = *all;
        before -= since.sums;
        return Done{};
    });
    if (!counted || since.since == 0)
        return counted;
    return db.atomically([&] { return books.addCounted(book, since.since, before); });
}

} // namespace ringbook::hub
