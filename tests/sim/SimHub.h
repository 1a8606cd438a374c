#pragma once

#include "model/domain/Kinds.h"
#include "sync/client/Exchange.h"
#include "sync/hub/CallBoard.h"
#include "sync/hub/LogLife.h"
#include "sync/hub/PresenceBoard.h"
#include "sync/hub/store/Database.h"
#include "sync/hub/store/ErasedList.h"
#include "sync/hub/verbs/Push.h"
#include "tests/sim/Ledger.h"
#include "tests/sim/Schedule.h"
#include "tests/sim/SimClock.h"
#include "tests/sim/SimDisk.h"
#include "tests/sim/Trace.h"

#include <map>

namespace ringbook::sim {

/// The hub's core without its threads and its HTTP: the real writer's batch, log, merge, pages and fan-out,
/// over a simulated disk. Each desk is known by its device number.
class SimHub
{
public:
    struct World
    {
        Schedule &schedule;
        SimDisk &disk;
        Dice &dice;
        Ledger &ledger;
        Findings &findings;
        Tally &happened;
        const Trace &trace;
    };
    struct Sender
    {
        qint64 device = 0;
        int schema = model::schemaNumber; ///< of its program
    };
    using Reply = std::function<void(const sync::HttpAnswer &answer)>; ///< never, if the hub dies
    using Sink = std::function<void(const QByteArray &bytes)>; ///< empty: the hub has closed the stream

    explicit SimHub(World world, bool hotSets = false);
    ~SimHub();

    /// A disk with an empty book.
    static SimDisk::Image freshDisk(SimDisk &disk);

    void start();
    bool isUp() const { return m_running != nullptr; }
    void die(SimDisk::Death death);             ///< for good, until start()
    void restore(const SimDisk::Image &backup); ///< it is down then
    void import(int records);                   ///< while it is down
    SimClock &clock() { return m_clock; }

    void renew(); ///< it is a newer program from its next start on
    bool isNew() const { return m_schema > model::schemaNumber; }
    bool knows(const Sender &sender); ///< else it answers nothing else

    void handle(const Sender &from, const sync::HttpRequest &request, const Reply &reply);
    int openStream(qint64 device, const Sink &sink);
    void closeStream(int id);

    model::Cursor head() const { return m_head; }
    /// Its records are what its log says, and sum up to what it keeps. Returns that.
    model::BucketSums checkRecords();
    void checkAcknowledged(qint64 device); ///< that nothing erased is left there

private:
    struct Waiting
    {
        std::shared_ptr<hub::Push> push;
        Reply reply;
    };
    struct Stream
    {
        std::shared_ptr<hub::StreamQueue> queue;
        Sink sink;
    };
    struct Snapshot
    {
        sync::SnapshotManifest manifest;
        QHash<QString, QByteArray> frames; ///< by digest
    };
    struct Running ///< what dies with the process
    {
        Running(model::Connection toWrite, model::Connection toRead, const Clock &clock)
            : writer(std::move(toWrite)),
              reader(std::move(toRead)),
              presence(fanout, clock)
        {
        }

        model::Connection writer;
        model::Connection reader;
        hub::RecordNumbers numbers = {};
        hub::Fanout fanout = {};
        hub::CallBoard calls{fanout};
        hub::PresenceBoard presence;
        std::vector<Waiting> pushes = {};
        bool committing = false;
        std::map<int, Stream> streams = {};
        QVector<Snapshot> snapshots = {}; ///< the newest two
        bool making = false;
        hub::LogCut cut = {};
        std::optional<TimeMs> lookedAtLog = {}; ///< and there was no more to cut
    };

    Status open();
    bool died(); ///< of the last write
    void addRecords(int records);
    void push(qint64 device, qint64 author, const sync::HttpRequest &request, const Reply &reply);
    void commit();
    bool commitTogether(const std::vector<Waiting> &pushes);
    void pull(qint64 device, const QByteArray &query, const Reply &reply);
    void pullRows(qint64 device, const QByteArray &query, const Reply &reply);
    hub::Caller caller(qint64 device) const; ///< who has it
    void registerDevice(qint64 device, const sync::HttpRequest &request, const Reply &reply);
    void tellSums(const Reply &reply);
    void keepAcknowledgement(qint64 device, const sync::HttpRequest &request, const Reply &reply);
    void offerSnapshot(const Sender &from, const Reply &reply);
    void tellFrame(const QByteArray &digest, const Reply &reply);
    void makeSnapshotSoon();
    Result<Snapshot> makeSnapshot();
    Status keepUpMirror();
    void readLog();
    void cutLog();
    bool mayCutLog() const;
    void cleanSoon();
    void flush(int stream);
    void everySecond(int life);
    void beat(int stream, int life);
    void later(qint64 ms, std::function<void()> what); ///< unless this life is over by then

    World m_world;
    SimClock m_clock;
    hub::Database m_database;
    bool m_hotSets;
    int m_schema = model::schemaNumber;
    std::unique_ptr<Running> m_running;
    model::Cursor m_head;
    int m_life = 0;
    int m_lastStream = 0;
    QHash<qint64, qint64> m_moved; ///< device -> the one it was first
    QString m_savedOf;             ///< the log that the last restored one begins as
    QSet<qint64> m_fellBehind;     ///< devices that the log no longer reaches back to
    QVector<hub::Erased> m_erased; ///< as a hub keeps it beside its database
};

constexpr qint64 administrator = 2; ///< the device of one

hub::Caller callerOf(qint64 device);
sync::HttpAnswer answerOf(const hub::Answer &answer);

} // namespace ringbook::sim
