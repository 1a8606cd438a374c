#pragma once

#include "model/core/Clock.h"
#include "model/domain/Lease.h"
#include "model/domain/LookUp.h"
#include "sync/client/Exchange.h"
#include "sync/protocol/Messages.h"

#include <variant>

namespace ringbook::sync {

// What is said to the engine and what it says, see Engine.h.

/// The two clocks at one instant: the wall's for people, the monotonic one for durations.
struct Instant
{
    TimeMs wall = 0;
    qint64 ms = 0;
};

namespace input {

/// Once, at the beginning; an empty token means signed out.
struct Start
{
    QString book = {};
    QString token = {};
    QString deviceName = {};
    qint64 user = 0; ///< whose desk it is; 0: nobody has signed in yet
    model::Cursor cursor = {};
    bool isPartial = false;    ///< the book is a hot set: the whole one is still wanted
    bool hasLeftovers = false; ///< of a snapshot
    model::Lease lease = {};   ///< as it was kept
    QString ownHub = {};       ///< whose the book is, if another one is asked; else empty
    QString notice =
        {}; ///< for the state's problem, until the desk is live; such as a book that was set aside
};
struct SignIn
{
    SessionRequest request = {};
};
struct Answered
{
    int id = 0;
    HttpAnswer answer = {};
    std::optional<Result<ChangesPage>> page = {}; ///< its body, if somebody has read it already
};
struct StreamOpened
{
    int status = 0;
    QByteArray contentType = {};
};
struct StreamBytes
{
    QByteArray bytes = {};
};
struct StreamEnded
{
    QString failure = {};
};
struct Tick
{
};
struct Kept ///< the outbox has something new
{
};
struct Share ///< which customer is on the screen now; none: none
{
    PresenceShare share = {};
};
struct LookFor ///< numbers of calls that go on and are nobody's in this book, all of them; E.164
{
    QStringList numbers = {};
};
struct TryNow ///< the network looks better, or somebody asks
{
};
struct OutboxLoaded
{
    QVector<model::Op> ops = {}; ///< unconfirmed, counter order, as many as were asked for
    int waiting = 0;             ///< all unconfirmed
    int saves = 0;               ///< in which they were made
    std::optional<TimeMs> oldest = {};
    int refused = 0;
    qint64 newest = 0;            ///< the last op counter given out
    model::FormerOps former = {}; ///< unconfirmed again, as many as were asked for
};
struct Moved ///< this desk has the number of its own that the hub gave it
{
    QString token = {};
    QString notice = {};
};
struct PageApplied
{
    model::Cursor cursor = {};
    bool isPartial = false; ///< as in Start
};
struct BookCleared ///< also without being asked: after a damaged book was replaced
{
    model::Cursor cursor = {};
    QString notice = {};
};
struct BookGrows
{
    model::Cursor cursor = {};
};
struct LogMet ///< the outbox is ready for another log; the book is still of the one before
{
    Reset reset = {};
};
struct SnapshotBegun
{
    int round = 0;
    QVector<int> wanted = {}; ///< frames that are not here yet
};
struct FrameKept
{
    int round = 0;
    int frame = 0;
    bool isGood = false; ///< else it is wanted again
};
struct BookMade ///< changes go to the new book from here on; people still see the one before
{
    int round = 0;
    model::Cursor cursor = {};
};
struct BookShown
{
};
struct SnapshotFailed ///< this desk cannot take it
{
    int round = 0;
    Error error = {}; ///< its detail is a sentence
};
struct FoundTooLate ///< the book is of another log or further than what was found
{
    QString number = {};
};
struct SumsCompared
{
    bool sameSeq = false; ///< else nothing could be said
    QVector<int> differing = {};
    std::optional<SumsReply> again = {}; ///< the book does not know its own sums yet: to be asked once more
};
struct BucketRepaired
{
    bool sameSeq = false; ///< else nothing was done
};
struct Cleaned ///< nothing that was erased up to there is in this desk's files any more
{
    model::Cursor upTo = {};
};
struct StorageFailed
{
    enum class During { Feed, Outbox };

    During during = During::Feed;
    Error error = {};
};

} // namespace input

using Input =
    std::variant<input::Start, input::SignIn, input::Answered, input::StreamOpened, input::StreamBytes,
                 input::StreamEnded, input::Tick, input::Kept, input::Share, input::LookFor,
                 input::FoundTooLate, input::TryNow, input::OutboxLoaded, input::Moved, input::PageApplied,
                 input::BookCleared, input::BookGrows, input::LogMet, input::SnapshotBegun, input::FrameKept,
                 input::BookMade, input::BookShown, input::SnapshotFailed, input::SumsCompared,
                 input::BucketRepaired, input::Cleaned, input::StorageFailed>;

namespace effect {

struct Send ///< answered by Answered with this id
{
    int id = 0;
    HttpRequest request = {};
    bool asksForPage = false; ///< of changes: the answer may be long and may be read beside
};
struct Cancel ///< no answer is wanted any more
{
    int id = 0;
};
struct OpenStream ///< answered by StreamOpened, StreamBytes …, StreamEnded
{
    HttpRequest request = {};
};
struct CloseStream ///< silently
{
};
struct LoadOutbox ///< answered by OutboxLoaded or StorageFailed
{
    int limit = 0;
};
struct ApplyPage ///< in the book, in pieces if it is long; answered by PageApplied or StorageFailed
{
    ChangesPage page = {};
};
struct AddFound ///< to the book that is seen, ahead of the feed; answered by FoundTooLate or StorageFailed,
                ///< if at all
{
    QString number = {};
    ChangesPage page = {};
};
struct ConfirmOps ///< done at the hub, and in the book with the hub's values
{
    QVector<qint64> counters = {};
};
struct RefuseOp ///< to the tray, and out of the book
{
    qint64 counter = 0;
    QString reason = {};
    bool isPerhapsDone = false; ///< if the book has what it says, it was done
};
struct ForgetOp ///< it is about something that was erased: out of the outbox and out of the book
{
    qint64 counter = 0;
};
struct ConfirmFormer ///< as ConfirmOps, of a number this desk had before
{
    qint64 device = 0;
    QVector<qint64> counters = {};
};
struct BringAlong ///< ops of that number cannot be done under it: they become this desk's of today
{
    qint64 device = 0;
    qint64 from = 0;
    qint64 to = 0;
};
struct OfferAgain ///< confirmed ops from this counter on are unconfirmed again: the hub has lost them
{
    qint64 from = 0;
};
struct ClearBook ///< answered by BookCleared; the outbox stays and is applied again, as is what was lost
{
    Reset reset = {};
};
struct GrowBook ///< that is partial, by rows, answered by BookGrows; meanwhile people see what it has
{
};
struct MeetLog ///< as ClearBook, but the book stays as it is until another takes its place; answered by
               ///< LogMet
{
    Reset reset = {};
};
struct BeginSnapshot ///< answered by SnapshotBegun or SnapshotFailed; a round before is over
{
    int round = 0;
    SnapshotManifest manifest = {};
    bool hot = false; ///< the small file
};
struct KeepFrame ///< answered by FrameKept or SnapshotFailed
{
    int round = 0;
    int frame = 0;
    QByteArray packed = {};
};
struct MakeBook ///< of the frames, all of which are here; answered by BookMade or SnapshotFailed
{
    int round = 0;
};
struct ShowBook ///< the new book takes the place of the one before; answered by BookShown or StorageFailed
{
};
struct DropSnapshot ///< nothing of it is wanted any more
{
};
struct CompareSums ///< answered by SumsCompared or StorageFailed
{
    SumsReply reply = {};
};
struct RepairBucket ///< answered by BucketRepaired or StorageFailed
{
    BucketReply reply = {};
};
struct KeepSession
{
    SessionReply reply = {};
    QString login = {};
    QString book = {};
};
struct MoveDesk ///< answered by Moved or StorageFailed
{
    SessionReply reply = {};
};
struct KeepLease
{
    model::Lease lease = {};
};
struct DropToken
{
};
struct RefuseSignIn
{
    Error error = {};
};
struct ShowCall
{
    model::AgentCall call = {};
};
struct ReplaceCalls
{
    QVector<model::AgentCall> calls = {};
};
struct ShowPresence ///< all who are at one customer, this desk's user among them
{
    PresenceNews news = {};
};
struct ShowLookUps
{
    model::LookUps lookUps = {};
};
struct ForgetPresence ///< who is where is not known any more
{
};
struct ShowPhone ///< what this user's telephone does when told
{
    model::AgentPhone phone = {};
};
struct OfferSimulator ///< whether the hub rings by itself
{
    bool offered = false;
};

} // namespace effect

using Effect =
    std::variant<effect::Send, effect::Cancel, effect::OpenStream, effect::CloseStream, effect::LoadOutbox,
                 effect::ApplyPage, effect::AddFound, effect::ConfirmOps, effect::RefuseOp, effect::ForgetOp,
                 effect::ConfirmFormer, effect::BringAlong, effect::OfferAgain, effect::ClearBook,
                 effect::GrowBook, effect::MeetLog, effect::BeginSnapshot, effect::KeepFrame,
                 effect::MakeBook, effect::ShowBook, effect::DropSnapshot, effect::CompareSums,
                 effect::RepairBucket, effect::KeepSession, effect::MoveDesk, effect::DropToken,
                 effect::RefuseSignIn, effect::ShowCall, effect::ReplaceCalls, effect::ShowPresence,
                 effect::ForgetPresence, effect::ShowLookUps, effect::ShowPhone, effect::OfferSimulator,
                 effect::KeepLease>;
using Effects = QVector<Effect>;

} // namespace ringbook::sync
