#include "tests/support/World.h"

#include <QFile>
#include <QtTest>

using namespace ringbook;
using namespace ringbook::model;
using tests::World;

namespace {

struct Pair
{
    QString region;
    QString typed;
    QString delivered;
    bool isSame = false;
};

QVector<Pair> allPairs()
{
    QFile file(QStringLiteral(RINGBOOK_TEST_DATA "/numbers/pairs.txt"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no pairs");
    QVector<Pair> pairs;
    while (!file.atEnd()) {
        const QString line = QString::fromUtf8(file.readLine()).trimmed();
        const QStringList parts = line.split(QStringLiteral(" | "));
        if (!line.startsWith('#') && parts.size() == 4)
            pairs.append({parts[0], parts[1], parts[2], parts[3] == "same"});
    }
    return pairs;
}

} // namespace

/// Numbers as people type them, against numbers as lines deliver them.
class tst_NumberPairs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereAreEnoughOfThem()
    {
        QSet<QString> regions;
        for (const Pair &pair : allPairs())
            regions.insert(pair.region);

        QVERIFY(allPairs().size() >= 300);
        QVERIFY(regions.size() >= 25);
    }

    void aCallerIsFoundByTheirNumberOnly_data()
    {
        QTest::addColumn<QString>("region");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("delivered");
        QTest::addColumn<bool>("isSame");
        for (const Pair &pair : allPairs())
            QTest::addRow("%s %s %s", qPrintable(pair.region), qPrintable(pair.typed),
                          qPrintable(pair.delivered))
                << pair.region << pair.typed << pair.delivered << pair.isSame;
    }

    void aCallerIsFoundByTheirNumberOnly()
    {
        QFETCH(QString, region);
        QFETCH(QString, typed);
        QFETCH(QString, delivered);
        World world;
        const CallerDesk callers(world.book, world.clock, {.region = region, .me = world.anna});
        const Customer ana = world.arrives(Customer{.name = "Ana Costa"});
        world.arrives(ContactPoint{.customer = ana.id, .value = typed, .e164 = toE164(typed, region)});

        const auto card = callers.cardFor({.raw = delivered, .e164 = toE164(delivered, region)});

        QTEST(card->customer.id == ana.id, "isSame");
        if (card->customer.id)
            QCOMPARE(card->confidence, Confidence::Exact);
    }
};

QTEST_MAIN(tst_NumberPairs)
#include "tst_NumberPairs.moc"
