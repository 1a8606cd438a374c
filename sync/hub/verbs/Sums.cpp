#include "sync/hub/verbs/Sums.h"

#include "sync/hub/store/Books.h"
#include "sync/protocol/Codec.h"

#include <QUrlQuery>

#include <algorithm>

namespace ringbook::hub {

namespace {

sync::Problem notCounted()
{
    sync::Problem busy = tooBusy();
    busy.detail = QStringLiteral("What the book sums up to is still being counted. Ask again later.");
    return busy;
}

/// How many buckets this desk says it has repaired since it last asked.
qint64 repairedBy(const QByteArray &query)
{
    const auto said = QUrlQuery(QString::fromUtf8(query)).queryItemValue(QStringLiteral("repaired"));
    return std::clamp<qint64>(said.toLongLong(), 0, model::bucketCount);
}

std::optional<int> bucketFrom(const QString &text)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    return isNumber && number >= 0 && number < model::bucketCount ? std::optional(number) : std::nullopt;
}

model::BucketSums sumsOf(const QVector<std::pair<model::RecordKey, model::Fields>> &records)
{
    model::BucketSums sums;
    for (const auto &[key, fields] : records)
        sums.replace(key, std::nullopt, fields);
    return sums;
}

} // namespace

void ReadSums::answer(const Ask &ask, Reply reply)
{
    if (const auto trouble = bookTrouble(ask))
        return reply(*trouble);
    const QString name = ask.path.value(QStringLiteral("book"));
    m_metrics.repairs += repairedBy(ask.query);
    const bool taken = m_reader.submit([=](model::Connection &db) {
        const Books books(db);
        const auto book = books.book(name);
        if (!book)
            return reply(problemOf(book.error()));
        const auto sums = books.sums(book->id);
        if (!sums)
            return reply(problemOf(sums.error()));
        if (sums->since != 0)
            return reply(notCounted());
        reply(Told{
            sync::encode(sync::SumsReply{.epoch = sums->at.epoch, .seq = sums->at.seq, .sums = sums->sums})});
    });
    if (!taken)
        reply(tooBusy());
}

void ReadBucket::answer(const Ask &ask, Reply reply)
{
    if (const auto trouble = bookTrouble(ask))
        return reply(*trouble);
    const auto number = bucketFrom(ask.path.value(QStringLiteral("bucket")));
    if (!number)
        return reply(sync::problemFrom({Fault::NotFound, QStringLiteral("There is no such bucket.")}));
    const QString name = ask.path.value(QStringLiteral("book"));
    const bool taken = m_reader.submit(
        [=, this, number = *number](model::Connection &db) { reply(read(db, name, number)); });
    if (!taken)
        reply(tooBusy());
}

Answer ReadBucket::read(model::Connection &db, const QString &name, int number)
{
    const Books books(db);
    BookSums stored;
    sync::BucketReply bucket{.bucket = number};
    const Status read = db.atOneMoment([&]() -> Status {
        const auto book = books.book(name);
        if (!book)
            return book.error();
        const auto sums = books.sums(book->id);
        const auto records = books.bucket(book->id, number);
        if (!sums || !records)
            return sums ? records.error() : sums.error();
        stored = *sums;
        bucket.records = *records;
        return Done{};
    });
    if (!read)
        return problemOf(read.error());
    if (stored.since != 0)
        return notCounted();
    if (stored.sums.differing(sumsOf(bucket.records)).contains(number)) {
        m_count.again(name);
        return notCounted();
    }
    bucket.epoch = stored.at.epoch;
    bucket.seq = stored.at.seq;
    const QByteArray body = sync::encode(bucket);
    if (body.size() > sync::maxPageBytes)
        return problem(413, "too-large", QStringLiteral("Too large"),
                       QStringLiteral("The bucket is larger than a reply may be."));
    return Told{body};
}

} // namespace ringbook::hub
