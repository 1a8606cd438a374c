#include "model/domain/PhoneNumber.h"
#include "sync/calls/esl/EslOrders.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;
using model::CallCommand;
using What = CallCommand::What;

namespace {

const QString id = QStringLiteral("a1b20001-5b1e-4c3a-9d27-0c0ffee00001");
const Agent anna{"101", "Anna Albers", "user/101"};
const EslPlace talking{.channel = id, .other = "b"};
const EslPlace ringing{.channel = id, .rings = true};

QString said(const Result<QString> &order)
{
    return order ? *order : "error: " + order.error().detail;
}

QString ordered(What what, const EslPlace &place, const QString &number = {})
{
    return said(
        eslOrder({.what = what, .extension = "101", .callId = "pbx-1", .number = number}, place, "office"));
}

} // namespace

class tst_EslOrders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dialRingsTheOwnPhoneFirst()
    {
        QCOMPARE(
            said(eslDialOrder(anna, "+49301234567", {.context = "default"}, id)),
            "originate {origination_uuid=" + id +
                ",originate_timeout=30,origination_caller_id_number=101}user/101 +49301234567 XML default");
        QCOMPARE(said(eslDialOrder({"102", "Ben", "102@pbx.example"}, "*97#",
                                   {.context = "office", .ringSeconds = 45}, id)),
                 "originate {origination_uuid=" + id +
                     ",originate_timeout=45,origination_caller_id_number=102}user/102@pbx.example *97# XML "
                     "office");
    }

    void anExtensionThatIsNoNumberIsNotShown()
    {
        const auto order = eslDialOrder({"anna", "Anna", "anna"}, "1", {.context = "default"}, id);

        QCOMPARE(said(order),
                 "originate {origination_uuid=" + id + ",originate_timeout=30}user/anna 1 XML default");
    }

    void everyOrderNamesTheAgentsOwnChannel()
    {
        QCOMPARE(ordered(What::HangUp, talking), "uuid_kill " + id);
        QCOMPARE(ordered(What::HangUp, ringing), "uuid_kill " + id + " CALL_REJECTED");
        QCOMPARE(ordered(What::Answer, ringing), "uuid_phone_event " + id + " talk");
        QCOMPARE(ordered(What::Hold, talking), "uuid_hold " + id);
        QCOMPARE(ordered(What::Resume, talking), "uuid_hold off " + id);
        QCOMPARE(ordered(What::Transfer, talking, "102"), "uuid_transfer " + id + " -bleg 102 XML office");
    }

    void whatCannotBeDoneNowIsSaid()
    {
        QCOMPARE(ordered(What::Answer, talking), "error: This call is answered already.");
        for (const What what : {What::Hold, What::Resume, What::Transfer})
            QCOMPARE(ordered(what, ringing, "102"), "error: Answer the call first.");
        QCOMPARE(ordered(What::HangUp, {}), "error: This call is over, or somebody else has it.");
    }

    void nothingButKeysOfATelephoneIsDialled_data()
    {
        QTest::addColumn<QString>("number");
        QTest::newRow("nothing") << "";
        QTest::newRow("a second command") << "101\n\napi system reboot";
        QTest::newRow("carriage return") << "101\r";
        QTest::newRow("an application") << "&system(reboot)";
        QTest::newRow("a variable") << "${system(reboot)}";
        QTest::newRow("an argument") << "101 XML public";
        QTest::newRow("an application of the inline dialplan") << "system:reboot";
        QTest::newRow("option") << "-both";
        QTest::newRow("quotes") << "'101'";
        QTest::newRow("comma") << "101,102";
        QTest::newRow("letters") << "0800FLOWERS";
        QTest::newRow("digits of another script") << QString::fromUtf8("\u0661\u0662");
        QTest::newRow("NUL") << QString(QChar(0)) + "101";
        QTest::newRow("too long") << QString(model::maxPhoneTextLength + 1, u'1');
    }

    void nothingButKeysOfATelephoneIsDialled()
    {
        QFETCH(QString, number);

        QVERIFY(!isDialable(number));
        QVERIFY(!eslDialOrder(anna, number, {.context = "default"}, id));
        QVERIFY(ordered(What::Transfer, talking, number).startsWith("error: "));
    }

    void theLongestNumberIsDialled()
    {
        QVERIFY(isDialable(QString(model::maxPhoneTextLength, u'1')));
        QVERIFY(isDialable("+*#0123456789"));
    }

    /// Ids come from the telephone system, users and contexts from a settings file.
    void nothingElseEndsACommandEither_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", " ", "a b", "a\nb", "a\rb", "-both", "a,b", "a}b", "a{b", "a&b", "a'b",
                                 "a\"b", "a|b", "$a", "a;b", "a/b"})
            QTest::newRow(text) << QString::fromLatin1(text);
        QTest::newRow("long") << QString(81, u'a');
    }

    void nothingElseEndsACommandEither()
    {
        QFETCH(QString, text);

        QVERIFY(!eslQuestion(text));
        QVERIFY(!eslDialOrder({"101", "Anna", text}, "1", {.context = "default"}, id));
        QVERIFY(!eslDialOrder(anna, "1", {.context = text}, id));
        QVERIFY(!eslDialOrder(anna, "1", {.context = "default"}, text));
        QVERIFY(ordered(What::HangUp, {.channel = text}).startsWith("error: "));
        QVERIFY(!eslOrder({.what = What::Transfer, .number = "102"}, talking, text));
    }

    void aQuestionNamesTheChannel()
    {
        QCOMPARE(*eslQuestion(id), "uuid_dump " + id + " json");
        QVERIFY(eslQuestion(QString(80, u'a')));
    }
};

QTEST_GUILESS_MAIN(tst_EslOrders)
#include "tst_EslOrders.moc"
