#include "sync/client/Backoff.h"

#include <QTest>

using namespace ringbook::sync;

class tst_Backoff : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theBoundDoublesUpToTheMost()
    {
        Backoff backoff;
        QVector<qint64> bounds;
        for (int i = 0; i < 10; ++i) {
            bounds.append(backoff.bound());
            backoff.next(0);
        }

        QCOMPARE(bounds, (QVector<qint64>{500, 1000, 2000, 4000, 8000, 16000, 20000, 20000, 20000, 20000}));
    }

    void theDelayIsAnywhereBelowTheBound()
    {
        QCOMPARE(Backoff().next(0), 0);
        QCOMPARE(Backoff().next(0.5), 250);
        QVERIFY(Backoff().next(0.999999) < 500);
    }

    void aThousandFailuresStayWithinTheBound()
    {
        Backoff backoff;
        for (int i = 0; i < 1000; ++i)
            QVERIFY(backoff.next(0.999999) <= backoffMostMs);
    }

    void resetBeginsAnew()
    {
        Backoff backoff;
        backoff.next(0.5);
        backoff.next(0.5);

        backoff.reset();

        QCOMPARE(backoff.bound(), backoffFirstMs);
    }
};

QTEST_GUILESS_MAIN(tst_Backoff)
#include "tst_Backoff.moc"
