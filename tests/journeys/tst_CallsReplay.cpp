#include "sync/calls/recording/AmiPlayer.h"
#include "tests/support/Program.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace ringbook::tests;

namespace {

const QString folder = QStringLiteral(RINGBOOK_AMI_DATA);

/// About the recording, not about what the hub can know.
const QStringList passedOver{"id",           "caller_after_dialplan", "click_to_call", "agent_leg",
                             "notify_popup", "pbx_stopped",           "queue_result",  "must_not_show"};

QJsonObject readJson(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

/// Those of the recordings, for the PBX that plays them at this port.
void writeSettings(const QString &path, quint16 port)
{
    QJsonObject settings = readJson(folder + "/pbx.json");
    settings["host"] = "127.0.0.1";
    settings["port"] = port;
    settings["user"] = ringbook::calls::AmiPlayer::user;
    settings["secret"] = ringbook::calls::AmiPlayer::secret;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(settings).toJson()) < 0)
        qFatal("no settings");
}

/// The number of a caller who is withheld may not be told, whatever the recording knows of it.
QJsonObject withoutHidden(QJsonObject call)
{
    QJsonObject caller = call["caller"].toObject();
    if (caller["withheld"].toBool())
        for (const char *key : {"number", "name", "e164"})
            caller[QLatin1String(key)] = QJsonValue();
    call["caller"] = caller;
    return call;
}

/// Where `is` has something else than was expected; times may differ a little.
void compare(const QString &place, const QJsonValue &expected, const QJsonValue &is, double tolerance,
             QStringList &differences)
{
    if (expected.isObject()) {
        const QJsonObject object = expected.toObject();
        for (auto member = object.begin(); member != object.end(); ++member)
            if (!passedOver.contains(member.key()))
                compare(place + '.' + member.key(), *member, is.toObject()[member.key()], tolerance,
                        differences);
        return;
    }
    if (expected.isArray() && expected.toArray().size() == is.toArray().size()) {
        for (int i = 0; i < expected.toArray().size(); ++i)
            compare(place + QStringLiteral("[%1]").arg(i), expected[i], is[i], tolerance, differences);
        return;
    }
    const bool isNear = place.endsWith("_ms") && expected.isDouble() && is.isDouble() &&
                        std::abs(expected.toDouble() - is.toDouble()) <= tolerance;
    if (expected != is && !isNear)
        differences += place + QStringLiteral(": expected ") + expected.toVariant().toString() + ", is " +
                       is.toVariant().toString();
}

} // namespace

class tst_CallsReplay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRecordingIsToldAsItHappened_data()
    {
        QTest::addColumn<QString>("recording");
        for (const QString &file : QDir(folder).entryList({"*.jsonl"}))
            QTest::newRow(qPrintable(file.chopped(6))) << folder + '/' + file.chopped(6);
    }
    void aRecordingIsToldAsItHappened()
    {
        QFETCH(QString, recording);
        const QJsonObject expected = readJson(recording + ".expected.json");

        Program hub("ringbook-hub",
                    {"calls", "replay", recording + ".jsonl", "--pbx", folder + "/pbx.json", "--json"});
        const QJsonObject told = QJsonDocument::fromJson(hub.waitFor("^\\{").toUtf8()).object();

        QCOMPARE(hub.waitForEnd(), 0);
        QStringList differences;
        const QJsonArray calls = expected["calls"].toArray();
        QCOMPARE(told["calls"].toArray().size(), calls.size());
        for (int i = 0; i < calls.size(); ++i)
            compare(calls[i]["linkedid"].toString(), withoutHidden(calls[i].toObject()), told["calls"][i],
                    expected["tolerance_ms"].toDouble(), differences);
        QVERIFY2(differences.isEmpty(), qPrintable(differences.join('\n')));
        QCOMPARE(told["unfinished"].toInt(), 0);
    }

    void whatIsRecordedOfALivePbxCanBeReplayed()
    {
        using namespace ringbook::calls;
        AmiPlayer pbx(*Recording::load(folder + "/queue-ringall-answered.jsonl"), AmiPlayer::Pace::Recorded,
                      20);
        QTemporaryDir files;
        const QString settings = files.filePath("pbx.json");
        const QString recording = files.filePath("recorded.jsonl");
        writeSettings(settings, pbx.serverPort());
        bool isPlayed = false;
        connect(&pbx.finished, &QTimer::timeout, this, [&isPlayed] { isPlayed = true; });
        Program recorder("ringbook-hub",
                         {"calls", "record", recording, "--pbx", settings, "--mask-numbers", "--json"});
        QVERIFY(QTest::qWaitFor([&] { return isPlayed; }, 30'000));
        QTest::qWait(200);
        recorder.terminate();
        const QJsonObject said = QJsonDocument::fromJson(recorder.waitFor("^\\{").toUtf8()).object();
        QCOMPARE(recorder.waitForEnd(), 0);
        QCOMPARE(said["connections"].toInt(), 1);
        QVERIFY(said["bytes"].toInt() > 1000);

        Program replay("ringbook-hub", {"calls", "replay", recording, "--pbx", settings, "--json"});
        const QJsonObject told = QJsonDocument::fromJson(replay.waitFor("^\\{").toUtf8()).object();
        QCOMPARE(replay.waitForEnd(), 0);

        const QJsonObject call = told["calls"][0].toObject();
        const QJsonObject expected =
            readJson(folder + "/queue-ringall-answered.expected.json")["calls"][0].toObject();
        QCOMPARE(call["outcome"], expected["outcome"]);
        QCOMPARE(call["answered_by"], expected["answered_by"]);
        QCOMPARE(call["legs"].toArray().size(), expected["legs"].toArray().size());
        QVERIFY(call["caller"]["number"] != expected["caller"]["number"]);
    }

    void aRecordingThatIsThereIsNotWrittenOver()
    {
        QTemporaryDir files;
        const QString path = files.filePath("there.jsonl");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mine\n") == 5);
        file.close();

        Program hub("ringbook-hub", {"calls", "record", path, "--pbx", folder + "/pbx.json"});

        QVERIFY(hub.waitFor("there already").contains(path));
        QCOMPARE(hub.waitForEnd(), 1);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "mine\n");
    }

    void whatIsNoRecordingIsSaidWithItsLine()
    {
        QTemporaryDir files;
        const QString path = files.filePath("one.jsonl");
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"t_ms\": 1, \"dir\": \"in\", \"line\": \"Asterisk Call Manager/11.0.0\"}\nno\n");
        file.close();

        Program hub("ringbook-hub", {"calls", "replay", path, "--pbx", folder + "/pbx.json"});

        QVERIFY(hub.waitFor("no recording").contains("line 2"));
        QCOMPARE(hub.waitForEnd(), 1);
    }

    /// Whoever looks into a recording has its settings, not the certificate, nor a way to that machine.
    void aReplayNeedsNoConnection()
    {
        QTcpServer pbx;
        QVERIFY(pbx.listen(QHostAddress::LocalHost));
        const QSignalSpy connected(&pbx, &QTcpServer::newConnection);
        QTemporaryDir files;
        QJsonObject settings = readJson(folder + "/pbx.json");
        settings["host"] = "127.0.0.1";
        settings["port"] = pbx.serverPort();
        settings["tls"] = true;
        settings["tls_certificate"] = "not-there.pem";
        QFile file(files.filePath("pbx.json"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(settings).toJson()) > 0);
        file.close();

        Program replay("ringbook-hub", {"calls", "replay", folder + "/direct-answered.jsonl", "--pbx",
                                        file.fileName(), "--json"});
        const QString told = replay.waitFor("^\\{"); // it turns the event loop: the server would hear

        QCOMPARE(replay.waitForEnd(), 0);
        QCOMPARE(QJsonDocument::fromJson(told.toUtf8())["calls"][0]["outcome"].toString(), "answered");
        QCOMPARE(connected.count(), 0);
        QVERIFY(!pbx.hasPendingConnections());
    }
};

QTEST_GUILESS_MAIN(tst_CallsReplay)
#include "tst_CallsReplay.moc"
