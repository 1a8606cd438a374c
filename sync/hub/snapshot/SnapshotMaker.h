#pragma once

#include "model/core/Clock.h"
#include "sync/hub/Mailbox.h"
#include "sync/hub/snapshot/Shelf.h"
#include "sync/hub/store/SteadyConnection.h"

#include <QLockFile>
#include <QSet>

#include <thread>

namespace ringbook::hub {

class Mirror;

/// Makes snapshots of the books that somebody asked for, on a thread that runs when no other wants to and
/// takes nothing from the hub's database but pages of the log; a large book's hot set is packed on another
/// such. One is made at the first question, then once a day or when a fifth of the book is new.
class SnapshotMaker
{
public:
    struct Settings
    {
        QString folder = {};             ///< empty: no snapshots are made
        qint64 spareBytes = 256 << 20;   ///< of the disk, left for everything else
        qint64 leastNewChanges = 20'000; ///< a desk that has fewer to read reads them
        qint64 smallBook = 8 << 20;      ///< bytes; is there so soon that it needs no hot set
    };

    SnapshotMaker(Database database, Settings settings, const Clock &clock);
    ~SnapshotMaker(); ///< gives up what it is at

    Status start(); ///< Fault::Busy with a sentence: another hub keeps its snapshots in this folder

    // By any thread; `epoch` names the log the book has now.

    struct Offer
    {
        std::optional<sync::SnapshotManifest> manifest = {};
        bool isUnderWay = false; ///< without one: it is being made
    };
    Offer offer(const QString &book, const QString &epoch); ///< and looks whether a newer one is wanted
    Result<QByteArray> frame(const QString &book, const QString &epoch, const QString &digest) const
    {
        return m_shelf.frame(book, epoch, digest);
    }

    /// Somebody was erased at this seq, or perhaps was (0): what is older is offered no more, and made anew.
    void withdraw(const QString &book, qint64 seq);

private:
    void run(std::function<void(Status)> started);
    Status open(SteadyConnection &db);
    bool isPaused(const QString &book);
    void look(model::Connection &db, const QString &book);
    Status keepUp(model::Connection &db, const QString &book);
    Result<bool> isDue(const QString &book, const model::Cursor &at, const Mirror &mirror) const;
    Status make(const QString &book, const model::Cursor &at, const Mirror &mirror);
    Result<sync::SnapshotFile> packHotSet(const QString &book, TimeMs now, QIODevice &frames);
    Result<sync::SnapshotFile> pack(model::Connection &db, const QString &file, QIODevice &frames);

    const Database m_database;
    const Settings m_settings;
    const Clock &m_clock;
    Shelf m_shelf;
    QLockFile m_lock;
    Mailbox<QString> m_wanted;
    std::atomic<bool> m_isStopped = false;

    std::mutex m_mutex;
    QSet<QString> m_inHand;               ///< wanted, or being looked at
    QHash<QString, qint64> m_pausedUntil; ///< after a failure; by the monotonic clock

    std::thread m_thread;
};

} // namespace ringbook::hub
