#include "sync/hub/verbs/Page.h"

#include "sync/protocol/Codec.h"

#include <algorithm>

namespace ringbook::hub {

namespace {

constexpr int entriesPerRead = 250;

using Read = Result<std::variant<Page, sync::Problem>>;

/// Why the cursor is of no use; empty if it is.
QString cursorTrouble(const sync::ChangesQuery &query, const model::Cursor &head, qint64 floor)
{
    const bool named = !query.epoch.isEmpty() || query.after > 0;
    if (named && query.epoch != head.epoch)
        return QStringLiteral("epoch");
    if (query.after > head.seq)
        return QStringLiteral("ahead");
    return query.after < floor ? QStringLiteral("too_old") : QString();
}

/// With what the desk needs to bring back what this log has lost.
Result<sync::Problem> startAgain(const QString &reason, const Books &books, const BookHead &book,
                                 const PageWanted &wanted)
{
    const auto done = books.lastCounter(wanted.device, book.id);
    const auto same =
        reason == QLatin1String("too_old") ? wanted.query.after : books.sameUpTo(book.id, wanted.query.epoch);
    if (!done || !same)
        return done ? same.error() : done.error();
    return resetTo({reason, book.head.epoch, book.head.seq, *done, *same});
}

/// Ends early rather than grow beyond what a reply may be, but has at least one change if there is one. True
/// if there are no more.
Result<bool> fill(Page &page, const Books &books, const BookHead &book, int limit)
{
    qint64 bytes = 0;
    while (limit > 0) {
        const int wanted = std::min(limit, entriesPerRead);
        const auto entries = page.frame.rows ? books.rows(book.id, page.frame.to, wanted)
                                             : books.log(book.id, page.frame.to, wanted);
        if (!entries)
            return entries.error();
        if (!page.frame.rows && !entries->isEmpty() && entries->first().seq != page.frame.to + 1)
            return Error{Fault::Busy, QStringLiteral("the log was cut in between")};
        for (const LogEntry &entry : *entries) {
            bytes += entry.wire.size() + 1;
            if (bytes > sync::maxPageBytes / 2 && !page.wires.isEmpty())
                return false;
            page.wires.append(entry.wire);
            page.frame.to = entry.seq;
        }
        if (entries->size() < wanted)
            return true;
        limit -= wanted;
    }
    return false;
}

Read read(model::Connection &db, const PageWanted &wanted, bool rows)
{
    const auto &[name, device, query] = wanted;
    const Books books(db);
    const auto book = books.book(name);
    if (!book)
        return book.error();
    const auto floor = rows ? Result<qint64>(0) : books.logFloor(*book);
    if (!floor)
        return floor.error();
    if (const QString reason = cursorTrouble(query, book->head, *floor); !reason.isEmpty()) {
        const auto again = startAgain(reason, books, *book, wanted);
        if (!again)
            return again.error();
        return std::variant<Page, sync::Problem>(*again);
    }
    Page page{{.book = name, .epoch = book->head.epoch, .from = query.after, .to = query.after, .rows = rows},
              {}};
    const auto isAll = fill(page, books, *book, query.limit);
    if (!isAll)
        return isAll.error();
    page.frame.head = std::max(book->head.seq, page.frame.to);
    if (rows && *isAll)
        page.frame.to = page.frame.head;
    return std::variant<Page, sync::Problem>(std::move(page));
}

} // namespace

QByteArray Page::body() const
{
    return sync::encodePage(frame, wires);
}

Read readPage(model::Connection &db, const PageWanted &wanted)
{
    return read(db, wanted, false);
}

Read readRows(model::Connection &db, const PageWanted &wanted)
{
    Read page = Error{};
    const Status done = db.atOneMoment([&]() -> Status {
        page = read(db, wanted, true);
        return page ? Status(Done{}) : page.error();
    });
    return done ? page : done.error();
}

} // namespace ringbook::hub
