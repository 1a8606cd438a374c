#include "app/handover/Request.h"

#include <QTest>

using namespace ringbook;
using app::Request;
using Kind = app::Request::Kind;

class tst_Request : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCallersNumberIsDigitsAndWhatStandsBetweenThem_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("number");
        for (const QString number : {"101", "+49 30 23125147", "030/23125-147", "(030) 231.25", "*21#"})
            QTest::addRow("%s", qPrintable(number)) << number << number;
        QTest::newRow("longest") << QString(40, u'7') << QString(40, u'7');
        QTest::newRow("too long") << QString(41, u'7') << QString();
        for (const QString word : {"anonymous", "Anonymous", "Restricted", "unknown", "private"})
            QTest::addRow("%s", qPrintable(word)) << word << "anonymous";
        for (const QString text :
             {"", "   ", "---", "--server=x", "--help", "$(reboot)", "`id`", "101;reboot", "101\n102",
              "101\t102", "alice", "../../etc/passwd", "http://x.example/1", "<b>101</b>", "101\"", "%2B49",
              "\u0661\u0660\u0661"})
            QTest::addRow("unknown: %s", qPrintable(text)) << text << QString();
        QTest::newRow("direction-changing") << QString("\u202e101") << QString();
        QTest::newRow("nothing at the end") << QString("101").append(QChar(0)) << QString();
        QTest::newRow("1 MB") << QString(1'000'000, u'7') << QString();
        QTest::newRow("a long word") << QString(1'000'000, u' ') << QString();
    }
    void aCallersNumberIsDigitsAndWhatStandsBetweenThem()
    {
        QFETCH(QString, text);
        QFETCH(QString, number);

        QCOMPARE(app::callerNumber(text), number);
    }

    void aLineIsWhatWasAsked_data()
    {
        QTest::addColumn<Request>("request");
        QTest::newRow("show") << Request{};
        QTest::newRow("ring") << Request{
            .kind = Kind::Ring, .number = "101", .name = "Eva Long", .call = "a-1"};
        QTest::newRow("an unknown number rings") << Request{.kind = Kind::Ring};
        QTest::newRow("a withheld one") << Request{.kind = Kind::Ring, .number = "anonymous"};
        QTest::newRow("answered") << Request{.kind = Kind::Answered, .number = "101"};
        QTest::newRow("ended") << Request{.kind = Kind::Ended};
        QTest::newRow("dial") << Request{.kind = Kind::Dial, .number = "+49301", .extension = "12"};
        QTest::newRow("practice") << Request{.kind = Kind::PracticeCall, .number = "+49 30 1"};
        QTest::newRow("the longest") << Request{.kind = Kind::Ring,
                                                .number = QString(app::maxRingNumberLength, u'1'),
                                                .name = QString(app::maxCallerNameLength, QChar(0x4e2d)),
                                                .call = QString(app::maxCallNameLength, QChar(0x4e2d))};
    }
    void aLineIsWhatWasAsked()
    {
        QFETCH(Request, request);

        const QByteArray line = app::lineOf(request);

        QVERIFY(line.size() <= app::maxRequestBytes);
        QVERIFY(app::requestFrom(line) == request);
    }

    /// Whoever reaches the socket may write anything.
    void aLineIsNoMoreTrustedThanACommandLine()
    {
        QCOMPARE(app::requestFrom("r--server=x\n")->number, QString());
        QCOMPARE(app::requestFrom("r$(reboot)\tEva\x1b[31m\n")->number, QString());
        QCOMPARE(app::requestFrom("r1\tEva\x1b[31m\n")->name, "Eva [31m");
        QCOMPARE(app::requestFrom("r1\t\xE2\x80\xAE"
                                  "avE\n")
                     ->name,
                 "avE");
        QCOMPARE(app::requestFrom("r1\t" + QByteArray(300, 'n') + '\n')->name,
                 QString(app::maxCallerNameLength, u'n'));
        QVERIFY(app::requestFrom("s--hub=http://x.example\n") == Request{});
    }

    void whatIsNoRequestIsNone_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no end") << QByteArray("r101");
        QTest::newRow("another letter") << QByteArray("x101\n");
        QTest::newRow("dials nothing") << QByteArray("d\n");
        QTest::newRow("dials words") << QByteArray("d101;reboot\n");
        QTest::newRow("practises nothing") << QByteArray("p\n");
        QTest::newRow("too long") << 'r' + QByteArray(app::maxRequestBytes, '1') + '\n';
    }
    void whatIsNoRequestIsNone()
    {
        QFETCH(QByteArray, line);

        QVERIFY(!app::requestFrom(line));
    }
};

QTEST_GUILESS_MAIN(tst_Request)
#include "tst_Request.moc"
