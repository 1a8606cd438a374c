#include "sync/client/DeskFiles.h"

namespace ringbook::sync {

using During = input::StorageFailed::During;

void DeskFiles::carryOut(const effect::CompareSums &compare)
{
    if (!m_book)
        return failed(During::Feed, noBook().error());
    const auto here = m_book->place();
    const auto sums = m_book->sums();
    if (!here || !sums)
        return failed(During::Feed, here ? sums.error() : here.error());
    if (!*sums)
        return m_listener.say(input::SumsCompared{.again = compare.reply});
    if (*here != model::Cursor{compare.reply.epoch, compare.reply.seq})
        return m_listener.say(input::SumsCompared{});
    m_listener.say(input::SumsCompared{.sameSeq = true, .differing = (*sums)->differing(compare.reply.sums)});
}

void DeskFiles::carryOut(const effect::RepairBucket &repair)
{
    if (!m_book)
        return failed(During::Feed, noBook().error());
    const auto own = m_desk->unconfirmed(m_identity.book);
    if (!own)
        return failed(During::Feed, own.error());
    wrote();
    const auto &reply = repair.reply;
    const auto records = m_book->repair({reply.epoch, reply.seq}, reply.bucket, reply.records, *own);
    if (!records && records.error().fault == Fault::Busy)
        return m_listener.say(input::BucketRepaired{});
    if (!records)
        return failed(During::Feed, records.error());
    if (!records->isEmpty())
        m_listener.changed(*records);
    m_listener.say(input::BucketRepaired{true});
}

} // namespace ringbook::sync
