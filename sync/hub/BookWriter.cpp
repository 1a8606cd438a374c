#include "sync/hub/BookWriter.h"

#include <future>

namespace ringbook::hub {

BookWriter::BookWriter(Database database, const Clock &clock, Publish publish)
    : m_database(std::move(database)),
      m_clock(clock),
      m_publish(std::move(publish))
{
}

BookWriter::~BookWriter()
{
    m_mailbox.close();
    if (m_thread.joinable())
        m_thread.join();
}

Status BookWriter::start()
{
    std::promise<Status> started;
    m_thread =
        std::thread([this, &started] { run([&started](Status status) { started.set_value(status); }); });
    return started.get_future().get();
}

bool BookWriter::submit(Job job, qint64 ops)
{
    return m_mailbox.put(std::move(job), ops);
}

void BookWriter::run(std::function<void(Status)> started)
{
    auto db = m_database.open();
    if (db && m_gate)
        db->setGate(m_gate);
    started(db ? Status(Done{}) : Status(db.error()));
    if (!db)
        return;
    for (auto jobs = m_mailbox.take(maxOpsPerCommit); !jobs.empty(); jobs = m_mailbox.take(maxOpsPerCommit))
        commit(*db, jobs);
}

/// If the group fails, each job gets a transaction of its own, so that one cannot undo the others.
void BookWriter::commit(model::Connection &db, std::vector<Job> &jobs)
{
    std::vector<Job *> group;
    for (Job &job : jobs)
        group.push_back(&job);
    const Status together = tryCommit(db, group);
    for (Job *job : group) {
        const bool alone = !together && group.size() > 1;
        job->done(alone ? tryCommit(db, {job}) : together);
    }
}

Status BookWriter::tryCommit(model::Connection &db, const std::vector<Job *> &jobs)
{
    WriteBatch batch(db, m_clock.now());
    const Status committed = db.atomically([&]() -> Status {
        for (Job *job : jobs)
            if (const Status worked = job->work(batch); !worked)
                return worked;
        return batch.keep();
    });
    if (committed)
        for (const BookChanges &changes : batch.changes())
            m_publish(changes);
    return committed;
}

} // namespace ringbook::hub
