#include "tests/sim/Simulation.h"

#include <algorithm>

namespace ringbook::sim {

namespace {

constexpr qint64 quietMs = 6 * minuteMs;
constexpr qint64 quietWithSnapshotsMs = quietMs + sync::snapshotPauseMs;
constexpr qint64 firstDevice = 2;
constexpr size_t mostDesks = 7; ///< with copies

/// Migrating fresh files takes longer than many a run: once a process.
struct FreshDisks
{
    SimDisk::Image hub;
    SimDisk::Image desk;
};

const FreshDisks &freshDisks()
{
    static const FreshDisks fresh = [] {
        Dice dice(1);
        SimDisk disk(dice);
        return FreshDisks{SimHub::freshDisk(disk), SimDesk::freshDisk(disk)};
    }();
    return fresh;
}

/// What can be read there.
QString aroundOf(const QByteArray &file, qsizetype at)
{
    constexpr qsizetype before = 200;
    constexpr qsizetype length = 400;
    QByteArray text = file.mid(std::max<qsizetype>(0, at - before), length);
    for (char &c : text)
        c = c >= ' ' && c <= '~' ? c : '.';
    return QString::fromLatin1(text);
}

} // namespace

Scenario Scenario::bySeed(quint64 seed)
{
    Dice dice(seed * 7919 + 1);
    Scenario scenario;
    scenario.desks = int(dice.between(2, 4));
    scenario.workMs = dice.between(20'000, 100'000);
    scenario.savesPerMinute = double(dice.between(5, 60));
    const auto some = [&](double most) { return dice.chance(0.6) ? dice.fraction() * most : 0; };
    scenario.weather = {.lost = some(0.3), .doubled = some(0.2), .spoiled = some(0.3), .late = some(0.3)};
    for (bool *feature : {&scenario.cuts, &scenario.buffering, &scenario.deskDeaths, &scenario.hubDeaths,
                          &scenario.fullDisks, &scenario.clocks, &scenario.imports})
        *feature = dice.chance(0.5);
    scenario.restores = dice.chance(0.3);
    scenario.erasures = dice.chance(0.5);
    scenario.newer = dice.chance(0.6) ? dice.fraction() : 0;
    scenario.copies = !scenario.erasures && dice.chance(0.4); // a copy's ids mean somebody else for a while
    if (dice.chance(0.3)) {
        scenario.cheap = dice.between(5, 60);
        scenario.hotSets = dice.chance(0.6);
        scenario.bookLosses = dice.chance(0.5);
        scenario.diesAtFrame = some(0.5);
    }
    scenario.fortnights = dice.chance(0.3);
    scenario.oldDesks = !scenario.erasures && !scenario.restores && dice.chance(0.4);
    return scenario;
}

Simulation::Simulation(quint64 seed, const Scenario &scenario)
    : m_scenario((void(freshDisks()), scenario)),
      m_dice(seed),
      m_diskDice(seed + 1'000'000'007),
      m_disk(m_diskDice)
{
    m_report.seed = seed;
    m_disk.install("hub", freshDisks().hub);
    m_hub = std::make_unique<SimHub>(world(), scenario.hotSets);
    for (qint64 device = firstDevice; device < firstDevice + m_scenario.desks; ++device) {
        const double rate = m_scenario.clocks ? 0.9 + m_dice.fraction() * 0.2 : 1.0;
        m_desks.push_back(std::make_unique<SimDesk>(world(), *m_hub,
                                                    SimDesk::Options{.number = device,
                                                                     .device = device,
                                                                     .clockRate = rate,
                                                                     .cheap = scenario.cheap,
                                                                     .diesAtFrame = scenario.diesAtFrame}));
        m_disk.install(m_desks.back()->machine(), freshDisks().desk);
        if (m_dice.chance(m_scenario.newer / 2))
            m_desks.back()->renew();
    }
    m_late = m_desks.back().get();
    m_machines = m_scenario.desks;
    m_desks.front()->line().buffers = m_scenario.buffering;
    if (m_dice.chance(m_scenario.newer / 3))
        m_hub->renew();
    m_hub->start();
    if (scenario.cheap < sync::cheapChanges)
        m_lateUntil = m_schedule.now() + m_dice.upTo(scenario.workMs);
    for (const auto &desk : m_desks)
        if (!isYetToCome(*desk))
            desk->start();
    keepUp();
}

bool Simulation::isYetToCome(const SimDesk &desk) const
{
    return &desk == m_late && m_schedule.now() < m_lateUntil;
}

Simulation::~Simulation() = default;

SimHub::World Simulation::world()
{
    return {m_schedule, m_disk, m_dice, m_ledger, m_report.findings, m_report.happened, m_trace};
}

Report Simulation::run()
{
    work();
    return finish();
}

Report Simulation::finish()
{
    calm();
    advance(m_scenario.cheap < sync::cheapChanges ? quietWithSnapshotsMs : quietMs);
    lookAtEverything();
    m_report.erased = int(m_ledger.erasedCustomers().size());
    m_report.ops = int(m_ledger.allKept().size());
    m_report.happened.insert(m_disk.happened());
    m_report.lastChance = m_dice.next();
    return m_report;
}

void Simulation::advance(qint64 ms)
{
    for (const qint64 end = m_schedule.now() + ms; m_schedule.step(end);)
        ++m_report.events;
}

SimDesk &Simulation::someDesk()
{
    return *m_desks[size_t(m_dice.upTo(qint64(m_desks.size()) - 1))];
}

void Simulation::work()
{
    for (const auto &desk : m_desks)
        desk->line().weather = m_scenario.weather;
    const auto pause = qint64(60'000 / m_scenario.savesPerMinute / m_scenario.desks);
    for (const qint64 end = m_schedule.now() + m_scenario.workMs; m_schedule.now() < end;) {
        advance(m_dice.between(1, 2 * pause));
        someDesk().act();
        if (m_scenario.erasures && m_dice.chance(0.05))
            m_desks.front()->erase();
        if (m_dice.chance(0.3))
            oneFault();
        if (m_scenario.restores && m_dice.chance(0.05))
            loseTheHubsDisk();
        if (m_scenario.fortnights && m_dice.chance(0.06))
            passFortnight();
        if (m_scenario.copies && m_dice.chance(0.03) && m_desks.size() < mostDesks)
            copyDesk(someDesk());
        if (m_scenario.oldDesks && m_dice.chance(0.06))
            rememberOrPutBack(someDesk());
        if (m_dice.chance(0.05))
            someDesk().checkView();
    }
}

Simulation::EarlierDay Simulation::today(SimDesk &desk) const
{
    EarlierDay day{desk.options(), desk.line().schema, m_disk.imageOf(desk.machine()),
                   m_ledger.keptBy(desk.options().number)};
    day.options.device = desk.device();
    day.options.isCopied = true;
    return day;
}

void Simulation::remember(SimDesk &desk)
{
    m_earlier.insert(&desk, today(desk));
}

SimDesk &Simulation::addCopy(const EarlierDay &day)
{
    SimDesk::Options options = day.options;
    options.number = firstDevice + m_machines++;
    m_ledger.copied(day.kept, options.number);
    auto &copy = *m_desks.emplace_back(std::make_unique<SimDesk>(world(), *m_hub, options));
    copy.line().weather = m_scenario.weather;
    copy.line().schema = day.schema;
    m_disk.install(copy.machine(), day.disk);
    copy.start();
    return copy;
}

SimDesk &Simulation::copyDesk(SimDesk &desk)
{
    desk.options().isCopied = true;
    ++m_report.happened["profiles copied"];
    return addCopy(today(desk));
}

SimDesk &Simulation::putBack(SimDesk &desk)
{
    const EarlierDay day = m_earlier.take(&desk);
    const auto place = std::ranges::find(m_desks, &desk, &std::unique_ptr<SimDesk>::get);
    const auto number = place - m_desks.begin();
    m_trace(desk.machine(), [] { return QStringLiteral("is put back"); });
    desk.scrap();
    m_ledger.scrapped(desk.options().number);
    m_scrapped.push_back(std::move(*place));
    m_desks.erase(place);
    ++m_report.happened["desks put back"];
    SimDesk &earlier = addCopy(day);
    std::rotate(m_desks.begin() + number, m_desks.end() - 1, m_desks.end());
    return earlier;
}

void Simulation::rememberOrPutBack(SimDesk &desk)
{
    if (isYetToCome(desk))
        return;
    if (m_earlier.contains(&desk) && m_dice.chance(0.4))
        putBack(desk);
    else
        remember(desk);
}

void Simulation::oneFault()
{
    if (m_dice.chance(0.3))
        return harmHub();
    harmDesk(someDesk());
}

void Simulation::harmDesk(SimDesk &desk)
{
    SimLine &line = desk.line();
    switch (m_dice.upTo(5)) {
    case 0:
        if (m_scenario.cuts)
            line.breakStream();
        break;
    case 1:
        if (m_scenario.cuts) {
            line.cut = m_dice.chance(0.5);
            if (line.cut)
                line.breakStream();
        }
        break;
    case 2: line.hole = m_scenario.cuts && m_dice.chance(0.4); break;
    case 3:
        if (m_scenario.deskDeaths)
            m_disk.dieAtWrite(desk.machine(), int(m_dice.upTo(60)));
        break;
    case 4: m_disk.setFull(desk.machine(), m_scenario.fullDisks && m_dice.chance(0.4)); break;
    default:
        if (m_scenario.clocks)
            changeClock(desk);
    }
}

void Simulation::changeClock(SimDesk &desk)
{
    ++m_report.happened["clocks jumped"];
    desk.clock().jump(m_dice.oneOf(std::array<TimeMs, 4>{-dayMs, dayMs, -minuteMs, minuteMs}));
    desk.wake();
}

/// And some days, whatever the clocks say. Nobody works, and what is on its way arrives nowhere.
void Simulation::passFortnight()
{
    constexpr TimeMs passed = hub::keepLogMs + 7 * dayMs;
    ++m_report.happened["fortnights passed"];
    m_trace("all", [] { return QStringLiteral("have a fortnight off"); });
    m_ledger.grewOld();
    m_backup.clear(); // no desk keeps for so long what a restored hub would have lost
    m_hub->clock().jump(passed);
    for (const auto &desk : m_desks) {
        desk->clock().jump(passed);
        desk->wake();
    }
}

void Simulation::harmHub()
{
    switch (m_dice.upTo(2)) {
    case 0:
        if (m_scenario.hubDeaths)
            m_disk.dieAtWrite("hub", int(m_dice.upTo(60)));
        break;
    case 1: m_disk.setFull("hub", m_scenario.fullDisks && m_dice.chance(0.3)); break;
    default: killSomebody();
    }
}

void Simulation::killSomebody()
{
    const auto death = m_dice.chance(0.5) ? SimDisk::Death::Power : SimDisk::Death::Killed;
    SimDesk &desk = someDesk();
    if (m_scenario.hubDeaths && m_dice.chance(0.5) && m_hub->isUp())
        m_hub->die(death);
    else if (m_scenario.deskDeaths && desk.isUp())
        desk.die(death);
}

void Simulation::loseTheHubsDisk()
{
    if (m_backup.isEmpty() || m_dice.chance(0.5))
        m_backup = m_disk.imageOf("hub");
    else
        m_hub->restore(m_backup);
}

void Simulation::keepUp()
{
    m_schedule.after(m_calm ? 1'000 : m_dice.between(100, 10'000), [this] {
        if (!m_hub->isUp()) {
            ++m_report.deaths;
            if (m_scenario.imports && m_dice.chance(0.3))
                m_hub->import(int(m_dice.between(1, 30)));
            if (m_dice.chance(m_scenario.newer / 3))
                m_hub->renew();
            m_hub->start();
        }
        for (const auto &desk : m_desks) {
            if (desk->isUp() || isYetToCome(*desk))
                continue;
            ++m_report.deaths;
            if (m_scenario.bookLosses && !m_calm && m_dice.chance(0.3))
                desk->loseBook();
            if (m_dice.chance(m_scenario.newer / 4))
                desk->renew();
            desk->start();
        }
        keepUp();
    });
}

void Simulation::calm()
{
    m_calm = true;
    m_disk.calm();
    if (m_scenario.newer > 0)
        m_hub->renew(); // what is newer waits for that
    for (const auto &desk : m_desks)
        desk->calm();
}

void Simulation::lookAtEverything()
{
    if (!m_hub->isUp())
        return m_report.findings.add(Wrong::Stuck, "the hub is down");
    const auto sums = m_hub->checkRecords();
    for (const auto &desk : m_desks) {
        desk->checkRest(m_hub->head(), sums);
        m_hub->checkAcknowledged(desk->device());
    }
    if (m_disk.busyWaits() > 0)
        m_report.findings.add(Wrong::Stuck, "somebody waited for a lock");
    lookForRemains();
}

void Simulation::lookForRemains()
{
    QStringList machines{"hub"};
    for (const auto &desk : m_desks)
        machines.append(desk->machine());
    for (const QString &machine : machines) {
        const auto files = m_disk.imageOf(machine);
        for (auto file = files.begin(); file != files.end(); ++file)
            for (const qint64 customer : m_ledger.erasedCustomers())
                if (const auto at = file->indexOf(markerOf(customer).toUtf8()); at >= 0)
                    m_report.findings.add(Wrong::Remains, QStringLiteral("customer %1 is in %2 of %3: %4")
                                                              .arg(customer)
                                                              .arg(file.key(), machine, aroundOf(*file, at)));
    }
}

} // namespace ringbook::sim
