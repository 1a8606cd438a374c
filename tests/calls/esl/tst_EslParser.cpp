#include "sync/calls/esl/wire/EslEvent.h"

#include <QTest>

using namespace ringbook::calls;

namespace {

/// All frames as one text, to compare at a glance.
QString picture(const QVector<EslFrame> &frames)
{
    QString text;
    for (const EslFrame &frame : frames) {
        for (const auto &[key, value] : frame.headers)
            text += key + u'=' + value + u'|';
        text +=
            QString::fromUtf8(frame.body) + (frame.damaged ? QStringLiteral("!\n") : QStringLiteral("\n"));
    }
    return text;
}

QString parsed(const QByteArray &bytes)
{
    return picture(EslParser().take(bytes));
}

QByteArray framed(const QByteArray &type, const QByteArray &body)
{
    return "Content-Length: " + QByteArray::number(body.size()) + "\nContent-Type: " + type + "\n\n" + body;
}

EslEvent eventIn(const QByteArray &frame)
{
    const auto frames = EslParser().take(frame);
    return frames.size() == 1 ? eslEventOf(frames.first()).value_or(EslEvent{}) : EslEvent{};
}

} // namespace

class tst_EslParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFrameHasABodyOnlyWhereItsLengthIsSaid()
    {
        QCOMPARE(
            parsed("Content-Type: auth/request\n\nContent-Type: command/reply\nReply-Text: +OK accepted\n\n"),
            "Content-Type=auth/request|\nContent-Type=command/reply|Reply-Text=+OK accepted|\n");
        QCOMPARE(parsed("Content-Length: 5\nContent-Type: api/response\n\na\n\nb\nContent-Type: x\n\n"),
                 "Content-Length=5|Content-Type=api/response|a\n\nb\n\nContent-Type=x|\n");
    }

    void lineEndsAndSpellingDoNotMatter()
    {
        const auto frames = EslParser().take("content-length: 2\r\nCONTENT-TYPE:api/response\r\n\r\nok");

        QCOMPARE(frames.size(), 1);
        QCOMPARE(frames[0].body, "ok");
        QCOMPARE(frames[0].text("Content-Type"), "api/response");
    }

    void aCutAnywhereChangesNothing()
    {
        const QByteArray bytes =
            "Content-Type: auth/request\n\n" +
            framed("text/event-json", R"({"Event-Name":"A","Caller-Caller-ID-Name":"Jürgen €"})") +
            framed("api/response", "+OK\n") +
            "Content-Type: command/reply\nReply-Text: +OK J\xc3\xbcrgen\n\n";
        const QString whole = parsed(bytes);

        for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
            EslParser parser;
            auto frames = parser.take(bytes.first(cut));
            frames += parser.take(bytes.sliced(cut));
            QCOMPARE(picture(frames), whole);
        }
    }

    void aLineMayBeSoLongAndNoLonger()
    {
        const QByteArray fits = "K: " + QByteArray(maxEslLineBytes - 3, 'x');

        QVERIFY(!EslParser().take(fits + "\n\n").first().damaged);
        QCOMPARE(parsed("A: 1\n" + fits + "x\nB: 2\n\n"), "A=1|B=2|!\n");
    }

    void aFrameMayHaveSoManyHeadersAndNoMore()
    {
        const QByteArray all = QByteArray("A: 1\n").repeated(int(maxEslHeaders));

        QVERIFY(!EslParser().take(all + "\n").first().damaged);
        const auto more = EslParser().take(all + "B: 2\n\n");
        QVERIFY(more.first().damaged);
        QCOMPARE(more.first().headers.size(), maxEslHeaders);
    }

    void headersTogetherMayBeSoLongAndNoLonger()
    {
        const QByteArray line = "A: " + QByteArray(maxEslLineBytes - 3, 'x') + '\n';
        const QByteArray all = line.repeated(int(maxEslHeaderBytes / maxEslLineBytes));

        QVERIFY(!EslParser().take(all + '\n').first().damaged);
        QVERIFY(EslParser().take(all + "B: 2\n\n").first().damaged);
    }

    void aBodyMayBeSoLongAndNoLonger_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<qsizetype>("most");
        QTest::newRow("event") << QByteArray("text/event-json") << maxEslEventBytes;
        QTest::newRow("answer") << QByteArray("api/response") << maxEslReplyBytes;
    }

    /// What is longer is skipped; the next frame is whole.
    void aBodyMayBeSoLongAndNoLonger()
    {
        QFETCH(QByteArray, type);
        QFETCH(qsizetype, most);
        const QByteArray next = framed("api/response", "+OK\n");

        const auto fits = EslParser().take(framed(type, QByteArray(most, 'x')) + next);
        const auto more = EslParser().take(framed(type, QByteArray(most + 1, 'x')) + next);

        QCOMPARE(fits.size(), 2);
        QVERIFY(!fits[0].damaged);
        QCOMPARE(fits[0].body.size(), most);
        QCOMPARE(more.size(), 2);
        QVERIFY(more[0].damaged);
        QVERIFY(more[0].body.isEmpty());
        QCOMPARE(more[1].body, "+OK\n");
    }

    void aLengthThatIsNoneLosesTheStream_data()
    {
        QTest::addColumn<QByteArray>("length");
        QTest::addColumn<bool>("isLost");
        for (const char *length : {"-1", "twelve", "0x10", "1073741825", "99999999999999999999", "12 13"})
            QTest::newRow(length) << QByteArray(length) << true;
        for (const char *length : {"0", "1073741824"})
            QTest::newRow(length) << QByteArray(length) << false;
    }

    void aLengthThatIsNoneLosesTheStream()
    {
        QFETCH(QByteArray, length);
        QFETCH(bool, isLost);
        EslParser parser;

        parser.take("Content-Type: x\nContent-Length: " + length + "\n\n");

        QCOMPARE(parser.isLost(), isLost);
        if (isLost)
            QVERIFY(parser.take("Content-Type: auth/request\n\n").isEmpty());
    }

    void garbageIsSkippedToTheNextLine()
    {
        EslParser parser;

        QVERIFY(parser.take(QByteArray(1 << 20, '\0')).isEmpty());
        QVERIFY(parser.take("\n\n\n").isEmpty());
        QCOMPARE(picture(parser.take("Content-Type: auth/request\n\n")), "Content-Type=auth/request|!\n");
    }

    // Events

    void anEventIsReadFromJson()
    {
        const EslEvent event =
            eventIn(framed("text/event-json", R"({"Event-Name":"CHANNEL_CREATE","Unset":"_undef_",
            "variable_list":["first","second"],"Answered":"true","Number":12,"_body":"+OK 1\n"})"));

        QCOMPARE(event.text("Event-Name"), "CHANNEL_CREATE");
        QCOMPARE(event.text("Unset"), QString());
        QCOMPARE(event.text("variable_list"), "first");
        QCOMPARE(event.text("Number"), "12");
        QVERIFY(event.isTrue("Answered"));
        QVERIFY(!event.isTrue("Event-Name"));
        QCOMPARE(event.body, "+OK 1\n");
    }

    void anEventInPlainTextHasALengthOfItsOwn()
    {
        const EslEvent event = eventIn(
            framed("text/event-plain", "Event-Name: BACKGROUND_JOB\nCaller-Caller-ID-Name: "
                                       "M%C3%BCller%3A%20S%C3%B6hne\nContent-Length: 8\n\n+OK 12\n\n"));

        QCOMPARE(event.text("Event-Name"), "BACKGROUND_JOB");
        QCOMPARE(event.text("Caller-Caller-ID-Name"), QString::fromUtf8("Müller: Söhne"));
        QCOMPARE(event.body, "+OK 12\n\n");
    }

    /// Telephones send names in any encoding, and FreeSWITCH passes them on.
    void bytesThatAreNoUtf8CostNoEvent()
    {
        const EslEvent event = eventIn(
            framed("text/event-json", "{\"Event-Name\":\"A\",\"Caller-Caller-ID-Name\":\"J\xfcrgen\"}"));

        QCOMPARE(event.text("Event-Name"), "A");
        QCOMPARE(event.text("Caller-Caller-ID-Name"), QString::fromUtf8("J\xef\xbf\xbdrgen"));
    }

    void whatIsNoEventIsNone_data()
    {
        QTest::addColumn<QByteArray>("frame");
        QTest::newRow("an answer") << framed("api/response", R"({"Event-Name":"A"})");
        QTest::newRow("no JSON") << framed("text/event-json", "{");
        QTest::newRow("a list") << framed("text/event-json", "[1]");
        QTest::newRow("nothing") << framed("text/event-json", "{}");
        QTest::newRow("too deep") << framed("text/event-json", QByteArray("[").repeated(100'000));
    }

    void whatIsNoEventIsNone()
    {
        QFETCH(QByteArray, frame);

        QVERIFY(!eslEventOf(EslParser().take(frame).first()));
    }

    void aValueMayBeSoLongAndNoLonger()
    {
        const QByteArray fits(maxEslValueLength, 'x');
        const EslEvent event = eventIn(
            framed("text/event-json", "{\"A\":\"" + fits + "\",\"B\":\"" + fits + "x\",\"C\":\"1\"}"));

        QCOMPARE(event.text("A").size(), maxEslValueLength);
        QVERIFY(!event.fields.contains("B"));
        QCOMPARE(event.text("C"), "1");
    }

    void anEventMayHaveSoManyFieldsAndNoMore()
    {
        QByteArray json = "{\"0\":\"\"";
        for (qsizetype i = 1; i < maxEslFields; ++i)
            json += ",\"" + QByteArray::number(i) + "\":\"\"";

        QCOMPARE(eventIn(framed("text/event-json", json + '}')).fields.size(), maxEslFields);
        QCOMPARE(eventIn(framed("text/event-json", json + ",\"more\":\"\"}")).fields.size(), maxEslFields);
    }

    void aListHasRows()
    {
        const auto none = eslRowsFromJson("{\"row_count\":0}\n");
        const auto two = eslRowsFromJson(R"({"row_count":2,"rows":[{"uuid":"a"},{"uuid":"b"}]})");

        QVERIFY(none && none->isEmpty());
        QVERIFY(two && two->size() == 2);
        QCOMPARE(two->at(1).text("uuid"), "b");
        QVERIFY(!eslRowsFromJson("-ERR permission denied\n"));
        QVERIFY(!eslRowsFromJson("{\"rows\":[]}"));
    }

    void aListMayHaveSoManyRowsAndNoMore()
    {
        const QByteArray row = "{\"uuid\":\"a\"},";
        const QByteArray all = "{\"row_count\":1,\"rows\":[" + row.repeated(int(maxEslRows));

        QCOMPARE(eslRowsFromJson(all.chopped(1) + "]}")->size(), maxEslRows);
        QCOMPARE(eslRowsFromJson(all + row.chopped(1) + "]}")->size(), maxEslRows);
    }
};

QTEST_GUILESS_MAIN(tst_EslParser)
#include "tst_EslParser.moc"
