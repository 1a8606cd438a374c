#pragma once

#include "model/core/Result.h"
#include "model/domain/AgentCall.h"
#include "model/domain/Record.h"

#include <QByteArray>
#include <QVector>

#include <optional>

namespace ringbook::sync {

// Limits of the wire; both ends hold them, requests beyond are refused with 413 or 400.
constexpr int maxOpsPerPush = 500;
constexpr qint64 maxBodyBytes = 1 << 20;
constexpr int maxChangesPerPage = 1000;
constexpr int maxJsonDepth = 16;
constexpr int maxWaitSeconds = 25;
constexpr int heartbeatSeconds = 15;
constexpr int maxFieldTextBytes = 64 * 1024;

// POST /v1/session
struct SessionRequest
{
    int schema = 0;
    QString login = {};
    QString password = {};
    qint64 device = 0;        ///< 0: give me one
    QString deviceSecret = {}; ///< proves that the device number is ours
    QString deviceName = {};
};

struct BookGrant
{
    QString book = {};
    QString region = {}; ///< ISO 3166
    QString epoch = {};
    qint64 head = 0;
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
};

// POST /v1/books/{book}/ops
struct PushRequest
{
    int schema = 0;
    QString epoch = {};
    TimeMs sentAt = 0; ///< the device's clock when sending, to correct `madeAt` by the clock's offset
    QVector<model::Op> ops = {}; ///< counter order, no gaps
};

enum class Verdict { Applied, Merged, Conflict, Duplicate, Refused };

struct OpAnswer
{
    qint64 counter = 0;
    Verdict verdict = Verdict::Applied;
    qint64 seq = 0;      ///< 0 if refused
    QString reason = {}; ///< one sentence, if refused
};

struct PushReply
{
    QString epoch = {};
    qint64 head = 0;
    QVector<OpAnswer> answers = {};
};

// GET /v1/books/{book}/changes?after=SEQ&epoch=E&limit=N&wait=S, and the "changes" event of the stream
struct ChangesPage
{
    QString book = {};
    QString epoch = {};
    qint64 from = 0; ///< changes are those in (from, to]
    qint64 to = 0;
    qint64 head = 0;
    QVector<model::Change> changes = {};
};

/// Instead of a page, when the cursor is of no use here.
struct Reset
{
    QString reason = {}; ///< epoch, ahead, too_old
    QString epoch = {};
    qint64 head = 0;
};

// GET /v1/stream: events by name
struct Hello
{
    TimeMs hubTime = 0;
    QVector<BookGrant> books = {};
    QVector<model::AgentCall> calls = {}; ///< replaces everything the desk knew about calls
};

struct Poke
{
    QString book = {};
    QString epoch = {};
    qint64 head = 0;
};

/// RFC 9457 problem details; `type` is "about:blank" or one of ours, listed in PROTOCOL.md.
struct Problem
{
    int status = 500;
    QString type = QStringLiteral("about:blank");
    QString title = {};
    QString detail = {};
};

} // namespace ringbook::sync
