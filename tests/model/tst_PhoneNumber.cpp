#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"

#include <QTest>

#include <phonenumbers/phonenumberutil.h>
#include <set>

using namespace ringbook::model;

class tst_PhoneNumber : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void normalisesWhatPeopleWrite_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("region");
        QTest::addColumn<QString>("e164");
        QTest::newRow("international") << "+493023125147"
                                       << "DE"
                                       << "+493023125147";
        QTest::newRow("spaces") << "  +49 30 23125 147 "
                                << "DE"
                                << "+493023125147";
        QTest::newRow("slash") << "030/23125147"
                               << "DE"
                               << "+493023125147";
        QTest::newRow("trunk zero in brackets") << "+49 (0) 30 23125-147"
                                                << "DE"
                                                << "+493023125147";
        QTest::newRow("00") << "00493023125147"
                            << "DE"
                            << "+493023125147";
        QTest::newRow("no plus, valid") << "493023125147"
                                        << "DE"
                                        << "+493023125147";
        QTest::newRow("no plus, mobile") << "4915123456789"
                                         << "DE"
                                         << "+4915123456789";
        QTest::newRow("from abroad") << "+1 (212) 555-0154"
                                     << "DE"
                                     << "+12125550154";
        QTest::newRow("at home in the US") << "(212) 555-0154"
                                           << "US"
                                           << "+12125550154";
        QTest::newRow("with 1 in the US") << "12125550154"
                                          << "US"
                                          << "+12125550154";
        QTest::newRow("London") << "020 7946 0123"
                                << "GB"
                                << "+442079460123";
        QTest::newRow("French mobile, fiction") << "06 39 98 01 23"
                                                << "FR"
                                                << "+33639980123";
        QTest::newRow("Italian mobile beginning with 39") << "391 234 5678"
                                                          << "IT"
                                                          << "+393912345678";
        QTest::newRow("Arabic digits") << QString::fromUtf8("٠٣٠٢٣١٢٥١٤٧") << "DE"
                                       << "+493023125147";
        QTest::newRow("no-break space and dash")
            << QString::fromUtf8("+49\u00a030\u00a023125\u2013147") << "DE"
            << "+493023125147";
        QTest::newRow("international without a region") << "+493023125147"
                                                        << ""
                                                        << "+493023125147";
    }

    void normalisesWhatPeopleWrite()
    {
        QFETCH(QString, text);
        QFETCH(QString, region);
        QFETCH(QString, e164);

        QCOMPARE(toE164(text, region), e164);
        QVERIFY(isE164(e164));
    }

    void isEmptyForWhatIsNoNumber_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << "";
        QTest::newRow("extension") << "101";
        QTest::newRow("emergency") << "112";
        QTest::newRow("six digits") << "030231";
        QTest::newRow("letters") << "call me";
        QTest::newRow("letters around a number") << "anna 030 23125147";
        QTest::newRow("an extension after a number") << "030 23125147 ext. 12";
        QTest::newRow("SIP address") << "sip:4930@example.com";
        QTest::newRow("unknown country") << "+99912345678";
        QTest::newRow("too many digits") << "+49302312514712345678";
        QTest::newRow("only marks") << "+--(/)..";
        QTest::newRow("SQL") << "'; DROP TABLE customer; --1234567";
        QTest::newRow("10 kB of digits") << QString(10240, '1');
        QTest::newRow("10 kB of spaces and a number") << QString(10240, ' ') + "+493023125147";
        QTest::newRow("10 kB of controls") << QString(10240, QChar(2));
    }

    void isEmptyForWhatIsNoNumber()
    {
        QFETCH(QString, text);

        QCOMPARE(toE164(text, "DE"), QString());
    }

    void readsANumberWithoutAnUnderstoodRegionOnlyIfInternational()
    {
        QCOMPARE(toE164("030 23125147", ""), QString());
        QCOMPARE(toE164("030 23125147", "not a region"), QString());
    }

    void directionMarksAreNoPartOfANumber()
    {
        QCOMPARE(toE164(QString::fromUtf8("\u202a+49 30 23125147\u202c"), "DE"), QString("+493023125147"));
        QCOMPARE(toE164(QString::fromUtf8("\u2066+49\u200e30\u200f23125147\u2069"), "DE"),
                 QString("+493023125147"));
    }

    void lengthIsLookedAtBeforeTheText()
    {
        const QString number = "+493023125147";
        QCOMPARE(toE164(number + QString(maxPhoneTextLength - number.size(), ' '), "DE"), number);
        QCOMPARE(toE164(number + QString(maxPhoneTextLength - number.size() + 1, ' '), "DE"), QString());
    }

    void sevenDigitsAreTheFewest()
    {
        QCOMPARE(toE164("0302312", "DE"), QString("+49302312"));
        QCOMPARE(toE164("030231", "DE"), QString());
    }

    void knowsWhichRegionsHaveNumbers()
    {
        for (const QString region : {"DE", "US", "JE"})
            QVERIFY(hasNumbers(region));
        for (const QString region : {"XX", "ZZ", "de", "UK", ""})
            QVERIFY(!hasNumbers(region));
    }

    void knowsTheShapeOfE164()
    {
        QVERIFY(isE164("+1234567"));
        QVERIFY(isE164("+123456789012345"));
        QVERIFY(!isE164("+123456"));
        QVERIFY(!isE164("+1234567890123456"));
        QVERIFY(!isE164("1234567890"));
        QVERIFY(!isE164("+0234567890"));
        QVERIFY(!isE164("+12345 67890"));
        QVERIFY(!isE164(QString::fromUtf8("+٠٣٠٢٣١٢٥١٤٧")));
    }

    void saysHowANumberBeginsWhileItIsTyped_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("region");
        QTest::addColumn<QString>("start");
        QTest::newRow("international") << "+49 30 2"
                                       << "DE"
                                       << "+49302";
        QTest::newRow("00") << "0049 30"
                            << "DE"
                            << "+4930";
        QTest::newRow("trunk zero") << "030/231"
                                    << "DE"
                                    << "+4930231";
        QTest::newRow("US") << "(212) 5"
                            << "US"
                            << "+12125";
        QTest::newRow("US with 1") << "1 212 5"
                                   << "US"
                                   << "+12125";
        QTest::newRow("Italy keeps its zero") << "06 12"
                                              << "IT"
                                              << "+390612";
        QTest::newRow("words") << "Anna"
                               << "DE"
                               << "";
        QTest::newRow("no region") << "030 231"
                                   << ""
                                   << "";
        QTest::newRow("empty") << ""
                               << "DE"
                               << "";
    }

    void saysHowANumberBeginsWhileItIsTyped()
    {
        QFETCH(QString, text);
        QFETCH(QString, region);
        QFETCH(QString, start);

        QCOMPARE(e164Start(text, region), start);
    }

    void formatsForPeople()
    {
        QCOMPARE(formattedPhone("+493023125147"), QString("+49 30 23125147"));
        QCOMPARE(formattedPhone("+12125550154"), QString("+1 212-555-0154"));
        QCOMPARE(formattedPhone("+442079460123"), QString("+44 20 7946 0123"));
        QCOMPARE(formattedPhone("101"), QString("101"));
        QCOMPARE(formattedPhone(""), QString(""));
    }

    void everyCountrysNumbersAreWrittenAsTheLibraryWritesThem()
    {
        using i18n::phonenumbers::PhoneNumberUtil;
        const PhoneNumberUtil &library = *PhoneNumberUtil::GetInstance();
        std::set<std::string> regions;
        library.GetSupportedRegions(&regions);
        QVERIFY(regions.size() > 200);
        for (const std::string &region : regions)
            for (const auto type : {PhoneNumberUtil::FIXED_LINE, PhoneNumberUtil::MOBILE,
                                    PhoneNumberUtil::TOLL_FREE, PhoneNumberUtil::VOIP}) {
                i18n::phonenumbers::PhoneNumber example, parsed;
                std::string e164, written;
                if (!library.GetExampleNumberForType(region, type, &example))
                    continue;
                library.Format(example, PhoneNumberUtil::E164, &e164);
                if (!isE164(QString::fromStdString(e164)))
                    continue; // too short to be anything but a service's
                library.Parse(e164, {}, &parsed);
                library.Format(parsed, PhoneNumberUtil::INTERNATIONAL, &written);
                QCOMPARE(formattedPhone(QString::fromStdString(e164)), QString::fromStdString(written));
            }
    }

    void whatCannotBeFormattedComesBackCleanAndShort()
    {
        QCOMPARE(formattedPhone(QString::fromUtf8("\u202e\x01 abc \n")), QString("abc"));
        QCOMPARE(formattedPhone(QString(10240, 'x')).size(), maxPhoneTextLength);
        QCOMPARE(formattedPhone("+999999999999"), QString("+999999999999"));
    }

    void knowsHowExchangesSayWithheld_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text :
             {"", "anonymous", "Anonymous", "unavailable", "Restricted", "Private", "unknown", "<unknown>",
              "asterisk", "s", " anonymous ", "prohib_not_screened", "prohib"})
            QTest::newRow(text) << text;
    }

    void knowsHowExchangesSayWithheld()
    {
        QFETCH(QString, text);

        QVERIFY(meansWithheld(text));
    }

    void numbersAndGarbageAreNotWithheld()
    {
        QVERIFY(!meansWithheld("+493023125147"));
        QVERIFY(!meansWithheld("101"));
        QVERIFY(!meansWithheld("unknown soldier"));
        QVERIFY(!meansWithheld(QString(10240, ' ')));
    }

    void plainTextHasNothingThatMovesOrHides()
    {
        QString hostile = "a";
        for (int c = 0; c < 0x20; ++c)
            hostile += QChar(c);
        for (const char16_t c :
             {0x7f,   0x85,   0x61c,  0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b,
              0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff, 0xfffe, 0xfff9})
            hostile += QChar(c);
        hostile += "z";

        const QString plain = plainText(hostile, 1000);

        QCOMPARE(plain.simplified(), QString("a z"));
        QVERIFY(std::all_of(plain.begin(), plain.end(), [](QChar c) { return c == u' ' || c.isLetter(); }));
    }

    void plainTextKeepsEveryScript()
    {
        for (const char *name :
             {"Zoë Müller-Łukasz", "محمد علي", "שרה כהן", "山田太郎", "ไพลิน", "👩🏽‍🔧 Ana"})
            QCOMPARE(plainText(QString::fromUtf8(name), 80), QString::fromUtf8(name));
    }

    void plainTextCutsAtTheLengthAndNeverThroughAPair()
    {
        QCOMPARE(plainText("abcdef", 6), QString("abcdef"));
        QCOMPARE(plainText("abcdef", 5), QString("abcde"));
        QCOMPARE(plainText(QString::fromUtf8("ab👩"), 3), QString("ab"));
        QCOMPARE(plainText(QString::fromUtf8("ab👩"), 4), QString::fromUtf8("ab👩"));
        QCOMPARE(plainText("abc  def", 5), QString("abc"));
        QCOMPARE(plainText("\n\t ", 5), QString(""));
        QCOMPARE(plainText("abc", 0), QString(""));
    }

    void plainLinesKeepTheirLinesAndNothingHidden()
    {
        QCOMPARE(plainLines(QString::fromUtf8(" one\r\n\ttwo\u2028three\u202e\ufeff\x01 \n")),
                 "one\n\ttwo\nthree");
        QCOMPARE(plainLines(QString("a") + QChar(0) + "b"), "ab");
        QCOMPARE(plainLines(QString(100000, 'x')).size(), 100000);
    }
};

QTEST_APPLESS_MAIN(tst_PhoneNumber)
#include "tst_PhoneNumber.moc"
