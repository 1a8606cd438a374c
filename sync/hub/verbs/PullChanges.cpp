#include "sync/hub/verbs/PullChanges.h"

#include "sync/protocol/Codec.h"

#include <algorithm>

namespace ringbook::hub {

namespace {

constexpr int entriesPerRead = 250;

struct Page
{
    sync::ChangesPage frame; ///< without its changes
    QVector<QByteArray> wires;
};

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

PullChanges::PullChanges(Worker &reader, Fanout &fanout, const Clock &clock)
    : m_reader(reader),
      m_fanout(fanout),
      m_clock(clock)
{
}

void PullChanges::answer(const Ask &ask, Reply reply)
{
    if (const auto trouble = bookTrouble(ask))
        return reply(*trouble);
    const auto query = sync::readChangesQuery(ask.query);
    if (!query)
        return reply(problemOf(query.error()));
    read(ask.path.value(QStringLiteral("book")), *query, reply);
}

void PullChanges::read(const QString &name, const sync::ChangesQuery &query, const Reply &reply)
{
    const bool taken = m_reader.submit([=, this](model::Connection &db) {
        const Books books(db);
        const auto book = books.book(name);
        if (!book)
            return reply(problemOf(book.error()));
        if (const auto trouble = cursorTrouble(query, book->head))
            return reply(*trouble);
        Page page{{.book = name, .epoch = book->head.epoch, .from = query.after, .to = query.after}, {}};
        if (const Status filled = fill(page, books, *book, query.limit); !filled)
            return reply(problemOf(filled.error()));
        if (page.wires.isEmpty() && query.wait > 0) {
            sync::ChangesQuery again = query;
            again.wait = 0;
            const qint64 until = m_clock.monotonicNs() + qint64(query.wait) * 1'000'000'000;
            return m_fanout.wait(name, query.after, until, [=, this] { read(name, again, reply); });
        }
        page.frame.head = std::max(book->head.seq, page.frame.to);
        reply(Told{sync::encodePage(page.frame, page.wires)});
    });
    if (!taken)
        reply(tooBusy());
}

} // namespace ringbook::hub
