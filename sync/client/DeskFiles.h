#pragma once

#include "model/store/Book.h"
#include "model/store/BookFiles.h"
#include "model/store/DeskFile.h"
#include "sync/client/EngineWords.h"
#include "sync/client/SnapshotFolder.h"

#include <QUrl>

#include <atomic>
#include <functional>
#include <memory>

namespace ringbook::sync {

constexpr qint64 chunkAimMs = 25; ///< of one transaction on the book, so that nobody waits long for it
/// Changes in one transaction. Half a page: in between the next one is taken in, to be read beside the rest.
constexpr int maxChunk = maxChangesPerPage / 2;
constexpr TimeMs keepConfirmedMs = 14 * dayMs;

/// Carries out what the engine wants done with the two files of a desk. Waits for nothing and knows no event
/// loop. Belongs to one thread.
class DeskFiles
{
public:
    struct Places
    {
        QString desk = {};
        QString book = {}; ///< its first file; see BookFiles
        QUrl hub = {};     ///< kept with the session; empty: the one from before stays
        QString deviceName = {};
    };
    struct Listener ///< all of them are needed
    {
        std::function<void(const Input &)> say; ///< to the engine; may be called while an effect is done
        std::function<void(const QVector<model::RecordKey> &)> changed; ///< these records look different
        std::function<void()> moreToApply; ///< call applyChunk() when others have had their turn
        std::function<void()> wrote;       ///< the book is being written to
        std::function<void()> cleared;     ///< everything in the book may look different
        std::function<void()> damaged;     ///< nobody may have the book open, then rebuildBook()
        std::function<void()> replaced;    ///< another book stands under its name
        /// The book stands in this file now: whoever has it open moves there, then removeOldBooks()
        std::function<void(const QString &path)> moved;
        /// Does the work where nobody waits for it, one after the other, and then the rest here.
        std::function<void(std::function<void()> work, std::function<void()> then)> aside;
        std::function<void()> copied; ///< nobody may have the book open, then takeOwnNumber()
    };

    DeskFiles(Places places, const Clock &clock, Listener listener);

    /// Both files, put in order after whatever happened last time; and what the engine is to begin with.
    Result<input::Start> open();
    void rebuildBook();
    void takeOwnNumber();
    void applyChunk();
    void removeOldBooks();
    bool isUnclean() const; ///< something was erased, and its bytes may be in the files yet
    /// Begins to make both files anew without what was erased, aside, where nobody waits for it; the book
    /// moves to a copy in the end. It is for nothing when the book is written to meanwhile, or something
    /// fails: then it stays unclean. False: not now.
    bool clean();
    /// How far everything is here, if somebody was erased and nothing of them is left in these files.
    std::optional<model::Cursor> cleanUpTo() const;
    /// The same, if the hub has yet to be told: since something was erased, of this log, by this number.
    std::optional<model::Cursor> takeCleaned();
    void stopCleaning(); ///< at once, if it goes on
    void forgetOldOps(); ///< confirmed so long ago that no hub will ask for them

    void carryOut(const effect::LoadOutbox &load);
    void carryOut(const effect::ApplyPage &apply);
    void carryOut(const effect::AddFound &add);
    void carryOut(const effect::ConfirmOps &confirm);
    void carryOut(const effect::RefuseOp &refuse);
    void carryOut(const effect::ForgetOp &forget);
    void carryOut(const effect::OfferAgain &offer);
    void carryOut(const effect::ConfirmFormer &confirm);
    void carryOut(const effect::BringAlong &bring);
    void carryOut(const effect::ClearBook &clear);
    void carryOut(const effect::GrowBook &);
    void carryOut(const effect::MeetLog &meet);
    void carryOut(const effect::BeginSnapshot &begin);
    void carryOut(const effect::KeepFrame &keep);
    void carryOut(const effect::MakeBook &make);
    void carryOut(const effect::ShowBook &);
    void carryOut(const effect::DropSnapshot &);
    void carryOut(const effect::MoveDesk &move);
    void carryOut(const effect::CompareSums &compare);
    void carryOut(const effect::RepairBucket &repair);
    void carryOut(const effect::DropToken &);
    void carryOut(const effect::KeepLease &keep);
    Status keepSession(const effect::KeepSession &keep);

    const model::DeskFile::Identity &identity() const { return m_identity; }
    const model::DeskFile &desk() const { return *m_desk; }
    /// Null while a damaged one has no successor.
    const model::Book *book() const { return m_book ? &*m_book : nullptr; }

    /// The book could not be written when the outbox changed: it still shows what is no longer in there.
    bool isBehind() const { return m_isBehind; }

private:
    bool isOtherHub() const; ///< than the one this profile is of
    static Status noBook();
    bool isDone(qint64 counter) const;
    Result<QString> openBook();
    Result<QString> replaceBook();
    Status applyChanges(const QVector<model::Change> &changes, const model::Cursor &upTo);
    Status eraseOwn(const QVector<model::Change> &changes);
    Status eraseWhatNextKnows();
    Status confirm(const QVector<qint64> &counters);
    Status settleBook();
    Status meetAnotherLog(const Reset &reset);
    Status restoreOwn();
    Status showOffered();
    Status openMade(const QString &path);
    Status showMade();
    Result<model::Unconfirmed> ownOnNext() const;
    void dropNext();
    void snapshotFailed(const Error &error);
    Status replaceBookBy(const QString &finished);
    Status showClean(const QString &copy);
    QString cleanCopy() const { return m_places.book + ".clean"; }
    void wrote();
    void failed(input::StorageFailed::During during, const Error &error);
    qint64 nowMs() const { return m_clock.monotonicNs() / 1'000'000; }

    Places m_places;
    const Clock &m_clock;
    Listener m_listener;
    std::optional<model::DeskFile> m_desk;
    model::BookFiles m_bookFiles;
    std::optional<model::Book> m_book;
    model::DeskFile::Identity m_identity;

    struct
    {
        bool wasUnclean = true;               ///< since the hub was told
        std::pair<QString, qint64> told = {}; ///< of which log, by which number
    } m_cleaned;
    bool m_isBehind = false;
    std::shared_ptr<std::atomic_bool> m_cleaning; ///< may go on; the worker's too
    std::optional<SessionReply> m_move;           ///< waits until nobody has the book open
    std::optional<ChangesPage> m_page;            ///< being applied
    qsizetype m_pageAt = 0;
    int m_chunk = 100;

    struct
    {
        std::shared_ptr<SnapshotFolder> folder; ///< the worker's
        int round = 0;
        model::Cursor at;
        bool hot = false;
        std::optional<model::Book> book = {}; ///< takes the changes, and is not shown yet
        QSet<qint64> arrived = {};            ///< own ops that came back in it
    } m_next;
};

} // namespace ringbook::sync
