#include "tests/journeys/AgentDesk.h"

using namespace ringbook;
using namespace ringbook::tests;

namespace {

constexpr int patienceMs = AgentDesk::patienceMs;

/// Anna's.
struct Desk : Company, AgentDesk
{
    Desk() : AgentDesk(static_cast<Company &>(*this), "anna") {}

    /// From the menu under her name, at her own phone.
    void signInAgain()
    {
        comeForward();
        Q_EMIT agent.shell().signInRequested();
        type("demo");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        type("101");
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    }
};

} // namespace

/// An agent calls, holds, passes on and hangs up, by keys alone.
class tst_CallOut : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCustomerIsCalledHeldAndHungUp()
    {
        Desk desk;
        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList{"Call …"}, patienceMs);

        desk.press(Qt::Key_F2, Qt::ControlModifier);
        desk.type("030 23125147");
        desk.press(Qt::Key_Return);

        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList({"Hold", "Pass on", "Hang up"}), patienceMs);
        desk.press(Qt::Key_F7, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList({"Go on", "Pass on", "Hang up"}), patienceMs);
        desk.press(Qt::Key_F7, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList({"Hold", "Pass on", "Hang up"}), patienceMs);
        desk.press(Qt::Key_F9, Qt::ControlModifier);
        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList{"Call …"}, patienceMs);
    }

    void aCallIsPassedOnToAColleague()
    {
        Desk desk;
        const auto ben = desk.desk("ben", desk.hubUrl());
        QVERIFY(desk.agent.practise("+493023125147"));
        QTRY_VERIFY_WITH_TIMEOUT(desk.bar().contains("Answer"), patienceMs);
        desk.press(Qt::Key_F4, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(desk.bar().contains("Pass on"), patienceMs);

        desk.press(Qt::Key_F8, Qt::ControlModifier);
        desk.type("Brandt");
        desk.press(Qt::Key_Return);

        QVERIFY2(!ben->waitFor("^call \\d+ ringing").isEmpty(), qPrintable(ben->everything()));
        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList{"Call …"}, patienceMs);
    }

    void whoSitsElsewhereHasItsCallsAndItsOwnerKnows()
    {
        Desk desk;
        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList{"Call …"}, patienceMs);

        AgentDesk ben(desk, "ben", "101");

        QTRY_VERIFY_WITH_TIMEOUT(desk.saysInStatus("A colleague sits at phone"), patienceMs);
        QCOMPARE(desk.bar(), QStringList{});
        QVERIFY(ben.agent.practise("+493023125147")); // where Ben sits, as his book says
        QTRY_VERIFY_WITH_TIMEOUT(ben.agent.workplace()->calls().isBusy(), patienceMs);
        QVERIFY(!desk.agent.workplace()->calls().isBusy());

        desk.signInAgain();

        QTRY_VERIFY_WITH_TIMEOUT(!desk.saysInStatus("A colleague sits at phone"), patienceMs);
        QVERIFY(!desk.bar().isEmpty()); // what rings there is hers now
    }

    void withoutAHubNothingIsOffered()
    {
        Desk desk;
        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList{"Call …"}, patienceMs);

        desk.hub->kill();

        QTRY_COMPARE_WITH_TIMEOUT(desk.bar(), QStringList{}, patienceMs);
    }
};

QTEST_MAIN(tst_CallOut)
#include "tst_CallOut.moc"
