#include "sync/hub/Hub.h"

#include "sync/hub/FileCleaner.h"
#include "sync/hub/Follower.h"
#include "sync/hub/LogLife.h"
#include "sync/hub/verbs/AcknowledgeErasures.h"
#include "sync/hub/verbs/CreateSession.h"
#include "sync/hub/verbs/LookUp.h"
#include "sync/hub/verbs/OrderPhone.h"
#include "sync/hub/verbs/Plain.h"
#include "sync/hub/verbs/PullChanges.h"
#include "sync/hub/verbs/PushOps.h"
#include "sync/hub/verbs/ReadMetrics.h"
#include "sync/hub/verbs/ReadSnapshot.h"
#include "sync/hub/verbs/Records.h"
#include "sync/hub/verbs/RegisterDevice.h"
#include "sync/hub/verbs/SharePresence.h"
#include "sync/hub/verbs/Simulate.h"
#include "sync/hub/verbs/Sums.h"
#include "sync/hub/verbs/TakeWebhook.h"
#include "sync/hub/verbs/Telephony.h"

#include <QUuid>

namespace ringbook::hub {

namespace {

constexpr qint64 maxSignInsWaiting = 256;      // some twenty seconds
constexpr qint64 bytesPerCheckpoint = 8 << 20; // of changes; several times that in pages

} // namespace

/// Destroyed from the end: first the threads that owe answers (each before those it hands work to), then the
/// front that waits for them, then the verbs they run.
struct Hub::Parts
{
    Parts(const HubSettings &settings, const Clock &clock);
    ~Parts() { switchboard.stop(); } ///< it gives the writer work

    HubSettings settings;
    const Clock &clock;
    Metrics metrics;
    Fanout fanout;
    Sessions sessions{clock};
    CallBoard calls{fanout};
    UnansweredCalls unanswered{writer};
    PresenceBoard presence{fanout, clock};
    SnapshotMaker snapshots{settings.database, settings.snapshots, clock};
    const qint64 leaseMs{settings.leaseDays * dayMs};
    Leases leases{writer, clock, leaseMs};
    OpenStream streams{fanout, calls, presence, clock, settings.simulator, leaseMs};

    Health health{clock};
    OpenApi openApi;
    ReadMetrics readMetrics{metrics, fanout};
    Guesses guesses{clock};
    CreateSession createSession{
        {doorkeeper, writer, sessions, guesses, settings.simulator, leaseMs, telephones(),
         [this](const QString &phone) { return calls.isTalkingAt(phone); }, [this] { follower.lookSoon(); }}};
    RegisterDevice registerDevice{createSession};
    PushOps pushOps{writer, metrics};
    PullChanges pullChanges{reader, fanout, clock, leaseMs};
    PullRows pullRows{reader};
    LookUp lookUp{reader};
    ReadSnapshot readSnapshot{snapshots, fanout};
    ReadFrame readFrame{snapshots, fanout, reader};
    SharePresence sharePresence{presence};
    AcknowledgeErasures acknowledgeErasures{writer};
    ReadSums readSums{reader, metrics};
    ReadBucket readBucket{reader, count};
    ReadRecord readRecord{reader};
    PatchRecord patchRecord{writer};
    OrderPhone orderPhone{switchboard, calls, fanout, writer, clock};
    ReadTelephony readTelephony{switchboard, clock};
    ExamineTelephony examineTelephony{switchboard};
    ReplayCall replayCall{switchboard};
    SimulateCall simulateCall{switchboard};
    StepSimulatedCall answerCall{switchboard, StepSimulatedCall::Step::Answer};
    StepSimulatedCall hangUpCall{switchboard, StepSimulatedCall::Step::HangUp};
    TakeWebhook takeWebhook{switchboard};

    quint16 port = 0;
    HttpFront front;
    Switchboard switchboard{clock, calls, [this](const model::Call &call, const CallPlace &place) {
                                unanswered.file(call, place);
                            }};
    Worker reader{settings.database};
    BookCount count{settings.database, metrics};
    Quiet quiet;
    FileCleaner cleaner{settings.database, quiet, clock};
    const QString self = QUuid::createUuid().toString(QUuid::Id128); ///< among the hubs of this database
    Follower follower{
        settings.database,
        self,
        {fanout, sessions, presence, calls, clock, [this](const BookChanges &changes) { notice(changes); }}};
    qint64 bytesSinceCheckpoint = 0; ///< the writer's
    BookWriter writer{settings.database, clock, [this](const BookChanges &changes) { publish(changes); },
                      self, &quiet};
    Worker doorkeeper{settings.database, maxSignInsWaiting};
    LogLife logLife{writer, fanout};

    QHash<sync::Operation, Verb *> verbs();
    Status load();
    void publish(const BookChanges &changes);
    void notice(const BookChanges &changes);
    Status startCalls(const QVector<Seat> &seats, const QVector<BookHead> &books);
    QSet<QString> telephones() const;
};

Hub::Parts::Parts(const HubSettings &wanted, const Clock &time)
    : settings(wanted),
      clock(time),
      front({verbs(), streams, sessions, reader, fanout, presence, time, &leases})
{
    presence.setOthers([this](const PresenceAt &at) { follower.announce(at); });
}

QHash<sync::Operation, Verb *> Hub::Parts::verbs()
{
    using sync::Operation;
    return {
        {Operation::Health, &health},
        {Operation::OpenApi, &openApi},
        {Operation::Metrics, &readMetrics},
        {Operation::SignIn, &createSession},
        {Operation::RegisterDevice, &registerDevice},
        {Operation::PushOps, &pushOps},
        {Operation::PushFormerOps, &pushOps},
        {Operation::ReadChanges, &pullChanges},
        {Operation::ReadRows, &pullRows},
        {Operation::LookUp, &lookUp},
        {Operation::ReadSnapshot, &readSnapshot},
        {Operation::ReadFrame, &readFrame},
        {Operation::SharePresence, &sharePresence},
        {Operation::AcknowledgeErasures, &acknowledgeErasures},
        {Operation::ReadSums, &readSums},
        {Operation::ReadBucket, &readBucket},
        {Operation::ReadRecord, &readRecord},
        {Operation::ChangeRecord, &patchRecord},
        {Operation::OrderPhone, &orderPhone},
        {Operation::ReadTelephony, &readTelephony},
        {Operation::ExamineTelephony, &examineTelephony},
        {Operation::ReplayCall, &replayCall},
        {Operation::SimulateCall, &simulateCall},
        {Operation::AnswerSimulatedCall, &answerCall},
        {Operation::HangUpSimulatedCall, &hangUpCall},
        {Operation::TakeWebhook, &takeWebhook},
    };
}

/// What is kept in memory: heads of books, who has which phone.
Status Hub::Parts::load()
{
    auto db = settings.database.open();
    if (!db)
        return db.error();
    if (const Status forgotten = Accounts(*db).forgetSessions(clock.now()); !forgotten)
        return forgotten;
    const auto seats = Seats(*db).all(clock.now() - seatLifeMs);
    const auto books = Books(*db).all();
    if (!seats)
        return seats.error();
    if (!books)
        return books.error();
    for (const BookHead &book : *books)
        fanout.setBook({book.name, book.region, book.head.epoch, book.head.seq});
    return startCalls(*seats, *books);
}

/// By the writer, after each commit. Moving the log into the file is left to the reader: no commit waits for
/// it.
void Hub::Parts::publish(const BookChanges &changes)
{
    follower.publish(changes);
    ++metrics.commits;
    metrics.changes += changes.wires.size();
    for (const QByteArray &wire : changes.wires)
        bytesSinceCheckpoint += wire.size();
    if (bytesSinceCheckpoint < bytesPerCheckpoint)
        return;
    bytesSinceCheckpoint = 0;
    reader.submit([](model::Connection &db) { db.checkpoint(); });
}

/// By the follower.
void Hub::Parts::notice(const BookChanges &changes)
{
    if (!changes.erases && !changes.wires.isEmpty())
        return;
    snapshots.withdraw(changes.book, changes.erases ? changes.to : 0);
    cleaner.wanted();
}

QSet<QString> Hub::Parts::telephones() const
{
    QSet<QString> extensions;
    for (const calls::PbxSettings &pbx : settings.pbxs)
        for (const calls::Agent &agent : pbx.agents)
            extensions.insert(agent.extension);
    return extensions;
}

Status Hub::Parts::startCalls(const QVector<Seat> &seats, const QVector<BookHead> &books)
{
    QHash<QString, QString> names;
    for (const Seat &seat : seats)
        names.insert(seat.own, seat.name);
    calls.setSeats(seats);
    const QString book = books.size() == 1 ? books.first().name : QStringLiteral("main");
    if (settings.simulator)
        switchboard.addSimulator(books.isEmpty() ? QStringLiteral("DE") : books.first().region, names, book);
    for (calls::PbxSettings pbx : settings.pbxs) {
        if (pbx.book.isEmpty())
            pbx.book = book;
        if (const Status added = switchboard.addPbx(pbx); !added)
            return added;
    }
    return Done{};
}

Result<std::unique_ptr<Hub>> Hub::start(const HubSettings &settings, const Clock &clock)
{
    if (const Status prepared = settings.database.prepare(); !prepared)
        return prepared.error();
    auto parts = std::make_unique<Parts>(settings, clock);
    if (const Status loaded = parts->load(); !loaded)
        return loaded.error();
    if (const Status started = parts->reader.start(); !started)
        return started.error();
    if (const Status started = parts->count.start(); !started)
        return started.error();
    if (const Status started = parts->follower.start(); !started)
        return started.error();
    if (const Status started = parts->doorkeeper.start(); !started)
        return started.error();
    if (const Status started = parts->writer.start(); !started)
        return started.error();
    if (const Status started = parts->snapshots.start(); !started)
        return started.error();
    const auto port = parts->front.start(settings.listen, settings.tls);
    if (!port)
        return port.error();
    parts->port = *port;
    parts->logLife.start();
    parts->cleaner.start();
    return std::unique_ptr<Hub>(new Hub(std::move(parts)));
}

Hub::Hub(std::unique_ptr<Parts> parts) : m(std::move(parts)) {}

Hub::~Hub()
{
    m->front.stop();
}

quint16 Hub::port() const
{
    return m->port;
}

QString Hub::url() const
{
    const QString &host = m->settings.listen.host;
    const bool isSix = host.contains(u':');
    return QStringLiteral("%1://%2:%3")
        .arg(m->settings.tls ? QStringLiteral("https") : QStringLiteral("http"),
             isSix ? u'[' + host + u']' : host)
        .arg(m->port);
}

} // namespace ringbook::hub
