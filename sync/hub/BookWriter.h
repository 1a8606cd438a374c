#pragma once

#include "model/core/Clock.h"
#include "sync/hub/Mailbox.h"
#include "sync/hub/Quiet.h"
#include "sync/hub/WriteBatch.h"
#include "sync/hub/store/SteadyConnection.h"

#include <thread>

namespace ringbook::hub {

constexpr qint64 maxOpsPerCommit = 2000;
constexpr qint64 maxOpsWaiting = 20'000; ///< more than a second of work on any disk: come back later

/// The only thread of this hub that writes books. Takes all that waits, commits it as one, then publishes,
/// then answers. Of several hubs on one database the one that holds a book's lock is its writer; it has it
/// for one group, then the next that waits for it. Whoever dies with it loses it.
class BookWriter
{
public:
    struct Job
    {
        /// Runs inside the transaction, perhaps twice: what it answers it keeps for `done`. An error means
        /// that the database failed; a refusal is no error, and a job that refuses has written nothing.
        std::function<Status(WriteBatch &batch)> work;
        std::function<void(const Status &committed)> done;
        QString book = {}; ///< that it writes, if it is known before
        Needs needs = {};  ///< of the book
    };
    using Publish = std::function<void(const BookChanges &changes)>;

    /// `self` is what its batches call themselves when they tell others that they wrote; `quiet` is told when
    /// it writes.
    BookWriter(Database database, const Clock &clock, Publish publish, QString self = {},
               Quiet *quiet = nullptr);
    ~BookWriter(); ///< finishes what waits

    Status start();
    bool submit(Job job, qint64 ops = 1); ///< false: too much waits already

    /// For tests: fails statements of the writer's connection. Set before start().
    void setGate(model::Connection::Gate gate) { m_gate = std::move(gate); }

private:
    void run(std::function<void(Status)> started);
    void commit(SteadyConnection &db, std::vector<Job> &jobs);
    void renewIfLost(SteadyConnection &db);
    static Status prepare(WriteBatch &batch, const std::vector<Job *> &jobs);
    void noteDisk(const Status &committed);
    Status tryCommit(model::Connection &db, const std::vector<Job *> &jobs);

    Database m_database;
    const Clock &m_clock;
    Publish m_publish;
    QString m_self;
    Quiet *m_quiet;
    RecordNumbers m_numbers;
    model::Connection::Gate m_gate;
    bool m_diskIsFull = false; ///< as far as the last commit knows
    Mailbox<Job> m_mailbox{maxOpsWaiting};
    std::thread m_thread;
};

} // namespace ringbook::hub
