#include "sync/hub/verbs/PullChanges.h"

#include "sync/protocol/Codec.h"

namespace ringbook::hub {

namespace {

/// Nothing if that was no sensible question: the answer is given then.
std::optional<PageWanted> wantedBy(const Ask &ask, const Reply &reply)
{
    if (const auto trouble = bookTrouble(ask)) {
        reply(*trouble);
        return std::nullopt;
    }
    const auto query = sync::readChangesQuery(ask.query);
    if (!query) {
        reply(problemOf(query.error()));
        return std::nullopt;
    }
    return PageWanted{ask.path.value(QStringLiteral("book")), ask.caller.device, *query};
}

} // namespace

PullChanges::PullChanges(Worker &reader, Fanout &fanout, const Clock &clock, qint64 leaseMs)
    : m_reader(reader),
      m_fanout(fanout),
      m_clock(clock),
      m_leaseMs(leaseMs)
{
}

void PullChanges::answer(const Ask &ask, Reply reply)
{
    if (const auto wanted = wantedBy(ask, reply))
        read(*wanted, reply);
}

void PullChanges::read(const PageWanted &wanted, const Reply &reply)
{
    const bool taken = m_reader.submit([=, this](model::Connection &db) {
        auto read = readPage(db, wanted);
        if (!read)
            return reply(problemOf(read.error()));
        if (const auto *trouble = std::get_if<sync::Problem>(&*read))
            return reply(*trouble);
        Page &page = std::get<Page>(*read);
        page.frame.leaseMs = m_leaseMs;
        const auto &query = wanted.query;
        if (!page.wires.isEmpty() || query.wait == 0)
            return reply(Told{page.body()});
        PageWanted again = wanted;
        again.query.wait = 0;
        const qint64 until = m_clock.monotonicNs() + qint64(query.wait) * 1'000'000'000;
        m_fanout.wait(wanted.book, query.after, until, [=, this] { this->read(again, reply); });
    });
    if (!taken)
        reply(tooBusy());
}

void PullRows::answer(const Ask &ask, Reply reply)
{
    const auto wanted = wantedBy(ask, reply);
    if (!wanted)
        return;
    const bool taken = m_reader.submit([=](model::Connection &db) {
        const auto read = readRows(db, *wanted);
        if (!read)
            return reply(problemOf(read.error()));
        if (const auto *trouble = std::get_if<sync::Problem>(&*read))
            return reply(*trouble);
        reply(Told{std::get<Page>(*read).body()});
    });
    if (!taken)
        reply(tooBusy());
}

} // namespace ringbook::hub
