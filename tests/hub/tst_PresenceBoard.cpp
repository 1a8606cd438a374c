#include "sync/hub/PresenceBoard.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/EventStream.h"
#include "tests/support/FakeClock.h"

#include <QtTest>

using namespace ringbook;
using namespace ringbook::hub;
using Doing = model::Presence::Doing;

namespace {

constexpr Id<model::Customer> ana{7};
constexpr Id<model::Customer> bruno{8};

const Caller anna{.user = 20, .device = 2, .name = "Anna Albers"};
const Caller ben{.user = 30, .device = 3, .name = "Ben Brandt"};

struct Board
{
    tests::FakeClock clock;
    Fanout fanout;
    PresenceBoard presence{fanout, clock};
    std::shared_ptr<StreamQueue> cleo = fanout.subscribe(40, {"main"}, [] {});

    /// What Cleo hears, a line a customer.
    QStringList heard()
    {
        sync::EventStreamParser parser;
        QStringList lines;
        for (const auto &event : *parser.feed(cleo->take().join())) {
            const auto news = *sync::readPresenceNews(event.data);
            QStringList people;
            for (const auto &person : news.people)
                people += person.name + ' ' + name(person.doing);
            lines += QString("%1: %2").arg(news.customer.value).arg(people.join(", "));
        }
        return lines;
    }
};

} // namespace

class tst_PresenceBoard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everybodyOfTheBookIsToldWhoIsThere()
    {
        Board board;
        const auto elsewhere = board.fanout.subscribe(50, {"south"}, [] {});

        board.presence.share("main", anna, {ana, Doing::Phone});
        board.presence.share("main", ben, {ana, Doing::Looking});

        QCOMPARE(board.heard(), QStringList("7: Anna Albers phone, Ben Brandt looking"));
        QVERIFY(elsewhere->take().isEmpty());
    }

    void whoGoesOnToAnotherCustomerIsNoLongerAtTheFirst()
    {
        Board board;
        board.presence.share("main", anna, {ana, Doing::Looking});
        board.heard();

        board.presence.share("main", anna, {bruno, Doing::Looking});

        QCOMPARE(board.heard(), QStringList({"7: ", "8: Anna Albers looking"}));
    }

    void whatADeskSaysAtOneHubIsKnownAtTheOthers()
    {
        Board here, there;
        here.presence.setOthers([&](const PresenceAt &at) {
            const auto carried = readAnnouncement(textOf({.by = "first", .presence = at}));
            QCOMPARE(carried.presence, at);
            there.presence.heard(*carried.presence);
        });
        there.presence.setOthers([](const PresenceAt &) { QFAIL("what was heard is told again"); });

        here.presence.share("main", anna, {ana, Doing::Phone});
        QCOMPARE(there.heard(), QStringList("7: Anna Albers phone"));
        here.presence.share("main", anna, {});
        QCOMPARE(there.heard(), QStringList("7: "));
        QVERIFY(!readAnnouncement("first presence main 2 20 7 dancing Anna").presence);
    }

    void whoLeavesIsGone()
    {
        Board board;
        board.presence.share("main", anna, {ana, Doing::Looking});
        board.heard();

        board.presence.share("main", anna, {});

        QCOMPARE(board.heard(), QStringList("7: "));
    }

    void sayingTheSameAgainIsNoNews()
    {
        Board board;
        board.presence.share("main", anna, {ana, Doing::Looking});
        board.heard();

        board.presence.share("main", anna, {ana, Doing::Looking});

        QVERIFY(board.heard().isEmpty());
    }

    void whoGoesSilentIsForgottenAndWhoSpeaksIsNot()
    {
        Board board;
        board.presence.share("main", anna, {ana, Doing::Looking});
        board.presence.share("main", ben, {ana, Doing::Looking});
        board.clock.advance((sync::presenceLifeSeconds - 1) * secondMs);
        board.presence.share("main", ben, {ana, Doing::Looking});
        board.heard();

        board.presence.sweep();
        QVERIFY(board.heard().isEmpty());
        board.clock.advance(secondMs);
        board.presence.sweep();

        QCOMPARE(board.heard(), QStringList("7: Ben Brandt looking"));
    }

    void aCrowdIsCut()
    {
        Board board;
        for (int n = 0; n <= sync::maxPeopleAtCustomer; ++n)
            board.presence.share("main", {.user = 100 + n, .device = 100 + n, .name = "x"},
                                 {ana, Doing::Looking});

        const auto all = board.presence.all({"main"});

        QCOMPARE(all.size(), 1);
        QCOMPARE(all[0].people.size(), sync::maxPeopleAtCustomer);
    }
};

QTEST_APPLESS_MAIN(tst_PresenceBoard)
#include "tst_PresenceBoard.moc"
