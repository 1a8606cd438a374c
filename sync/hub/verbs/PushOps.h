#pragma once

#include "sync/hub/BookWriter.h"
#include "sync/hub/Metrics.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// Takes a device's ops, in counter order, and answers each by itself after the commit.
class PushOps final : public Verb
{
public:
    PushOps(BookWriter &writer, Metrics &metrics) : m_writer(writer), m_metrics(metrics) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    BookWriter &m_writer;
    Metrics &m_metrics;
};

} // namespace ringbook::hub
