#pragma once

#include "model/desk/ChangeWriter.h"
#include "sync/client/DeskFiles.h"
#include "sync/client/Engine.h"
#include "tests/sim/SimLine.h"

namespace ringbook::sim {

/// One desk without a window: the real engine, files and writer, over a simulated disk and line.
class SimDesk
{
public:
    struct Options
    {
        qint64 number = 0; ///< of the machine
        qint64 device = 0; ///< of its profile, until it gets another
        double clockRate = 1.0;
        qint64 cheap = sync::cheapChanges; ///< more are worth a snapshot
        double diesAtFrame = 0;            ///< of a snapshot, when it is on its disk
        bool isCopied = false;             ///< others have, or had, its number as well
        QString oldEpoch = {}; ///< of the book people see until one of another log takes its place
    };

    SimDesk(SimHub::World world, SimHub &hub, Options options);
    ~SimDesk();

    /// A disk with empty files, signed in.
    static SimDisk::Image freshDisk(SimDisk &disk);

    void start();
    bool isUp() const { return m_running != nullptr; }
    void die(SimDisk::Death death);
    void act();      ///< the agent does something
    void erase();    ///< a customer; this agent must be an administrator
    void wake();     ///< the clocks may have jumped
    void calm();     ///< nothing goes wrong any more
    void renew();    ///< its program, while it is down
    void scrap();    ///< for good, with all that is on its disk
    void loseBook(); ///< its cache; while it is down

    SimLine &line() { return m_line; }
    SimClock &clock() { return m_clock; }
    const QString &machine() const { return m_machine; }
    Options &options() { return m_options; }
    qint64 device() const { return m_device; }

    void checkView(); ///< all of it
    /// After quiet: nothing waits, everything is here.
    void checkRest(const model::Cursor &head, const model::BucketSums &sums);

private:
    static constexpr qint64 tidyAfterMs = 3 * secondMs;

    struct Screens;
    struct Running;

    Result<std::unique_ptr<Running>> open();
    Status openScreens(Running &running) const;
    sync::DeskFiles::Listener listener();
    void doAside(std::function<void()> work, std::function<void()> then);
    QString bookFile() const { return u'/' + m_machine + "/main.db"; }
    void moveScreens();
    void notice(const sync::Input &input);
    void notice(const sync::effect::MeetLog &);
    void notice(const sync::effect::RefuseOp &refuse);
    void notice(const sync::effect::OfferAgain &offer);
    void notice(const sync::input::Cleaned &cleaned);
    void notice(const sync::effect::BeginSnapshot &begin);
    void save(const model::ChangeWriter::Compose &compose);
    void noticeKept(bool acknowledged);
    void noticeForgotten();
    void noticeMove();
    void noticeBroughtAlong();
    void takeOwnNumber();
    void reopenScreens();
    void beginScreens();
    void say(const sync::Input &input);
    void work();
    void settle();
    void wrote();
    void tidySoon();
    void tidy();
    void cleanSoon();
    void clean();
    void tellClean();
    bool died();
    void later(qint64 ms, std::function<void()> what); ///< unless this life is over by then
    void check(const QVector<model::RecordKey> &keys);
    QSet<qint64> tray() const;
    QSet<qint64> forgottenByHub() const;
    QSet<qint64> pending() const;
    QSet<qint64> confirmed() const;
    bool isOwn(const model::RecordKey &key) const;
    bool isOfferedAgain(const model::RecordKey &key, const model::Cursor &cursor) const;
    bool isPerhapsForgotten(const model::RecordKey &key, const model::Cursor &cursor) const;
    bool isTakenForAnothers(const model::RecordKey &key, const model::Cursor &cursor,
                            const Ledger::Record &there) const;
    QSet<qint64> waiting() const; ///< in the book that is shown
    void wrong(Wrong kind, const QString &what);

    template <typename T>
    void carryOut(const T &what);

    SimHub::World m_world;
    Options m_options;
    qint64 m_device;
    QString m_machine;
    SimClock m_clock;
    SimLine m_line;
    std::unique_ptr<Running> m_running;
    int m_life = 0;
    int m_timer = 0;
    int m_deathsAtFrame = 0;
    bool m_willTidy = false;
    bool m_willClean = false;
    int m_cleanTimer = 0;
    qint64 m_cleanAfterMs = tidyAfterMs;
    qint64 m_lastCounter = 0;    ///< of the ops the ledger has
    bool m_isBehind = false;     ///< the book could not take what was saved, and this was said
    qsizetype m_frames = 0;      ///< of the snapshot that is fetched
    QSet<qint64> m_offeredAgain; ///< by its number of now
    bool m_isMoving = false;     ///< the screens, to another file
    QSet<qint64> m_trayOfOld;    ///< what is refused since then is only taken out of that
    QSet<qint64> m_waitingOfOld; ///< and what came back since then is there as it was made
    qint64 m_moveAt = 0;         ///< when they have moved
    qint64 m_asideAt = 0;        ///< when what is done aside is done
};

} // namespace ringbook::sim
