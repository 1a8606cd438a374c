#pragma once

#include "tests/sim/SimDesk.h"

namespace ringbook::sim {

/// What one seed stands for: who takes part and what goes wrong, chosen by the seed.
struct Scenario
{
    int desks = 2;
    qint64 workMs = 120'000; ///< of saving and of faults
    double savesPerMinute = 20;
    Weather weather = {};
    bool cuts = false;      ///< lines and streams break
    bool buffering = false; ///< the first desk's stream is of no use
    bool deskDeaths = false;
    bool hubDeaths = false;
    bool fullDisks = false;
    bool clocks = false; ///< go fast and jump
    bool imports = false;
    bool erasures = false;             ///< of customers
    bool restores = false;             ///< the hub's disk is lost, and a backup is there
    qint64 cheap = sync::cheapChanges; ///< more changes are worth a snapshot; few: there are snapshots
    bool hotSets = false;
    bool bookLosses = false;
    double diesAtFrame = 0; ///< a desk that fetches a snapshot
    double newer = 0;       ///< desks, or hubs, of a newer program; others become newer when they start again
    bool copies = false;    ///< of desks' folders, with which both go on

    bool fortnights = false; ///< pass at once, so that the hub's log is cut
    bool oldDesks = false;   ///< are put back to an earlier day
    bool trace = false;      ///< prints what happens

    static Scenario bySeed(quint64 seed);
};

struct Report
{
    quint64 seed = 0;
    Findings findings = {};
    int ops = 0;
    int deaths = 0;
    int erased = 0; ///< customers
    Tally happened = {};
    qint64 events = 0;
    quint64 lastChance = 0; ///< the same, if everything went the same way
};

/// Runs one seed: work and faults, then quiet, then everything is looked at. The same seed does the same.
class Simulation
{
public:
    explicit Simulation(quint64 seed) : Simulation(seed, Scenario::bySeed(seed)) {}
    Simulation(quint64 seed, const Scenario &scenario);
    ~Simulation();

    Report run(); ///< work and finish

    // By hand, for tests that plant something.
    void work();
    void advance(qint64 ms);
    Report finish();
    SimHub &hub() { return *m_hub; }
    SimDesk &desk(int number) { return *m_desks[size_t(number)]; }
    SimDisk &disk() { return m_disk; }
    void passFortnight();         ///< on all clocks at once: the hub's log is cut up to the last one
    void remember(SimDesk &desk); ///< as it is now, for putBack()
    /// Another machine goes on as this one was; the newer one is scrapped.
    SimDesk &putBack(SimDesk &desk);
    SimDesk &copyDesk(SimDesk &desk); ///< with which another machine goes on

private:
    struct EarlierDay ///< of a desk
    {
        SimDesk::Options options = {};
        int schema = 0;
        SimDisk::Image disk = {};
        QVector<std::pair<qint64, Ledger::Kept>> kept = {};
    };

    EarlierDay today(SimDesk &desk) const;
    SimDesk &addCopy(const EarlierDay &day);
    void rememberOrPutBack(SimDesk &desk);
    void oneFault();
    void harmDesk(SimDesk &desk);
    void harmHub();
    void killSomebody();
    void loseTheHubsDisk();
    void changeClock(SimDesk &desk);
    bool isYetToCome(const SimDesk &desk) const;
    void keepUp(); ///< whoever is down comes back after a while
    void calm();
    void lookAtEverything();
    void lookForRemains();
    SimDesk &someDesk();
    SimHub::World world();

    Scenario m_scenario;
    Dice m_dice;
    Dice m_diskDice;
    SimDisk m_disk;
    Schedule m_schedule;
    Trace m_trace{m_schedule.now(), m_scenario.trace};
    Report m_report;
    Ledger m_ledger{m_report.findings};
    std::unique_ptr<SimHub> m_hub;
    SimDisk::Image m_backup; ///< of the hub
    std::vector<std::unique_ptr<SimDesk>> m_desks;
    std::vector<std::unique_ptr<SimDesk>> m_scrapped; ///< who was called later is still called
    QHash<const SimDesk *, EarlierDay> m_earlier;
    qint64 m_machines = 0;
    const SimDesk *m_late = nullptr; ///< a new one
    qint64 m_lateUntil = 0;
    bool m_calm = false;
};

} // namespace ringbook::sim
