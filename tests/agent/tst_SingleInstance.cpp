#include "app/agent/SingleInstance.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <optional>
#include <thread>

using namespace ringbook;
using app::Request;

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
