#include "sync/protocol/Codec.h"
#include "tests/sim/SimHub.h"

namespace ringbook::sim {

namespace {

const QString book = QStringLiteral("main");

} // namespace

/// As the hub does it in the background.
void SimHub::cleanSoon()
{
    const auto row = m_running->reader.one("SELECT erasures > cleaned AS unclean FROM hub");
    if (!row || !row->flag("unclean"))
        return;
    if (const auto erased = hub::erasedIn(m_running->reader))
        m_erased = *erased;
    later(secondMs, [this] {
        (void)hub::cleanUp(m_running->writer, {});
        if (!died())
            cleanSoon();
    });
}

bool SimHub::mayCutLog() const
{
    const auto &lookedAt = m_running->lookedAtLog;
    return !lookedAt || std::abs(m_clock.now() - *lookedAt) >= hub::markLogEveryMs;
}

/// As the hub does it: some of what is old enough, and at once again while there is more.
void SimHub::cutLog()
{
    if (!mayCutLog())
        return;
    const hub::Books books(m_running->reader);
    const auto before = books.book(book);
    const auto floor = before ? books.logFloor(*before) : before.error();
    hub::WriteBatch batch(m_running->writer, m_clock.now());
    bool more = false;
    const Status turned = m_running->writer.atomically([&]() -> Status {
        const auto turn = m_running->cut.turn(batch, book);
        more = turn && *turn;
        return turn ? batch.keep() : turn.error();
    });
    if (died())
        return;
    if (turned && !more)
        m_running->lookedAtLog = m_clock.now();
    const auto now = floor ? books.logFloor(*before) : floor;
    m_world.happened["logs cut"] += now && *now > *floor ? 1 : 0;
}

void SimHub::keepAcknowledgement(qint64 device, const sync::HttpRequest &request, const Reply &reply)
{
    const auto ack = sync::readErasureAck(request.body);
    if (!ack)
        return reply(answerOf(hub::problemOf(ack.error())));
    hub::WriteBatch batch(m_running->writer, m_clock.now());
    const Status kept = m_running->writer.atomically([&]() -> Status {
        const auto now = batch.book(book);
        return now ? batch.books().keepErasureAck(*now, device, {ack->epoch, ack->seq}, batch.now())
                   : Status(now.error());
    });
    if (died())
        return;
    m_world.happened["erasures acknowledged"] += kept ? 1 : 0;
    reply(answerOf(kept ? hub::Answer(hub::Told{sync::encode(*ack)})
                        : hub::Answer(hub::problemOf(kept.error()))));
}

void SimHub::checkAcknowledged(qint64 device)
{
    const auto last = m_running->reader.one(R"(
        SELECT erased, (SELECT COALESCE(MAX(seq), 0) FROM erasure_ack
                        WHERE book = book.id AND epoch = book.epoch AND device = :device) AS acknowledged
        FROM book)",
                                            {{":device", device}});
    if (!last)
        return m_world.findings.add(Wrong::Failed, "the acknowledgements cannot be read");
    if (last->number("acknowledged") < last->number("erased"))
        m_world.findings.add(
            Wrong::Stuck,
            QStringLiteral("device %1 says that it is clean up to %2, somebody was erased at %3")
                .arg(device)
                .arg(last->number("acknowledged"))
                .arg(last->number("erased")));
}

} // namespace ringbook::sim
