#include "sync/hub/verbs/Page.h"

#include "sync/protocol/Codec.h"

#include <algorithm>

namespace ringbook::hub {

namespace {

constexpr int entriesPerRead = 250;

std::optional<sync::Problem> cursorTrouble(const sync::ChangesQuery &query, const model::Cursor &head)
{
    const bool named = !query.epoch.isEmpty() || query.after > 0;
    if (named && query.epoch != head.epoch)
        return resetTo(QStringLiteral("epoch"), head);
    if (query.after > head.seq)
        return resetTo(QStringLiteral("ahead"), head);
    return std::nullopt;
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

Result<std::variant<Page, sync::Problem>> readPage(model::Connection &db, const QString &name,
                                                   const sync::ChangesQuery &query)
{
    const Books books(db);
    const auto book = books.book(name);
    if (!book)
        return book.error();
    if (const auto trouble = cursorTrouble(query, book->head))
        return std::variant<Page, sync::Problem>(*trouble);
    Page page{{.book = name, .epoch = book->head.epoch, .from = query.after, .to = query.after}, {}};
    if (const Status filled = fill(page, books, *book, query.limit); !filled)
        return filled.error();
    page.frame.head = std::max(book->head.seq, page.frame.to);
    return std::variant<Page, sync::Problem>(std::move(page));
}

} // namespace ringbook::hub
