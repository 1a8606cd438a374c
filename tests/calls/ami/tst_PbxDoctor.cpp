#include "sync/calls/ami/PbxDoctor.h"
#include "sync/calls/recording/AmiPlayer.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;
using Grade = PbxFinding::Grade;

namespace {

constexpr AmiTiming quick{.answerWaitMs = 2'000, .bootWaitMs = 20, .firstRetryMs = 5, .longestRetryMs = 20};

Recording silence()
{
    return {.connections = {{.greeting = "Asterisk Call Manager/11.0.0",
                             .booted = "Event: FullyBooted\r\nPrivilege: system,all\r\nUptime: 5\r\n\r\n"}}};
}

QByteArray device(const QByteArray &name, const QByteArray &state)
{
    return "Event: DeviceStateChange\r\nActionID: ?\r\nDevice: " + name + "\r\nState: " + state + "\r\n\r\n";
}

/// A telephone system that is as the settings say, and the one who looks at it.
struct Surgery
{
    explicit Surgery(const Recording &recording = silence()) : pbx(recording)
    {
        pbx.lists["Getvar"] = {"Response: Error\r\nActionID: ?\r\nMessage: No such channel\r\n\r\n"};
        has({device("PJSIP/101", "NOT_INUSE"), device("PJSIP/102", "NOT_INUSE"),
             device("PJSIP/trunk", "NOT_INUSE"), device("Queue:support", "NOT_INUSE")});
        settings = {.port = pbx.serverPort(),
                    .user = AmiPlayer::user,
                    .secret = AmiPlayer::secret,
                    .plan = {.country = "DE", .countryCode = "49"},
                    .agents = {{"101", "Anna Albers", "PJSIP/101"}, {"102", "Ben Brandt", "PJSIP/102"}},
                    .trunks = {"PJSIP/trunk"}};
    }

    void has(QVector<QByteArray> devices)
    {
        devices.prepend("Response: Success\r\nActionID: ?\r\nEventList: start\r\n\r\n");
        devices.append("Event: DeviceStateListComplete\r\nActionID: ?\r\nEventList: Complete\r\n\r\n");
        pbx.lists["DeviceStateList"] = devices;
    }

    /// What it finds after everything was asked.
    QVector<PbxFinding> examine()
    {
        doctor.emplace(clock, settings, quick);
        if (doctor->start() && !QTest::qWaitFor([this] { return doctor->isDone(); }))
            qWarning("not everything was answered");
        return doctor->findings();
    }

    static QStringList sentences(const QVector<PbxFinding> &findings, Grade grade)
    {
        QStringList sentences;
        for (const PbxFinding &finding : findings)
            if (finding.grade == grade)
                sentences.append(finding.what);
        return sentences;
    }

    SystemClock clock;
    AmiPlayer pbx;
    PbxSettings settings;
    std::optional<PbxDoctor> doctor;
};

QString allOf(const QVector<PbxFinding> &findings)
{
    QStringList lines;
    for (const PbxFinding &finding : findings)
        lines.append(QString::number(int(finding.grade)) + ' ' + finding.what + " / " + finding.todo);
    return lines.join('\n');
}

} // namespace

class tst_PbxDoctor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whereAllIsWellOnlyACallIsMissing()
    {
        Surgery surgery;

        const auto findings = surgery.examine();

        QCOMPARE(Surgery::sentences(findings, Grade::Bad), QStringList());
        QCOMPARE(Surgery::sentences(findings, Grade::Note), QStringList{"No call was heard."});
        const QString good = Surgery::sentences(findings, Grade::Good).join('\n');
        QVERIFY2(good.contains("lets the hub in (Asterisk Call Manager/11.0.0"), qPrintable(good));
        QVERIFY2(good.contains("stays on this machine"), qPrintable(good));
        QVERIFY2(good.contains("Phones that can ring: 101, 102."), qPrintable(good));
    }

    void aWrongSecretIsTold()
    {
        Surgery surgery;
        surgery.settings.secret = "forgotten";
        surgery.doctor.emplace(surgery.clock, surgery.settings, quick);

        QVERIFY(surgery.doctor->start());

        QTRY_VERIFY(surgery.doctor->findings().first().what.contains("wrong name or secret"));
        QCOMPARE(surgery.doctor->findings().size(), 1);
        QCOMPARE(surgery.doctor->findings().first().grade, Grade::Bad);
        QVERIFY(!allOf(surgery.doctor->findings()).contains("forgotten"));
    }

    void nobodyThereIsTold()
    {
        Surgery surgery;
        surgery.pbx.close();
        surgery.doctor.emplace(surgery.clock, surgery.settings, quick);

        QVERIFY(surgery.doctor->start());

        QTRY_VERIFY(surgery.doctor->findings().first().what.contains("refused"));
    }

    void plainTextToAnotherMachineIsNotEvenTried()
    {
        Surgery surgery;
        surgery.settings.host = "192.0.2.1";

        const auto findings = surgery.examine();

        QCOMPARE(findings.size(), 1);
        QCOMPARE(findings.first().grade, Grade::Bad);
        QVERIFY(findings.first().what.contains("plain text"));
    }

    void rightsThatAreMissingAreNamed()
    {
        Surgery surgery({.connections = {{.greeting = "Asterisk Call Manager/11.0.0"}}}); // tells of no start
        surgery.pbx.answersGetvar = false;
        surgery.pbx.lists.clear();
        surgery.pbx.answersLists = false;

        const auto findings = surgery.examine();

        const QString bad = Surgery::sentences(findings, Grade::Bad).join('\n');
        QVERIFY2(bad.contains("which calls go on"), qPrintable(bad));
        QVERIFY2(bad.contains("whether a caller's number may be shown"), qPrintable(bad));
        const QString notes = Surgery::sentences(findings, Grade::Note).join('\n');
        QVERIFY2(notes.contains("not told when the telephone system starts"), qPrintable(notes));
        QVERIFY2(notes.contains("Which phones there are"), qPrintable(notes));
        QVERIFY(allOf(findings).contains("write=reporting"));
    }

    void phonesAndLinesAreCompared()
    {
        Surgery surgery;
        surgery.has({device("PJSIP/101", "UNAVAILABLE"), device("PJSIP/Ben", "NOT_INUSE"),
                     device("PJSIP/provider", "NOT_INUSE"), device("Local/101@x", "INUSE")});

        const auto findings = surgery.examine();

        const QString bad = Surgery::sentences(findings, Grade::Bad).join('\n');
        QVERIFY2(bad.contains("PJSIP/102 (Ben Brandt, extension 102) is no phone"), qPrintable(bad));
        QVERIFY2(bad.contains("“PJSIP/trunk” is no line"), qPrintable(bad));
        const QString notes = Surgery::sentences(findings, Grade::Note).join('\n');
        QVERIFY2(notes.contains("PJSIP/101 (Anna Albers, extension 101) is not signed in"),
                 qPrintable(notes));
        QVERIFY2(notes.contains("do not name: PJSIP/Ben, PJSIP/provider."), qPrintable(notes));
    }

    void aClockThatIsWrongIsTold_data()
    {
        QTest::addColumn<TimeMs>("ahead");
        QTest::addColumn<bool>("isTold");
        QTest::newRow("right") << TimeMs(0) << false;
        QTest::newRow("a little") << maxClockOffsetMs - secondMs << false;
        QTest::newRow("ahead") << maxClockOffsetMs + 2 * secondMs << true;
        QTest::newRow("behind") << -maxClockOffsetMs - 2 * secondMs << true;
    }
    void aClockThatIsWrongIsTold()
    {
        QFETCH(const TimeMs, ahead);
        QFETCH(const bool, isTold);
        Surgery surgery;
        const double there = double(surgery.clock.now() + ahead) / 1000;
        surgery.pbx.pingTime = QByteArray::number(there, 'f', 6);

        const auto findings = surgery.examine();

        const QString notes = Surgery::sentences(findings, Grade::Note).join('\n');
        QCOMPARE(notes.contains("Its clock is"), isTold);
        QCOMPARE(allOf(findings).contains("clock agrees"), !isTold);
    }

    void aCallThatRingsIsHeard()
    {
        Surgery surgery(*Recording::load(QStringLiteral(RINGBOOK_AMI_DATA "/direct-missed.jsonl")));
        surgery.examine();

        QTRY_VERIFY_WITH_TIMEOUT(allOf(surgery.doctor->findings()).contains("Calls heard: 1. It rang at 102"),
                                 20'000);
        QVERIFY(!allOf(surgery.doctor->findings()).contains("+"));
    }

    void aCallAtAPhoneThatIsNotNamedIsFoundOut()
    {
        Surgery surgery(*Recording::load(QStringLiteral(RINGBOOK_AMI_DATA "/direct-missed.jsonl")));
        surgery.settings.agents = {{"101", "Anna Albers", "PJSIP/101"}};
        surgery.has({device("PJSIP/101", "NOT_INUSE"), device("PJSIP/trunk", "NOT_INUSE")});
        surgery.examine();

        QTRY_VERIFY_WITH_TIMEOUT(surgery.doctor->heard().contains("DialBegin"), 20'000);
        const QString all = allOf(surgery.doctor->findings());
        QVERIFY2(all.contains("no agent's phone rang"), qPrintable(all));
        QVERIFY2(all.contains("PJSIP/102 (in 1 calls)"), qPrintable(all));
    }

    void whatIsNotNeededIsTold()
    {
        Surgery surgery;
        surgery.examine();

        surgery.pbx.sendNow("Event: Newexten\r\nPrivilege: dialplan,all\r\nApplication: Dial\r\n\r\n");

        QTRY_VERIFY(allOf(surgery.doctor->findings()).contains("does not need (dialplan)"));
    }
};

QTEST_GUILESS_MAIN(tst_PbxDoctor)
#include "tst_PbxDoctor.moc"
