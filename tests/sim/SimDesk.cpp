#include "tests/sim/SimDesk.h"

#include "model/core/Id.h"
#include "tests/sim/Acts.h"

namespace ringbook::sim {

namespace {

const QString book = QStringLiteral("main");

} // namespace

/// What dies with the process. The screens and the sync thread have the files open each for themselves.
struct SimDesk::Running
{
    model::DeskFile desk;
    model::Book book;
    model::ChangeWriter writer;
    sync::DeskFiles files;
    sync::Engine engine;
    QVector<sync::Input> inbox = {};
    bool working = false;
    QVector<model::RecordKey> changed = {};

    Running(model::DeskFile opened, model::Book cached, const Clock &clock, sync::DeskFiles::Places places,
            sync::DeskFiles::Listener listener, std::function<double()> random)
        : desk(std::move(opened)),
          book(std::move(cached)),
          writer(desk, book, clock),
          files(std::move(places), clock, std::move(listener)),
          engine(std::move(random))
    {
    }
};

SimDesk::SimDesk(SimHub::World world, SimHub &hub, qint64 device, double clockRate)
    : m_world(world),
      m_device(device),
      m_machine(QStringLiteral("desk%1").arg(device)),
      m_clock(world.schedule.now(), clockRate),
      m_line(world.schedule, world.dice, hub, device, [this](const sync::Input &input) { say(input); })
{
}

SimDesk::~SimDesk() = default;

SimDisk::Image SimDesk::freshDisk(SimDisk &disk)
{
    if (!model::DeskFile::open("/fresh/desk.db") || !model::Book::open("/fresh/main.db"))
        qFatal("no desk");
    return disk.imageOf("fresh");
}

void SimDesk::wrong(Wrong kind, const QString &what)
{
    m_world.findings.add(
        kind, QStringLiteral("%1 at %2 ms: %3").arg(m_machine).arg(m_world.schedule.now()).arg(what));
}

sync::DeskFiles::Listener SimDesk::listener()
{
    return {.say = [this](const sync::Input &input) { say(input); },
            .changed = [this](const auto &records) { m_running->changed += records; },
            .moreToApply =
                [this] {
                    later(0, [this] {
                        m_running->working = true;
                        m_running->files.applyChunk();
                        m_running->working = false;
                        work();
                    });
                },
            .wrote = [] {},
            .cleared = [] {},
            .damaged = [this] { wrong(Wrong::Failed, "the book is damaged"); },
            .replaced = [this] { wrong(Wrong::Failed, "the book was replaced"); },
            .moved = [this](const QString &) { wrong(Wrong::Failed, "the book moved"); },
            .aside =
                [](const auto &work, const auto &then) {
                    work();
                    then();
                },
            .copied = [this] { wrong(Wrong::Failed, "the desk takes itself for a copy"); }};
}

Result<std::unique_ptr<SimDesk::Running>> SimDesk::open()
{
    const sync::DeskFiles::Places places{u'/' + m_machine + "/desk.db", u'/' + m_machine + "/main.db", {}};
    auto desk = model::DeskFile::open(places.desk);
    if (!desk)
        return desk.error();
    auto cached = model::Book::open(places.book);
    if (!cached)
        return cached.error();
    if (desk->identity()->device == 0)
        if (const auto known = desk->setIdentity({.device = m_device,
                                                  .login = "agent",
                                                  .user = callerOf(m_device).user,
                                                  .token = "token",
                                                  .book = book,
                                                  .region = "DE"});
            !known)
            return known.error();
    return std::make_unique<Running>(std::move(*desk), std::move(*cached), m_clock, places, listener(),
                                     [this] { return m_world.dice.fraction(); });
}

/// As the program starts: the screens first, then sync.
void SimDesk::start()
{
    auto running = open();
    if (!running) {
        if (!died() && running.error().fault != Fault::DiskFull)
            wrong(Wrong::Failed, "does not start: " + running.error().detail);
        return;
    }
    ++m_life;
    m_running = std::move(*running);
    m_willClean = false;
    noticeKept(true);
    noticeForgotten();
    QObject::connect(&m_running->writer, &model::ChangeWriter::behind, &m_running->writer,
                     [this] { m_isBehind = true; });
    m_isBehind = !m_running->writer.replayOutbox();
    const auto begun = m_running->files.open();
    if (died())
        return;
    if (!begun) {
        if (begun.error().fault != Fault::DiskFull)
            wrong(Wrong::Failed, "does not open: " + begun.error().detail);
        m_running.reset();
        return;
    }
    checkView();
    say(*begun);
}

void SimDesk::die(SimDisk::Death death)
{
    m_world.disk.die(m_machine);
    ++m_life;
    m_line.hangUp();
    m_running.reset();
    m_world.disk.revive(m_machine, death);
}

bool SimDesk::died()
{
    if (!m_world.disk.isDead(m_machine))
        return false;
    die(m_world.dice.chance(0.5) ? SimDisk::Death::Power : SimDisk::Death::Killed);
    return true;
}

void SimDesk::later(qint64 ms, std::function<void()> what)
{
    m_world.schedule.after(ms, [this, life = m_life, what = std::move(what)] {
        if (m_running && life == m_life)
            what();
    });
}

void SimDesk::wake()
{
    if (m_running)
        say(sync::input::Tick{});
}

template <typename T>
void SimDesk::carryOut(const T &what)
{
    using namespace sync;
    if constexpr (requires { m_running->files.carryOut(what); })
        m_running->files.carryOut(what);
    else if constexpr (std::is_same_v<T, effect::Send>)
        m_line.send(what);
    else if constexpr (std::is_same_v<T, effect::Cancel>)
        m_line.cancel(what.id);
    else if constexpr (std::is_same_v<T, effect::OpenStream>)
        m_line.openStream();
    else if constexpr (std::is_same_v<T, effect::CloseStream>)
        m_line.closeStream();
}

void SimDesk::say(const sync::Input &input)
{
    if (!m_running)
        return;
    m_running->inbox.append(input);
    if (!m_running->working)
        work();
}

void SimDesk::work()
{
    m_running->working = true;
    while (!m_running->inbox.isEmpty() && !m_world.disk.isDead(m_machine)) {
        const sync::Instant now{.wall = m_clock.now(), .ms = m_clock.ms()};
        for (const sync::Effect &effect : m_running->engine.handle(m_running->inbox.takeFirst(), now)) {
            std::visit([this](const auto &what) { carryOut(what); }, effect);
            if (m_world.disk.isDead(m_machine))
                break;
        }
    }
    m_running->working = false;
    settle();
}

void SimDesk::settle()
{
    if (died())
        return;
    check(std::exchange(m_running->changed, {}));
    cleanSoon();
    const int timer = ++m_timer;
    const auto next = m_running->engine.nextTimer();
    if (next)
        later(m_clock.worldAt(*next) - m_world.schedule.now(), [this, timer] {
            if (timer == m_timer)
                say(sync::input::Tick{});
        });
}

/// As the program does in idle moments.
void SimDesk::cleanSoon()
{
    if (m_willClean || !m_running->files.isUnclean())
        return;
    m_willClean = true;
    later(5 * secondMs, [this] {
        m_willClean = false;
        if (m_running->files.desk().db().rewrite() && m_running->files.desk().db().emptyLog())
            (void)m_running->book.clean(); // the program copies it; here a file has one name
        if (!died())
            cleanSoon();
    });
}

void SimDesk::act()
{
    save([this] {
        return someEdits(m_world.dice, m_running->book, m_running->writer, m_world.ledger.records());
    });
}

void SimDesk::erase()
{
    save([this]() -> Result<QVector<model::ChangeWriter::Edit>> {
        QVector<model::RecordKey> customers = m_world.ledger.records();
        customers.removeIf([this](const model::RecordKey &key) {
            const auto there = m_running->book.record(key);
            return key.kind != QLatin1String("customer") || !there || !*there;
        });
        if (customers.isEmpty())
            return QVector<model::ChangeWriter::Edit>();
        return QVector<model::ChangeWriter::Edit>{
            {.record = m_world.dice.oneOf(customers), .action = model::Action::Erase}};
    });
}

void SimDesk::save(const model::ChangeWriter::Compose &compose)
{
    if (!m_running)
        return;
    QVector<model::RecordKey> touched;
    m_isBehind = false;
    const auto saved = m_running->writer.save([&]() -> Result<QVector<model::ChangeWriter::Edit>> {
        auto edits = compose();
        for (const auto &edit : edits ? *edits : QVector<model::ChangeWriter::Edit>())
            touched.append(edit.record);
        return edits;
    });
    if (died())
        return;
    const qint64 before = m_lastCounter;
    noticeKept(saved.has_value());
    if (!saved && m_lastCounter != before)
        wrong(Wrong::Failed, "a save failed and was kept");
    check(touched);
    say(sync::input::Kept{});
}

void SimDesk::noticeKept(bool acknowledged)
{
    const auto pending = m_running->desk.pending(book);
    if (!pending)
        return;
    for (const model::Op &op : *pending)
        m_world.ledger.kept(m_device, op, acknowledged);
    if (!pending->isEmpty())
        m_lastCounter = std::max(m_lastCounter, pending->last().counter);
}

/// Whatever happened to this machine, what was said to be saved is there.
void SimDesk::noticeForgotten()
{
    const auto pending = m_running->desk.pending(book);
    const auto confirmed = m_running->desk.confirmed(book);
    if (!pending || !confirmed)
        return;
    QSet<qint64> there = tray();
    for (const auto &ops : {*pending, *confirmed})
        for (const model::Op &op : ops)
            there.insert(op.counter);
    const auto &kept = m_world.ledger.allKept();
    for (auto op = kept.lower_bound({m_device, 0}); op != kept.end() && op->first.first == m_device; ++op)
        if (op->second.acknowledged && !there.contains(op->first.second) &&
            !m_world.ledger.isNearErased(op->second.op.record))
            wrong(Wrong::Lost, QStringLiteral("op %1 was saved and is gone").arg(op->first.second));
}

QSet<qint64> SimDesk::tray() const
{
    QSet<qint64> counters;
    if (const auto refused = m_running->desk.refused(book))
        for (const auto &kept : *refused)
            counters.insert(kept.op.counter);
    return counters;
}

QSet<qint64> SimDesk::pending() const
{
    QSet<qint64> counters;
    if (const auto ops = m_running->desk.pending(book))
        for (const model::Op &op : *ops)
            counters.insert(op.counter);
    return counters;
}

void SimDesk::checkView()
{
    if (m_running)
        check(m_world.ledger.records());
}

void SimDesk::check(const QVector<model::RecordKey> &keys)
{
    if (keys.isEmpty() || m_isBehind || m_running->files.isBehind())
        return;
    const auto cursor = m_running->book.place();
    if (!cursor)
        return wrong(Wrong::Failed, "the cursor cannot be read");
    if (cursor->byRows)
        return; // it catches up: some records are newer than others
    const QSet<qint64> refused = tray();
    for (const model::RecordKey &key : QSet<model::RecordKey>(keys.begin(), keys.end())) {
        const auto there = m_running->book.record(key);
        if (m_world.ledger.isNearErased(key)) {
            const auto erased = m_world.ledger.erasedAt(key, cursor->epoch);
            if (there && *there && erased && *erased <= cursor->seq)
                wrong(Wrong::Remains, print(key) + " is shown");
            continue;
        }
        const auto wanted = m_world.ledger.shown(key, *cursor, m_device, refused);
        if (!there)
            wrong(Wrong::Failed, print(key) + " cannot be read: " + there.error().detail);
        else if (*there != wanted &&
                 *there != m_world.ledger.shown(key, *cursor, m_device, refused, pending()))
            wrong(Wrong::Flickered, QStringLiteral("%1 at seq %2 shows %3 instead of %4")
                                        .arg(print(key))
                                        .arg(cursor->seq)
                                        .arg(print(*there), print(wanted)));
    }
}

void SimDesk::checkRest(const model::Cursor &head, const model::BucketSums &sums)
{
    if (!m_running)
        return wrong(Wrong::Stuck, "is not up");
    const sync::SyncState state = m_running->engine.state();
    if (state.link != sync::SyncState::Link::Live || state.waiting != 0)
        wrong(Wrong::Stuck, QStringLiteral("link %1, %2 waiting, “%3”")
                                .arg(int(state.link))
                                .arg(state.waiting)
                                .arg(state.problem));
    m_isBehind = false;
    checkView();
    const auto cursor = m_running->book.cursor();
    if (!cursor || *cursor != head)
        wrong(Wrong::Diverged,
              QStringLiteral("is at seq %1, the hub at %2").arg(cursor ? cursor->seq : -1).arg(head.seq));
    const auto own = m_running->book.sums();
    if (!own || !*own || **own != sums)
        wrong(Wrong::Diverged, "its sums are not those of the hub");
    const QSet<qint64> refused = tray();
    const auto &kept = m_world.ledger.allKept();
    for (auto op = kept.lower_bound({m_device, 0}); op != kept.end() && op->first.first == m_device; ++op) {
        const int times = m_world.ledger.timesLogged(head.epoch, op->first);
        const bool inTray = refused.contains(op->first.second);
        if (m_world.ledger.isNearErased(op->second.op.record))
            continue;
        if (times == 0 && !inTray)
            wrong(Wrong::Lost,
                  QStringLiteral("op %1 is neither in the log nor in the tray").arg(op->first.second));
        if (times > 0 && inTray)
            wrong(Wrong::Doubled,
                  QStringLiteral("op %1 is in the log and in the tray").arg(op->first.second));
    }
}

} // namespace ringbook::sim
