#pragma once

#include "sync/client/Backoff.h"
#include "sync/client/CatchUp.h"
#include "sync/client/EngineWords.h"
#include "sync/client/SyncState.h"
#include "sync/protocol/EventStream.h"

#include <QMap>

#include <functional>

namespace ringbook::sync {

constexpr qint64 requestTimeoutMs = 20'000;
constexpr qint64 streamRetryMs = 10 * minuteMs; ///< after something buffered it
constexpr qint64 echoPatienceMs = 1'000; ///< a pushed op comes by the stream within this, or is fetched
constexpr qint64 recheckMs = 30'000;     ///< while ops wait, the outbox is looked at again this often
constexpr qint64 resetPauseMs = 60'000;  ///< at least between two resets
constexpr qint64 clockJumpMs = 30'000;   ///< wall time passing unseen: the machine slept
constexpr qint64 blockedMs = 60'000;     ///< between attempts at what only a person can solve
constexpr int maxQueuedPages = 64;
constexpr qint64 quickPageMs = 1'000;  ///< when a full page comes within this, the next may be longer
constexpr qint64 pushHeadBytes = 4096; ///< of a request, beside its ops
constexpr int maxFramesUnderWay = 3;   ///< of a snapshot, from the hub
constexpr int maxFramesKept = 6;       ///< on their way to the disk
constexpr qint64 frameTimeoutMs = 3 * minuteMs;   ///< for 4 MiB on a slow line
constexpr int snapshotTries = 5;                  ///< in a row, then the log is read
constexpr qint64 snapshotPauseMs = 10 * minuteMs; ///< until the next snapshot is asked for
constexpr qint64 sumsAfterMs = minuteMs;          ///< of a connection the book is compared with the hub's
constexpr qint64 sumsEveryMs = hourMs;            ///< and then this often
constexpr qint64 sumsRetryMs = 10 * secondMs;     ///< when somebody wrote in between
constexpr int maxLookUps = 20;                    ///< numbers of calls at a time; a desk has a handful
constexpr qint64 lookUpTimeoutMs = 5'000;         ///< who is called waits no longer
constexpr qint64 lookUpPauseMs = 1'000;           ///< at least until a number is asked for again
constexpr qint64 keepLeaseEveryMs = hourMs;
constexpr qint64 keepLeaseOfflineMs = 5 * minuteMs; ///< where the hub is out of reach
constexpr qint64 lookAtLeaseMs = 30 * secondMs;     ///< a machine may have slept beyond its end
constexpr qint64 leaseWarningMs = 3 * dayMs;        ///< before the book is locked
constexpr qint64 countPauseMs = 100;                ///< while a book is counted bit by bit

/// Decides all that one desk says to its hub about one book: signs in, catches up, follows the stream,
/// empties the outbox, waits and tries again. Free of I/O, clocks and threads: each input gives the effects
/// to carry out, in order. Arm a timer for nextTimer() after each input and say Tick then; no other stimulus
/// is ever needed.
class Engine
{
public:
    /// `random` gives numbers in [0, 1). More than `cheap` changes are worth a snapshot.
    explicit Engine(std::function<double()> random, qint64 cheap = cheapChanges);

    Effects handle(const Input &input, Instant now);

    SyncState state() const;
    std::optional<qint64> nextTimer() const; ///< on the monotonic clock

private:
    enum class Phase { SignedOut, SigningIn, Waiting, Up, Moving }; ///< moving: to a number of its own
    enum class StreamPhase { Closed, Opening, Open };               ///< open: hello was heard

    void take(const input::Start &start);
    void take(const input::SignIn &signIn);
    void take(const input::Answered &answered);
    void take(const input::StreamOpened &opened);
    void take(const input::StreamBytes &bytes);
    void take(const input::StreamEnded &ended);
    void take(const input::Tick &);
    void take(const input::Kept &);
    void take(const input::Share &share);
    void take(const input::LookFor &wanted);
    void take(const input::FoundTooLate &late);
    void take(const input::TryNow &);
    void take(const input::OutboxLoaded &loaded);
    void take(const input::Moved &moved);
    void take(const input::PageApplied &applied);
    void take(const input::BookCleared &cleared);
    void take(const input::BookGrows &grows);
    void take(const input::LogMet &met);
    void take(const input::SnapshotBegun &begun);
    void take(const input::FrameKept &kept);
    void take(const input::BookMade &made);
    void take(const input::BookShown &);
    void take(const input::SnapshotFailed &failed);
    void take(const input::SumsCompared &compared);
    void take(const input::BucketRepaired &repaired);
    void take(const input::Cleaned &cleaned);
    void take(const input::StorageFailed &failed);

    /// Why the hub is out of reach, or does not do what it is asked.
    struct LinkFailure
    {
        QString problem = {};
        std::optional<qint64> delayMs = {}; ///< as the hub wished
        bool isAnswer = false;              ///< somebody answered as the hub would not: time may not mend it
    };

    // the connection
    void connect();
    static LinkFailure failureOf(const HttpAnswer &answer);
    static QString troubleOf(const LinkFailure &failure)
    {
        return failure.isAnswer ? failure.problem : QString();
    }
    void failLink(const LinkFailure &failure);
    void dropConnection();
    void signOut(const QString &problem);
    void reached();
    void advance();
    int send(HttpRequest request, bool asksForPage = false);
    void sessionAnswered(const HttpAnswer &answer);
    bool sessionEnded(const HttpAnswer &answer); ///< a 401: signs out
    static QString sentenceOf(const HttpAnswer &answer);
    static QString nonsense(const Error &error);

    // the feed
    void planPull();
    void pullAnswered(const input::Answered &answered);
    void pageCame(const ChangesPage &page);
    void pullFailed(const LinkFailure &failure);
    void reset(const Reset &reset);
    bool offerPage(ChangesPage page);
    bool takeNext(); ///< the page to apply
    bool mayAsk(bool behind) const;
    void askForChanges();
    bool isLongPolling() const;
    bool isBehind() const;
    qint64 tail() const;
    bool isTailByRows() const;
    void goOnByRows(const Reset &reset);

    void beginAgain(const model::Cursor &cursor); ///< the feed, from there

    // a whole book at once
    void planSnapshot();
    bool isSnapshotCheaper(qint64 here, qint64 there) const;
    bool wantsSnapshot() const;
    bool mayAskForSnapshot() const;
    bool feedWaits() const;   ///< nothing is read from the log
    bool isFollowing() const; ///< changes go to a book that nobody sees yet
    void askForManifest();
    void manifestAnswered(const HttpAnswer &answer);
    bool fits(const SnapshotManifest &manifest) const;
    void beginSnapshot(bool hot);
    void fetchFrames();
    void frameAnswered(int frame, const HttpAnswer &answer);
    const SnapshotFile &snapshotFile() const; ///< that is fetched
    qint64 snapshotBytes() const;
    void snapshotFailed(const HttpAnswer &answer);
    void snapshotDelayed(const QString &problem, std::optional<qint64> retryAfterMs = {});
    void noSnapshot(std::optional<qint64> retryAfterMs);
    void readByLog(const QString &problem, qint64 pauseMs = snapshotPauseMs);
    void endSnapshot();

    // the stream
    void planStream();
    void closeStream(qint64 retryInMs);
    void readEvent(const StreamEvent &event);
    void helloCame(const Hello &hello);
    void pageEventCame(const ChangesPage &page);
    qint64 helloDeadline() const;

    // the sums
    void planSums();
    bool isQuiet() const;
    void compareSums();
    void sumsAnswered(const HttpAnswer &answer);
    void bucketAnswered(const HttpAnswer &answer);

    // who is at which customer
    void planPresence();
    void presenceCame(const QByteArray &data);
    void forgetPresence();

    // who calls and is not here yet
    bool isBookWhole() const;
    bool canLookUp() const;
    QString nextToLookUp() const;
    void planLookUps();
    void lookUpAnswered(const HttpAnswer &answer);
    void showLookUps();

    // how long the book may be shown, and what was erased from it
    void passTime(Instant now);
    void renewLease(qint64 toldMs = 0);
    void beginLease(const input::Start &start);
    bool mayUnlock();
    qint64 keepLeaseEvery() const;
    void keepLease();
    std::optional<qint64> leaseTimer() const;
    void showLease(SyncState &state) const;
    void showProblems(SyncState &state) const;
    void planAcknowledgement();
    void acknowledgementAnswered(const HttpAnswer &answer);

    // the outbox
    void planOutbox();
    void planPush();
    QVector<model::Op> nextBatch();
    void pushAnswered(const HttpAnswer &answer);
    std::optional<PushReply> replyTo(const QVector<model::Op> &batch, const QByteArray &body);
    void answersCame(const PushReply &reply);
    void opAnswered(const OpAnswer &answer, QVector<qint64> &confirmed);
    void batchRefused(const QString &reason);
    void orderRefused(const HttpAnswer &answer);
    void gapFound(qint64 expected);
    void copyFound(qint64 differs);
    void planMove();
    bool planFormer(); ///< whether anything waits that goes first
    QVector<model::Op> nextOfFormer() const;
    void formerAnswered(const HttpAnswer &answer);
    void formerCame(const PushReply &reply);
    void bringAlong(qint64 from, qint64 to);
    void moveAnswered(const HttpAnswer &answer);
    void pushFailed(const QString &problem, std::optional<qint64> atLeastMs = {});
    void confirmArrived();

    std::function<double()> m_random;
    qint64 m_cheap;
    Instant m_now;
    Effects m_effects;

    QString m_book;
    QByteArray m_token;
    QString m_login;
    QString m_deviceName;
    qint64 m_user = 0; ///< whose desk it is: what waits here is theirs
    Phase m_phase = Phase::SignedOut;
    Backoff m_linkBackoff;
    qint64 m_retryAt = 0;
    std::optional<qint64> m_reachedAt; ///< this connection has had a sensible answer since
    std::optional<TimeMs> m_offlineSince;
    LinkFailure m_linkFailure;
    bool m_isAsked = false; ///< somebody wants it tried now
    std::optional<TimeMs> m_triedAt;
    QString m_notice;
    int m_lastId = 0;
    int m_sessionId = 0;
    QMap<int, qint64> m_deadlines; ///< of the requests under way

    struct
    {
        model::Cursor cursor;
        qint64 wanted = 0; ///< the newest seq heard of
        bool must = true;  ///< ask once, whatever we know
        bool caughtUp = false;
        int id = 0;
        qint64 after = 0; ///< what the request under way asked for
        int limit = changesPerPage;
        qint64 askedAt = 0;
        qint64 wantedWhenAsked = 0;
        qint64 notBefore = 0;
        Backoff backoff;
        QString problem;
        std::optional<ChangesPage> applying; ///< without its changes
        bool clearing = false;
        qint64 resetNotBefore = 0;
        QVector<ChangesPage> queue;
    } m_pull;

    struct
    {
        StreamPhase phase = StreamPhase::Closed;
        bool fellBack = false; ///< to long polls, also while it is tried again
        qint64 openedAt = 0;
        qint64 heardAt = 0;
        qint64 retryAt = 0;
        Backoff backoff;
        EventStreamParser parser;
    } m_stream;

    struct
    {
        QVector<model::Op> ops; ///< unconfirmed and unanswered
        int waiting = 0;
        int saves = 0;
        std::optional<TimeMs> oldest;
        int refused = 0;
        qint64 newest = 0;
        bool stale = true;
        bool loading = false;
        qint64 loadNotBefore = 0;
        qint64 recheckAt = 0;
        model::FormerOps former;
        QMap<qint64, qint64> answered;    ///< counter -> seq, until they come back in the feed
        QMap<qint64, QString> passedOver; ///< counter -> why it is sent empty and goes to the tray
        std::optional<qint64> echoBy;     ///< fetch what was pushed, if the stream did not bring it by then
        QString fileProblem;              ///< until it was read again
        QString problem;
    } m_outbox;

    struct
    {
        int id = 0;
        QVector<model::Op> batch;
        int batchLimit = maxOpsPerPush;
        qint64 notBefore = 0;
        Backoff backoff;
        qint64 offeredFrom = 0;         ///< a gap that was answered by OfferAgain
        std::optional<qint64> fillFrom; ///< counters the hub misses and we no longer have
    } m_push;
    struct
    {
        int id = 0;
        QVector<model::Op> batch;
        qint64 fillFrom = 0;    ///< a counter the hub misses and we no longer have; 0: none
        bool isUnheard = false; ///< an older hub, until the next connection
    } m_former;

    struct
    {
        PresenceShare wanted;
        std::optional<PresenceShare> told; ///< on this stream
        qint64 againAt = 0;
        int id = 0;
        bool isUnheard = false; ///< an older hub, until the next stream
        bool isShown = false;   ///< something was heard since it was last forgotten
    } m_presence;

    struct
    {
        QStringList numbers;       ///< of calls that go on
        QHash<QString, bool> told; ///< number -> it is nobody's at the hub
        QString asked;
        int id = 0;
        qint64 notBefore = 0;
        Backoff backoff;
        bool isUnheard = false; ///< an older hub, until the next connection
        model::LookUps shown;
    } m_lookUps;

    struct
    {
        bool isAllOffered = false;  ///< also what had been confirmed, by this log or one before
        std::optional<qint64> from; ///< the first op that a copy of this profile sent with other content
        int id = 0;
    } m_move;

    enum class SnapshotStep { None, Asking, Beginning, Fetching, Making, Following, Showing };
    struct
    {
        SnapshotStep step = SnapshotStep::None;
        bool isPartial = false;     ///< the book is a hot set
        std::optional<Reset> meets; ///< the book is still the one of the log before
        bool hasLeftovers = false;
        int round = 0;
        int id = 0;
        qint64 notBefore = 0;
        Backoff backoff;
        int failures = 0; ///< since something of it came
        QString problem;
        std::optional<SnapshotManifest> manifest;
        bool hot = false; ///< the small file
        QVector<int> wanted;
        QMap<int, int> underWay; ///< request -> frame
        int keeping = 0;
        qint64 fetched = 0;   ///< bytes
        model::Cursor before; ///< of the book that people see
        qint64 showAt = 0;    ///< the seq from which on they see the new one
    } m_snapshot;

    struct
    {
        int id = 0;
        bool working = false; ///< on the book
        qint64 notBefore = 0;
        std::optional<SumsReply> toCompare; ///< with a book that is still being counted
        QVector<int> differing;             ///< to be fetched
        int repaired = 0;                   ///< not told to the hub yet
        bool isCheck = false; ///< right after a repair: what differs still waits for the next time
    } m_sums;
    struct
    {
        model::Lease now;
        model::Lease kept; ///< in the desk's file
        QString ownHub;    ///< as in input::Start
    } m_lease;

    struct
    {
        std::optional<model::Cursor> upTo; ///< not acknowledged yet
        model::Cursor told;
        int id = 0;
        qint64 notBefore = 0;
        bool isUnheard = false; ///< an older hub, until the next connection
    } m_cleaned;
    QString m_storageProblem;
};

} // namespace ringbook::sync
