#include "sync/hub/Guesses.h"
#include "tests/support/FakeClock.h"

#include <QtTest>

using namespace ringbook;
using namespace ringbook::hub;

class tst_Guesses : public QObject
{
    Q_OBJECT

    tests::FakeClock m_clock;

    /// How many tries in a row are let through: each for a login of its own, or all for the same.
    static int tries(Guesses &guesses, bool eachItsOwn)
    {
        int count = 0;
        while (count < 1000 && guesses.mayTry("10.0.0.9", eachItsOwn ? QString::number(count) : "anna"))
            ++count;
        return count;
    }

private Q_SLOTS:
    void oneLoginCanBeTriedTenTimes()
    {
        Guesses guesses(m_clock);

        QCOMPARE(tries(guesses, false), 10);
        m_clock.advance(12'500);
        QCOMPARE(tries(guesses, false), 2);
    }

    void capitalsMakeNoOtherLogin()
    {
        Guesses guesses(m_clock);
        tries(guesses, false);

        QVERIFY(!guesses.mayTry("10.0.0.9", "Anna"));
    }

    void oneAddressCanTryAHundredTimes()
    {
        Guesses guesses(m_clock);

        QCOMPARE(tries(guesses, true), 100);
    }

    void restMakesUpForNoMoreThanTheBeginning()
    {
        Guesses guesses(m_clock);
        tries(guesses, false);

        m_clock.advance(30 * dayMs);

        QCOMPARE(tries(guesses, false), 10);
    }

    void rightPasswordCostsNothing()
    {
        Guesses guesses(m_clock);
        for (int morning = 0; morning < 500; ++morning) {
            QVERIFY(guesses.mayTry("10.0.0.9", "anna"));
            guesses.wasRight("10.0.0.9", "anna");
        }
    }

    void otherAddressesAreNotHeldUp()
    {
        Guesses guesses(m_clock);
        tries(guesses, true);

        QVERIFY(guesses.mayTry("10.0.0.8", "anna"));
    }

    void moreThanCanBeRememberedAreLetThrough()
    {
        Guesses guesses(m_clock);
        for (int address = 0; address < 50'000; ++address)
            QVERIFY(guesses.mayTry(QString::number(address), "anna"));
    }
};

QTEST_GUILESS_MAIN(tst_Guesses)
#include "tst_Guesses.moc"
