#include "model/core/Clock.h"
#include "model/db/Connection.h"
#include "tests/bench/Bench.h"
#include "tests/bench/BusyPbx.h"
#include "tests/bench/HubRig.h"
#include "tests/bench/Measured.h"
#include "tests/bench/Used.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QTest>

#include <cmath>
#include <deque>

namespace ringbook::bench {

namespace {

using tests::Program;

constexpr std::array deskUsers = {"anna", "ben", "cleo"};
constexpr std::array deskPhones = {101, 102, 103};
constexpr int warmUpRounds = 10;
constexpr int readyMs = 60'000;
constexpr int answerMs = 5000;
constexpr int quietMs = 60; ///< between two calls that are measured alone

// The busy hour of one PBX: 200 calls a minute on 300 phones, each ringing three of them.
constexpr int firstBusyPhone = 200;
constexpr int busyPhones = 300;
constexpr int callsAMinute = 200;
constexpr int busySeconds = 30;
constexpr int answeredAfterMs = 2000;
constexpr int talkMs = 3000;
constexpr int deskCallEach = 5; ///< of so many busy calls one rings at desks, and is measured

/// A desk's process; what it says of its pops.
class DeskProcess
{
public:
    DeskProcess(const QString &folder, const QString &who, const QString &hub)
        : m_program("ringbook", {"--hub", hub, "--profile", folder + "/desk-" + who, "--login", who,
                                 "--password-file", folder + "/password", "--events", "/dev/stdout"})
    {
    }

    bool getsLive() { return !m_program.waitFor("\"live\"", readyMs).isEmpty(); }

    /// When the next pop was painted, in microseconds of the machine's steady clock; 0: none came.
    qint64 nextPopUs(int timeoutMs)
    {
        const QString line = m_program.waitFor("\"event\":\"pop\"", timeoutMs);
        return QJsonDocument::fromJson(line.toUtf8()).object()["at_us"].toInteger();
    }

private:
    Program m_program;
};

struct Company
{
    BusyPbx pbx;
    QueueCall call;
    QStringList callers;
    std::unique_ptr<Program> hub;
    std::vector<std::unique_ptr<DeskProcess>> desks;
    qint64 calls = 0;

    QueueCall::Who next(const std::array<int, 3> &phones)
    {
        ++calls;
        return {calls, callers[calls % callers.size()], phones};
    }
    qint64 say(QueueCall::Part part, const QueueCall::Who &who)
    {
        const QByteArray bytes = call.bytes(part, who);
        const qint64 atUs = SystemClock().monotonicNs() / 1000;
        pbx.sendNow(bytes);
        return atUs;
    }
};

Result<QStringList> callersOf(const QString &database)
{
    auto db = model::Connection::openSqlite(database);
    if (!db)
        return db.error();
    const auto rows =
        db->all("SELECT DISTINCT e164 FROM record WHERE e164 LIKE '+%' ORDER BY e164 LIMIT 500");
    if (!rows)
        return rows.error();
    QStringList numbers;
    for (const auto &row : *rows)
        numbers.append(row.text("e164"));
    if (numbers.isEmpty())
        return Error{Fault::NotFound, "the demo book has no numbers"};
    return numbers;
}

QVector<int> allPhones()
{
    QVector<int> phones(deskPhones.begin(), deskPhones.end());
    for (int phone = 0; phone < busyPhones; ++phone)
        phones.append(firstBusyPhone + phone);
    return phones;
}

Status open(Company &company, const BenchOptions &options)
{
    const QString folder = options.folder + "/ring";
    QDir().mkpath(folder);
    {
        auto made = HubRig::start(folder, options.customers); // makes the book, once
        if (!made)
            return made.error();
        const auto callers = callersOf((*made)->database());
        if (!callers)
            return callers.error();
        company.callers = *callers;
    }
    QFile password(folder + "/password");
    if (!password.open(QIODevice::WriteOnly) || password.write("demo\n") < 0)
        return Error{Fault::Failed, "the folder cannot be written"};
    password.close();
    company.hub = std::make_unique<Program>(
        "ringbook-hub", QStringList{"serve", "--listen", "127.0.0.1:0", "--data",
                                    QStringLiteral("%1/hub-%2").arg(folder).arg(options.customers), "--pbx",
                                    company.pbx.writeSettings(folder, allPhones())});
    const QString url = company.hub->waitFor("listening on").section(' ', -1);
    for (const char *who : deskUsers)
        company.desks.push_back(std::make_unique<DeskProcess>(folder, who, url));
    for (const auto &desk : company.desks)
        if (!desk->getsLive())
            return Error{Fault::Failed, "a desk did not get live"};
    const bool isHeard =
        QTest::qWaitFor([&] { return company.pbx.actions.contains("QueueStatus"); }, readyMs);
    return isHeard ? Status(Done{}) : Error{Fault::Failed, "the hub did not ask the telephone system"};
}

/// Two desks ring, a phone without a desk takes the call. One call after the other.
Status ringAlone(Company &company, int rounds, Measured &measured)
{
    for (int round = -warmUpRounds; round < rounds; ++round) {
        const size_t one = size_t(round + warmUpRounds) % company.desks.size();
        const size_t other = (one + 1) % company.desks.size();
        const auto who = company.next({deskPhones[one], firstBusyPhone, deskPhones[other]});
        const qint64 saidUs = company.say(QueueCall::Ringing, who);
        for (const size_t desk : {one, other}) {
            const qint64 paintedUs = company.desks[desk]->nextPopUs(answerMs);
            if (!paintedUs)
                return Error{Fault::Failed, QString("ring %1 was not painted").arg(round)};
            if (round >= 0)
                measured.add(double(paintedUs - saidUs));
        }
        company.say(QueueCall::Answered, who);
        company.say(QueueCall::Ended, who);
        QTest::qWait(quietMs);
    }
    return Done{};
}

struct Planned
{
    qint64 atMs;
    QueueCall::Part part;
    QueueCall::Who who;
    bool atDesks;
};

std::deque<Planned> busyPlan(Company &company)
{
    std::deque<Planned> plan;
    constexpr int calls = callsAMinute * busySeconds / 60;
    for (int i = 0; i < calls; ++i) {
        const qint64 at = qint64(i) * 60'000 / callsAMinute;
        const bool atDesks = i % deskCallEach == 0;
        const auto phone = [&](int nth) { return firstBusyPhone + (3 * i + nth) % busyPhones; };
        const auto who = atDesks ? company.next({deskPhones[0], phone(1), deskPhones[1]})
                                 : company.next({phone(0), phone(1), phone(2)});
        plan.push_back({at, QueueCall::Ringing, who, atDesks});
        plan.push_back({at + answeredAfterMs, QueueCall::Answered, who, atDesks});
        plan.push_back({at + answeredAfterMs + talkMs, QueueCall::Ended, who, atDesks});
    }
    std::ranges::stable_sort(plan, {}, &Planned::atMs);
    return plan;
}

struct Busy
{
    Measured pops;
    qint64 bytes = 0;
    double hubCpu = 0; ///< of one core
};

Result<Busy> busyHour(Company &company)
{
    Busy busy;
    auto plan = busyPlan(company);
    const double cpuBefore = cpuSeconds(company.hub->pid());
    QElapsedTimer timer;
    timer.start();
    while (!plan.empty()) {
        const Planned step = plan.front();
        plan.pop_front();
        if (const qint64 early = step.atMs - timer.elapsed(); early > 0)
            QTest::qWait(int(early));
        const qint64 saidUs = company.say(step.part, step.who);
        busy.bytes += company.call.bytes(step.part, step.who).size();
        if (!step.atDesks || step.part != QueueCall::Ringing)
            continue;
        for (const size_t desk : {0, 1}) {
            const qint64 paintedUs = company.desks[desk]->nextPopUs(answerMs);
            if (!paintedUs)
                return Error{Fault::Failed, "a call of the busy hour was not painted"};
            busy.pops.add(double(paintedUs - saidUs));
        }
    }
    busy.hubCpu = (cpuSeconds(company.hub->pid()) - cpuBefore) / (double(timer.elapsed()) / 1000);
    return busy;
}

} // namespace

Result<QJsonObject> benchRing(const BenchOptions &options)
{
    auto call = QueueCall::fromRecording(QStringLiteral(RINGBOOK_AMI_DATA "/queue-ringall-answered.jsonl"));
    if (!call)
        return call.error();
    Company company{.call = std::move(*call)};
    if (const auto opened = open(company, options); !opened)
        return opened.error();
    Measured alone;
    if (const auto rung = ringAlone(company, options.rounds, alone); !rung)
        return rung.error();
    const auto busy = busyHour(company);
    if (!busy)
        return busy.error();

    QJsonObject result = alone.json();
    const QJsonObject pops = busy->pops.json("busy_");
    for (auto figure = pops.begin(); figure != pops.end(); ++figure)
        result.insert(figure.key(), figure.value());
    result["busy_calls_a_minute"] = callsAMinute;
    result["busy_phones"] = busyPhones;
    result["busy_kb_a_second"] = std::round(double(busy->bytes) / busySeconds / 1000);
    result["busy_hub_cpu_cores"] = std::round(busy->hubCpu * 1000) / 1000;
    result["desks"] = int(company.desks.size());
    result["customers"] = options.customers;
    return result;
}

} // namespace ringbook::bench
