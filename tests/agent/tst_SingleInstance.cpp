#include "app/agent/SingleInstance.h"
#include "app/handover/HandOver.h"

#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <optional>
#include <thread>

using namespace ringbook;
using app::Request;

namespace {

/// A desk that keeps what it is asked for.
struct Listening
{
    Listening()
    {
        if (!desk.claim())
            qFatal("the profile is taken");
        desk.listen([this](const Request &request) -> Status {
            heard.append(request);
            return Done{};
        });
    }

    QTemporaryDir profile;
    app::SingleInstance desk{profile.path()};
    QVector<Request> heard;
};

} // namespace

class tst_SingleInstance : public QObject
{
    Q_OBJECT

    /// What a later start on this profile is answered by a desk that obeys so.
    static Status answerOf(const app::SingleInstance::Obey &obey, const Request &request)
    {
        QTemporaryDir profile;
        app::SingleInstance desk(profile.path());
        if (!desk.claim())
            return Error{};
        desk.listen(obey);
        std::optional<Status> answer;
        std::atomic_bool isAnswered = false;
        std::thread later([&] {
            answer = app::SingleInstance(profile.path()).handOver(request);
            isAnswered = true;
        });
        (void)QTest::qWaitFor([&] { return isAnswered.load(); });
        later.join();
        return *answer;
    }

private Q_SLOTS:
    void aLaterStartIsHeardWithItsNumber()
    {
        Request heard;

        const Status answer = answerOf(
            [&](const Request &request) -> Status {
                heard = request;
                return Done{};
            },
            {Request::Kind::Ring, "030 23125 147"});

        QVERIFY(answer);
        QCOMPARE(heard.kind, Request::Kind::Ring);
        QCOMPARE(heard.number, "030 23125 147");
    }

    /// Some softphones wait until their helper is gone: it does not wait for a desk that is busy.
    void whoCannotWaitForTheAnswerIsHeardAllTheSame()
    {
        Listening at;
        const Request ring{.kind = Request::Kind::Ring, .number = "101"};

        const Status handed = app::handOver(at.profile.path(), ring, 20); // nothing answers meanwhile

        QVERIFY(!handed);
        QCOMPARE(handed.error().fault, Fault::Busy);
        QTRY_COMPARE(at.heard.size(), 1);
        QVERIFY(at.heard.first() == ring);
    }

    void whereNoDeskIsNothingIsHandedOver()
    {
        const QTemporaryDir profile;

        const Status handed = app::handOver(profile.path(), {.kind = Request::Kind::Ring}, 20);

        QCOMPARE(handed.error().fault, Fault::NotFound);
        QVERIFY(!app::isDeskListening(profile.path()));
    }

    void rubbishOnTheSocketIsNotObeyed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("1 MB") << QByteArray(1'000'000, 'r') + '\n';
        QTest::newRow("no request") << QByteArray("x101\n");
        QTest::newRow("control characters") << QByteArray("\x00\x1b[2J\n", 6);
        QTest::newRow("dials words") << QByteArray("d$(reboot)\n");
    }
    void rubbishOnTheSocketIsNotObeyed()
    {
        QFETCH(QByteArray, bytes);
        Listening at;
        QLocalSocket socket;
        socket.connectToServer(app::deskServerName(at.profile.path()));
        QVERIFY(socket.waitForConnected());

        socket.write(bytes);

        QTRY_VERIFY(socket.state() == QLocalSocket::UnconnectedState || socket.bytesAvailable() > 0);
        QVERIFY(!socket.readAll().startsWith("ok"));
        QVERIFY(at.heard.isEmpty());
    }

    void anUntrueNumberOnTheSocketIsUnknown()
    {
        Listening at;
        QLocalSocket socket;
        socket.connectToServer(app::deskServerName(at.profile.path()));
        QVERIFY(socket.waitForConnected());

        socket.write("r--server=x\n");

        QTRY_COMPARE(at.heard.size(), 1);
        QVERIFY(at.heard.first() == Request{.kind = Request::Kind::Ring});
    }

    void aDeskThatCannotSaysWhy()
    {
        const Status answer = answerOf(
            [](const Request &) -> Status {
                return Error{Fault::Denied, "this desk has no book"};
            },
            {Request::Kind::Ring, "030 23125 147"});

        QVERIFY(!answer);
        QCOMPARE(answer.error().detail, "this desk has no book");
    }
};

QTEST_GUILESS_MAIN(tst_SingleInstance)
#include "tst_SingleInstance.moc"
