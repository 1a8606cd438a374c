#include "sync/calls/recording/AmiPlayer.h"
#include "tests/journeys/Company.h"

#include <QJsonArray>
#include <QTest>

#include <vector>

using namespace ringbook;
using namespace ringbook::tests;
using calls::AmiPlayer;
using calls::Recording;

namespace {

constexpr int playedMs = 20'000;

QString data(const QString &name)
{
    return QStringLiteral(RINGBOOK_AMI_DATA) + '/' + name;
}

QJsonObject readJson(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

/// The settings an administrator writes, for this player of a recording.
QString writeSettings(quint16 port, const QTemporaryDir &folder)
{
    QJsonObject settings = readJson(data("pbx.json"));
    settings["host"] = "127.0.0.1";
    settings["port"] = port;
    settings["user"] = AmiPlayer::user;
    settings["secret"] = AmiPlayer::secret;
    QFile file(folder.filePath("pbx.json"));
    if (file.open(QIODevice::WriteOnly))
        file.write(QJsonDocument(settings).toJson());
    return file.fileName();
}

/// When a desk had this news, in milliseconds of the machine's clock; 0 if it never came.
qint64 timeOf(const QString &line)
{
    return line.section(' ', 1, 1).toLongLong();
}

} // namespace

/// From the bytes of a real PBX, recorded, over real sockets through a hub process to the desks of the
/// agents.
class tst_RingFromPbx : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theOneWhoAnswersTalksAndTheOthersAreTold()
    {
        const QJsonObject expected = readJson(data("queue-ringall-answered.expected.json"));
        const QJsonObject call = expected["calls"].toArray().first().toObject();
        const QJsonArray legs = call["legs"].toArray();
        const auto msOf = [&](int leg, const char *when) { return legs[leg].toObject()[when].toInt(); };
        const int tolerance = expected["tolerance_ms"].toInt();

        AmiPlayer pbx(*Recording::load(data("queue-ringall-answered.jsonl")), AmiPlayer::Pace::Recorded);
        QTemporaryDir folder;
        const quint16 port = pbx.serverPort();
        pbx.close(); // the desks are there before the PBX is
        Company company({"--pbx", writeSettings(port, folder)});
        std::vector<std::unique_ptr<Program>> desks;
        for (const QString who : {"anna", "ben", "cleo"})
            desks.push_back(company.desk(who, company.hubUrl()));
        pbx.listen(QHostAddress::LocalHost, port);

        QVector<qint64> rang, over;
        for (auto &desk : desks)
            rang.append(timeOf(desk->waitFor("^call .* ringing number=.12125550148", playedMs)));
        const QString taken = desks[1]->waitFor("^call .* connected", playedMs);
        const QString annaOver = desks[0]->waitFor("^call .* over", playedMs);
        const QString cleoOver = desks[2]->waitFor("^call .* over", playedMs);
        const QString benOver = desks[1]->waitFor("^call .* over", playedMs);

        QVERIFY(rang[0] && rang[1] && rang[2]);
        QVERIFY2(!taken.isEmpty(), qPrintable(desks[1]->everything()));
        QVERIFY2(annaOver.contains("result=answered_elsewhere by=Ben Brandt"), qPrintable(annaOver));
        QVERIFY2(cleoOver.contains("result=answered_elsewhere by=Ben Brandt"), qPrintable(cleoOver));
        QVERIFY2(benOver.contains("result=answered "), qPrintable(benOver));
        const auto isAbout = [&](qint64 measured, qint64 recorded) {
            return qAbs(measured - recorded) <= tolerance;
        };
        QVERIFY(isAbout(timeOf(taken) - rang[1], msOf(1, "end_ms") - msOf(1, "ring_ms")));
        QVERIFY(isAbout(timeOf(annaOver) - rang[0], msOf(0, "end_ms") - msOf(0, "ring_ms")));
        QVERIFY(isAbout(timeOf(cleoOver) - rang[2], msOf(2, "end_ms") - msOf(2, "ring_ms")));
    }

    void aDirectCallReachesItsAgentAlone()
    {
        AmiPlayer pbx(*Recording::load(data("direct-answered.jsonl")), AmiPlayer::Pace::Recorded);
        QTemporaryDir folder;
        const quint16 port = pbx.serverPort();
        pbx.close();
        Company company({"--pbx", writeSettings(port, folder)});
        const auto anna = company.desk("anna", company.hubUrl());
        const auto ben = company.desk("ben", company.hubUrl());
        pbx.listen(QHostAddress::LocalHost, port);

        QVERIFY(!anna->waitFor("^call .* ringing number=.12125550147", playedMs).isEmpty());
        QVERIFY(!anna->waitFor("^call .* connected", playedMs).isEmpty());
        QVERIFY(!anna->waitFor("^call .* over .*result=answered ", playedMs).isEmpty());
        ben->waitFor("^never", 200);
        QVERIFY2(!ben->everything().contains("call "), qPrintable(ben->everything()));
    }
};

QTEST_GUILESS_MAIN(tst_RingFromPbx)
#include "tst_RingFromPbx.moc"
