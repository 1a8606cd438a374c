#include "sync/calls/DialPlan.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;

namespace {

PbxSettings berlin()
{
    return {.plan = {.country = "DE", .countryCode = "49", .areaCode = "30", .nationalPrefix = "0"},
            .dial = {.context = "ringbook-out"},
            .agents = {{"101", "Anna Albers", "PJSIP/101"}}};
}

QString said(const Result<QString> &number)
{
    if (number)
        return *number;
    return number.error().fault == Fault::Denied ? "denied" : "no number";
}

} // namespace

class tst_DialPlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNumberIsDialledAsTheLineWantsIt_data()
    {
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<int>("form");
        QTest::addColumn<QString>("prefix");
        QTest::addColumn<QString>("dialled");
        const auto national = int(DialRules::Form::National);
        QTest::newRow("at home") << "+49 30 23125-147" << national << ""
                                 << "03023125147";
        QTest::newRow("as written at home") << "030 23125147" << national << ""
                                            << "03023125147";
        QTest::newRow("abroad") << "+12125550170" << national << ""
                                << "0012125550170";
        QTest::newRow("over a prefix") << "+12125550170" << national << "0"
                                       << "00012125550170";
        QTest::newRow("in full") << "(030) 23125147" << int(DialRules::Form::Plus) << "0"
                                 << "+493023125147";
        QTest::newRow("with the international prefix")
            << "+49 30 23125147" << int(DialRules::Form::International) << ""
            << "00493023125147";
        QTest::newRow("a colleague") << "101" << national << "0"
                                     << "101";
    }
    void aNumberIsDialledAsTheLineWantsIt()
    {
        QFETCH(QString, wanted);
        QFETCH(int, form);
        QFETCH(QString, prefix);
        PbxSettings settings = berlin();
        settings.dial.form = DialRules::Form(form);
        settings.dial.prefix = prefix;

        QTEST(said(numberToDial(wanted, settings)), "dialled");
    }

    /// Where there is no trunk prefix, or a number begins as its country does.
    void homeNumbersOfOtherPlansAreDialled()
    {
        PbxSettings newYork{
            .plan = {.country = "US", .countryCode = "1", .areaCode = "212", .internationalPrefix = "011"},
            .dial = {.context = "out"}};
        QCOMPARE(said(numberToDial("+13105550147", newYork)), "3105550147");
        PbxSettings rome{.plan = {.country = "IT", .countryCode = "39", .areaCode = "06"},
                         .dial = {.context = "out"}};
        QCOMPARE(said(numberToDial("+390669812345", rome)), "0669812345");
        QCOMPARE(said(numberToDial("+393931234567", rome)), "3931234567");
    }

    void theRulesDecideWhatMayBeDialled_data()
    {
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QString>("dialled");
        QTest::newRow("a country that may be") << "+4930 23125147"
                                               << "03023125147";
        QTest::newRow("another country") << "+12125550170"
                                         << "denied";
        QTest::newRow("dear numbers of a country that may be") << "+49 900 1234567"
                                                               << "denied";
        QTest::newRow("a short number that may be") << "110"
                                                    << "110";
        QTest::newRow("another short number") << "112"
                                              << "denied";
        QTest::newRow("a service code") << "*21*+4930231#"
                                        << "no number";
        QTest::newRow("a code without plus") << "*97"
                                             << "denied";
    }
    void theRulesDecideWhatMayBeDialled()
    {
        QFETCH(QString, wanted);
        PbxSettings settings = berlin();
        settings.dial.allow = QStringList{"+49", "110"};
        settings.dial.deny = QStringList{"+49900"};

        QTEST(said(numberToDial(wanted, settings)), "dialled");
    }

    void nothingButDigitsReachesTheTelephoneSystem_data()
    {
        QTest::addColumn<QString>("wanted");
        QTest::newRow("another header") << QString("+4930123456\r\nApplication: System");
        QTest::newRow("a dial plan function") << "${SHELL(reboot)}";
        QTest::newRow("a second phone") << "101&SIP/trunk/0900123";
        QTest::newRow("letters") << "0800FLOWERS";
        QTest::newRow("digits of another script") << QString::fromUtf8("٠٣٠٢٣١٢٥١٤٧");
        QTest::newRow("nothing") << "";
        QTest::newRow("separators alone") << "( - )";
        QTest::newRow("a plus inside") << "030+23125";
        QTest::newRow("too long") << QString(41, '1');
        QTest::newRow("one abroad that looks like home") << "+4900441632960000";
    }
    void nothingButDigitsReachesTheTelephoneSystem()
    {
        QFETCH(QString, wanted);

        QCOMPARE(said(numberToDial(wanted, berlin())), "no number");
    }

    void whatIsTooLongToDialIsNoNumber()
    {
        PbxSettings settings = berlin();
        settings.dial.form = DialRules::Form::International;
        const QString wanted = "+4930231251470";
        settings.dial.prefix = QString(int(mostDialledDigits) - 15, '9');
        QCOMPARE(said(numberToDial(wanted, settings)).size(), mostDialledDigits);

        settings.dial.prefix += '9';

        QCOMPARE(said(numberToDial(wanted, settings)), "no number");
    }
};

QTEST_GUILESS_MAIN(tst_DialPlan)
#include "tst_DialPlan.moc"
