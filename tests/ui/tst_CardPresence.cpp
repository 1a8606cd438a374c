#include "tests/ui/CardHands.h"
#include "ui/card/CaseListModel.h"
#include "ui/text/Numbers.h"
#include "ui/text/PresenceWords.h"
#include "ui/widgets/FactRow.h"

#include <QSignalSpy>

using namespace ringbook;
using namespace ringbook::model;
using tests::CardHands;
using tests::CardWorld;
using Doing = Presence::Doing;

namespace {

const QString anasNumber = "+4917139200470";

/// What everybody else was told last.
std::pair<qint64, Doing> told(const QSignalSpy &spy)
{
    return {spy.last()[0].value<Id<Customer>>().value, spy.last()[1].value<Doing>()};
}

} // namespace

/// Who else is at the customer, and what others are told of this desk.
class tst_CardPresence : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void othersAreToldWhoIsOnTheScreenAndWhatIsDoneThere()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        CardHands desk(made);
        QSignalSpy spy(&desk.page, &ui::CardPage::atCustomer);

        AgentCall call = desk.rings(anasNumber);
        QVERIFY(spy.isEmpty()); // it rings everywhere
        desk.type("Boiler");
        QCOMPARE(told(spy), std::pair(ana.id.value, Doing::Editing));
        ++call.revision;
        call.state = AgentCall::State::Connected;
        call.answeredAt = made.world.clock.now();
        desk.page.follow(call);
        QCOMPARE(told(spy), std::pair(ana.id.value, Doing::Phone));
        const auto before = spy.size();
        desk.type(" cold");
        QCOMPARE(spy.size(), before); // nothing new about it
    }

    void whoOpensACustomerWithoutACallIsToldToLook()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        CardHands desk(made);
        QSignalSpy spy(&desk.page, &ui::CardPage::atCustomer);

        desk.page.show(*made.world.callers.cardOf(ana.id));

        QCOMPARE(told(spy), std::pair(ana.id.value, Doing::Looking));
    }

    void aRehearsedCardIsNobodysBusiness()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        CardHands desk(made);
        QSignalSpy spy(&desk.page, &ui::CardPage::atCustomer);

        desk.page.rehearse(*made.world.callers.cardFor({.e164 = anasNumber}));

        QVERIFY(spy.isEmpty());
    }

    void nothingMovesWhenSomebodyComes()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        CardHands desk(made);
        desk.rings(anasNumber);
        const auto number = [&desk] {
            const auto rows = desk.page.findChildren<ui::FactRow *>();
            return rows.first()->mapTo(&desk.page, QPoint());
        };
        const QPoint before = number();

        desk.page.showPeople({{.name = "Ben Brandt", .doing = Doing::Phone}});
        QTest::qWait(50);

        QCOMPARE(number(), before);
    }

    void othersAreOnTheCardWhileTheyAreThere()
    {
        CardWorld made;
        made.world.customerWith("Ana Costa", anasNumber);
        CardHands desk(made);
        desk.rings(anasNumber);

        desk.page.showPeople({{.name = "Ben Brandt", .doing = Doing::Phone}});
        QVERIFY(desk.says("on the phone"));
        desk.page.showPeople({});

        QVERIFY(!desk.says("on the phone"));
    }

    void whoTalksIsSaidFirst()
    {
        const QString line = ui::withoutMarks(ui::peopleLine({{.name = "Cleo", .doing = Doing::Looking},
                                                              {.name = "Ben", .doing = Doing::Phone},
                                                              {.doing = Doing::Editing}}));

        QCOMPARE(line, "Ben is on the phone with them · Somebody is writing here · Cleo has this open");
        QCOMPARE(ui::peopleLine({}), QString());
    }

    void somebodyWithTwoDesksIsSaidOnce()
    {
        const Id<User> ben{9};

        const QString line = ui::withoutMarks(ui::peopleLine(
            {{.user = ben, .name = "Ben"}, {.user = ben, .name = "Ben", .doing = Doing::Phone}}));

        QCOMPARE(line, "Ben is on the phone with them");
    }

    void theListOfCasesSaysWhoIsAtTheCustomer()
    {
        CardWorld made;
        const Customer ana = made.world.customerWith("Ana Costa", anasNumber);
        made.world.arrives(Case{.code = "K73QF9X", .customer = ana.id, .subject = "Leak"});
        ui::CaseListModel model(ui::CaseListModel::Whose::Anyones);
        model.show(*made.world.cases.openCaseLines(9), {made.world.clock.now(), tests::berlin});

        model.showPeople({{ana.id, {{.name = "Ben Brandt"}}}});

        QVERIFY(model.index(0, 0).data(Qt::AccessibleTextRole).toString().contains("Ben Brandt"));
    }
};

QTEST_MAIN(tst_CardPresence)
#include "tst_CardPresence.moc"
