#include "app/agent/Options.h"

#include <QTest>

using namespace ringbook;

class tst_Options : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsNoNumberDoesNotRing_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("number");
        for (const QString option : {"--ring", "--practice-call"}) {
            QTest::addRow("%s nothing", qPrintable(option)) << option << QString();
            QTest::addRow("%s 10 kB", qPrintable(option)) << option << QString(10'000, u'7');
        }
    }

    void whatIsNoNumberDoesNotRing()
    {
        QFETCH(QString, option);
        QFETCH(QString, number);

        const auto options = app::readOptions({"ringbook", option, number});

        QVERIFY(!options);
        QCOMPARE(options.error().detail, option + " wants a telephone number");
    }

    void withoutANumberNothingRings()
    {
        const auto options = app::readOptions({"ringbook"});

        QVERIFY(options);
        QVERIFY(options->ring.isEmpty() && options->practiceCall.isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_Options)
#include "tst_Options.moc"
