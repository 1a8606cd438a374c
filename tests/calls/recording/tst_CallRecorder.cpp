#include "sync/calls/ami/AmiConnector.h"
#include "sync/calls/recording/AmiPlayer.h"
#include "sync/calls/recording/CallRecorder.h"
#include "sync/calls/recording/Replay.h"

#include <QBuffer>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;

namespace {

const QString folder = QStringLiteral(RINGBOOK_AMI_DATA);

PbxSettings settings()
{
    return *loadPbxSettings(folder + "/pbx.json");
}

/// A clock that stands where it is put.
class StoppedClock final : public Clock
{
public:
    TimeMs now() const override { return 1'795'000'000'000 + ms; }
    qint64 monotonicNs() const override { return ms * 1'000'000; }
    TimeMs ms = 0;
};

/// What the recorder writes of a recording that is played to a hub's connector.
QByteArray recordedAgain(const QString &name, bool masksEverybody)
{
    AmiPlayer player(*Recording::load(folder + u'/' + name + ".jsonl"), AmiPlayer::Pace::Lockstep);
    PbxSettings pbx = settings();
    pbx.port = player.serverPort();
    pbx.user = AmiPlayer::user;
    pbx.secret = AmiPlayer::secret;
    QBuffer file;
    file.open(QIODevice::WriteOnly);
    CallRecorder recorder(file, player.clock, pbx, masksEverybody);
    AmiConnector connector(player.clock, pbx, AmiTiming{.bootWaitMs = 20, .firstRetryMs = 10});
    connector.setTap(&recorder);
    player.isTaken = [&](qint64 sent) { return connector.bytesTaken() >= sent && !connector.isAsking(); };
    QSignalSpy finished(&player.finished, &QTimer::timeout);
    if (!connector.start() || !finished.wait(30'000))
        qFatal("not played");
    connector.stop();
    recorder.finish();
    return file.data();
}

Result<Recording> read(const QByteArray &lines)
{
    QTemporaryDir dir;
    QFile file(dir.filePath("again.jsonl"));
    if (!file.open(QIODevice::WriteOnly) || file.write(lines) != lines.size())
        qFatal("no file");
    file.close();
    return Recording::load(file.fileName());
}

/// A call in words, but for when exactly and who was outside.
QString story(const model::Call &call)
{
    QStringList words{QString::number(int(call.direction)),
                      call.queue,
                      call.callerAgent,
                      QString::number(int(call.presentation)),
                      QString::number(int(call.outcome)),
                      QString::number(int(call.endedBy)),
                      QLatin1String(call.caller.raw.isEmpty() ? "nobody" : "somebody")};
    for (const model::Leg &leg : call.legs)
        words += leg.agent + ' ' + QString::number(int(leg.result)) + ' ' + leg.takenBy;
    for (const model::Segment &segment : call.segments)
        words += segment.agent + " talks";
    words += QStringLiteral("%1 holds, %2 transfers").arg(call.holds.size()).arg(call.transfers.size());
    return words.join(", ");
}

QStringList stories(const Recording &recording)
{
    const auto replayed = replay(recording, settings());
    QStringList all;
    for (const model::Call &call : replayed ? replayed->calls : QVector<model::Call>())
        all += story(call);
    return all;
}

QJsonArray expectedCalls(const QString &name)
{
    QFile file(folder + u'/' + name + ".expected.json");
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no expectation");
    return QJsonDocument::fromJson(file.readAll()).object()["calls"].toArray();
}

/// Values of the lines, without what surrounds them.
QString values(const QByteArray &recorded)
{
    QString all;
    for (const QByteArray &line : recorded.split('\n'))
        all += QJsonDocument::fromJson(line).object()["line"].toString() + '\n';
    return all;
}

} // namespace

class tst_CallRecorder : public QObject
{
    Q_OBJECT

    StoppedClock m_clock;

    void recordings()
    {
        QTest::addColumn<QString>("name");
        for (const QString &file : QDir(folder).entryList({"*.jsonl"}))
            QTest::newRow(qPrintable(file)) << file.chopped(int(strlen(".jsonl")));
    }

    /// What is written of these messages, after what the mask says of everybody.
    QString written(const QVector<QByteArray> &pieces, bool masksEverybody = false)
    {
        QBuffer file;
        file.open(QIODevice::WriteOnly);
        CallRecorder recorder(file, m_clock, settings(), masksEverybody);
        recorder.connected();
        recorder.came("Asterisk Call Manager/11.0.0\r\n");
        for (const QByteArray &piece : pieces)
            recorder.came(piece);
        recorder.finish();
        return values(file.data());
    }

private Q_SLOTS:
    void whatIsRecordedMeansWhatWasPlayed_data() { recordings(); }

    void whatIsRecordedMeansWhatWasPlayed()
    {
        QFETCH(QString, name);

        const auto recorded = read(recordedAgain(name, false));

        QVERIFY2(recorded, recorded ? "" : qPrintable(recorded.error().detail));
        QCOMPARE(stories(*recorded), stories(*Recording::load(folder + u'/' + name + ".jsonl")));
    }

    void whoIsWithheldIsInNoByte_data() { recordings(); }

    void whoIsWithheldIsInNoByte()
    {
        QFETCH(QString, name);

        const QByteArray recorded = recordedAgain(name, false);

        QVERIFY(!recorded.contains(AmiPlayer::secret));
        for (const QJsonValue &call : expectedCalls(name)) {
            const QString hidden = call["must_not_show"].toString();
            if (hidden.isEmpty())
                continue;
            QVERIFY(!recorded.contains(hidden.right(tellingDigits).toUtf8()));
            QVERIFY(recorded.contains("hidden"));
        }
    }

    void withAMaskForEverybodyNobodyOutsideIsInItAndTheCallsAreTheSame_data() { recordings(); }

    void withAMaskForEverybodyNobodyOutsideIsInItAndTheCallsAreTheSame()
    {
        QFETCH(QString, name);
        QSet<QString> inside;
        for (const Agent &agent : settings().agents)
            inside += agent.name;

        const QByteArray recorded = recordedAgain(name, true);

        const QString text = values(recorded);
        for (const QJsonValue &call : expectedCalls(name)) {
            const QString number = call["caller"]["number"].toString();
            const QString caller = call["caller"]["name"].toString();
            if (number.size() > tellingDigits)
                QVERIFY2(!text.contains(number.right(tellingDigits)), qPrintable(number));
            if (!caller.isEmpty() && !inside.contains(caller))
                QVERIFY2(!text.contains(caller), qPrintable(caller));
        }
        const auto again = read(recorded);
        QVERIFY(again);
        QCOMPARE(stories(*again), stories(*Recording::load(folder + u'/' + name + ".jsonl")));
    }

    void aNumberThatTurnsOutToBeHiddenIsTakenOutOfWhatCameBefore()
    {
        const QString text = written(
            {"Event: Newchannel\r\nChannel: PJSIP/trunk-00000129\r\nCallerIDNum: +12125550187\r\n"
             "CallerIDName: Hidden Person\r\nUniqueid: 1795301915.42\r\n\r\n",
             "Event: NewCallerid\r\nChannel: PJSIP/trunk-00000129\r\nCallerIDNum: +12125550187\r\n"
             "CallerIDName: Hidden Person\r\nCID-CallingPres: 35 (Presentation Prohibited, Network)\r\n\r\n",
             "Event: Newexten\r\nAppData: \"Hidden Person\" <0012125550187>,r\r\n\r\n"});

        QVERIFY(!text.contains("5550187"));
        QVERIFY(!text.contains("Hidden Person"));
        QVERIFY(text.contains("PJSIP/trunk-00000129"));
        QVERIFY(text.contains("1795301915.42"));
    }

    void secretsDigitsAndVariablesAreNeverWritten()
    {
        const QString text = written(
            {"Event: DTMFEnd\r\nDigit: 7\r\nDirection: Received\r\n\r\n",
             "Event: VarSet\r\nVariable: PIN\r\nValue: 4711\r\n\r\n",
             "Event: Newchannel\r\nChanVariable: PIN=4711\r\nChanVariable: CALLERID(pres)=allowed\r\n\r\n"});

        QVERIFY(!text.contains("4711"));
        QVERIFY(!text.contains("Digit: 7"));
        QVERIFY(text.contains("Direction: Received"));
        QVERIFY(text.contains("CALLERID(pres)=allowed"));
    }

    /// A PIN that an application asks for, digits it sends; which queue somebody waits in is needed.
    void whatApplicationsAreToldIsNotWritten()
    {
        const QString text = written(
            {"Event: CoreShowChannel\r\nApplication: Authenticate\r\nApplicationData: 4711471147\r\n\r\n",
             "Event: Newexten\r\nApplication: SendDTMF\r\nAppData: 998877\r\n\r\n",
             "Event: Newexten\r\nApplication: MixMonitor\r\nAppData: in-491704445556_x.wav\r\n\r\n",
             "Event: CoreShowChannel\r\nApplication: Queue\r\nApplicationData: support,tT\r\n\r\n"});

        QVERIFY(!text.contains("4711471147"));
        QVERIFY(!text.contains("998877"));
        QVERIFY(!text.contains("491704445556"));
        QVERIFY(text.contains("ApplicationData: support,tT"));
    }

    void oneCallerIsOneCallerInEverySpelling()
    {
        const QString text =
            written({"Event: Newchannel\r\nCallerIDNum: +4917012345678\r\nCallerIDName: Eva\r\n\r\n",
                     "Event: Newchannel\r\nCallerIDNum: 017012345678\r\n\r\n",
                     "Event: Newchannel\r\nCallerIDNum: +4917012340000\r\n\r\n"},
                    true);

        QVERIFY(text.contains("+491701234"
                              "0001"));
        QVERIFY(text.contains("01701234"
                              "0001"));
        QVERIFY(text.contains("+491701234"
                              "0002"));
        QVERIFY(text.contains("Caller 1"));
    }

    void whatIsHeldLongEnoughIsWrittenAndNoMoreIsHeldThanFits()
    {
        QBuffer file;
        file.open(QIODevice::WriteOnly);
        CallRecorder recorder(file, m_clock, settings(), false);
        recorder.connected();
        recorder.came("Asterisk Call Manager/11.0.0\r\nEvent: Newstate\r\n\r\n");
        m_clock.ms += holdRecordedMs;
        recorder.writeOld();
        QCOMPARE(recorder.written(), 0);

        m_clock.ms += 1;
        recorder.writeOld();

        QCOMPARE(file.data().count('\n'), 3);
        for (int i = 0; i < maxHeldLines / 2 + 10; ++i)
            recorder.came("Event: Newstate\r\n\r\n");
        QCOMPARE(file.data().count('\n'), 3 + 20);
    }

    void whatADiskCannotTakeIsToldOnce()
    {
        QTemporaryDir dir;
        QFile full("/dev/full");
        if (!full.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            QSKIP("there is no full disk here");
        CallRecorder recorder(full, m_clock, settings(), false);
        recorder.connected();
        recorder.came("Asterisk Call Manager/11.0.0\r\n");

        recorder.finish();

        QVERIFY(recorder.problem().startsWith("The recording cannot be written"));
    }

    void linesWithoutEndAndMessagesWithoutEndAreCut()
    {
        const QByteArray line(maxAmiLineBytes * 4, 'x');
        QByteArray many;
        for (int i = 0; i < 3 * maxAmiFields; ++i)
            many += "Key: value\r\n";

        const QString text =
            written({"Long: " + line, line, "\r\n", many, "\r\n", "Event: Newstate\r\n\r\n"});

        QVERIFY(text.size() < 2 * maxAmiLineBytes + 20 * maxAmiFields);
        QVERIFY(text.endsWith("Event: Newstate\n\n\n\n"));
    }
};

QTEST_GUILESS_MAIN(tst_CallRecorder)
#include "tst_CallRecorder.moc"
