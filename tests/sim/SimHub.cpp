#include "tests/sim/SimHub.h"

#include "model/core/Id.h"
#include "model/db/WithoutCount.h"
#include "sync/hub/Administration.h"
#include "sync/hub/store/Backup.h"
#include "sync/hub/verbs/OpenStream.h"
#include "sync/hub/verbs/Page.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/EventStream.h"
#include "sync/protocol/RecordJson.h"
#include "sync/protocol/Routes.h"

#include <QCryptographicHash>

namespace ringbook::sim {

namespace {

const QString machine = QStringLiteral("hub");
const QString book = QStringLiteral("main");
const QString file = QStringLiteral("/hub/hub.db");
constexpr qint64 firstOfMoved = 100;
constexpr qint64 lastOfMoved = 1000;
const QString mirrorFile = QStringLiteral("/hub/mirror.db");

/// A new log's name is chance, and of what a file compresses to depends what happens to it on its way.
Status nameLog(model::Connection &db, int number)
{
    const QByteArray name =
        QCryptographicHash::hash(QByteArray::number(number), QCryptographicHash::Md5).toHex();
    return model::withoutCount(
        db.run("UPDATE book SET epoch = :epoch", {{":epoch", QString::fromLatin1(name)}}));
}

/// Desks' numbers count as given out before a restore: whoever comes first has one.
Status addAccounts(model::Connection &db)
{
    for (qint64 device = 2; device < firstOfMoved; ++device) {
        const hub::Caller caller = callerOf(device);
        const auto added = hub::Accounts(db).add({.id = caller.user,
                                                  .login = caller.name,
                                                  .name = caller.name,
                                                  .extension = QString::number(device),
                                                  .role = caller.role},
                                                 0);
        if (!added)
            return added.error();
    }
    return model::withoutCount(db.run("UPDATE hub SET last_device = :last", {{":last", lastOfMoved}}));
}

} // namespace

sync::HttpAnswer answerOf(const hub::Answer &answer)
{
    if (const auto *told = std::get_if<hub::Told>(&answer))
        return {.status = 200, .body = told->body, .contentType = told->contentType};
    const auto &problem = std::get<sync::Problem>(answer);
    return {
        .status = problem.status, .body = sync::encode(problem), .contentType = "application/problem+json"};
}

/// Half of them may delete customers.
hub::Caller callerOf(qint64 device)
{
    const char *role = device == administrator ? "admin" : device % 2 == 0 ? "lead" : "agent";
    return {.user = makeId(hub::hubDevice, device),
            .device = device,
            .name = QStringLiteral("agent %1").arg(device),
            .role = QLatin1String(role),
            .books = {book}};
}

SimHub::SimHub(World world, bool hotSets)
    : m_world(world),
      m_clock(world.schedule.now(), 1.0),
      m_database(hub::Database::inFile(file)),
      m_hotSets(hotSets)
{
}

SimHub::~SimHub() = default;

SimDisk::Image SimHub::freshDisk(SimDisk &disk)
{
    const qint64 moment = 0;
    const SimClock clock(moment, 1.0);
    {
        auto admin = hub::Administration::open(hub::Database::inFile(file), clock);
        if (!admin || !admin->addBook(book, "DE"))
            qFatal("no hub");
    }
    {
        auto db = hub::Database::inFile(file).open();
        if (!db || !nameLog(*db, 0) || !addAccounts(*db))
            qFatal("no log");
    }
    return disk.imageOf(machine);
}

/// Whatever this opens is closed again when it fails.
Status SimHub::open()
{
    if (const Status prepared = m_database.prepare(); !prepared)
        return prepared;
    auto writer = m_database.open();
    auto reader = m_database.open();
    if (!writer || !reader)
        return writer ? reader.error() : writer.error();
    m_running = std::make_unique<Running>(std::move(*writer), std::move(*reader), m_clock);
    return Done{};
}

void SimHub::start()
{
    const Status opened = open();
    if (died())
        return;
    if (!opened) {
        if (opened.error().fault != Fault::DiskFull)
            m_world.findings.add(Wrong::Failed, "the hub does not start");
        return;
    }
    ++m_life;
    readLog();
    m_world.trace(machine, [this] {
        return QStringLiteral("starts at %1 of %2").arg(m_head.seq).arg(m_head.epoch.left(6));
    });
    if (!m_running)
        return;
    m_running->fanout.setBook({book, "DE", m_head.epoch, m_head.seq});
    everySecond(m_life);
    cleanSoon();
}

void SimHub::die(SimDisk::Death death)
{
    m_world.trace(machine, [] { return QStringLiteral("dies"); });
    m_world.disk.die(machine);
    ++m_life;
    if (m_running)
        for (const auto &[id, stream] : m_running->streams)
            stream.sink({});
    m_running.reset();
    m_world.disk.revive(machine, death);
}

bool SimHub::died()
{
    if (!m_world.disk.isDead(machine))
        return false;
    die(m_world.dice.chance(0.5) ? SimDisk::Death::Power : SimDisk::Death::Killed);
    return true;
}

void SimHub::later(qint64 ms, std::function<void()> what)
{
    m_world.schedule.after(ms, [this, life = m_life, what = std::move(what)] {
        if (m_running && life == m_life)
            what();
    });
}

void SimHub::everySecond(int life)
{
    later(1000, [this, life] {
        m_running->fanout.tick(m_clock.monotonicNs());
        if (m_clock.ms() / secondMs % 30 == 0 && m_world.disk.exists(mirrorFile))
            (void)keepUpMirror();
        if (died())
            return;
        cutLog();
        if (m_running)
            everySecond(life);
    });
}

void SimHub::renew()
{
    if (!isNew())
        ++m_world.happened["hubs renewed"];
    m_schema = model::schemaNumber + 1;
}

bool SimHub::knows(const Sender &sender)
{
    const bool isTooNew = sender.schema > m_schema;
    m_world.happened["requests too new"] += isTooNew ? 1 : 0;
    return !isTooNew;
}

void SimHub::handle(const Sender &from, const sync::HttpRequest &request, const Reply &reply)
{
    m_world.trace(machine,
                  [&] { return QStringLiteral("device %1 asks ").arg(from.device) + inWords(request); });
    if (!knows(from))
        return reply(answerOf(*hub::schemaTrouble(from.schema)));
    const qint64 device = from.device;
    const QByteArray path = request.path.split('?').first();
    const auto match = sync::matchRoute(request.method, path);
    if (match.kind != sync::RouteMatch::Kind::Found)
        return reply({.status = 404});
    switch (match.route->operation) {
    case sync::Operation::PushOps: return push(device, device, request, reply);
    case sync::Operation::PushFormerOps:
        ++m_world.happened["former ops pushed"];
        return push(device, match.parts.value("device").toLongLong(), request, reply);
    case sync::Operation::ReadChanges: return pull(device, request.path.mid(path.size() + 1), reply);
    case sync::Operation::ReadRows: return pullRows(device, request.path.mid(path.size() + 1), reply);
    case sync::Operation::RegisterDevice: return registerDevice(device, request, reply);
    case sync::Operation::ReadSums: return tellSums(reply);
    case sync::Operation::ReadSnapshot: return offerSnapshot(from, reply);
    case sync::Operation::AcknowledgeErasures: return keepAcknowledgement(device, request, reply);
    case sync::Operation::ReadFrame: return tellFrame(path.split('/').last(), reply);
    default: return reply({.status = 404});
    }
}

hub::Caller SimHub::caller(qint64 device) const
{
    hub::Caller caller = callerOf(m_moved.value(device, device));
    caller.device = device;
    return caller;
}

/// No number is given out twice, whatever was restored.
void SimHub::registerDevice(qint64 device, const sync::HttpRequest &request, const Reply &reply)
{
    const auto asked = sync::readDeviceRequest(request.body);
    if (!asked)
        return reply(answerOf(hub::problemOf(asked.error())));
    const qint64 fresh = firstOfMoved + m_moved.size();
    m_moved.insert(fresh, m_moved.value(device, device));
    hub::WriteBatch batch(m_running->writer, m_clock.now(), {}, &m_running->numbers);
    const Status counted = m_running->writer.atomically([&]() -> Status {
        const auto head = batch.book(book);
        const hub::KnownOp elsewhere{.reason = QStringLiteral("This op was another device's.")};
        return head ? batch.books().keepAnswers(head->id, {{{fresh, asked->last}, elsewhere}})
                    : Status(head.error());
    });
    if (died())
        return;
    if (!counted)
        return reply(answerOf(hub::problemOf(counted.error())));
    reply({.status = 200,
           .body = sync::encode(sync::SessionReply{.token = QStringLiteral("token"),
                                                   .device = fresh,
                                                   .deviceSecret = QStringLiteral("secret"),
                                                   .user = caller(fresh).user,
                                                   .userName = caller(fresh).name,
                                                   .books = {{book, "DE", m_head.epoch, m_head.seq}},
                                                   .hubTime = m_clock.now()})});
}

void SimHub::push(qint64 device, qint64 author, const sync::HttpRequest &request, const Reply &reply)
{
    auto pushed = sync::readPushRequest(request.body);
    if (!pushed)
        return reply(answerOf(hub::problemOf(pushed.error())));
    m_running->pushes.push_back({std::make_shared<hub::Push>(caller(device), book, *pushed, author), reply});
    if (!std::exchange(m_running->committing, true))
        later(m_world.dice.between(1, 6), [this] { commit(); });
}

/// As the writer's thread does it: all that waits as one; if that fails, each by itself.
void SimHub::commit()
{
    m_running->committing = false;
    const auto pushes = std::exchange(m_running->pushes, {});
    const bool together = commitTogether(pushes);
    for (const Waiting &waiting : pushes) {
        if (!m_running)
            return;
        const bool done = together || (pushes.size() > 1 && commitTogether({waiting}));
        if (!m_running)
            return;
        waiting.reply(done ? answerOf(waiting.push->answer)
                           : answerOf(hub::problemOf({Fault::DiskFull, QStringLiteral("no room")})));
    }
}

bool SimHub::commitTogether(const std::vector<Waiting> &pushes)
{
    hub::Needs needs;
    for (const Waiting &waiting : pushes)
        needs += waiting.push->needs();
    const Status refilled = m_running->numbers.refill(m_running->writer);
    hub::WriteBatch batch(m_running->writer, m_clock.now(), {}, &m_running->numbers);
    const Status committed = m_running->writer.atomically([&]() -> Status {
        if (!refilled)
            return refilled;
        if (const Status prepared = batch.prepare(book, needs); !prepared)
            return prepared;
        for (const Waiting &waiting : pushes)
            if (const Status ran = waiting.push->run(batch); !ran)
                return ran;
        return batch.keep();
    });
    if (!committed && !m_world.disk.isDead(machine))
        return false;
    for (const Waiting &waiting : pushes) // if it died of it, its log may have them
        if (std::holds_alternative<hub::Told>(waiting.push->answer))
            m_world.ledger.pushed(m_head.epoch, waiting.push->device, waiting.push->request.ops);
    if (died())
        return false;
    readLog();
    for (const hub::BookChanges &changes : batch.changes())
        m_running->fanout.publish(changes);
    cleanSoon();
    return true;
}

/// The truth is what is in the file, also after a commit nobody was told of.
void SimHub::readLog()
{
    const hub::Books books(m_running->reader);
    const auto now = books.book(book);
    if (!now)
        return m_world.findings.add(Wrong::Failed, "the hub's book cannot be read: " + now.error().detail);
    if (now->head.epoch == m_head.epoch && now->head.seq < m_head.seq)
        m_world.findings.add(Wrong::Lost, QStringLiteral("the hub's log ended at %1 and ends at %2 now")
                                              .arg(m_head.seq)
                                              .arg(now->head.seq));
    const bool isAnotherLog = now->head.epoch != m_head.epoch;
    m_head = now->head;
    const auto floor = books.logFloor(*now);
    if (isAnotherLog && floor)
        m_world.ledger.goesOn(m_head.epoch, m_savedOf, *floor);
    const auto entries = books.log(now->id, m_world.ledger.head(m_head.epoch), -1);
    if (!entries)
        return m_world.findings.add(Wrong::Failed, "the hub's log cannot be read: " + entries.error().detail);
    for (const hub::LogEntry &entry : *entries) {
        const auto change = sync::readChange(entry.wire);
        if (!change)
            return m_world.findings.add(Wrong::Failed,
                                        "a change in the log makes no sense: " + change.error().detail);
        m_world.ledger.logged(m_head.epoch, *change, isAnotherLog);
    }
    m_world.ledger.committed(m_head.epoch, m_head.seq);
    if (isAnotherLog)
        m_world.ledger.began(m_head.epoch);
}

void SimHub::pull(qint64 device, const QByteArray &query, const Reply &reply)
{
    if (!m_running)
        return;
    const auto asked = sync::readChangesQuery(query);
    if (!asked)
        return reply(answerOf(hub::problemOf(asked.error())));
    const auto page = hub::readPage(m_running->reader, {book, device, *asked});
    if (!page)
        return reply(answerOf(hub::problemOf(page.error())));
    if (const auto *trouble = std::get_if<sync::Problem>(&*page)) {
        if (trouble->reset && trouble->reset->reason == QLatin1String("too_old"))
            m_fellBehind.insert(device);
        return reply(answerOf(*trouble));
    }
    const auto &found = std::get<hub::Page>(*page);
    if (!found.wires.isEmpty() || asked->wait == 0)
        return reply(answerOf(hub::Told{found.body()}));
    sync::ChangesQuery again = *asked;
    again.wait = 0;
    m_running->fanout.wait(book, asked->after, m_clock.monotonicNs() + asked->wait * 1'000'000'000LL,
                           [this, life = m_life, device, again, reply] {
                               if (m_running && life == m_life)
                                   pull(device, sync::encode(again), reply);
                           });
}

void SimHub::pullRows(qint64 device, const QByteArray &query, const Reply &reply)
{
    const auto asked = sync::readChangesQuery(query);
    if (!asked)
        return reply(answerOf(hub::problemOf(asked.error())));
    const auto page = hub::readRows(m_running->reader, {book, device, *asked});
    if (!page)
        return reply(answerOf(hub::problemOf(page.error())));
    const auto *trouble = std::get_if<sync::Problem>(&*page);
    if (!trouble && m_fellBehind.remove(device))
        ++m_world.happened["went on by rows"];
    reply(answerOf(trouble ? hub::Answer(*trouble)
                           : hub::Answer(hub::Told{std::get<hub::Page>(*page).body()})));
}

void SimHub::tellSums(const Reply &reply)
{
    const hub::Books books(m_running->reader);
    const auto now = books.book(book);
    const auto sums = now ? books.sums(now->id) : now.error();
    if (!sums || sums->since != 0)
        return reply({.status = 503});
    reply({.status = 200,
           .body = sync::encode(
               sync::SumsReply{.epoch = sums->at.epoch, .seq = sums->at.seq, .sums = sums->sums})});
}

int SimHub::openStream(qint64 device, const Sink &sink)
{
    const int id = ++m_lastStream;
    const hub::OpenStream streams(m_running->fanout, m_running->calls, m_running->presence, m_clock, false);
    const auto stream = streams.open(caller(device), [this, id] { later(1, [this, id] { flush(id); }); });
    m_running->streams[id] = {stream.queue, sink};
    sink(stream.hello);
    beat(id, m_life);
    return id;
}

void SimHub::closeStream(int id)
{
    if (m_running)
        m_running->streams.erase(id);
}

void SimHub::flush(int id)
{
    const auto stream = m_running->streams.find(id);
    if (stream == m_running->streams.end())
        return;
    for (const QByteArray &event : stream->second.queue->take())
        stream->second.sink(event);
}

void SimHub::beat(int id, int life)
{
    later(sync::heartbeatSeconds * secondMs, [this, id, life] {
        const auto stream = m_running->streams.find(id);
        if (stream == m_running->streams.end())
            return;
        stream->second.sink(sync::heartbeat());
        beat(id, life);
    });
}

void SimHub::restore(const SimDisk::Image &backup)
{
    ++m_world.happened["backups restored"];
    m_world.trace(machine, [] { return QStringLiteral("is restored"); });
    die(SimDisk::Death::Killed);
    m_world.disk.setFull(machine, false);
    SimDisk::Image database = backup; // without what it makes of it
    database.removeIf([](const auto &kept) { return !kept.key().startsWith(QLatin1String("hub.db")); });
    m_world.disk.install(machine, database);
    auto db = m_database.open();
    const int number = int(m_world.happened["backups restored"]);
    const auto saved = db ? hub::Books(*db).book(book) : db.error();
    if (saved && m_world.ledger.head(saved->head.epoch) > 0) // else no hub served it: it is as the one before
        m_savedOf = saved->head.epoch;
    if (!db || !hub::beginAnotherLog(*db, m_clock.now()) || !nameLog(*db, number) ||
        !hub::eraseAgain(*db, m_erased, m_clock.now()))
        m_world.findings.add(Wrong::Failed, "the backup cannot be restored");
}

void SimHub::import(int records)
{
    addRecords(records);
    (void)died();
}

void SimHub::addRecords(int records)
{
    auto admin = hub::Administration::open(m_database, m_clock);
    if (!admin)
        return;
    QVector<hub::NewRecord> imported;
    const qint64 first = *admin->lastRecordCounter() + 1'000;
    for (int i = 0; i < records; ++i)
        imported.append({.key = {"customer", makeId(hub::hubDevice, first + i)},
                         .fields = {{"name", QStringLiteral("imported %1").arg(i)}},
                         .at = m_clock.now()});
    if (admin->addRecords(book, imported))
        ++m_world.happened["imports"];
}

model::BucketSums SimHub::checkRecords()
{
    const hub::Books books(m_running->reader);
    const auto now = books.book(book);
    for (const model::RecordKey &key : m_world.ledger.records()) {
        const auto stored = books.record(now->id, key);
        const Ledger::Record there =
            stored && stored->exists && !stored->deleted ? Ledger::Record(stored->fields) : std::nullopt;
        const auto logged = m_world.ledger.confirmed(key, m_head.epoch, m_head.seq);
        if (there != logged)
            m_world.findings.add(Wrong::Diverged, QStringLiteral("the hub's %1 is %2, its log says %3")
                                                      .arg(print(key), print(there), print(logged)));
    }
    const auto sums = books.countRecords(now->id, false);
    const auto kept = books.sums(now->id);
    if (!sums || !kept || (kept->since == 0 && kept->sums != *sums))
        m_world.findings.add(Wrong::Diverged, "the hub's sums are not those of its records");
    return sums ? *sums : model::BucketSums();
}

} // namespace ringbook::sim
