#include "sync/hub/BookWriter.h"

#include <QLoggingCategory>

#include <future>
#include <map>

namespace ringbook::hub {

namespace {

Q_LOGGING_CATEGORY(log, "ringbook.hub")

constexpr std::chrono::milliseconds idleTime{500}; // then nobody waits while the log moves into the file

} // namespace

BookWriter::BookWriter(Database database, const Clock &clock, Publish publish, QString self, Quiet *quiet)
    : m_database(std::move(database)),
      m_clock(clock),
      m_publish(std::move(publish)),
      m_self(std::move(self)),
      m_quiet(quiet)
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
    SteadyConnection db(m_database);
    const Status opened = db.open();
    if (opened)
        (void)m_numbers.refill(*db); // what fails now is tried again when something is to be written
    if (opened && m_gate)
        db->setGate(m_gate);
    started(opened);
    if (!opened)
        return;
    for (auto jobs = m_mailbox.take(maxOpsPerCommit); !jobs.empty(); jobs = m_mailbox.take(maxOpsPerCommit)) {
        commit(db, jobs);
        if (!m_mailbox.waitFor(idleTime))
            db->checkpoint();
    }
}

/// A commit that was cut may have been done all the same: whoever listens is told where the books are.
void BookWriter::renewIfLost(SteadyConnection &db)
{
    if (!db.renewIfLost())
        return;
    if (const auto books = Books(*db).all())
        for (const BookHead &book : *books)
            m_publish({.book = book.name,
                       .region = book.region,
                       .epoch = book.head.epoch,
                       .from = book.head.seq,
                       .to = book.head.seq});
}

/// If the group fails, each job gets a transaction of its own, so that one cannot undo the others. Jobs that
/// were done by a commit that was cut see that they were.
void BookWriter::commit(SteadyConnection &db, std::vector<Job> &jobs)
{
    std::optional<Quiet::Writing> writing;
    if (m_quiet)
        writing.emplace(*m_quiet);
    renewIfLost(db);
    std::vector<Job *> group;
    for (Job &job : jobs)
        group.push_back(&job);
    const Status together = tryCommit(*db, group);
    const bool wasCut = !together && db->isLost();
    if (wasCut)
        renewIfLost(db);
    for (Job *job : group) {
        const bool again = !together && (group.size() > 1 || wasCut);
        job->done(again ? tryCommit(*db, {job}) : together);
    }
}

/// In the order of the books' names, so that two hubs never wait for each other.
Status BookWriter::prepare(WriteBatch &batch, const std::vector<Job *> &jobs)
{
    std::map<QString, Needs> books;
    for (const Job *job : jobs) {
        if (!job->book.isEmpty())
            books[job->book] += job->needs;
    }
    for (const auto &[book, needs] : books)
        if (const Status prepared = batch.prepare(book, needs);
            !prepared && prepared.error().fault != Fault::NotFound)
            return prepared;
    return Done{};
}

/// Once when it begins and once when it is over: desks come again and again meanwhile.
void BookWriter::noteDisk(const Status &committed)
{
    const bool isFull = !committed && committed.error().fault == Fault::DiskFull;
    if (isFull && !m_diskIsFull)
        qCWarning(log,
                  "the disk is full: nothing is saved here until there is space, and desks keep what they "
                  "have (%s)",
                  qPrintable(committed.error().detail.simplified()));
    if (committed && m_diskIsFull)
        qCWarning(log, "there is space on the disk again");
    m_diskIsFull = isFull || (m_diskIsFull && !committed);
}

/// What breaks a rule of the database is no fault of who asked: somebody else has written what was read here.
Status BookWriter::tryCommit(model::Connection &db, const std::vector<Job *> &jobs)
{
    if (const Status refilled = m_numbers.refill(db); !refilled)
        return refilled;
    WriteBatch batch(db, m_clock.now(), m_self, &m_numbers);
    Status committed = db.atomically([&]() -> Status {
        if (const Status prepared = prepare(batch, jobs); !prepared)
            return prepared;
        for (Job *job : jobs)
            if (const Status worked = job->work(batch); !worked)
                return worked;
        return batch.keep();
    });
    if (!committed && committed.error().fault == Fault::Invalid)
        committed = Error{Fault::Busy, committed.error().detail};
    if (committed)
        for (const BookChanges &changes : batch.changes())
            m_publish(changes);
    noteDisk(committed);
    return committed;
}

} // namespace ringbook::hub
