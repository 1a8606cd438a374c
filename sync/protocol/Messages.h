#pragma once

#include "model/core/Result.h"
#include "model/domain/AgentCall.h"
#include "model/domain/Digest.h"
#include "model/domain/Presence.h"
#include "model/domain/Record.h"
#include "model/domain/Telephony.h"

#include <QByteArray>
#include <QVector>

#include <optional>

namespace ringbook::model {
struct Customer;
}

namespace ringbook::sync {

// Limits of the wire; both ends hold them, requests beyond are refused with 413 or 400.
constexpr int maxOpsPerPush = 500;
constexpr qint64 maxBodyBytes = 1 << 20;
constexpr int changesPerPage = 1000; ///< unless asked otherwise
constexpr int maxChangesPerPage = 4000;
constexpr int maxJsonDepth = 16;
constexpr int maxWaitSeconds = 25;
constexpr int heartbeatSeconds = 15;
constexpr int maxFieldTextBytes = 64 * 1024;
constexpr int maxChangeTextBytes = 8 * maxFieldTextBytes; ///< a conflict record quotes values as JSON text
constexpr qint64 maxPageBytes = 8 << 20; ///< of a reply; pages end early rather than grow beyond it
constexpr int maxRecordsPerBucket = 1 << 20;
constexpr qint64 maxLeaseMs = 3650 * dayMs;
constexpr int maxNameBytes = 64;         ///< kinds, field names, books
constexpr int maxEventBytes = 1 << 20;   ///< one event of the stream
constexpr int maxCredentialBytes = 1024; ///< logins and passwords
constexpr int maxCallsPerAgent = 100;
constexpr int inlineEventBytes = 16 << 10; ///< larger pages are announced by a poke instead
constexpr int presenceSeconds = 20;        ///< a desk says again what it is at
constexpr int presenceLifeSeconds = 45;    ///< silent for so long, it is at nothing
constexpr int maxPeopleAtCustomer = 20;
constexpr int helloSeconds = 3;                ///< no hello by then: something between buffers the stream
constexpr int silenceSeconds = 40;             ///< nothing at all for so long: the stream is dead
constexpr qint64 snapshotFrameBytes = 4 << 20; ///< of a snapshot's file; the last frame has what is left
constexpr qint64 maxPackedFrameBytes = snapshotFrameBytes + (64 << 10); ///< as it travels
constexpr int maxSnapshotFrames = 1 << 16;                              ///< of one file
// Of what is known about a number: so many customers, and of each so many records, those first that an agent
// wants first.
constexpr int maxFoundCustomers = 10;
constexpr int maxFoundRecords = 20;      ///< contact points, alerts, follow-ups, cases
constexpr int maxFoundInteractions = 10; ///< the latest
constexpr int maxFoundNotes = 100;       ///< on all these cases together, the latest

// POST /v1/session
struct SessionRequest
{
    int schema = 0;
    QString login = {};
    QString password = {};
    qint64 device = 0;         ///< 0: give me one
    QString deviceSecret = {}; ///< proves that the device number is ours
    QString deviceName = {};
    QString extension = {}; ///< of the phone the user sits at; empty: as before

    bool operator==(const SessionRequest &) const = default;
};

struct BookGrant
{
    QString book = {};
    QString region = {}; ///< ISO 3166
    QString epoch = {};
    qint64 head = 0;

    bool operator==(const BookGrant &) const = default;
};

struct SessionReply
{
    QString token = {};
    qint64 device = 0;
    QString deviceSecret = {};
    qint64 user = 0;
    QString userName = {};
    QVector<BookGrant> books = {};
    TimeMs hubTime = 0;
    bool simulator = false; ///< the hub rings by /v1/simulator/calls
    qint64 leaseMs = 0;     ///< how long the book may be read without hearing of the hub; 0: it does not say

    bool operator==(const SessionReply &) const = default;
};

// POST /v1/device: a number of its own for a desk that has another's; answered as a session is
struct DeviceRequest
{
    int schema = 0;
    QString book = {};
    qint64 last = 0; ///< the last op counter it has given out in this book; the next one is fresh
    QString deviceName = {};

    bool operator==(const DeviceRequest &) const = default;
};

// POST /v1/books/{book}/ops, and with the secret /v1/books/{book}/devices/{device}/ops
struct PushRequest
{
    int schema = 0;
    QString epoch = {};
    TimeMs sentAt = 0; ///< the device's clock when sending, to correct `madeAt` by the clock's offset
    QVector<model::Op> ops = {}; ///< counter order, no gaps
    QString deviceSecret = {};   ///< of the device, where it is not the one that sends

    bool operator==(const PushRequest &) const = default;
};

/// Gone: what it is about was erased; nothing of it is kept anywhere.
enum class Verdict { Applied, Merged, Conflict, Duplicate, Refused, Expired, Gone };

struct OpAnswer
{
    qint64 counter = 0;
    Verdict verdict = Verdict::Applied;
    qint64 seq = 0;      ///< 0 if refused or gone
    QString reason = {}; ///< one sentence, if refused, expired or gone; the same again when it is repeated

    bool operator==(const OpAnswer &) const = default;
};

struct PushReply
{
    QString epoch = {};
    qint64 head = 0;
    QVector<OpAnswer> answers = {};

    bool operator==(const PushReply &) const = default;
};

// GET /v1/books/{book}/changes?after=SEQ&epoch=E&limit=N&wait=S
struct ChangesQuery
{
    qint64 after = 0;
    QString epoch = {}; ///< may be empty while after is 0: whatever log there is
    int limit = changesPerPage;
    int wait = 0; ///< seconds to wait for a change if there is none

    bool operator==(const ChangesQuery &) const = default;
};

// GET /v1/books/{book}/lookup?e164=%2B493023125147
struct LookUpQuery
{
    QString e164 = {};

    bool operator==(const LookUpQuery &) const = default;
};

// the answer to these, that of GET /v1/books/{book}/rows?after=SEQ&epoch=E&limit=N, and the "changes" event
// of the stream
struct ChangesPage
{
    QString book = {};
    QString epoch = {};
    qint64 from = 0; ///< changes are those in (from, to]
    qint64 to = 0;
    qint64 head = 0;
    QVector<model::Change> changes = {};
    bool rows = false;  ///< from GET …/rows or …/lookup: what is set is the whole record
    qint64 leaseMs = 0; ///< as in SessionReply; only from GET …/changes

    /// The book is whole again once this is applied.
    bool isLastOfRows() const { return rows && to == head; }

    bool operator==(const ChangesPage &) const = default;
};

/// Instead of a page, when the cursor is of no use here.
struct Reset
{
    QString reason = {}; ///< epoch, ahead, too_old
    QString epoch = {};
    qint64 head = 0;
    std::optional<qint64> done = {}; ///< the asking device's last op that this log knows of
    qint64 sameUpTo = 0;             ///< up to here this log is the one that the cursor was in

    bool operator==(const Reset &) const = default;
};

// GET /v1/stream: events by name
struct Hello
{
    TimeMs hubTime = 0;
    QVector<BookGrant> books = {};
    QVector<model::AgentCall> calls = {}; ///< replaces everything the desk knew about calls
    bool simulator = false;
    qint64 leaseMs = 0;           ///< as in SessionReply
    model::AgentPhone phone = {}; ///< as the "phone" event, which tells when it changes

    bool operator==(const Hello &) const = default;
};

struct Poke
{
    QString book = {};
    QString epoch = {};
    qint64 head = 0;

    bool operator==(const Poke &) const = default;
};

/// The hub is about to stop; come back then. Each desk is told another moment.
struct Bye
{
    qint64 afterMs = 0;

    bool operator==(const Bye &) const = default;
};

// POST /v1/books/{book}/presence: which customer this device has on its screen; 0: none any more
struct PresenceShare
{
    Id<model::Customer> customer = {};
    model::Presence::Doing doing = model::Presence::Doing::Looking;

    bool operator==(const PresenceShare &) const = default;
};

/// All who are at one customer now; replaces what was said about that customer before.
struct PresenceNews
{
    QString book = {};
    Id<model::Customer> customer = {};
    QVector<model::Presence> people = {};

    bool operator==(const PresenceNews &) const = default;
};

// POST /v1/books/{book}/erased: nothing that was erased up to here is in this device's files any more
struct ErasureAck
{
    int schema = 0;
    QString epoch = {};
    qint64 seq = 0;

    bool operator==(const ErasureAck &) const = default;
};

/// Some of a file's bytes, packed by zstd alone; the digest is the SHA-256 of what travels, in hex.
struct SnapshotFrame
{
    QString digest = {};
    qint64 bytes = 0; ///< as it travels

    bool operator==(const SnapshotFrame &) const = default;
};

struct SnapshotFile
{
    qint64 bytes = 0; ///< unpacked; each frame but the last is snapshotFrameBytes of it
    QVector<SnapshotFrame> frames = {};

    bool operator==(const SnapshotFile &) const = default;
};

/// The SHA-256, in hex, of the frames' digests one after the other: names the whole file.
QString digestOf(const SnapshotFile &file);

// GET /v1/books/{book}/snapshot: a whole book as a desk's book file, and a small one of what is wanted first
struct SnapshotManifest
{
    model::Cursor at = {};
    int schema = 0; ///< of the files: the last migration they have
    TimeMs madeAt = 0;
    SnapshotFile book = {};
    std::optional<SnapshotFile> hot = {};

    bool operator==(const SnapshotManifest &) const = default;
};

// GET /v1/books/{book}/sums?repaired=N
struct SumsReply
{
    QString epoch = {};
    qint64 seq = 0;
    model::BucketSums sums = {};

    bool operator==(const SumsReply &) const = default;
};

// GET /v1/books/{book}/buckets/{bucket}
struct BucketReply
{
    QString epoch = {};
    qint64 seq = 0;
    int bucket = 0;
    QVector<std::pair<model::RecordKey, model::Fields>> records = {}; ///< all there are

    bool operator==(const BucketReply &) const = default;
};

// GET and PATCH /v1/books/{book}/{kind}/{id}; the ETag is the seq in quotes. A PATCH body is the object of
// its fields.
struct RecordReply
{
    model::RecordKey record = {};
    qint64 seq = 0; ///< of the change that last touched the record
    model::Fields fields = {};

    bool operator==(const RecordReply &) const = default;
};

// POST /v1/phone/orders: what the caller's own phone shall do; a model::CallCommand without the extension,
// which the hub knows

// GET /v1/telephony
struct Telephony
{
    TimeMs hubTime = 0;
    QVector<model::TelephonySource> sources = {};

    bool operator==(const Telephony &) const = default;
};

// POST /v1/telephony/{source}/examination
struct TelephonyFindings
{
    QVector<model::TelephonyFinding> findings = {};

    bool operator==(const TelephonyFindings &) const = default;
};

// POST /v1/simulator/calls; only at a hub that offers the simulator
struct SimulatedCall
{
    QString number = {}; ///< empty: withheld
    QString name = {};
    QVector<QString> to = {}; ///< extensions that ring
    QString queue = {};

    bool operator==(const SimulatedCall &) const = default;
};

struct SimulatedCallReply
{
    QString call = {};
};

// POST /v1/simulator/calls/{call}/answer and …/hangup
struct SimulatedStep
{
    QString extension = {};
};

// GET /v1/health
struct Health
{
    QString version = {};
    int schema = 0;
    TimeMs hubTime = 0;
};

/// RFC 9457 problem details; `type` is "about:blank" or one of ours, listed in PROTOCOL.md.
struct Problem
{
    int status = 500;
    QString type = QStringLiteral("about:blank");
    QString title = {};
    QString detail = {};
    std::optional<Reset> reset = {};     ///< members reason, epoch, head; with type "reset"
    std::optional<qint64> expected = {}; ///< the op counter that should have come; with type "gap"
    std::optional<qint64> differs = {};  ///< the first op that is another one here; "cloned-profile"
    int retryAfter = 0;                  ///< seconds; travels as a header, 0: there is none

    bool operator==(const Problem &) const = default;
};

} // namespace ringbook::sync
