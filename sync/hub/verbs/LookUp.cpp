#include "sync/hub/verbs/LookUp.h"

#include "sync/hub/verbs/Page.h"
#include "sync/protocol/Codec.h"

#include <algorithm>

namespace ringbook::hub {

namespace {

/// What matters most comes first here and is left out last.
void cut(QVector<LogEntry> &entries)
{
    qint64 bytes = 0;
    for (qsizetype at = 0; at < entries.size(); ++at) {
        bytes += entries[at].wire.size() + 1;
        if (bytes > sync::maxPageBytes / 2 || at == sync::changesPerPage)
            return entries.resize(at);
    }
}

Result<Page> pageOf(model::Connection &db, const QString &name, const QString &e164)
{
    const Books books(db);
    const auto book = books.book(name);
    if (!book)
        return book.error();
    auto entries = books.found(book->id, e164);
    if (!entries)
        return entries.error();
    cut(*entries);
    std::ranges::sort(*entries, {}, &LogEntry::seq);
    const auto &head = book->head;
    Page page{{.book = name, .epoch = head.epoch, .to = head.seq, .head = head.seq, .rows = true}, {}};
    for (const LogEntry &entry : std::as_const(*entries))
        page.wires.append(entry.wire);
    return page;
}

Result<Page> pageAtOneMoment(model::Connection &db, const QString &book, const QString &e164)
{
    Result<Page> page = Error{};
    const Status read = db.atOneMoment([&]() -> Status {
        page = pageOf(db, book, e164);
        return page ? Status(Done{}) : page.error();
    });
    return read ? page : read.error();
}

} // namespace

void LookUp::answer(const Ask &ask, Reply reply)
{
    if (const auto trouble = bookTrouble(ask))
        return reply(*trouble);
    const auto query = sync::readLookUpQuery(ask.query);
    if (!query)
        return reply(problemOf(query.error()));
    const QString book = ask.path.value(QStringLiteral("book"));
    const bool taken = m_reader.submit([=](model::Connection &db) {
        const auto page = pageAtOneMoment(db, book, query->e164);
        page ? reply(Told{page->body()}) : reply(problemOf(page.error()));
    });
    if (!taken)
        reply(tooBusy());
}

} // namespace ringbook::hub
