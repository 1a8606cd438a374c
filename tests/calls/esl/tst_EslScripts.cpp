#include "sync/calls/esl/EslConnector.h"
#include "sync/calls/recording/AmiPlayer.h"
#include "tests/support/EslPlayer.h"

#include <QDir>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;
using namespace ringbook::model;
using ringbook::tests::EslPlayer;

namespace {

const QString folder = QStringLiteral(RINGBOOK_ESL_DATA);

QByteArray readFile(const QString &name)
{
    QFile file(folder + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

PbxSettings settingsFor(const EslPlayer &player)
{
    auto settings = readPbxSettings(readFile("pbx.json"));
    if (!settings)
        qFatal("%s", qPrintable(settings.error().detail));
    settings->port = player.serverPort();
    return *settings;
}

QString partyText(const Party &party)
{
    if (party.withheld)
        return "a withheld number";
    return party.name.isEmpty() ? party.raw : party.raw + " \"" + party.name + '"';
}

QString stateText(const AgentCall &call)
{
    switch (call.state) {
    case AgentCall::State::Ringing: return "rings";
    case AgentCall::State::Connected: return "talks";
    case AgentCall::State::OnHold: return "holds";
    case AgentCall::State::Over: break;
    }
    const QString by = call.answeredBy.isEmpty() ? QString() : " by " + call.answeredBy;
    return "over, " + name(call.result) + by;
}

/// What happens, told line by line: milliseconds, extension, what its agent sees; whole calls when they end.
class Story
{
public:
    void tell(TimeMs at, const QString &extension, const AgentCall &call)
    {
        QString line = QStringLiteral("%1 %2 %3").arg(at, 6).arg(extension, stateText(call));
        if (call.state != AgentCall::State::Over) {
            line += QStringLiteral(": %1 %2").arg(name(call.direction), partyText(call.party));
            if (!call.ownLine.isEmpty())
                line += " on " + call.ownLine;
            if (!call.queue.isEmpty())
                line += " from " + call.queue;
            if (call.desksRinging > 1)
                line += QStringLiteral(", with %1 phones ringing").arg(call.desksRinging);
        }
        lines += line;
    }

    void tellEnd(TimeMs at, const Call &call)
    {
        QStringList parts{QStringLiteral("%1 %2 call of %3 to %4: %5")
                              .arg(at, 6)
                              .arg(name(call.direction), partyText(call.caller), partyText(call.called),
                                   name(call.outcome))};
        if (call.endedBy != Call::EndedBy::Unknown)
            parts += "ended by " + name(call.endedBy);
        for (const Leg &leg : call.legs)
            if (leg.ringingAt)
                parts += "rang " + leg.agent + " (" + name(leg.result) + ")";
        for (const Segment &segment : call.segments)
            parts += "talked " + segment.agent + " for " +
                     QString::number(segment.to.value_or(segment.from) - segment.from);
        for (const Hold &hold : call.holds)
            parts +=
                "held by " + hold.agent + " for " + QString::number(hold.to.value_or(hold.from) - hold.from);
        for (const Transfer &transfer : call.transfers)
            parts += QString(transfer.type == Transfer::Type::Blind ? "passed" : "handed over") + " by " +
                     transfer.by + " to " + transfer.to;
        lines += parts.join(", ");
    }

    QStringList lines = {};
};

/// Plays a script to a connector, each event when the last was taken; the clock says the script's time.
class Played
{
public:
    explicit Played(const QString &name, bool bytewise = false)
        : m_bytewise(bytewise),
          connector(clock, settingsFor(player), EslTiming{.firstRetryMs = 5, .longestRetryMs = 20})
    {
        for (const QByteArray &line : readFile(name + ".jsonl").split('\n'))
            if (!line.isEmpty())
                m_steps += QJsonDocument::fromJson(line).object();
        player.setList("channels", {});
        player.setList("calls", {});
        QObject::connect(&connector, &CallSource::agentCallChanged, &connector,
                         [this](const QString &extension, const AgentCall &call) {
                             story.tell(clock.now() - RecordedClock::epoch, extension, call);
                             views += call;
                         });
        QObject::connect(&connector, &CallSource::callEnded, &connector, [this](const Call &call) {
            story.tellEnd(clock.now() - RecordedClock::epoch, call);
            ended += call;
        });
    }

    bool run()
    {
        if (!connector.start() || !isLive())
            return false;
        return std::ranges::all_of(m_steps, [this](const QJsonObject &step) { return play(step); });
    }

    EslPlayer player;
    RecordedClock clock;

private:
    bool m_bytewise;
    QVector<QJsonObject> m_steps;

public:
    EslConnector connector;
    Story story;
    QVector<AgentCall> views;
    QVector<Call> ended;

private:
    bool isLive()
    {
        return QTest::qWaitFor([this] { return connector.link().state == Link::State::Live; });
    }

    bool play(const QJsonObject &step)
    {
        clock.set(TimeMs(step["t_ms"].toDouble()));
        if (step.contains("event"))
            return say(step["event"].toObject());
        if (step["connection"] == QLatin1String("ends")) {
            player.pauseAccepting();
            player.breakConnection();
            return QTest::qWaitFor([this] { return connector.link().state != Link::State::Live; });
        }
        if (step["connection"] != QLatin1String("back"))
            return true;
        player.setList("channels", step["channels"].toArray());
        player.setList("calls", step["calls"].toArray());
        const QJsonObject dumps = step["dumps"].toObject();
        for (auto dump = dumps.begin(); dump != dumps.end(); ++dump)
            player.setDump(dump.key(), dump->toObject());
        player.resumeAccepting();
        return isLive();
    }

    bool say(const QJsonObject &event)
    {
        if (!m_bytewise) {
            player.send(event);
        } else {
            const QByteArray frame = EslPlayer::frameOf(event);
            for (qsizetype at = 0; at < frame.size(); at += 97)
                player.write(frame.sliced(at, std::min<qsizetype>(97, frame.size() - at)), at == 0 ? 1 : 0);
        }
        return QTest::qWaitFor([this] { return connector.framesTaken() == player.frames; });
    }
};

void addScripts()
{
    QTest::addColumn<QString>("script");
    const auto files = QDir(folder).entryList({"*.jsonl"});
    for (const QString &file : files)
        QTest::newRow(qPrintable(file.chopped(6))) << file.chopped(6);
}

QString expectedOf(const QString &script)
{
    return QString::fromUtf8(readFile(script + ".expected.txt"));
}

} // namespace

/// The scripts are written from FreeSWITCH's source and documentation, not recorded: see their README.md.
class tst_EslScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsComeOutAsTheScriptSays_data() { addScripts(); }
    void callsComeOutAsTheScriptSays()
    {
        QFETCH(QString, script);
        Played played(script);

        QVERIFY(played.run());

        const QString told = played.story.lines.join('\n') + '\n';
        if (qEnvironmentVariableIsSet("RINGBOOK_ESL_TELL"))
            qInfo().noquote() << '\n' + told;
        QCOMPARE(told, expectedOf(script));
        QVERIFY(played.connector.agentCalls().isEmpty());
    }

    void whereBytesAreCutChangesNothing()
    {
        Played played("three-phones", true);

        QVERIFY(played.run());

        QCOMPARE(played.story.lines.join('\n') + '\n', expectedOf("three-phones"));
    }

    void aWithheldNumberLeavesNoTrace_data()
    {
        QTest::addColumn<QString>("script");
        QTest::newRow("by the line") << "withheld";
        QTest::newRow("by the dialplan") << "withheld-by-dialplan";
    }

    void aWithheldNumberLeavesNoTrace()
    {
        QFETCH(QString, script);
        Played played(script);
        QVERIFY(played.run());

        for (const AgentCall &view : std::as_const(played.views))
            QVERIFY(view.party == Party{.withheld = true});
        for (const Call &call : std::as_const(played.ended))
            QVERIFY(call.caller == Party{.withheld = true});
        QCOMPARE(played.ended.size(), 1);
    }

    /// Revisions grow, so that a desk that hears something twice or late knows it.
    void nothingIsToldTwice_data() { addScripts(); }
    void nothingIsToldTwice()
    {
        QFETCH(QString, script);
        Played played(script);
        QVERIFY(played.run());

        for (qsizetype i = 1; i < played.story.lines.size(); ++i)
            QVERIFY2(played.story.lines[i] != played.story.lines[i - 1], qPrintable(played.story.lines[i]));
        QStringList ids;
        for (const Call &call : std::as_const(played.ended))
            ids += call.id;
        QCOMPARE(ids.removeDuplicates(), 0);
    }
};

QTEST_GUILESS_MAIN(tst_EslScripts)
#include "tst_EslScripts.moc"
