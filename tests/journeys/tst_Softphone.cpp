#include "tests/journeys/Company.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QTest>

#include <algorithm>

using namespace ringbook::tests;

namespace {

constexpr int patienceMs = 30'000;
constexpr int ringTimes = 40;
constexpr int busyTimes = 5;       ///< as many as are shown within ten seconds
constexpr int handOverGoalMs = 50; ///< beyond what starting a program takes

} // namespace

/// What a softphone runs, as processes of their own, at a desk that runs without a screen. They end before a
/// busy desk has answered: what the desk makes of them is waited for.
class tst_Softphone : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;
    std::optional<Company> m_company;
    std::unique_ptr<Program> m_desk;

    QString profile() const { return m_company->profile("anna"); }

    QVector<QJsonObject> events(const QString &wanted) const
    {
        QFile file(profile() + "/events");
        QVector<QJsonObject> found;
        if (file.open(QIODevice::ReadOnly))
            while (!file.atEnd())
                if (const auto event = QJsonDocument::fromJson(file.readLine()).object();
                    event["event"] == wanted)
                    found.append(event);
        return found;
    }

    /// The states of the calls of this computer, as the desk went through them.
    QStringList states() const
    {
        QStringList states;
        for (const QJsonObject &event : events("local_call"))
            states.append(event["state"].toString());
        return states;
    }

    void startDesk(const QStringList &more = {})
    {
        QFile password(m_home.filePath("password"));
        if (password.open(QIODevice::WriteOnly))
            password.write("demo\n");
        password.close();
        m_desk = std::make_unique<Program>("ringbook", QStringList{"--profile", profile(), "--hub",
                                                                   m_company->hubUrl(), "--login", "anna",
                                                                   "--password-file", password.fileName(),
                                                                   "--events", profile() + "/events"} +
                                                           more);
        QTRY_COMPARE_WITH_TIMEOUT(events("live").size(), 1, patienceMs);
    }

    static int run(const QString &program, const QStringList &arguments, QString *said = nullptr)
    {
        Program helper(program, arguments);
        const int status = helper.waitForEnd();
        if (said)
            *said = helper.everything();
        return status;
    }

    /// In microseconds, shortest first.
    struct Took
    {
        QVector<qint64> toDesk = {};
        QVector<qint64> toNobody = {}; ///< the same program where no desk runs, in turns with the others

        static qint64 median(const QVector<qint64> &times) { return times[times.size() / 2]; }
        qint64 handOver() const { return median(toDesk) - median(toNobody); }

        QString inWords() const
        {
            return QString("p50 %1 ms, max %2 ms, %3 times; to nobody p50 %4 ms")
                .arg(double(median(toDesk)) / 1000)
                .arg(double(toDesk.last()) / 1000)
                .arg(toDesk.size())
                .arg(double(median(toNobody)) / 1000);
        }
    };

    /// From the start of the program to its end.
    static qint64 timeOf(const QString &program, const QString &number)
    {
        QElapsedTimer timer;
        QProcess helper;
        timer.start();
        helper.start(Program::path(program), {number});
        helper.waitForFinished();
        return timer.nsecsElapsed() / 1000;
    }

    /// Each time with another number.
    static Took timesOf(const QString &program, int times)
    {
        const QTemporaryDir nobody;
        Took took;
        for (int i = 0; i < times; ++i) {
            const QString number = QString::number(1000 + i);
            took.toDesk.append(timeOf(program, number));
            qputenv("RINGBOOK_PROFILE", nobody.path().toUtf8());
            took.toNobody.append(timeOf(program, number));
            qunsetenv("RINGBOOK_PROFILE");
        }
        std::ranges::sort(took.toDesk);
        std::ranges::sort(took.toNobody);
        return took;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CONFIG_HOME", m_home.filePath("config").toUtf8());
        qputenv("XDG_DATA_HOME", m_home.filePath("data").toUtf8());
    }

    void init() { m_company.emplace(); }

    void cleanup()
    {
        m_desk.reset();
        m_company.reset();
    }

    void aCallIsFollowedFromItsRingToItsEnd()
    {
        startDesk();

        QCOMPARE(run("ringbook-ring", {"+49 30 23125 147"}), 0); // at the desk that was used last
        QTRY_COMPARE_WITH_TIMEOUT(events("shown").size(), 1, patienceMs);
        QCOMPARE(states(), QStringList{"ringing"});
        QCOMPARE(run("ringbook-answer", {"03023125147"}), 0);
        QCOMPARE(run("ringbook-end", {"03023125147"}), 0);

        QTRY_COMPARE_WITH_TIMEOUT(states(), (QStringList{"ringing", "connected", "over"}), patienceMs);
    }

    void theProgramItselfTellsTheSame()
    {
        startDesk();

        QCOMPARE(run("ringbook", {"--ring", "030 23125 147"}), 0);
        QCOMPARE(run("ringbook", {"ringbook://ring?number=03023125147&event=answer"}), 0);
        QCOMPARE(run("ringbook", {"--ended", ""}), 0);

        QTRY_COMPARE_WITH_TIMEOUT(states(), (QStringList{"ringing", "connected", "over"}), patienceMs);
    }

    void aClickOnANumberDialsNothing()
    {
        startDesk();

        QCOMPARE(run("ringbook", {"--", "tel:+49-30-23125-147"}), 0);

        QCOMPARE(events("number_offered").size(), 1); // the simulator's phone could
        QVERIFY(states().isEmpty());
        QVERIFY(events("pop").isEmpty());
    }

    void whateverTheCallerIsCalledItIsANumberOrUnknown_data()
    {
        QTest::addColumn<QString>("number");
        QTest::newRow("an option") << "--server=x";
        QTest::newRow("help") << "--help";
        QTest::newRow("a command") << "$(reboot)";
        QTest::newRow("lines") << "101\n102";
        QTest::newRow("control characters") << "\x1b[2J\a";
        QTest::newRow("another direction") << QString("\u202e101");
        QTest::newRow("100 kB") << QString(100'000, u'7'); // as much as the system lets through
        QTest::newRow("nothing") << "";
    }
    void whateverTheCallerIsCalledItIsANumberOrUnknown()
    {
        QFETCH(QString, number);
        startDesk();
        QString said;

        QCOMPARE(run("ringbook-ring", {number}, &said), 0);

        QVERIFY2(said.isEmpty(), qPrintable(said));
        QTRY_COMPARE_WITH_TIMEOUT(events("shown").size(), 1, patienceMs);
        const QJsonObject call = events("local_call").first();
        QCOMPARE(call["readable"].toBool(), false);
        QCOMPARE(call["withheld"].toBool(), false);
        QCOMPARE(run("ringbook-end", {number}), 0);
        QTRY_COMPARE_WITH_TIMEOUT(states(), (QStringList{"ringing", "over"}), patienceMs);
    }

    void aMegabyteOnTheSocketChangesNothing()
    {
        startDesk();
        QLocalSocket socket;
        socket.connectToServer(profile() + "/desk.socket");
        QVERIFY(socket.waitForConnected());

        socket.write(QByteArray(1'000'000, 'r'));

        QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QLocalSocket::UnconnectedState, patienceMs);
        QCOMPARE(run("ringbook-ring", {"030 23125 147"}), 0); // it lives
        QTRY_COMPARE_WITH_TIMEOUT(states(), QStringList{"ringing"}, patienceMs);
    }

    void whoRingsTooOftenIsRefused()
    {
        startDesk();
        QString said;

        for (int i = 0; i < 5; ++i)
            QCOMPARE(run("ringbook", {QString("ringbook://ring?number=030231251%1").arg(i)}), 0);
        QCOMPARE(run("ringbook", {"ringbook://ring?number=0302312519"}, &said), 1);

        QVERIFY2(said.contains("try again"), qPrintable(said));
        QCOMPARE(states().size(), 5);
        QCOMPARE(run("ringbook-end", {"0302312510"}), 0); // what is shown can still be closed
    }

    void aPracticeCallThatCannotRingSaysWhyInTheTerminal()
    {
        m_company.emplace(QStringList{}); // without a simulator
        startDesk();
        QString noSimulator, noHub;
        const auto practise = [](QString *said) {
            return run("ringbook", {"--practice-call", "+49 30 23125 147"}, said);
        };

        QCOMPARE(practise(&noSimulator), 1);
        m_company->hub->kill();
        QTRY_VERIFY_WITH_TIMEOUT(practise(&noHub) == 1 && noHub.contains("not connected"), patienceMs);

        QVERIFY2(noSimulator.contains("start it with --simulator"), qPrintable(noSimulator));
    }

    void theHubsCallAndTheOneOfThisComputerAreOne()
    {
        startDesk();

        QCOMPARE(run("ringbook-ring", {"030 23125 147"}), 0);
        QCOMPARE(run("ringbook", {"--practice-call", "+49 30 23125 147"}), 0);

        QTRY_COMPARE_WITH_TIMEOUT(events("local_call_is_hubs").size(), 1, patienceMs);
        QCOMPARE(run("ringbook-answer", {"030 23125 147"}), 0);
        QCOMPARE(run("ringbook-end", {"030 23125 147"}), 0);
        QCOMPARE(states(), QStringList{"ringing"}); // how it goes on the hub tells
        QTRY_COMPARE_WITH_TIMEOUT(events("pop").size(), 1, patienceMs);
        QCOMPARE(events("card").size(), 1);
    }

    void whereNoDeskRunsNothingHappens()
    {
        for (const QString helper : {"ringbook-ring", "ringbook-answer", "ringbook-end"}) {
            QString said;

            QCOMPARE(run(helper, {"101"}, &said), 1);

            QCOMPARE(said, helper + ": no desk of Ringbook runs here; start it first");
        }
        QVERIFY(QDir(m_home.filePath("data")).isEmpty());
    }

    void theEnvironmentSaysWhichDesk()
    {
        startDesk();
        const QTemporaryDir elsewhere;

        qputenv("RINGBOOK_PROFILE", elsewhere.path().toUtf8());
        const int nobody = run("ringbook-ring", {"101"});
        qputenv("RINGBOOK_PROFILE", profile().toUtf8());
        const int anna = run("ringbook-ring", {"101"});
        qunsetenv("RINGBOOK_PROFILE");

        QCOMPARE(nobody, 1);
        QCOMPARE(anna, 0);
    }

    /// Some softphones wait for it before they let the telephone ring. The median is asserted, beyond what
    /// the start of the program takes: the machine may be busy with something else.
    void itIsHandedOverAtOnce()
    {
        startDesk();

        const auto took = timesOf("ringbook-end", ringTimes);

        const QString figures = took.inWords();
        qInfo("%s", qPrintable(figures));
        QVERIFY2(took.handOver() < handOverGoalMs * 1000, qPrintable(figures));
    }

    void aDeskThatIsBusyHearsOfItLater()
    {
        startDesk();
        m_desk->stop();

        const auto took = timesOf("ringbook-ring", busyTimes);

        const QString figures = took.inWords();
        qInfo("%s", qPrintable(figures));
        QVERIFY2(took.handOver() < handOverGoalMs * 1000, qPrintable(figures));
        m_desk->goOn();
        QTRY_COMPARE_WITH_TIMEOUT(states().size(), busyTimes, patienceMs);
    }
};

QTEST_GUILESS_MAIN(tst_Softphone)
#include "tst_Softphone.moc"
