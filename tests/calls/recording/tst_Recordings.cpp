#include "sync/calls/ami/AmiConnector.h"
#include "sync/calls/recording/AmiPlayer.h"

#include <QDir>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;
using namespace ringbook::model;

namespace {

/// Other recordings can be held against the code by naming their folder here.
QString folder()
{
    return qEnvironmentVariable("RINGBOOK_AMI_DATA", QStringLiteral(RINGBOOK_AMI_DATA));
}

QJsonObject readJson(const QString &name)
{
    QFile file(folder() + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

PbxSettings settingsFor(const AmiPlayer &player)
{
    QFile file(folder() + QStringLiteral("/pbx.json"));
    const bool opened = file.open(QIODevice::ReadOnly);
    auto settings = readPbxSettings(opened ? file.readAll() : QByteArray());
    if (!settings)
        qFatal("%s", qPrintable(settings.error().detail));
    settings->port = player.serverPort();
    settings->user = AmiPlayer::user;
    settings->secret = AmiPlayer::secret;
    return *settings;
}

/// Plays a whole recording and keeps what came out.
struct Played
{
    AmiPlayer player;
    AmiConnector connector;
    QVector<ExtensionCall> views;
    QVector<TimeMs> viewTimes;
    QVector<Call> ended;

    Played(const QString &name, AmiPlayer::Pace pace, bool ownClock = true)
        : player(*Recording::load(folder() + u'/' + name + QStringLiteral(".jsonl")), pace),
          connector(ownClock ? static_cast<const Clock &>(player.clock) : system, settingsFor(player),
                    AmiTiming{.bootWaitMs = 20, .firstRetryMs = 10})
    {
        player.isTaken = [this](qint64 sent) {
            return connector.bytesTaken() >= sent && !connector.isAsking();
        };
        QObject::connect(&connector, &CallSource::agentCallChanged, &connector,
                         [this](const QString &extension, const AgentCall &call) {
                             views += {extension, call};
                             viewTimes += player.clock.now() - RecordedClock::epoch;
                         });
        QObject::connect(&connector, &CallSource::callEnded, &connector,
                         [this](const Call &call) { ended += call; });
    }

    bool run()
    {
        QSignalSpy finished(&player.finished, &QTimer::timeout);
        return bool(connector.start()) && finished.wait(30'000) &&
               QTest::qWaitFor([this] { return connector.calls().ids().isEmpty(); });
    }

private:
    SystemClock system;
};

/// Differences between what happened and what came out, as sentences.
class Comparison
{
public:
    Comparison(TimeMs tolerance, TimeMs origin) : m_tolerance(tolerance), m_origin(origin) {}

    void same(const QString &what, const QString &expected, const QString &is)
    {
        if (expected != is)
            differences += QStringLiteral("%1: expected \"%2\", is \"%3\"").arg(what, expected, is);
    }

    void near(const QString &what, const QJsonValue &expected, std::optional<TimeMs> is)
    {
        if (m_tolerance < 0)
            return;
        const bool absent = expected.isNull() || expected.isUndefined();
        const TimeMs at = is.value_or(0) - m_origin;
        if (absent != !is || (is && std::abs(at - TimeMs(expected.toDouble())) > m_tolerance))
            differences += QStringLiteral("%1: expected %2 ms, is %3")
                               .arg(what)
                               .arg(expected.toDouble(-1))
                               .arg(is ? QString::number(at) : QStringLiteral("nothing"));
    }

    QStringList differences;

private:
    TimeMs m_tolerance;
    TimeMs m_origin;
};

QString textOf(const QJsonValue &value)
{
    return value.toString();
}

void compareParties(Comparison &check, const QJsonObject &expected, const Call &call)
{
    const QJsonObject caller = expected["caller"].toObject();
    const bool withheld = caller["withheld"].toBool();
    check.same("withheld", withheld ? "yes" : "no", call.caller.withheld ? "yes" : "no");
    check.same("caller", withheld ? QString() : textOf(caller["number"]), call.caller.raw);
    check.same("caller e164", textOf(caller["e164"]), call.caller.e164);
    check.same("caller name", withheld ? QString() : textOf(caller["name"]), call.caller.name);
    check.same("called", textOf(expected["called"]), call.called.raw);
    if (expected.contains("called_e164"))
        check.same("called e164", textOf(expected["called_e164"]), call.called.e164);
    check.same("queue", textOf(expected["queue"]), call.queue);
}

void compareLegs(Comparison &check, const QJsonArray &expected, const Call &call)
{
    QVector<Leg> legs;
    for (const Leg &leg : call.legs) {
        if (leg.ringingAt)
            legs += leg;
    }
    check.same("legs", QString::number(expected.size()), QString::number(legs.size()));
    QVector<int> order;
    for (int i = 0; i < expected.size(); ++i) {
        const QJsonObject leg = expected[i].toObject();
        const QString agent = leg["agent"].toString();
        const auto found = std::ranges::find_if(legs, [&](const Leg &one) { return one.agent == agent; });
        if (found == legs.end()) {
            check.differences += QStringLiteral("no leg of %1").arg(agent);
            continue;
        }
        check.same(agent + " result", leg["result"].toString(), name(found->result));
        check.near(agent + " rings", leg["ring_ms"], found->ringingAt);
        check.near(agent + " ends", leg["end_ms"], found->endedAt);
        legs.erase(found);
    }
}

void compareTalk(Comparison &check, const QJsonObject &expected, const Call &call)
{
    check.same("answered by", textOf(expected["answered_by"]), answeredBy(call));
    check.near("answered", expected["answer_ms"], call.answeredAt);
    const QJsonArray talk = expected["talk"].toArray();
    check.same("talks", QString::number(talk.size()), QString::number(call.segments.size()));
    for (int i = 0; i < talk.size() && i < call.segments.size(); ++i) {
        check.same("talks", textOf(talk[i]["agent"]), call.segments[i].agent);
        check.near("talk from", talk[i]["from_ms"], call.segments[i].from);
        check.near("talk to", talk[i]["to_ms"], call.segments[i].to);
    }
    const QJsonArray holds = expected["holds"].toArray();
    check.same("holds", QString::number(holds.size()), QString::number(call.holds.size()));
    for (int i = 0; i < holds.size() && i < call.holds.size(); ++i) {
        check.near("hold from", holds[i]["from_ms"], call.holds[i].from);
        check.near("hold to", holds[i]["to_ms"], call.holds[i].to);
    }
}

void comparePassingOn(Comparison &check, const QJsonObject &expected, const Call &call)
{
    const QJsonArray transfers = expected["transfers"].toArray();
    check.same("transfers", QString::number(transfers.size()), QString::number(call.transfers.size()));
    for (int i = 0; i < transfers.size() && i < call.transfers.size(); ++i) {
        check.same("transferred by", textOf(transfers[i]["by"]), call.transfers[i].by);
        check.same("transferred to", textOf(transfers[i]["to"]), call.transfers[i].to);
        check.near("transferred", transfers[i]["at_ms"], call.transfers[i].at);
    }
    const QJsonObject parked = expected["parked"].toObject();
    const Parking parking = call.parked.value_or(Parking{});
    check.same("parked by", textOf(parked["by"]), parking.by);
    check.same("taken by", textOf(parked["taken_by"]), parking.takenBy);
}

QStringList compare(const QJsonObject &expected, const Call &call, TimeMs tolerance)
{
    Comparison check(tolerance, RecordedClock::epoch);
    check.same("direction", textOf(expected["direction"]), name(call.direction));
    compareParties(check, expected, call);
    compareLegs(check, expected["legs"].toArray(), call);
    compareTalk(check, expected, call);
    comparePassingOn(check, expected, call);
    check.same("outcome", textOf(expected["outcome"]), name(call.outcome));
    check.same("ended by", textOf(expected["ended_by"]), name(call.endedBy));
    if (expected.contains("hangup_cause"))
        check.same("cause", QString::number(expected["hangup_cause"].toInt()),
                   QString::number(call.causeRaw));
    check.near("started", expected["start_ms"], call.startedAt);
    check.near("ended", expected["end_ms"], call.endedAt);
    return check.differences;
}

QStringList compareAll(const QString &recording, const QVector<Call> &ended, bool times)
{
    const QJsonObject expected = readJson(recording + ".expected.json");
    const TimeMs tolerance = times ? TimeMs(expected["tolerance_ms"].toDouble()) : -1;
    const QJsonArray calls = expected["calls"].toArray();
    QStringList differences;
    for (const auto &value : calls) {
        const QJsonObject call = value.toObject();
        const QString id = "pbx-" + call["linkedid"].toString();
        const auto found = std::ranges::find_if(ended, [&](const Call &one) { return one.id == id; });
        if (found == ended.end())
            differences += QStringLiteral("call %1 is missing").arg(id);
        else
            differences += compare(call, *found, tolerance);
    }
    if (calls.size() != ended.size())
        differences += QStringLiteral("%1 calls instead of %2").arg(ended.size()).arg(calls.size());
    return differences;
}

QString allText(const AgentCall &call)
{
    return QStringList{call.callId,  call.party.raw, call.party.e164, call.party.name,
                       call.ownLine, call.queue,     call.answeredBy}
        .join(u'\n');
}

void addRecordings()
{
    QTest::addColumn<QString>("recording");
    const auto files = QDir(folder()).entryList({"*.jsonl"});
    for (const QString &file : files)
        QTest::newRow(qPrintable(file.chopped(6))) << file.chopped(6);
}

} // namespace

class tst_Recordings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsComeOutAsTheyHappened_data() { addRecordings(); }
    void callsComeOutAsTheyHappened()
    {
        QFETCH(QString, recording);
        Played played(recording, AmiPlayer::Pace::Lockstep);

        QVERIFY(played.run());

        const auto differences = compareAll(recording, played.ended, true);
        QVERIFY2(differences.isEmpty(), qPrintable(differences.join("\n")));
    }

    void everyLegIsOnePopThatClosesInTime_data() { addRecordings(); }
    void everyLegIsOnePopThatClosesInTime()
    {
        QFETCH(QString, recording);
        Played played(recording, AmiPlayer::Pace::Lockstep);

        QVERIFY(played.run());

        const QJsonObject expected = readJson(recording + ".expected.json");
        const auto near = [&](TimeMs at, const QJsonValue &time) {
            return std::abs(at - TimeMs(time.toDouble())) <= TimeMs(expected["tolerance_ms"].toDouble());
        };
        for (const auto &call : expected["calls"].toArray()) {
            for (const auto &value : call.toObject()["legs"].toArray()) {
                const QJsonObject leg = value.toObject();
                bool shown = false;
                bool closed = false;
                for (int i = 0; i < played.views.size(); ++i) {
                    const auto &view = played.views[i];
                    if (view.extension != leg["agent"].toString())
                        continue;
                    const bool rings = view.call.state == AgentCall::State::Ringing;
                    shown |= rings && near(played.viewTimes[i], leg["ring_ms"]);
                    closed |= !rings && near(played.viewTimes[i], leg["end_ms"]);
                }
                QVERIFY2(shown, qPrintable(leg["agent"].toString() + " never rang in time"));
                QVERIFY2(closed, qPrintable(leg["agent"].toString() + " was not closed in time"));
            }
        }
    }

    void numbersThatMustNotShowAreInNoView_data() { addRecordings(); }
    void numbersThatMustNotShowAreInNoView()
    {
        QFETCH(QString, recording);
        Played played(recording, AmiPlayer::Pace::Lockstep);

        QVERIFY(played.run());

        for (const auto &call : readJson(recording + ".expected.json")["calls"].toArray()) {
            const QString hidden = call.toObject()["must_not_show"].toString();
            for (const auto &view : std::as_const(played.views))
                QVERIFY(hidden.isEmpty() || !allText(view.call).contains(hidden.mid(3)));
            for (const auto &ended : std::as_const(played.ended))
                QVERIFY(hidden.isEmpty() || !ended.caller.raw.contains(hidden.mid(3)));
        }
    }

    void revisionsGrow_data() { addRecordings(); }
    void revisionsGrow()
    {
        QFETCH(QString, recording);
        Played played(recording, AmiPlayer::Pace::Lockstep);

        QVERIFY(played.run());

        QHash<QString, qint64> last;
        for (const auto &view : std::as_const(played.views)) {
            const QString key = view.extension + view.call.callId;
            QVERIFY(view.call.revision > last.value(key));
            last[key] = view.call.revision;
        }
    }

    void theSameComesOutByteByByte_data() { addRecordings(); }
    void theSameComesOutByteByByte()
    {
        QFETCH(QString, recording);
        Played played(recording, AmiPlayer::Pace::EachByte);

        QVERIFY(played.run());

        const auto differences = compareAll(recording, played.ended, true);
        QVERIFY2(differences.isEmpty(), qPrintable(differences.join("\n")));
    }

    void theSameComesOutOfOneWrite_data() { addRecordings(); }
    void theSameComesOutOfOneWrite()
    {
        QFETCH(QString, recording);
        Played played(recording, AmiPlayer::Pace::AllAtOnce);

        QVERIFY(played.run());

        const auto differences = compareAll(recording, played.ended, false);
        QVERIFY2(differences.isEmpty(), qPrintable(differences.join("\n")));
    }
};

QTEST_GUILESS_MAIN(tst_Recordings)
#include "tst_Recordings.moc"
