#include "sync/protocol/Problems.h"
#include "tests/support/EngineTalk.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::sync;
using model::LookUp;

namespace {

const QString ana = QStringLiteral("+493023125147");
const QString bo = QStringLiteral("+493023125001");

/// A desk whose book is a hot set at 100, on the stream.
struct Talk : EngineTalk
{
    explicit Talk(bool isPartial = true)
    {
        say(input::Start{
            .book = "main", .token = "token", .user = 9, .cursor = {epoch, 100}, .isPartial = isPartial});
        outbox({});
        answerTo(idOf("/changes"), page(100, 100));
        hello(100);
        answerTo(idOf("/changes"), page(100, 100));
    }

    QStringList lookFor(const QStringList &numbers) { return say(input::LookFor{numbers}); }

    int idOf(const QByteArray &path) const
    {
        int id = 0;
        for (const effect::Send &send : requests)
            if (send.request.path.contains(path))
                id = send.id;
        return id;
    }
    int asked() const
    {
        int count = 0;
        for (const effect::Send &send : requests)
            count += send.request.path.contains("/lookup?");
        return count;
    }

    QByteArray found(int records, qint64 head = 100) const
    {
        ChangesPage page{.book = "main", .epoch = epoch, .to = head, .head = head, .rows = true};
        for (int n = 1; n <= records; ++n)
            page.changes.append({.seq = n, .record = {"customer", n}});
        return encode(page);
    }
    QStringList find(int records, qint64 head = 100)
    {
        return answerTo(idOf("/lookup"), found(records, head));
    }
};

QString questionFor(const QString &number)
{
    return "GET /v1/books/main/lookup?e164=%2B" + number.mid(1);
}

} // namespace

class tst_EngineLookUp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoIsNotInAHotSetIsAskedForAndAdded()
    {
        Talk talk;

        QCOMPARE(talk.lookFor({ana}), QStringList{questionFor(ana)});
        QVERIFY(!talk.lookUps.isBookWhole);
        QCOMPARE(talk.lookUps.told.value(ana), LookUp::Asking);
        QCOMPARE(talk.find(3).first(), "add 3 found by " + ana);

        QVERIFY(talk.lookUps.told.isEmpty());
        talk.wait(60'000);
        QCOMPARE(talk.asked(), 1);
    }

    void whoIsNobodysAtTheHubEitherIsSaidToBe()
    {
        Talk talk;
        talk.lookFor({ana});

        talk.find(0);

        QCOMPARE(talk.lookUps.told.value(ana), LookUp::Nobody);
        talk.wait(60'000);
        QCOMPARE(talk.asked(), 1);
    }

    void aWholeBookAsksNobody()
    {
        Talk talk(false);

        QCOMPARE(talk.lookFor({ana}), QStringList());

        QVERIFY(talk.lookUps.isBookWhole);
        QVERIFY(talk.lookUps.told.isEmpty());
    }

    void aBookThatIsReadFromTheLogAsksToo()
    {
        Talk talk(false);
        talk.event(pokeEvent, encode(Poke{"main", talk.epoch, 5'000}));
        QVERIFY(talk.lookUps.isBookWhole); // it is at the end still, as far as is known
        talk.say(input::StreamEnded{});
        talk.wait(60'000);
        talk.answerTo(talk.idOf("/changes"), talk.page(100, 200, 5'000));

        QVERIFY(!talk.lookUps.isBookWhole);
        QVERIFY(talk.lookFor({ana}).contains(questionFor(ana)));
    }

    void numbersAreAskedForOneAfterTheOther()
    {
        Talk talk;

        QCOMPARE(talk.lookFor({ana, bo}), QStringList{questionFor(ana)});
        QVERIFY(talk.find(0).contains(questionFor(bo)));
    }

    void noMoreNumbersAreAskedForThanADeskCanHaveCalls()
    {
        Talk talk;
        QStringList numbers;
        for (int n = 0; n < 100; ++n)
            numbers.append(ana.chopped(3) + QString::number(100 + n));
        talk.lookFor(numbers);

        for (int n = 0; n < 100; ++n)
            talk.find(0);

        QCOMPARE(talk.asked(), maxLookUps);
    }

    void aCallThatIsOverIsForgotten()
    {
        Talk talk;
        talk.lookFor({ana, bo});
        const int id = talk.idOf("/lookup");

        QCOMPARE(talk.lookFor({bo}), (QStringList{QString("cancel %1").arg(id), questionFor(bo)}));

        QVERIFY(!talk.lookUps.told.contains(ana));
        QCOMPARE(talk.answerTo(id, talk.found(3)), QStringList());
    }

    void whatFailsIsTriedAgain()
    {
        Talk talk;
        talk.lookFor({ana});
        talk.answerTo(talk.idOf("/lookup"), encode(Problem{.status = 503, .type = "busy"}), 503);
        QCOMPARE(talk.lookUps.told.value(ana), LookUp::Asking);
        QCOMPARE(talk.asked(), 1);

        talk.wait(lookUpPauseMs);
        QCOMPARE(talk.asked(), 2);
        talk.answerTo(talk.idOf("/lookup"), "{");
        talk.wait(5'000);
        QCOMPARE(talk.asked(), 3);
    }

    void aHubThatDoesNotAnswerIsNotWaitedFor()
    {
        Talk talk;
        talk.lookFor({ana});
        const int id = talk.idOf("/lookup");

        QVERIFY(talk.wait(11'000).contains(QString("cancel %1").arg(id)));
        talk.event(pokeEvent, encode(Poke{"main", talk.epoch, 101}));

        QCOMPARE(talk.requests.last().request.path, pullFrom(100).mid(4).toLatin1());
    }

    void anOlderHubIsNotAskedAgain()
    {
        Talk talk;
        talk.lookFor({ana});

        talk.answerTo(talk.idOf("/lookup"), encode(Problem{.status = 404, .type = "not-found"}), 404);
        talk.wait(30'000);
        talk.lookFor({ana, bo});

        QCOMPARE(talk.asked(), 1);
        QVERIFY(talk.lookUps.told.isEmpty());
        QVERIFY(!talk.lookUps.isBookWhole);
    }

    void withoutAHubTheBookIsSaidNotToBeWhole()
    {
        Talk talk;
        talk.lookFor({ana});

        talk.say(input::StreamEnded{});

        QVERIFY(!talk.lookUps.isBookWhole);
        QVERIFY(talk.lookUps.told.isEmpty());
        talk.wait(60'000);
        talk.answerTo(talk.idOf("/changes"), talk.page(100, 100));
        QCOMPARE(talk.asked(), 2);
    }

    void whatWasFoundTooLateIsAskedForAgain()
    {
        Talk talk;
        talk.lookFor({ana});
        talk.find(3);

        talk.say(input::FoundTooLate{ana});
        QCOMPARE(talk.lookUps.told.value(ana), LookUp::Asking);
        talk.wait(lookUpPauseMs);

        QCOMPARE(talk.asked(), 2);
    }

    void whatWasFoundBeyondTheBookIsFetched()
    {
        Talk talk;
        talk.lookFor({ana});

        QVERIFY(talk.find(3, 107).contains(pullFrom(100)));
    }

    void aBookThatBeginsAgainAsksAgain()
    {
        Talk talk;
        talk.lookFor({ana});
        talk.find(3);

        talk.say(input::BookCleared{.cursor = {talk.epoch, 0}});
        talk.answerTo(talk.idOf("/changes"), talk.page(0, 10, 5'000));

        QCOMPARE(talk.asked(), 2);
    }
};

QTEST_GUILESS_MAIN(tst_EngineLookUp)
#include "tst_EngineLookUp.moc"
