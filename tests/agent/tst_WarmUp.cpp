#include "app/agent/WarmUp.h"

#include <QTest>

using ringbook::app::WarmUp;

class tst_WarmUp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesItsStepsOneByOneInOrder()
    {
        QString taken;
        WarmUp warmUp({[&] { taken += 'a'; }, [&] { taken += 'b'; }, [&] { taken += 'c'; }},
                      [] { return false; });
        warmUp.start();

        QVERIFY2(taken.isEmpty(), "whoever starts it goes on first");
        QTRY_VERIFY(warmUp.isOver());
        QCOMPARE(taken, "abc");
    }

    void takesNoStepWhileSomebodyIsOnTheLine()
    {
        int taken = 0;
        bool isBusy = false;
        int asked = 0;
        WarmUp warmUp({[&] {
                           ++taken;
                           isBusy = true;
                       },
                       [&] { ++taken; }},
                      [&] {
                          ++asked;
                          return isBusy;
                      });
        warmUp.start();

        QTRY_VERIFY(asked >= 3);
        QCOMPARE(taken, 1);
        isBusy = false;
        QTRY_VERIFY(warmUp.isOver());
        QCOMPARE(taken, 2);
    }

    void startsAgainFromTheFirstStep()
    {
        int taken = 0;
        WarmUp warmUp({[&] { ++taken; }}, [] { return false; });
        warmUp.start();
        QTRY_VERIFY(warmUp.isOver());

        warmUp.start();
        QVERIFY(!warmUp.isOver());
        QTRY_COMPARE(taken, 2);
    }
};

QTEST_GUILESS_MAIN(tst_WarmUp)
#include "tst_WarmUp.moc"
