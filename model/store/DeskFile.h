#pragma once

#include "model/db/Connection.h"
#include "model/domain/Lease.h"
#include "model/domain/Record.h"
#include "model/store/Book.h"

namespace ringbook::model {

constexpr int opsOfProof = 3; ///< two people may have done the same once, under the same counter

/// desk.db: what exists nowhere else, every commit with fsync. "Saved" means: committed here. Belongs to the
/// thread that opened it; several may be open on one file.
class DeskFile
{
public:
    static Result<DeskFile> open(const QString &path);

    Connection &db() const { return *m_db; }

    // Identity: who this device is, given by the hub at the first sign-in.
    struct Identity
    {
        qint64 device = 0; ///< 0: never signed in
        QString deviceSecret = {};
        QString hubUrl = {};
        QString login = {};
        QString userName = {};
        qint64 user = 0;
        QString token = {};
        QString book = {};
        QString region = {};
    };
    /// Reads all of the file, which is small. Fault::Damaged: something in it cannot be trusted.
    Status check() const;

    Result<Identity> identity() const;
    Status setIdentity(const Identity &identity);
    Result<Lease> lease() const;
    Status setLease(const Lease &lease);

    /// Another number for this device, because a copy of this profile uses the one it has. All that waits or
    /// was refused goes with it: what it made gets ids and case codes of the new number, in drafts too.
    /// Confirmed ops stay under the old number, put aside with its secret.
    struct NewNumber
    {
        qint64 device = 0;
        QString deviceSecret = {};
        QString token = {};
    };
    struct Moved
    {
        struct Case
        {
            qint64 id = 0;
            QString before = {}; ///< its code
            QString now = {};
        };
        QVector<Case> cases = {}; ///< whose codes changed
    };
    Result<Moved> moveTo(const NewNumber &number, TimeMs now);

    /// Makes all that was put aside pending again, for a hub that was restored; bases as in limitBases().
    Status offerFormer(const QString &book, qint64 sameUpTo);
    /// What waits of the oldest number this device had before, `limit` ops at most.
    Result<FormerOps> former(const QString &book, int limit) const;
    Status confirmFormer(const QString &book, qint64 device, const QVector<qint64> &counters, TimeMs now);
    /// From this counter on (to `to`) they cannot be done under that number: they become new ops of today's,
    /// with ids and case codes of it.
    Result<Moved> bringAlong(const QString &book, qint64 device, qint64 from, qint64 to, TimeMs now);

    /// The next number of this device's own counters: "record", "case". Never given twice, also after a
    /// crash.
    Result<qint64> next(const QString &counter);

    // Outbox
    struct RefusedOp
    {
        Op op = {};
        QString reason = {}; ///< in the hub's words
    };
    /// Gives the op its counter (1, 2, 3 … per book) and keeps it. Inside db().atomically() it joins that
    /// transaction.
    Result<qint64> keep(const QString &book, const Op &op);
    Result<QVector<Op>> pending(const QString &book, int limit = -1) const; ///< counter order
    Result<Unconfirmed> unconfirmed(const QString &book) const;             ///< for Book::applyFeed
    Status confirm(const QString &book, const QVector<qint64> &counters,
                   TimeMs now); ///< came back in the feed
    Status refuse(const QString &book, qint64 counter, const QString &reason);
    Result<QVector<RefusedOp>> refused(const QString &book) const;
    Status dropRefused(const QString &book, qint64 counter); ///< seen and done with
    /// Confirmed ops that are still kept, counter order: offered again to a hub that lost its tail.
    Result<QVector<Op>> confirmed(const QString &book) const;
    /// Makes confirmed ops from this counter on pending again.
    Status offerAgain(const QString &book, qint64 from);
    /// The hub knows this device's ops up to `done` only. With what it lost come the last ones it should
    /// know: if they are another's by now, who has a copy of this profile, it says so.
    Status offerLost(const QString &book, qint64 done);
    /// What is about these records leaves the outbox, the tray and the drafts. Of an op that was or may be
    /// pushed its counter stays.
    Status erase(const QString &book, const QVector<RecordKey> &records);
    Status forget(const QString &book, qint64 counter); ///< an unconfirmed op, without a word
    /// The hub's log is another one from this seq on: what waits was made without knowing what is there now.
    Status limitBases(const QString &book, qint64 sameUpTo);
    Status forgetConfirmed(TimeMs before);

    struct Waiting
    {
        int count = 0; ///< ops; those of former numbers too
        int saves = 0; ///< what people did: the ops of one save were made in the same moment
        std::optional<TimeMs> oldest = {};
        qint64 newest = 0; ///< the last op counter given out, whatever became of that op
        int refused = 0;   ///< in the tray
    };
    Result<Waiting> waiting(const QString &book) const;

    // Drafts: what is being typed, by key; JSON text.
    Status keepDraft(const QString &key, const QString &body, TimeMs now);
    Status dropDraft(const QString &key);
    Result<QVector<std::pair<QString, QString>>> drafts() const; ///< oldest first

private:
    struct Block ///< numbers set aside and not given out yet
    {
        qint64 next = 1;
        qint64 last = 0;
    };

    explicit DeskFile(std::shared_ptr<Connection> db);
    std::shared_ptr<Connection> m_db;
    std::shared_ptr<QHash<QString, Block>> m_blocks;
};

} // namespace ringbook::model
