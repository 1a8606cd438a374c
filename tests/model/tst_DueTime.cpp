#include "model/domain/DueTime.h"
#include "tests/support/FakeClock.h"

#include <QtTest>

using namespace ringbook;
using namespace ringbook::model;

namespace {

const QTimeZone zone("Europe/Berlin");

TimeMs at(int year, int month, int day, int hour, int minute = 0)
{
    return QDateTime(QDate(year, month, day), QTime(hour, minute), zone).toMSecsSinceEpoch();
}

const TimeMs now = at(2026, 11, 24, 14, 7); // a Tuesday

QString shown(const std::optional<TimeMs> &due)
{
    return due ? QDateTime::fromMSecsSinceEpoch(*due, zone).toString("yyyy-MM-dd HH:mm") : QString("none");
}

} // namespace

class tst_DueTime : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void momentsAreReadAsPeopleTypeThem_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("due");
        const std::pair<const char *, const char *> rows[] = {
            {"15:30", "2026-11-24 15:30"},
            {"at 16", "2026-11-24 16:00"},
            {"13:00", "2026-11-25 13:00"}, // gone by today
            {"3pm", "2026-11-24 15:00"},
            {"12am", "2026-11-25 00:00"},
            {"noon", "2026-11-25 12:00"},
            {"9.30 Uhr", "2026-11-25 09:30"},
            {"15 Uhr 45", "2026-11-24 15:45"},
            {"today 18", "2026-11-24 18:00"},
            {"today", "2026-11-24 17:00"},
            {"tomorrow", "2026-11-25 17:00"},
            {"Tomorrow at 10", "2026-11-25 10:00"},
            {"morgen um 10:15", "2026-11-25 10:15"},
            {"übermorgen 8", "2026-11-26 08:00"},
            {"Fri", "2026-11-27 17:00"},
            {"by Friday 14:00", "2026-11-27 14:00"},
            {"bis Freitag 14 Uhr", "2026-11-27 14:00"},
            {"Tue 15:00", "2026-12-01 15:00"}, // the next one, not today
            {"next Mon", "2026-11-30 17:00"},
            {"am 3.12. um 9:00", "2026-12-03 09:00"},
            {"3.1.", "2027-01-03 17:00"}, // gone by this year
            {"24.12.2026 11:00", "2026-12-24 11:00"},
            {"2026-12-01 08:30", "2026-12-01 08:30"},
            {"in 45 min", "2026-11-24 14:52"},
            {"in 2h", "2026-11-24 16:07"},
            {"+90m", "2026-11-24 15:37"},
            {"in 3 days", "2026-11-27 14:07"},
            {"in 2 Wochen", "2026-12-08 14:07"},
        };
        for (const auto &[text, due] : rows)
            QTest::newRow(text) << QString::fromUtf8(text) << QString(due);
        for (const char *nothing : {"",
                                    " ",
                                    "soon",
                                    "25:00",
                                    "15:60",
                                    "13pm",
                                    "0am",
                                    "32.1.",
                                    "30.2.2027",
                                    "2026-02-30",
                                    "today 13",
                                    "2025-12-01",
                                    "in 9000 days",
                                    "in 2 moons",
                                    "in h",
                                    "10:00 tomorrow maybe",
                                    "call 030 23125147",
                                    "2028-01-01",
                                    "at",
                                    "by on at"})
            QTest::newRow(nothing) << QString(nothing) << QString("none");
        QTest::newRow("10 kB") << QString(10'000, u'1') << QString("none");
    }
    void momentsAreReadAsPeopleTypeThem()
    {
        QFETCH(QString, text);

        QTEST(shown(dueTimeFrom(text, now, zone)), "due");
    }

    /// On 28 March 2027 there is no half past two in Berlin; on 31 October there are two.
    void clocksThatChangeAreFollowed()
    {
        const TimeMs before = at(2027, 3, 27, 20);
        QCOMPARE(shown(dueTimeFrom("tomorrow 2:30", before, zone)), "2027-03-28 03:30");
        QCOMPARE(shown(dueTimeFrom("in 1 day", before, zone)), "2027-03-28 20:00");
        QCOMPARE(*dueTimeFrom("in 12h", before, zone) - before, 12 * hourMs);
        const auto twice = dueTimeFrom("tomorrow 2:30", at(2026, 10, 24, 20), zone);
        QCOMPARE(shown(twice), "2026-10-25 02:30");
    }

    void aLineIsTakenApart_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("due");
        QTest::newRow("with a day and a time") << "call back with the date by tomorrow 10"
                                               << "call back with the date"
                                               << "2026-11-25 10:00";
        QTest::newRow("German") << "Rückruf wegen Termin bis Freitag 14 Uhr"
                                << "Rückruf wegen Termin"
                                << "2026-11-27 14:00";
        QTest::newRow("from now") << "send the offer in 2h"
                                  << "send the offer"
                                  << "2026-11-24 16:07";
        QTest::newRow("none") << "call back with the date"
                              << "call back with the date"
                              << "none";
        QTest::newRow("a number that is no time") << "send 3 filters"
                                                  << "send 3 filters"
                                                  << "none";
        QTest::newRow("only a time") << "tomorrow 10"
                                     << ""
                                     << "2026-11-25 10:00";
        QTest::newRow("nothing") << "  "
                                 << ""
                                 << "none";
    }
    void aLineIsTakenApart()
    {
        QFETCH(QString, line);

        const DueLine parts = dueLineFrom(line, now, zone);

        QTEST(parts.what, "what");
        QTEST(shown(parts.dueAt), "due");
    }
};

QTEST_APPLESS_MAIN(tst_DueTime)
#include "tst_DueTime.moc"
