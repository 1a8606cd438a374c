#pragma once

#include "sync/hub/Fanout.h"
#include "sync/hub/Worker.h"
#include "sync/hub/snapshot/SnapshotMaker.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// What a desk without this book may begin with, if there is a snapshot yet.
class ReadSnapshot final : public Verb
{
public:
    ReadSnapshot(SnapshotMaker &snapshots, Fanout &fanout) : m_snapshots(snapshots), m_fanout(fanout) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    SnapshotMaker &m_snapshots;
    Fanout &m_fanout;
};

/// One of its frames, as it was packed.
class ReadFrame final : public Verb
{
public:
    ReadFrame(SnapshotMaker &snapshots, Fanout &fanout, Worker &reader)
        : m_snapshots(snapshots),
          m_fanout(fanout),
          m_reader(reader)
    {
    }

    void answer(const Ask &ask, Reply reply) override;

private:
    SnapshotMaker &m_snapshots;
    Fanout &m_fanout;
    Worker &m_reader;
};

} // namespace ringbook::hub
