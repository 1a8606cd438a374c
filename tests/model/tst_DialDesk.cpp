#include "model/desk/DialDesk.h"
#include "tests/support/World.h"

#include <QtTest>

using namespace ringbook;
using namespace ringbook::model;
using tests::World;

namespace {

QStringList said(const Result<QVector<Dialable>> &dialables)
{
    QStringList lines;
    for (const Dialable &one : *dialables)
        lines += QString("%1 %2 %3").arg(one.name, one.number, one.label).trimmed();
    return lines;
}

} // namespace

class tst_DialDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCustomersTelephonesCanBeCalled()
    {
        World world;
        const DialDesk dials(world.book, world.anna);
        const Customer ana = world.customerWith("Ana Costa", "+4917139200470");
        const auto has = [&](ContactPoint point) {
            point.customer = ana.id;
            world.arrives(point);
        };
        has({.value = "4711", .label = "Porter"});
        has({.channel = ContactPoint::Channel::Email, .value = "ana@example.com"});
        has({.value = "030 23125147", .e164 = "+493023125147", .notTheirsSince = 1});

        QCOMPARE(said(dials.numbersOf(ana.id)),
                 QStringList({"Ana Costa +4917139200470", "Ana Costa 4711 Porter"}));
        QVERIFY(dials.numbersOf({99})->isEmpty());
    }

    void colleaguesAreThoseWithATelephoneButMe()
    {
        World world;
        const DialDesk dials(world.book, world.anna);
        world.arrives(User{.id = world.anna, .name = "Anna Albers", .extension = "101"});
        world.arrives(User{.name = "Dora Duval"});
        world.arrives(User{.name = "Cleo Chen", .extension = "103"});
        world.arrives(User{.name = "Ben Brandt", .extension = "102"});

        QCOMPARE(said(dials.colleagues()), QStringList({"Ben Brandt 102", "Cleo Chen 103"}));
    }

    void aNumberIsToldWithWhoseItIs()
    {
        World world;
        const DialDesk dials(world.book, world.anna);
        world.customerWith("Ana Costa", "+4917139200470");
        world.customerWith("Rui Costa", "+4917139200470");

        QCOMPARE(dials.ownersOf("+4917139200470", 5)->size(), 2);
        QCOMPARE(dials.ownersOf("+4917139200470", 1)->size(), 1);
        QVERIFY(dials.ownersOf("+493023125147", 5)->isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_DialDesk)
#include "tst_DialDesk.moc"
