#include "app/handover/Links.h"

#include <QTest>

using namespace ringbook;
using app::Request;
using Kind = app::Request::Kind;

class tst_Links : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLinkSaysWhatItAsksFor_data()
    {
        QTest::addColumn<QString>("link");
        QTest::addColumn<Request>("request");
        const auto row = [](const char *link, const Request &request) {
            QTest::newRow(link) << QString(link) << request;
        };
        const Request ring{.kind = Kind::Ring, .number = "+49 30 23125147"};
        row("ringbook://ring?number=%2B49%2030%2023125147", ring);
        row("ringbook://ring?number=+49 30 23125147&event=ring", ring);
        row("RINGBOOK:ring/?number=+49%2030%2023125147", ring);
        row("ringbook://ring?number=101&name=Eva%20Long&call=a-1",
            {.kind = Kind::Ring, .number = "101", .name = "Eva Long", .call = "a-1"});
        row("ringbook://ring?event=answer&number=101", {.kind = Kind::Answered, .number = "101"});
        row("ringbook://ring?event=end&call=a-1", {.kind = Kind::Ended, .call = "a-1"});
        row("ringbook://ring?event=end", {.kind = Kind::Ended});
        row("ringbook://ring?number=Anonymous", {.kind = Kind::Ring, .number = "anonymous"});
        row("ringbook://ring?number=%24(reboot)", {.kind = Kind::Ring});
        row("ringbook://ring?number=%252B49", {.kind = Kind::Ring}); // decoded once
        row("ringbook://ring?number=101&name=a%0Ab%E2%80%AEc",
            {.kind = Kind::Ring, .number = "101", .name = "a bc"});
        row("tel:+49-30-23125-100;ext=12;phone-context=+49",
            {.kind = Kind::Dial, .number = "+493023125100", .extension = "12"});
        row("TEL:+49.30.(23125)147", {.kind = Kind::Dial, .number = "+493023125147"});
        row("tel:863-1234;phone-context=+1-914-555", {.kind = Kind::Dial, .number = "+19145558631234"});
        row("tel:7042;phone-context=example.com", {.kind = Kind::Dial, .number = "7042"});
        row("tel://%2B493023125147", {.kind = Kind::Dial, .number = "+493023125147"});
        row("tel:*21%23", {.kind = Kind::Dial, .number = "*21#"});
        row("callto:+49 30 23125147", {.kind = Kind::Dial, .number = "+493023125147"});
        row("sip:+493023125147@pbx.example;user=phone", {.kind = Kind::Dial, .number = "+493023125147"});
        row("sips:101;ext=7:secret@pbx.example?subject=x",
            {.kind = Kind::Dial, .number = "101", .extension = "7"});
    }
    void aLinkSaysWhatItAsksFor()
    {
        QFETCH(QString, link);
        QFETCH(Request, request);

        const auto asked = app::requestOfLink(link);

        QVERIFY2(asked, qPrintable(asked ? QString() : asked.error().detail));
        QCOMPARE(asked->kind, request.kind);
        QCOMPARE(asked->number, request.number);
        QCOMPARE(asked->name, request.name);
        QCOMPARE(asked->call, request.call);
        QCOMPARE(asked->extension, request.extension);
    }

    void whatIsNoLinkOfOursAsksForNothing_data()
    {
        QTest::addColumn<QString>("link");
        for (const char *link : {"",
                                 "ringbook",
                                 "http://ringbook.example/ring",
                                 "file:///etc/passwd",
                                 "javascript:alert(1)",
                                 "ringbook:",
                                 "ringbook://dial?number=101",
                                 "ringbook://ring/../dial?number=101",
                                 "ringbook://ring?number=1&number=2",
                                 "ringbook://ring?event=dial&number=101",
                                 "ringbook://ring?number=101&url=http://example.com",
                                 "ringbook://ring?=x",
                                 "tel:",
                                 "tel:1-800-FLOWERS",
                                 "tel:%252B4930",
                                 "tel:+49;ext=a",
                                 "tel:+49;ext=12345678901",
                                 "tel:+49\n30",
                                 "tel:1;ext=1;EXT=2",
                                 "sip:alice@example.com",
                                 "sip:example.com",
                                 "sip:@101",
                                 "tel:$(reboot)",
                                 "tel:+49 30 \u202e321"})
            QTest::newRow(link) << QString::fromUtf8(link);
    }
    void whatIsNoLinkOfOursAsksForNothing()
    {
        QFETCH(QString, link);

        const auto asked = app::requestOfLink(link);

        QVERIFY(!asked);
        QCOMPARE(asked.error().fault, Fault::Invalid);
    }

    void lengthsHaveTheirLimits()
    {
        const QString start = "ringbook://ring?number=101&name=";
        const QString longest = start + QString(app::maxLinkLength - start.size(), u'n');
        QCOMPARE(app::requestOfLink(longest)->name, QString(app::maxCallerNameLength, u'n'));
        QVERIFY(!app::requestOfLink(longest + u'n'));
        QVERIFY(!app::requestOfLink("tel:" + QString(1'000'000, u'1')));

        const QString digits(app::maxRingNumberLength, u'1');
        QCOMPARE(app::requestOfLink("ringbook://ring?number=" + digits)->number, digits);
        QCOMPARE(app::requestOfLink("ringbook://ring?number=1" + digits)->number, QString());
        QCOMPARE(app::requestOfLink("tel:" + digits)->number, digits);
        QVERIFY(!app::requestOfLink("tel:1" + digits));
        QVERIFY(!app::requestOfLink("tel:" + digits + ";phone-context=+4"));

        const QString name(app::maxCallNameLength, u'c');
        QCOMPARE(app::requestOfLink("ringbook://ring?call=" + name)->call, name);
        QVERIFY(!app::requestOfLink("ringbook://ring?call=c" + name));
    }
};

QTEST_GUILESS_MAIN(tst_Links)
#include "tst_Links.moc"
