#pragma once

#include "sync/hub/Fanout.h"
#include "sync/hub/Worker.h"
#include "sync/hub/verbs/Page.h"

namespace ringbook::hub {

/// A page of a book's log, as it was stored. Waits for a change if asked to and there is none yet.
class PullChanges final : public Verb
{
public:
    PullChanges(Worker &reader, Fanout &fanout, const Clock &clock, qint64 leaseMs = 0);

    void answer(const Ask &ask, Reply reply) override;

private:
    void read(const PageWanted &wanted, const Reply &reply);

    Worker &m_reader;
    Fanout &m_fanout;
    const Clock &m_clock;
    qint64 m_leaseMs;
};

/// A page of what changed last; see Page.h.
class PullRows final : public Verb
{
public:
    explicit PullRows(Worker &reader) : m_reader(reader) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    Worker &m_reader;
};

} // namespace ringbook::hub
