#include "sync/hub/StreamQueue.h"

#include <QtTest>

using ringbook::hub::maxQueuedBytes;
using ringbook::hub::maxQueuedEvents;
using ringbook::hub::StreamQueue;

class tst_StreamQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eventsComeInOrderCallsFirst()
    {
        StreamQueue queue([] {});

        queue.putChanges("main", "one", "poke 1");
        queue.putChanges("main", "two", "poke 2");
        queue.putLatest("c1", "ring");

        QCOMPARE(queue.take(), (QVector<QByteArray>{"ring", "one", "two"}));
        QVERIFY(queue.take().isEmpty());
    }

    void wakesOnlyWhenItWasEmpty()
    {
        int woken = 0;
        StreamQueue queue([&] { ++woken; });

        queue.putChanges("main", "one", "poke");
        queue.putLatest("c1", "ring");
        QCOMPARE(woken, 1);

        queue.take();
        queue.putLatest("c1", "answered");
        QCOMPARE(woken, 2);
    }

    void ofACallOnlyTheLastStateIsKept()
    {
        StreamQueue queue([] {});

        queue.putLatest("c1", "ring");
        queue.putLatest("c2", "ring 2");
        queue.putLatest("c1", "over");

        QCOMPARE(queue.take(), (QVector<QByteArray>{"ring 2", "over"}));
    }

    void tooManyEventsCollapseToOnePokeABook()
    {
        StreamQueue queue([] {});
        queue.putLatest("c1", "ring");
        for (int i = 1; i < maxQueuedEvents; ++i)
            queue.putChanges("main", QByteArray::number(i), "poke " + QByteArray::number(i));
        queue.putChanges("south", "s", "poke south");
        queue.putChanges("main", "last", "poke last");

        QCOMPARE(queue.take(), (QVector<QByteArray>{"ring", "poke last", "poke south"}));
    }

    void asManyAsFitDoNotCollapse()
    {
        StreamQueue queue([] {});
        for (int i = 0; i < maxQueuedEvents; ++i)
            queue.putChanges("main", "event", "poke");

        QCOMPARE(queue.take().size(), maxQueuedEvents);
    }

    void tooManyBytesCollapseToo()
    {
        StreamQueue queue([] {});
        const QByteArray half(maxQueuedBytes / 2, 'x');
        queue.putChanges("main", half, "poke 1");
        queue.putChanges("main", half, "poke 2");
        QCOMPARE(queue.take().size(), 2);

        queue.putChanges("main", half, "poke 1");
        queue.putChanges("main", half + 'x', "poke 2");
        queue.putChanges("main", "small", "poke 3");
        QCOMPARE(queue.take(), (QVector<QByteArray>{"poke 2", "small"}));
    }
};

QTEST_APPLESS_MAIN(tst_StreamQueue)
#include "tst_StreamQueue.moc"
