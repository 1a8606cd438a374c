#pragma once

#include "sync/hub/Fanout.h"
#include "sync/hub/Metrics.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// The hub's counters as Prometheus reads them; only for programs on the same machine.
class ReadMetrics final : public Verb
{
public:
    ReadMetrics(const Metrics &metrics, const Fanout &fanout) : m_metrics(metrics), m_fanout(fanout) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    QByteArray text() const;

    const Metrics &m_metrics;
    const Fanout &m_fanout;
};

} // namespace ringbook::hub
