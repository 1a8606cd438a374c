#include "sync/calls/ami/AmiParser.h"

#include <QTest>

using namespace ringbook::calls;

namespace {

const QByteArray greeting = "Asterisk Call Manager/11.0.0\r\n";

/// All messages as one text, to compare at a glance.
QString picture(const QVector<AmiMessage> &messages)
{
    QString text;
    for (const AmiMessage &message : messages) {
        for (const auto &[key, value] : message.fields)
            text += key + u'=' + value + u'|';
        text += message.damaged ? QStringLiteral("!\n") : QStringLiteral("\n");
    }
    return text;
}

QString parsed(const QByteArray &bytes)
{
    AmiParser parser;
    return picture(parser.take(greeting + bytes));
}

} // namespace

class tst_AmiParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theGreetingHasNoEmptyLineAfterIt()
    {
        AmiParser parser;

        const auto messages = parser.take(greeting + "Event: FullyBooted\r\nUptime: 5\r\n\r\n");

        QCOMPARE(parser.greeting(), "Asterisk Call Manager/11.0.0");
        QCOMPARE(picture(messages), "Event=FullyBooted|Uptime=5|\n");
    }

    void aCutAnywhereChangesNothing()
    {
        const QByteArray bytes =
            greeting + "Event: A\r\nCallerIDName: J\xc3\xbcrgen: \xe2\x82\xac\r\n\r\nEvent: B\r\n\r\n";
        const QString whole = picture(AmiParser().take(bytes));

        for (qsizetype cut = 0; cut <= bytes.size(); ++cut) {
            AmiParser parser;
            auto messages = parser.take(bytes.first(cut));
            messages += parser.take(bytes.sliced(cut));
            QCOMPARE(picture(messages), whole);
        }
    }

    void aValueMayLookLikeAHeader()
    {
        QCOMPARE(parsed("CallerIDName: Event: Hangup\r\n\r\n"), "CallerIDName=Event: Hangup|\n");
        QCOMPARE(parsed("CallerIDName: M\xc3\xbcller: S\xc3\xb6hne, GmbH\r\n\r\n"),
                 QString::fromUtf8("CallerIDName=M\xc3\xbcller: S\xc3\xb6hne, GmbH|\n"));
    }

    void keysMayRepeatAndValuesBeEmpty()
    {
        AmiParser parser;
        const auto messages =
            parser.take(greeting + "AccountCode: \r\nChanVariable: a=1\r\nChanVariable: b=2\r\n"
                                   "ConnectedLineNum: <unknown>\r\n\r\n");

        QCOMPARE(messages[0].texts(QLatin1String("ChanVariable")), QStringList({"a=1", "b=2"}));
        QCOMPARE(messages[0].text(QLatin1String("AccountCode")), "");
        QCOMPARE(messages[0].text(QLatin1String("ConnectedLineNum")), "");
        QCOMPARE(messages[0].text(QLatin1String("NotThere")), "");
    }

    void badUtf8IsReplaced()
    {
        QCOMPARE(parsed("CallerIDName: M\xfcller\r\n\r\n"),
                 QString("CallerIDName=M%1ller|\n").arg(QChar(0xfffd)));
    }

    void bareLineFeedsWillDo() { QCOMPARE(parsed("Event: A\n\nEvent: B\n\n"), "Event=A|\nEvent=B|\n"); }

    void aLineOfTheLongestLengthPasses()
    {
        const QByteArray line = "X: " + QByteArray(maxAmiLineBytes - 3, 'x');

        AmiParser parser;
        const auto messages = parser.take(greeting + line + "\n\n");

        QVERIFY(!messages[0].damaged);
        QCOMPARE(messages[0].text(QLatin1String("X")).size(), maxAmiLineBytes - 3);
    }

    void aLongerLineIsSkippedAndTheRestRead()
    {
        const QByteArray line = "X: " + QByteArray(maxAmiLineBytes - 2, 'x');

        QCOMPARE(parsed("Event: A\n" + line + "\nY: 1\n\nEvent: B\n\n"), "Event=A|Y=1|!\nEvent=B|\n");
        QCOMPARE(parsed("Event: A\nX: " + QByteArray(1 << 20, 'x') + "\n\nEvent: B\n\n"),
                 "Event=A|!\nEvent=B|\n");
    }

    void aStreamWithoutLineEndsIsForgottenAsItComes()
    {
        AmiParser parser;
        parser.take(greeting);
        const QByteArray piece(64 * 1024, 'x');

        for (int i = 0; i < 1000; ++i)
            QVERIFY(parser.take(piece).isEmpty());

        QCOMPARE(picture(parser.take("\n\nEvent: B\n\n")), "Event=B|\n");
    }

    void aMessageOfTooManyFieldsIsCut()
    {
        for (const qsizetype count : {maxAmiFields, maxAmiFields + 1}) {
            AmiParser parser;
            const auto messages =
                parser.take(greeting + QByteArray("K: v\n").repeated(count) + "\nEvent: B\n\n");

            QCOMPARE(messages[0].fields.size(), maxAmiFields);
            QCOMPARE(messages[0].damaged, count > maxAmiFields);
            QVERIFY(!messages[1].damaged);
        }
    }

    void aMessageOfTooManyBytesIsCut()
    {
        const QByteArray line = "K: " + QByteArray(8 * 1024 - 3, 'v') + "\n";
        const qsizetype fitting = maxAmiMessageBytes / (8 * 1024);
        for (const qsizetype count : {fitting, fitting + 1}) {
            AmiParser parser;
            const auto messages = parser.take(greeting + line.repeated(count) + "\n");

            QCOMPARE(messages[0].fields.size(), fitting);
            QCOMPARE(messages[0].damaged, count > fitting);
        }
    }

    void linesThatAreNoFieldsMarkTheMessage()
    {
        QCOMPARE(parsed("Event: A\nnonsense\n: x\n\n"), "Event=A|!\n");
    }
};

QTEST_GUILESS_MAIN(tst_AmiParser)
#include "tst_AmiParser.moc"
