#include "sync/protocol/EventStream.h"
#include "sync/protocol/Messages.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::sync;

namespace {

QVector<StreamEvent> read(const QByteArray &bytes)
{
    EventStreamParser parser;
    return *parser.feed(bytes);
}

const QByteArray mixed = "\xEF\xBB\xBF: padding\r\n\r\nevent: hello\r\ndata: {\"a\":1}\r\n\r\n"
                         ":\n\nid: 7\ndata:one\ndata: two\n\n"
                         "event: poke\rdata: \xE2\x98\x8E\r\revent: cut\ndata: never ended\n";

const QVector<StreamEvent> mixedEvents{
    {.name = "hello", .data = "{\"a\":1}"},
    {.data = "one\ntwo", .id = "7"},
    {.name = "poke", .data = "\xE2\x98\x8E", .id = "7"},
};

} // namespace

class tst_EventStream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allKindsOfLineEndsAndCommentsAreUnderstood() { QCOMPARE(read(mixed), mixedEvents); }

    void aStreamMayBeCutAtEveryByte()
    {
        for (qsizetype cut = 0; cut <= mixed.size(); ++cut) {
            EventStreamParser parser;
            auto events = *parser.feed(mixed.first(cut));
            events += *parser.feed(mixed.sliced(cut));
            QCOMPARE(events, mixedEvents);
        }
    }

    void aStreamMayComeByteByByte()
    {
        EventStreamParser parser;
        QVector<StreamEvent> events;
        for (const char byte : mixed)
            events += *parser.feed(QByteArrayView(&byte, 1));

        QCOMPARE(events, mixedEvents);
    }

    void whatIsWrittenIsRead_data()
    {
        QTest::addColumn<QByteArray>("data");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("plain") << QByteArray("{}") << QByteArray("{}");
        QTest::newRow("empty") << QByteArray() << QByteArray();
        QTest::newRow("lines") << QByteArray("a\nb\r\nc\rd") << QByteArray("a\nb\nc\nd");
        QTest::newRow("a space in front") << QByteArray(" a") << QByteArray(" a");
    }

    void whatIsWrittenIsRead()
    {
        QFETCH(QByteArray, data);
        QFETCH(QByteArray, expected);

        const auto events = read(streamPadding() + encodeEvent("call", data, "12") + heartbeat());

        QCOMPARE(events, (QVector<StreamEvent>{{.name = "call", .data = expected, .id = "12"}}));
    }

    void dataCannotForgeAnEvent()
    {
        const auto events = read(encodeEvent("call", "x\n\nevent: bye\ndata: {}"));

        QCOMPARE(events.size(), 1);
        QCOMPARE(events[0].name, "call");
    }

    void anEndlessLineIsRefused()
    {
        EventStreamParser parser;
        const QByteArray piece(64 * 1024, 'x');
        qint64 taken = 0;
        while (taken <= 2 * maxEventBytes && parser.feed(piece))
            taken += piece.size();

        QVERIFY(taken <= maxEventBytes);
    }

    void anEndlessEventIsRefused()
    {
        EventStreamParser parser;
        const QByteArray line = "data: " + QByteArray(1000, 'x') + '\n';
        qint64 taken = 0;
        while (taken <= 2 * maxEventBytes && parser.feed(line))
            taken += line.size();

        QVERIFY(taken <= maxEventBytes + line.size() * 16);
    }

    void anEventAsLongAsTheLimitPasses()
    {
        EventStreamParser parser;

        QVERIFY(parser.feed("data:" + QByteArray(maxEventBytes - 5, 'x') + "\n\n"));
    }
};

QTEST_GUILESS_MAIN(tst_EventStream)
#include "tst_EventStream.moc"
