#include "ui/text/Numbers.h"
#include "ui/text/Reasons.h"
#include "ui/text/Wording.h"

#include <QDateTime>
#include <QLocale>
#include <QSet>
#include <QTest>

using namespace ringbook;
using namespace ringbook::ui;
using model::ProbableReason;

namespace {

const QList<Doing> situations = {Doing::Starting, Doing::SigningIn, Doing::LookingUp, Doing::Saving,
                                 Doing::Drafting};
const QList<Fault> faults = {Fault::Invalid,     Fault::NotFound, Fault::Conflict, Fault::Denied,
                             Fault::Unreachable, Fault::Protocol, Fault::Busy,     Fault::DiskFull,
                             Fault::Damaged,     Fault::TooNew,   Fault::Failed};

Reading reading()
{
    return {QDateTime(QDate(2026, 11, 21), QTime(14, 0), Qt::UTC).toMSecsSinceEpoch(), QTimeZone::utc()};
}

QString plain(const ReasonWords &words)
{
    return withoutMarks(words.chip + QStringLiteral(" | ") + words.sentence());
}

} // namespace

class tst_Wording : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }

    void everyFaultHasASentenceInEverySituation()
    {
        for (const Doing doing : situations) {
            for (const Fault fault : faults) {
                const QString words = sentence(doing, fault);
                QVERIFY2(words.size() > 20 && words.endsWith(u'.'), qPrintable(words));
                QVERIFY2(words.size() <= 160, qPrintable(words));
            }
        }
    }

    void noSentenceUsesATechnicalWord()
    {
        const QStringList technical = {"error",   "fault",   "database",  "SQL",      "HTTP",
                                       "server",  "timeout", "exception", "protocol", "sync",
                                       "invalid", "null",    "failed",    "code 4"};
        for (const Doing doing : situations) {
            for (const Fault fault : faults) {
                for (const QString &word : technical)
                    QVERIFY2(!sentence(doing, fault).contains(word, Qt::CaseInsensitive),
                             qPrintable(sentence(doing, fault)));
            }
        }
    }

    void aFailedSaveSaysThatTheTextIsStillThere()
    {
        for (const Fault fault : faults) {
            const QString words = sentence(Doing::Saving, fault);
            QVERIFY2(words.startsWith("Not saved"), qPrintable(words));
        }
    }

    void everyValueHasItsOwnWord()
    {
        QSet<QString> words;
        for (int status = 0; status <= static_cast<int>(model::Case::Status::Closed); ++status)
            words += word(static_cast<model::Case::Status>(status));
        QCOMPARE(words.size(), 5);
        QVERIFY(!words.contains(QString()));

        words.clear();
        for (int channel = 0; channel <= static_cast<int>(model::Interaction::Channel::Social); ++channel)
            words += word(static_cast<model::Interaction::Channel>(channel));
        QCOMPARE(words.size(), 8);
        QVERIFY(!words.contains(QString()));

        words.clear();
        for (int confidence = 0; confidence <= static_cast<int>(model::Confidence::Unreadable); ++confidence)
            words += word(static_cast<model::Confidence>(confidence));
        QCOMPARE(words.size(), 6);
        QVERIFY(!words.contains(QString()));
    }

    void whyOverNamesWhoTookTheCall()
    {
        model::AgentCall call{.result = model::AgentCall::Result::AnsweredElsewhere, .answeredBy = "Ben"};
        QCOMPARE(withoutMarks(whyOver(call)), "taken by Ben");

        call.answeredBy.clear();
        QCOMPARE(whyOver(call), "taken at another desk");
    }

    void reasonsSayWhatIsDueAndSinceWhen()
    {
        const TimeMs yesterday = reading().now - 22 * hourMs;
        const ProbableReason promise{.kind = ProbableReason::Kind::OverdueFollowUp,
                                     .text = "call back with a repair date",
                                     .dueAt = yesterday,
                                     .who = "Ben Brandt"};

        QCOMPARE(plain(reasonWords(promise, reading())),
                 "Overdue | Promise: call back with a repair date, due yesterday 16:00, by Ben Brandt");
        QCOMPARE(plain(shortReasonWords(promise, reading())),
                 "Overdue | call back with a repair date, since yesterday");
        QCOMPARE(reasonWords(promise, reading()).tone, Tone::Bad);
    }

    void aCaseDueLaterTodayWarnsWithItsTime()
    {
        const ProbableReason due{.kind = ProbableReason::Kind::DueCase,
                                 .text = "leaking valve",
                                 .caseCode = "K73QF9X",
                                 .dueAt = reading().now + 150 * minuteMs};

        QCOMPARE(plain(reasonWords(due, reading())), "Due 16:30 | Case K7-3QF-9X: leaking valve");
        QCOMPARE(reasonWords(due, reading()).tone, Tone::Warn);
    }

    void aRepeatedCallIsCounted()
    {
        const ProbableReason repeat{.kind = ProbableReason::Kind::RepeatCall, .count = 3};
        QCOMPARE(plain(reasonWords(repeat, reading())), "Repeat | Third call in 7 days");
    }

    void candidatesSayWhyTheyMayBeCalling()
    {
        const TimeMs now = reading().now;

        QCOMPARE(candidateReason({.openCases = 1, .nextDueAt = now + 150 * minuteMs}, reading()),
                 "open case due today 16:30");
        QCOMPARE(candidateReason({.openCases = 2, .nextDueAt = now - dayMs}, reading()),
                 "open case, overdue since yesterday 14:00");
        QCOMPARE(candidateReason({.openCases = 3}, reading()), "3 open cases");
        QCOMPARE(candidateReason({.lastContactAt = now - 18 * dayMs}, reading()), "last contact 3 Nov");
        QCOMPARE(candidateReason({}, reading()), "no open case");
    }

    void phoneNumbersAreGroupedAndKeepTheirOrder()
    {
        const QString shown = phoneForPeople("+493023125147");

        QCOMPARE(withoutMarks(shown), "+49 30 23125 147");
        QCOMPARE(shown.front(), QChar(0x2066));
        QCOMPARE(shown.back(), QChar(0x2069));
        QCOMPARE(withoutMarks(phoneForPeople("+442079460128")), "+44 20 7946 0128");
        QCOMPARE(phoneForPeople(QString()), QString());
    }

    void hugeCallerTextIsCut() { QVERIFY(phoneForPeople(QString(10'000, u'x')).size() < 60); }

    void countsAreGroupedByThousands()
    {
        const QString thin(QChar(0x202f));

        QCOMPARE(grouped(0), "0");
        QCOMPARE(grouped(999), "999");
        QCOMPARE(grouped(1000), "1" + thin + "000");
        QCOMPARE(grouped(204118), "204" + thin + "118");
        QCOMPARE(grouped(-1234567), "-1" + thin + "234" + thin + "567");
        QCOMPARE(grouped(-123), "-123");
    }

    void timelineHeadlinesReadLikeTheHistory()
    {
        model::TimelineEntry call{.outcomeLabel = "Call-back agreed", .durationMs = 6 * minuteMs};
        QCOMPARE(headline(call), QString::fromUtf8("Call in, 6 min · Call-back agreed"));

        model::TimelineEntry opened{.kind = model::TimelineEntry::Kind::CaseOpened, .text = "leaking valve"};
        QCOMPARE(headline(opened), "Complaint opened: leaking valve");
    }
};

QTEST_GUILESS_MAIN(tst_Wording)
#include "tst_Wording.moc"
