#include "tests/journeys/AgentDesk.h"
#include "ui/card/Row.h"
#include "ui/phone/CallBacksPage.h"
#include "ui/text/Numbers.h"

#include <QListView>
#include <QSignalSpy>

using namespace ringbook;
using namespace ringbook::tests;

namespace {

constexpr int patienceMs = AgentDesk::patienceMs;

/// Whom a desk shows as waiting: the number, and who has taken it on.
QStringList waiting(AgentDesk &desk)
{
    QStringList lines;
    const QAbstractItemModel &model = *desk.agent.workplace()->callBacks().findChild<QListView *>()->model();
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto shown = model.index(row, 0).data(ui::RowRole).value<ui::Row>();
        lines += ui::withoutMarks(shown.title + ' ' + shown.badge).trimmed();
    }
    return lines;
}

} // namespace

/// A call nobody took, until somebody has called back.
class tst_CallBacks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoCalledInVainIsCalledBackOnceAndAllSeeIt()
    {
        Company company;
        AgentDesk anna(company, "anna");
        AgentDesk ben(company, "ben");
        for (AgentDesk *desk : {&anna, &ben})
            desk->press(Qt::Key_5, Qt::ControlModifier);
        QSignalSpy popped(&anna.agent, &app::Agent::popShown);
        QVERIFY(anna.agent.practise("+493023125147"));
        QTRY_COMPARE_WITH_TIMEOUT(popped.size(), 1, patienceMs);

        anna.agent.hangUp(popped[0][0].toString()); // and so it rings nowhere

        const QStringList nobodyYet{"+49 30 23125 147"};
        QTRY_COMPARE_WITH_TIMEOUT(waiting(anna), nobodyYet, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(waiting(ben), nobodyYet, patienceMs);
        anna.press(Qt::Key_5, Qt::ControlModifier);
        anna.press(Qt::Key_T, Qt::AltModifier);
        QTRY_COMPARE_WITH_TIMEOUT(waiting(anna), QStringList{"+49 30 23125 147 You do it"}, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(waiting(ben), QStringList{"+49 30 23125 147 Anna Albers does it"},
                                  patienceMs);

        anna.press(Qt::Key_L, Qt::AltModifier);
        anna.press(Qt::Key_Return); // the number stands in the field
        QTRY_VERIFY_WITH_TIMEOUT(anna.bar().contains("Hold"), patienceMs);
        anna.press(Qt::Key_F9, Qt::ControlModifier);

        QTRY_COMPARE_WITH_TIMEOUT(waiting(ben), QStringList(), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(waiting(anna), QStringList(), patienceMs);
    }
};

QTEST_MAIN(tst_CallBacks)
#include "tst_CallBacks.moc"
