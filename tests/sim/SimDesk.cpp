#include "model/core/Id.h"
#include "model/store/BookFiles.h"
#include "tests/sim/Acts.h"
#include "tests/sim/SimDeskRunning.h"

namespace ringbook::sim {

namespace {

const QString book = QStringLiteral("main");

} // namespace

SimDesk::SimDesk(SimHub::World world, SimHub &hub, Options options)
    : m_world(world),
      m_options(options),
      m_device(options.device),
      m_machine(QStringLiteral("desk%1").arg(options.number)),
      m_clock(world.schedule.now(), options.clockRate),
      m_line(world, hub, m_device, [this](const sync::Input &input) { say(input); })
{
}

SimDesk::~SimDesk() = default;

SimDisk::Image SimDesk::freshDisk(SimDisk &disk)
{
    if (!model::DeskFile::open("/fresh/desk.db") || !model::Book::open("/fresh/main.db"))
        qFatal("no desk");
    return disk.imageOf("fresh");
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
            .wrote = [this] { wrote(); },
            .cleared = [] {},
            .damaged = [this] { wrong(Wrong::Failed, "the book is damaged"); },
            .replaced = [this] { later(m_world.dice.upTo(300), [this] { reopenScreens(); }); },
            .moved =
                [this](const QString &) {
                    tidySoon();
                    m_isMoving = true;
                    m_trayOfOld = tray();
                    m_waitingOfOld = pending();
                    m_moveAt = std::max(m_moveAt, m_world.schedule.now() + m_world.dice.upTo(300));
                    later(m_moveAt - m_world.schedule.now(), [this] { moveScreens(); });
                },
            .aside = [this](auto work, auto then) { doAside(std::move(work), std::move(then)); },
            .copied = [this] { later(m_world.dice.upTo(300), [this] { takeOwnNumber(); }); }};
}

/// Some time later and one after the other, as in the program's other thread.
void SimDesk::doAside(std::function<void()> work, std::function<void()> then)
{
    m_asideAt = std::max(m_asideAt, m_world.schedule.now()) + m_world.dice.between(1, 100);
    later(m_asideAt - m_world.schedule.now(), [this, work = std::move(work), then = std::move(then)] {
        work();
        if (died())
            return;
        later(m_world.dice.upTo(20), [this, then] {
            m_running->working = true;
            then();
            this->work();
        });
    });
}

void SimDesk::takeOwnNumber()
{
    m_world.trace(m_machine, [] { return QStringLiteral("takes a number of its own"); });
    m_running->screens.reset();
    m_running->working = true;
    m_running->files.takeOwnNumber();
    work();
}

void SimDesk::reopenScreens()
{
    if (m_running->screens)
        return;
    const bool isOpen = openScreens(*m_running).has_value();
    if (died())
        return;
    if (!isOpen)
        return later(secondMs, [this] { reopenScreens(); });
    m_isMoving = false; // they were closed meanwhile, and open with the new file
    beginScreens();
    if (!died())
        checkView();
}

/// As they begin.
void SimDesk::beginScreens()
{
    model::ChangeWriter &writer = m_running->screens->writer;
    QObject::connect(&writer, &model::ChangeWriter::behind, &writer, [this] { m_isBehind = true; });
    m_isBehind = !writer.replayOutbox();
}

void SimDesk::moveScreens()
{
    if (!m_running->screens)
        return;
    const QString path = model::BookFiles(bookFile()).current();
    const bool isMoved = m_running->screens->book.moveTo(path).has_value();
    m_isBehind = !isMoved || !m_running->screens->writer.replayOutbox();
    if (died())
        return;
    if (!isMoved)
        return later(secondMs, [this] { moveScreens(); });
    m_isMoving = false;
    m_running->files.removeOldBooks();
    if (died())
        return;
    checkView();
    tellClean();
}

Status SimDesk::openScreens(Running &running) const
{
    auto book = model::Book::open(model::BookFiles(bookFile()).current());
    if (!book)
        return book.error();
    running.screens = std::make_unique<Screens>(running.desk, std::move(*book), m_clock);
    return Done{};
}

Result<std::unique_ptr<SimDesk::Running>> SimDesk::open()
{
    const sync::DeskFiles::Places places{u'/' + m_machine + "/desk.db", bookFile(), {}};
    auto desk = model::DeskFile::open(places.desk);
    if (!desk)
        return desk.error();
    if (desk->identity()->device == 0)
        if (const auto known = desk->setIdentity({.device = m_device,
                                                  .login = "agent",
                                                  .user = callerOf(m_device).user,
                                                  .token = "token",
                                                  .book = book,
                                                  .region = "DE"});
            !known)
            return known.error();
    auto running =
        std::make_unique<Running>(std::move(*desk), m_clock, places, listener(),
                                  sync::Engine([this] { return m_world.dice.fraction(); }, m_options.cheap));
    if (const Status opened = openScreens(*running); !opened)
        return opened.error();
    return running;
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
    m_world.trace(m_machine, [this] { return QStringLiteral("starts as device %1").arg(m_device); });
    if (died())
        return; // while it looked at its files: nobody saw anything
    m_willTidy = m_willClean = m_isMoving = false;
    noticeMove();
    noticeBroughtAlong();
    noticeKept(true);
    noticeForgotten();
    beginScreens();
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
    if (m_running->files.isUnclean())
        tidySoon();
    say(*begun);
    if (m_running)
        tellClean();
}

void SimDesk::die(SimDisk::Death death)
{
    m_world.trace(m_machine, [] { return QStringLiteral("dies"); });
    m_world.disk.die(m_machine);
    ++m_life;
    m_line.hangUp();
    m_running.reset();
    m_world.disk.revive(m_machine, death);
}

void SimDesk::scrap()
{
    die(SimDisk::Death::Killed);
    m_world.disk.install(m_machine, {});
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

void SimDesk::calm()
{
    m_line.weather = {};
    m_line.cut = m_line.hole = false;
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
    if constexpr (requires { notice(what); })
        notice(what);
    if constexpr (requires { m_running->files.carryOut(what); })
        m_running->files.carryOut(what);
    if constexpr (std::is_same_v<T, effect::BringAlong>)
        noticeBroughtAlong();
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
    m_world.trace(m_machine, [&input] { return inWords(input); });
    notice(input);
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
            m_world.trace(m_machine, [&effect] { return inWords(effect); });
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
    const int timer = ++m_timer;
    const auto next = m_running->engine.nextTimer();
    if (next)
        later(m_clock.worldAt(*next) - m_world.schedule.now(), [this, timer] {
            if (timer == m_timer)
                say(sync::input::Tick{});
        });
}

void SimDesk::renew()
{
    if (m_line.schema == model::schemaNumber)
        ++m_world.happened["desks renewed"];
    m_line.schema = model::schemaNumber + 1;
}

void SimDesk::loseBook()
{
    for (const QString &name : m_world.disk.imageOf(m_machine).keys())
        if (name.startsWith(QLatin1String("main")))
            m_world.disk.remove(u'/' + m_machine + u'/' + name);
    ++m_world.happened["books lost"];
    m_world.trace(m_machine, [] { return QStringLiteral("loses its book"); });
}

/// As the program does it: whoever writes puts off what is done when nothing happens, and tidying comes
/// before cleaning.
void SimDesk::wrote()
{
    m_running->files.stopCleaning();
    tidySoon();
    if (m_willClean)
        cleanSoon();
}

void SimDesk::tidySoon()
{
    if (!std::exchange(m_willTidy, true))
        later(tidyAfterMs, [this] { tidy(); });
}

void SimDesk::tidy()
{
    m_willTidy = false;
    if (m_running->files.isUnclean() && !m_willClean)
        cleanSoon();
    tellClean();
}

void SimDesk::cleanSoon()
{
    m_willClean = true;
    later(m_cleanAfterMs, [this, timer = ++m_cleanTimer] {
        if (timer == m_cleanTimer)
            clean();
    });
}

/// Again until all is.
void SimDesk::clean()
{
    m_willClean = false;
    m_cleanAfterMs = tidyAfterMs;
    if (!m_running->files.isUnclean())
        return;
    if (m_running->files.clean()) {
        m_cleanAfterMs = 2 * tidyAfterMs;
        ++m_world.happened["files cleaned"];
    }
    if (!died())
        cleanSoon();
}

void SimDesk::tellClean()
{
    if (const auto upTo = m_running->files.takeCleaned())
        say(sync::input::Cleaned{*upTo});
}

void SimDesk::act()
{
    save([this] {
        return someEdits(m_world.dice, m_running->screens->book, m_running->screens->writer,
                         m_world.ledger.records(), m_line.schema > model::schemaNumber);
    });
}

void SimDesk::erase()
{
    save([this]() -> Result<QVector<model::ChangeWriter::Edit>> {
        QVector<model::RecordKey> customers = m_world.ledger.records();
        customers.removeIf([this](const model::RecordKey &key) {
            const auto there = m_running->screens->book.record(key);
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
    if (!m_running || !m_running->screens)
        return;
    QVector<model::RecordKey> touched;
    m_isBehind = false;
    const auto saved = m_running->screens->writer.save([&]() -> Result<QVector<model::ChangeWriter::Edit>> {
        auto edits = compose();
        for (const auto &edit : edits ? *edits : QVector<model::ChangeWriter::Edit>())
            touched.append(edit.record);
        return edits;
    });
    wrote();
    if (died())
        return;
    const qint64 before = m_lastCounter;
    noticeKept(saved.has_value());
    if (!saved && m_lastCounter != before)
        wrong(Wrong::Failed, "a save failed and was kept");
    check(touched);
    say(sync::input::Kept{});
}

} // namespace ringbook::sim
