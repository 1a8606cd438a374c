#pragma once

#include "sync/hub/BookCount.h"
#include "sync/hub/PresenceBoard.h"
#include "sync/hub/verbs/PullChanges.h"
#include "sync/hub/verbs/PushOps.h"
#include "tests/hub/Asking.h"
#include "tests/support/HubOnLoopback.h"
#include "tests/support/MovedClock.h"

namespace ringbook::test {

/// What stands behind the verbs, without HTTP: database, writer, reader, fan-out.
struct HubThreads
{
    explicit HubThreads(int users = 0, const QString &url = {}) : data(users, url)
    {
        auto db = data.database().open();
        const auto book = hub::Books(*db).book("main");
        epoch = book->head.epoch;
        head = book->head.seq;
        fanout.setBook({book->name, book->region, epoch, head});
    }

    /// Starts the threads; before it, tests may hold back work or set the gate.
    void start()
    {
        if (!reader.start() || !doorkeeper.start() || !writer.start())
            qFatal("no threads");
    }

    /// A desk's session, without signing in.
    hub::Caller caller(qint64 device) const
    {
        return {
            .user = device * 10, .device = device, .name = "Anna Albers", .role = "agent", .books = {"main"}};
    }

    hub::Ask pushing(qint64 device, const QVector<model::Op> &ops, const QString &inEpoch = {}) const
    {
        const sync::PushRequest request{
            .schema = 1, .epoch = inEpoch.isEmpty() ? epoch : inEpoch, .sentAt = clock.now(), .ops = ops};
        return {.caller = caller(device), .path = {{"book", "main"}}, .body = sync::encode(request)};
    }

    sync::PushReply push(qint64 device, const QVector<model::Op> &ops)
    {
        return *sync::readPushReply(told(ask(pushOps, pushing(device, ops))).body);
    }

    hub::Ask pulling(const sync::ChangesQuery &query) const
    {
        return {.caller = caller(2), .path = {{"book", "main"}}, .query = sync::encode(query)};
    }

    sync::ChangesPage pull(qint64 after)
    {
        return *sync::readChangesPage(
            told(ask(pullChanges, pulling({.after = after, .epoch = after ? epoch : QString()}))).body);
    }

    MovedClock clock;
    HubData data;
    QString epoch;
    qint64 head = 0;
    hub::Metrics metrics;
    hub::Fanout fanout;
    hub::Sessions sessions{clock};
    hub::CallBoard calls{fanout};
    hub::PresenceBoard presence{fanout, clock};
    hub::PushOps pushOps{writer, metrics};
    hub::PullChanges pullChanges{reader, fanout, clock};
    hub::Worker reader{data.database()};
    hub::BookCount count{data.database(), metrics};
    hub::Quiet quiet;
    hub::BookWriter writer{data.database(),
                           clock,
                           [this](const hub::BookChanges &changes) { fanout.publish(changes); },
                           {},
                           &quiet};
    hub::Worker doorkeeper{data.database()};
};

} // namespace ringbook::test
