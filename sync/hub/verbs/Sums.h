#pragma once

#include "sync/hub/BookCount.h"
#include "sync/hub/Metrics.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// What a book sums up to, for desks to compare; counts the buckets they had to repair.
class ReadSums final : public Verb
{
public:
    ReadSums(Worker &reader, Metrics &metrics) : m_reader(reader), m_metrics(metrics) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    Worker &m_reader;
    Metrics &m_metrics;
};

/// All records of one bucket, as of one seq. If it is the hub's own sum that is wrong, it is counted again.
class ReadBucket final : public Verb
{
public:
    ReadBucket(Worker &reader, BookCount &count) : m_reader(reader), m_count(count) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    Answer read(model::Connection &db, const QString &name, int number);

    Worker &m_reader;
    BookCount &m_count;
};

} // namespace ringbook::hub
