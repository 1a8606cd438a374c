#pragma once

#include "sync/client/Engine.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/RecordJson.h"

#include <QStringList>

namespace ringbook::sync {

// The beginnings of its questions.
inline const QString pushOf = QStringLiteral("POST /v1/books/main/ops ");
inline QString pullFrom(qint64 seq, int limit = changesPerPage)
{
    return QStringLiteral("GET /v1/books/main/changes?after=%1&epoch=e1&limit=%2").arg(seq).arg(limit);
}

/// An engine, told things in a few words; what it wants done comes back as lines of text.
class EngineTalk
{
public:
    explicit EngineTalk(double random = 0.5) : m_engine([random] { return random; }) {}

    QStringList say(const Input &input)
    {
        QStringList lines;
        for (const Effect &effect : m_engine.handle(input, now)) {
            if (const auto *show = std::get_if<effect::ShowLookUps>(&effect))
                lookUps = show->lookUps;
            else
                std::visit([&](const auto &what) { lines.append(print(what)); }, effect);
            if (onEffect)
                onEffect(effect);
        }
        return lines;
    }

    QStringList wait(qint64 ms)
    {
        now.ms += ms;
        now.wall += ms;
        return say(input::Tick{});
    }

    QStringList start(qint64 seq = 0)
    {
        return say(input::Start{.book = QStringLiteral("main"),
                                .token = QStringLiteral("token"),
                                .user = 9,
                                .cursor = {seq > 0 ? QStringLiteral("e1") : QString(), seq}});
    }

    QStringList answer(const QByteArray &body, int status = 200, std::optional<qint64> retryAfterMs = {})
    {
        return answerTo(lastId, body, status, retryAfterMs);
    }
    QStringList answerTo(int id, const QByteArray &body, int status = 200,
                         std::optional<qint64> retryAfterMs = {})
    {
        return say(input::Answered{id, {.status = status, .body = body, .retryAfterMs = retryAfterMs}});
    }
    QStringList noAnswer(int id)
    {
        return say(input::Answered{id, {.failure = QStringLiteral("Nothing answers.")}});
    }
    QStringList problem(int status, const char *type, const char *detail = "a reason")
    {
        return answer(
            encode(Problem{.status = status, .type = QLatin1String(type), .detail = QLatin1String(detail)}),
            status);
    }

    QStringList event(const char *name, const QByteArray &data)
    {
        return say(input::StreamBytes{encodeEvent(name, data)});
    }
    QStringList hello(qint64 head)
    {
        say(input::StreamOpened{200, "text/event-stream"});
        return event(helloEvent, encode(Hello{.books = {{QStringLiteral("main"), {}, epoch, head}}}));
    }

    QStringList outbox(const QVector<model::Op> &ops, const model::FormerOps &former = {})
    {
        return say(
            input::OutboxLoaded{.ops = ops,
                                .waiting = int(ops.size()),
                                .saves = int(ops.size()),
                                .oldest = ops.isEmpty() ? std::nullopt : std::optional(ops.first().madeAt),
                                .former = former});
    }
    QStringList applied(qint64 seq) { return say(input::PageApplied{{epoch, seq}}); }

    /// Live at this seq, with an empty outbox.
    void goLive(qint64 seq)
    {
        start(seq);
        answer(page(seq, seq));
        outbox({});
        hello(seq);
        answer(page(seq, seq)); // in case it asked again
    }

    QByteArray rows(qint64 from, qint64 to, qint64 head) const
    {
        ChangesPage page = *readChangesPage(this->page(from, to, head));
        page.rows = true;
        return encode(page);
    }

    QByteArray page(qint64 from, qint64 to, qint64 head = -1) const
    {
        ChangesPage page{.book = QStringLiteral("main"),
                         .epoch = epoch,
                         .from = from,
                         .to = to,
                         .head = std::max(head, to)};
        for (qint64 seq = from + 1; seq <= to; ++seq)
            page.changes.append({.seq = seq, .record = {QStringLiteral("team"), seq}});
        return encode(page);
    }

    static model::Op op(qint64 counter)
    {
        return {.counter = counter,
                .record = {QStringLiteral("team"), counter},
                .action = model::Action::Create,
                .edits = {{QStringLiteral("name"), {.value = QStringLiteral("x")}}},
                .madeAt = 1000 + counter};
    }
    static QVector<model::Op> ops(qint64 first, qint64 last)
    {
        QVector<model::Op> ops;
        for (qint64 n = first; n <= last; ++n)
            ops.append(op(n));
        return ops;
    }
    QByteArray answers(const QVector<OpAnswer> &answers, qint64 head) const
    {
        return encode(PushReply{.epoch = epoch, .head = head, .answers = answers});
    }

    SyncState state() const { return m_engine.state(); }
    std::optional<qint64> nextTimer() const { return m_engine.nextTimer(); }

    Instant now{.wall = 1795000000000, .ms = 1000};
    QString epoch = QStringLiteral("e1");
    std::function<void(const Effect &)> onEffect = {}; ///< where a line does not say enough
    int lastId = 0;                                    ///< of the last request
    QVector<effect::Send> requests = {};               ///< all of them
    model::LookUps lookUps = {};                       ///< as they were shown last

private:
    QString print(const effect::Send &send)
    {
        lastId = send.id;
        requests.append(send);
        const QString line = QString::fromLatin1(send.request.method + ' ' + send.request.path);
        const auto push = readPushRequest(send.request.body);
        if (!push)
            return line;
        QStringList counters;
        for (const model::Op &op : push->ops)
            counters.append(QString::number(op.counter) + (op.edits.isEmpty() ? "e" : ""));
        return line + u' ' + counters.join(u',');
    }
    static QString print(const effect::Cancel &cancel) { return QStringLiteral("cancel %1").arg(cancel.id); }
    static QString print(const effect::OpenStream &) { return QStringLiteral("open stream"); }
    static QString print(const effect::CloseStream &) { return QStringLiteral("close stream"); }
    static QString print(const effect::LoadOutbox &) { return QStringLiteral("load outbox"); }
    static QString print(const effect::ApplyPage &apply)
    {
        return QStringLiteral("apply %1-%2").arg(apply.page.from).arg(apply.page.to);
    }
    static QString print(const effect::AddFound &add)
    {
        return QStringLiteral("add %1 found by %2").arg(add.page.changes.size()).arg(add.number);
    }
    static QString join(const QVector<qint64> &counters)
    {
        QStringList words;
        for (const qint64 counter : counters)
            words.append(QString::number(counter));
        return words.join(u',');
    }
    static QString print(const effect::ConfirmOps &confirm)
    {
        return QStringLiteral("confirm ") + join(confirm.counters);
    }
    static QString print(const effect::RefuseOp &refuse)
    {
        return QStringLiteral("refuse %1: %2").arg(refuse.counter).arg(refuse.reason);
    }
    static QString print(const effect::ForgetOp &forget)
    {
        return QStringLiteral("forget %1").arg(forget.counter);
    }
    static QString print(const effect::ConfirmFormer &confirm)
    {
        return QStringLiteral("confirm %1 of device %2").arg(join(confirm.counters)).arg(confirm.device);
    }
    static QString print(const effect::BringAlong &bring)
    {
        return QStringLiteral("bring along %1 to %2 of device %3")
            .arg(bring.from)
            .arg(bring.to)
            .arg(bring.device);
    }
    static QString print(const effect::OfferAgain &offer)
    {
        return QStringLiteral("offer again from %1").arg(offer.from);
    }
    static QString print(const effect::ClearBook &clear)
    {
        return QStringLiteral("clear book for ") + clear.reset.epoch;
    }
    static QString print(const effect::GrowBook &) { return QStringLiteral("grow book"); }
    static QString print(const effect::MeetLog &meet)
    {
        return QStringLiteral("meet log ") + meet.reset.epoch;
    }
    static QString print(const effect::BeginSnapshot &begin)
    {
        return QStringLiteral("begin ") + (begin.hot ? "hot set" : "book");
    }
    static QString print(const effect::KeepFrame &keep)
    {
        return QStringLiteral("keep frame %1").arg(keep.frame);
    }
    static QString print(const effect::MakeBook &) { return QStringLiteral("make book"); }
    static QString print(const effect::ShowBook &) { return QStringLiteral("show book"); }
    static QString print(const effect::DropSnapshot &) { return QStringLiteral("drop snapshot"); }
    static QString print(const effect::CompareSums &compare)
    {
        return QStringLiteral("compare sums at %1").arg(compare.reply.seq);
    }
    static QString print(const effect::RepairBucket &repair)
    {
        return QStringLiteral("repair bucket %1 at %2").arg(repair.reply.bucket).arg(repair.reply.seq);
    }
    static QString print(const effect::KeepSession &keep)
    {
        return QStringLiteral("keep session of ") + keep.login;
    }
    static QString print(const effect::MoveDesk &move)
    {
        return QStringLiteral("move to device %1").arg(move.reply.device);
    }
    static QString print(const effect::KeepLease &keep)
    {
        return QStringLiteral("keep lease until %1").arg(keep.lease.until());
    }
    static QString print(const effect::DropToken &) { return QStringLiteral("drop token"); }
    static QString print(const effect::RefuseSignIn &refuse)
    {
        return QStringLiteral("refused: ") + refuse.error.detail;
    }
    static QString print(const effect::ShowCall &show) { return QStringLiteral("call ") + show.call.callId; }
    static QString print(const effect::ReplaceCalls &replace)
    {
        return QStringLiteral("calls are %1").arg(replace.calls.size());
    }
    static QString print(const effect::ShowPresence &show)
    {
        QStringList people;
        for (const model::Presence &person : show.news.people)
            people += person.name + u' ' + name(person.doing);
        return QStringLiteral("at %1: %2").arg(show.news.customer.value).arg(people.join(u','));
    }
    static QString print(const effect::ShowLookUps &) { return {}; }
    static QString print(const effect::ForgetPresence &) { return QStringLiteral("forget presence"); }
    static QString print(const effect::ShowPhone &) { return {}; }
    static QString print(const effect::OfferSimulator &offer)
    {
        return offer.offered ? QStringLiteral("simulator") : QStringLiteral("no simulator");
    }

    Engine m_engine;
};

} // namespace ringbook::sync
