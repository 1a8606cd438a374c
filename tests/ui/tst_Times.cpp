#include "ui/text/Times.h"

#include <QDateTime>
#include <QLocale>
#include <QTest>

using namespace ringbook;
using namespace ringbook::ui;

namespace {

const QTimeZone berlin("Europe/Berlin");

TimeMs at(const char *text, const QTimeZone &zone = berlin)
{
    QDateTime time = QDateTime::fromString(QString::fromLatin1(text), QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    time.setTimeZone(zone);
    return time.toMSecsSinceEpoch();
}

Reading readAt(const char *text)
{
    return {at(text), berlin};
}

} // namespace

class tst_Times : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }

    void whenIsRelativeUpToYesterdayThenADate_data()
    {
        QTest::addColumn<qint64>("moment");
        QTest::addColumn<QString>("words");
        QTest::newRow("today") << at("2026-11-21 09:12:00") << "Today 09:12";
        QTest::newRow("first of today") << at("2026-11-21 00:00:00") << "Today 00:00";
        QTest::newRow("last of yesterday") << at("2026-11-20 23:59:59") << "Yesterday 23:59";
        QTest::newRow("day before") << at("2026-11-19 23:59:59") << "19 Nov 23:59";
        QTest::newRow("tomorrow") << at("2026-11-22 10:00:00") << "Tomorrow 10:00";
        QTest::newRow("later") << at("2026-11-30 16:30:00") << "30 Nov 16:30";
        QTest::newRow("another year") << at("2025-11-21 09:12:00") << "21 Nov 2025";
    }

    void whenIsRelativeUpToYesterdayThenADate()
    {
        QFETCH(qint64, moment);
        QFETCH(QString, words);

        QCOMPARE(when(moment, readAt("2026-11-21 14:07:31")), words);
    }

    void justAfterMidnightAMinuteAgoWasYesterday()
    {
        QCOMPARE(when(at("2026-11-20 23:59:30"), readAt("2026-11-21 00:00:10")), "Yesterday 23:59");
    }

    void theNightTheClockGoesBackIsStillOneDay()
    {
        const Reading lateSunday = readAt("2026-10-25 23:30:00"); // 24.5 hours after Sunday began

        QCOMPARE(when(at("2026-10-25 00:10:00"), lateSunday), "Today 00:10");
        QCOMPARE(when(at("2026-10-24 23:50:00"), lateSunday), "Yesterday 23:50");
    }

    void theNightTheClockGoesForwardYesterdayIsShort()
    {
        const Reading earlyMonday = readAt("2026-03-30 00:30:00"); // Sunday had 23 hours

        QCOMPARE(when(at("2026-03-29 00:10:00"), earlyMonday), "Yesterday 00:10");
        QCOMPARE(when(at("2026-03-28 23:50:00"), earlyMonday), "28 Mar 23:50");
    }

    void newYearsEveIsYesterdayNotAnotherYear()
    {
        QCOMPARE(when(at("2025-12-31 22:00:00"), readAt("2026-01-01 09:00:00")), "Yesterday 22:00");
    }

    void inASentenceItIsWrittenSmall()
    {
        const Reading reading = readAt("2026-11-21 14:07:31");

        QCOMPARE(inSentence(at("2026-11-20 16:00:00"), reading), "yesterday 16:00");
        QCOMPARE(dayInSentence(at("2026-11-03 16:00:00"), reading), "3 Nov");
    }

    void theSameMomentIsAnotherDayInAnotherZone()
    {
        const TimeMs moment = at("2026-11-20 23:30:00");

        QCOMPARE(when(moment, {at("2026-11-21 08:00:00"), berlin}), "Yesterday 23:30");
        QCOMPARE(when(moment, {at("2026-11-21 08:00:00"), QTimeZone("Asia/Tokyo")}), "Today 07:30");
    }

    void exactTimeNamesTheZone()
    {
        const QString summer = exactTime(at("2026-07-01 12:00:00"), berlin);
        const QString winter = exactTime(at("2026-11-21 14:07:31"), berlin);

        QVERIFY2(summer.contains("12:00:00") && summer.endsWith("CEST"), qPrintable(summer));
        QVERIFY2(winter.contains("14:07:31") && winter.endsWith("CET"), qPrintable(winter));
    }

    void durationsRunInMinutesAndSecondsUpToAnHour()
    {
        QCOMPARE(duration(0), "00:00");
        QCOMPARE(duration(-5000), "00:00");
        QCOMPARE(duration(222 * secondMs), "03:42");
        QCOMPARE(duration(hourMs - 1), "59:59");
        QCOMPARE(duration(hourMs), "1:00:00");
        QCOMPARE(duration(27 * hourMs + 65 * secondMs), "27:01:05");
    }

    void historyDurationsAreSpoken()
    {
        QCOMPARE(spokenDuration(42 * secondMs), "42 s");
        QCOMPARE(spokenDuration(6 * minuteMs + 10 * secondMs), "6 min");
        QCOMPARE(spokenDuration(hourMs), "1 h");
        QCOMPARE(spokenDuration(65 * minuteMs), "1 h 5 min");
    }

    void timeThereNamesThePlace()
    {
        QCOMPARE(timeThere(at("2026-11-21 15:07:00"), "Europe/Lisbon"), "14:07, Lisbon");
        QCOMPARE(timeThere(at("2026-11-21 15:07:00"), "America/New_York"), "09:07, New York");
        QCOMPARE(timeThere(at("2026-11-21 15:07:00"), "Not/AZone"), QString());
        QCOMPARE(timeThere(at("2026-11-21 15:07:00"), ""), QString());
    }
};

QTEST_GUILESS_MAIN(tst_Times)
#include "tst_Times.moc"
