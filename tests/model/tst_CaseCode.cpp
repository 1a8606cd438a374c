#include "model/core/Id.h"
#include "model/domain/CaseCode.h"

#include <QSet>
#include <QTest>

using namespace ringbook;
using namespace ringbook::model;

namespace {

const QString alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const QVector<qint64> devices = {1,    2,     3,     31,      32,      1000,     1023,
                                 1024, 32767, 32768, 1048575, 1048576, maxDevice};
const QVector<qint64> counters = {1,       2,         31,        32,        1023,     1024,
                                  32767,   32768,     1048575,   1048576,   33554431, 33554432,
                                  1 << 30, 1LL << 35, 1LL << 38, maxCounter};

QVector<QString> manyCodes()
{
    QVector<QString> codes;
    for (const qint64 device : devices)
        for (const qint64 counter : counters)
            codes.append(caseCode(device, counter));
    return codes;
}

bool isCaseCode(const QString &text)
{
    return bool(readCaseCode(text));
}

} // namespace

class tst_CaseCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCodeReadsBackAsWhatItWasMadeOf()
    {
        for (const qint64 device : devices)
            for (const qint64 counter : counters) {
                const auto parts = readCaseCode(caseCode(device, counter));
                QVERIFY(parts);
                QCOMPARE(parts->device, device);
                QCOMPARE(parts->caseCounter, counter);
            }
    }

    void everySingleWrongCharacterIsFound()
    {
        for (const QString &code : manyCodes())
            for (int position = 0; position < code.size(); ++position)
                for (const QChar other : alphabet) {
                    QString wrong = code;
                    wrong[position] = other;
                    QCOMPARE(isCaseCode(wrong), other == code[position]);
                }
    }

    void everySwapOfTwoNeighboursIsFound()
    {
        for (const QString &code : manyCodes())
            for (int position = 0; position + 1 < code.size(); ++position) {
                QString swapped = code;
                std::swap(swapped[position], swapped[position + 1]);
                QCOMPARE(isCaseCode(swapped), swapped == code);
            }
    }

    void noCodeIsTheBeginningOfAnother()
    {
        const auto codes = manyCodes();
        const QSet<QString> all(codes.begin(), codes.end());
        QCOMPARE(all.size(), codes.size());

        for (const QString &code : codes)
            for (int length = 1; length < code.size(); ++length)
                QVERIFY2(!all.contains(code.left(length)), qPrintable(code));
    }

    void aThousandDevicesWithAThousandCasesNeverCollide()
    {
        for (qint64 device = 1; device <= 1000; ++device)
            for (qint64 counter = 1; counter <= 1000; ++counter) {
                const auto parts = readCaseCode(caseCode(device, counter));
                if (!parts || parts->device != device || parts->caseCounter != counter)
                    QFAIL("two cases, one code");
            }
    }

    void smallCompaniesHaveSixToNineCharacters()
    {
        QCOMPARE(caseCode(1, 1).size(), 6);
        QCOMPARE(caseCode(1023, 1023).size(), 6);
        QCOMPARE(caseCode(1023, 1024).size(), 7);
        QCOMPARE(caseCode(1023, 33554431).size(), 9);
        QCOMPARE(caseCode(1023, 33554432).size(), 10);
        QCOMPARE(caseCode(1024, 1).size(), 7);
        QCOMPARE(caseCode(maxDevice, maxCounter).size(), 15);
    }

    void theFirstCharacterIsALetterUpToAMillionDevices()
    {
        for (const qint64 counter : counters) {
            QVERIFY(caseCode(1, counter)[0].isLetter());
            QVERIFY(caseCode(1048575, counter)[0].isLetter());
        }
        QVERIFY(caseCode(1048576, maxCounter)[0].isDigit());
    }

    void readsWhatPeopleTypeAndSay()
    {
        const QString code = caseCode(2, 33); // has a 0 and a 1
        QVERIFY(code.contains('0') && code.contains('1'));
        QString heard = groupedCaseCode(code).toLower();
        heard.replace('0', 'o').replace('1', 'l');

        QCOMPARE(canonicalCaseCode(' ' + heard + ' '), code);
        QCOMPARE(canonicalCaseCode(QString(code).replace('1', 'I')), code);
        QCOMPARE(canonicalCaseCode(groupedCaseCode(code).replace(u'-', QChar(0x2013))), code);
    }

    void refusesWhatIsNoCode_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << "";
        QTest::newRow("only dashes") << "---";
        QTest::newRow("one character") << "A";
        QTest::newRow("a letter that is not used") << "AU2345";
        QTest::newRow("a number") << "+49 30 23125 147";
        QTest::newRow("unused header") << "600000";
        QTest::newRow("device 0") << "A00010";
        QTest::newRow("control characters") << QString("A0\u00020");
        QTest::newRow("full-width digits") << QString::fromUtf8("\uFF21\uFF10\uFF12\uFF10\uFF11");
        QTest::newRow("10 kB") << QString(10240, 'A');
        QTest::newRow("10 kB of dashes and a code's beginning") << QString(10240, '-') + "A0";
    }

    void refusesWhatIsNoCode()
    {
        QFETCH(QString, text);

        QVERIFY(!isCaseCode(text));
        QCOMPARE(canonicalCaseCode(text), QString());
    }

    void everyCaseHasExactlyOneCode()
    {
        const auto codesWithMiddle = [](const QString &middle) {
            int count = 0;
            for (const QChar header : alphabet)
                for (const QChar check : alphabet)
                    count += isCaseCode(header + middle + check);
            return count;
        };

        QCOMPARE(codesWithMiddle("0101"), 1); // device 1, case 1
        QCOMPARE(codesWithMiddle("02001"),
                 0); // device 2, case 1 with a zero too many; device 64, case 1 likewise
        QCOMPARE(codesWithMiddle("10001"), 1); // device 1 024, case 1
    }

    void groupsForTheEye()
    {
        QCOMPARE(groupedCaseCode("K73QF9"), QString("K73-QF9"));
        QCOMPARE(groupedCaseCode("K73QF9X"), QString("K7-3QF-9X"));
        QCOMPARE(groupedCaseCode("K73QF9X0"), QString("K73-QF-9X0"));
        QCOMPARE(groupedCaseCode("K73QF9X01"), QString("K73-QF9-X01"));
        QCOMPARE(groupedCaseCode("K73QF9X012"), QString("K73-QF9-X01-2"));
        QCOMPARE(groupedCaseCode(""), QString(""));
    }
};

QTEST_APPLESS_MAIN(tst_CaseCode)
#include "tst_CaseCode.moc"
