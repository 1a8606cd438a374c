#include "sync/hub/verbs/Page.h"

#include "sync/protocol/Codec.h"

#include <algorithm>

namespace ringbook::hub {

namespace {

constexpr int entriesPerRead = 250;

/// Why the cursor is of no use; empty if it is.
QString cursorTrouble(const sync::ChangesQuery &query, const model::Cursor &head)
{
    const bool named = !query.epoch.isEmpty() || query.after > 0;
    if (named && query.epoch != head.epoch)
        return QStringLiteral("epoch");
    return query.after > head.seq ? QStringLiteral("ahead") : QString();
}

/// With what the desk needs to bring back what this log has lost.
Result<sync::Problem> startAgain(const QString &reason, const Books &books, const BookHead &book,
                                 const PageWanted &wanted)
{
    const auto done = books.lastCounter(wanted.device, book.id);
    const auto same = books.sameUpTo(book.id, wanted.query.epoch);
    if (!done || !same)
        return done ? same.error() : done.error();
    return resetTo({reason, book.head.epoch, book.head.seq, *done, *same});
}

/// Ends early rather than grow beyond what a reply may be, but has at least one change if there is one.
Status fill(Page &page, const Books &books, const BookHead &book, int limit)
{
    qint64 bytes = 0;
    while (limit > 0) {
        const int wanted = std::min(limit, entriesPerRead);
        const auto entries = books.log(book.id, page.frame.to, wanted);
        if (!entries)
            return entries.error();
        for (const LogEntry &entry : *entries) {
            bytes += entry.wire.size() + 1;
            if (bytes > sync::maxPageBytes / 2 && !page.wires.isEmpty())
                return Done{};
            page.wires.append(entry.wire);
            page.frame.to = entry.seq;
        }
        if (entries->size() < wanted)
            return Done{};
        limit -= wanted;
    }
    return Done{};
}

} // namespace

QByteArray Page::body() const
{
    return sync::encodePage(frame, wires);
}

Result<std::variant<Page, sync::Problem>> readPage(model::Connection &db, const PageWanted &wanted)
{
    const auto &[name, device, query] = wanted;
    const Books books(db);
    const auto book = books.book(name);
    if (!book)
        return book.error();
    if (const QString reason = cursorTrouble(query, book->head); !reason.isEmpty()) {
        const auto again = startAgain(reason, books, *book, wanted);
        if (!again)
            return again.error();
        return std::variant<Page, sync::Problem>(*again);
    }
    Page page{{.book = name, .epoch = book->head.epoch, .from = query.after, .to = query.after}, {}};
    if (const Status filled = fill(page, books, *book, query.limit); !filled)
        return filled.error();
    page.frame.head = std::max(book->head.seq, page.frame.to);
    return std::variant<Page, sync::Problem>(std::move(page));
}

} // namespace ringbook::hub
