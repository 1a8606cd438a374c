#include "sync/hub/verbs/ReadSnapshot.h"

#include "sync/protocol/Codec.h"

namespace ringbook::hub {

namespace {

constexpr int retryAfterSeconds = 15;

QString epochOf(const Fanout &fanout, const QString &book)
{
    return fanout.heads({book}).value(0).epoch;
}

sync::Problem noSnapshot(bool isUnderWay)
{
    sync::Problem told =
        problem(404, sync::problem::noSnapshot, QStringLiteral("There is no snapshot"),
                isUnderWay ? QStringLiteral("One is being made; the changes can be read meanwhile.")
                           : QStringLiteral("There is none of this book now; read the changes."));
    if (isUnderWay)
        told.retryAfter = retryAfterSeconds;
    return told;
}

} // namespace

void ReadSnapshot::answer(const Ask &ask, Reply reply)
{
    if (const auto trouble = bookTrouble(ask))
        return reply(*trouble);
    const QString book = ask.path.value(QStringLiteral("book"));
    const auto offer = m_snapshots.offer(book, epochOf(m_fanout, book));
    if (!offer.manifest)
        return reply(noSnapshot(offer.isUnderWay));
    reply(Told{sync::encode(*offer.manifest)});
}

void ReadFrame::answer(const Ask &ask, Reply reply)
{
    if (const auto trouble = bookTrouble(ask))
        return reply(*trouble);
    const QString book = ask.path.value(QStringLiteral("book"));
    const QString digest = ask.path.value(QStringLiteral("digest"));
    const bool taken =
        m_reader.submit([this, book, digest, epoch = epochOf(m_fanout, book), reply](model::Connection &) {
            const auto frame = m_snapshots.frame(book, epoch, digest);
            if (!frame)
                return reply(problemOf(frame.error()));
            reply(Told{.body = *frame, .contentType = "application/octet-stream", .isImmutable = true});
        });
    if (!taken)
        reply(tooBusy());
}

} // namespace ringbook::hub
