#include "sync/calls/CallDiary.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;
using namespace ringbook::model;

namespace {

const QHash<QString, QString> names{{"101", "Anna Albers"}, {"102", "Ben Brandt"}};

} // namespace

class tst_CallDiary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCallIsTold()
    {
        CallDiary diary(names);
        const QVector<CallStep> steps{
            step::Began{.caller = {.raw = "030 23125901", .e164 = "+493023125901", .name = "Karla"},
                        .called = {.raw = "+493023125101", .name = "Main number"}},
            step::Queued{"support"},
            step::Offered{"101", "PJSIP/101-2"},
            step::Rang{"101", "PJSIP/101-2"},
            step::DeviceOver{"101", "PJSIP/101-2", AgentCall::Result::NoAnswer},
            step::LeftQueue{.abandoned = true},
            step::Ended{.by = Call::EndedBy::Caller}};

        for (const CallStep &step : steps)
            diary.note("pbx-1", step, 1000);

        QStringList told;
        for (const TelephonyStep &step : diary.steps())
            told += step.text;
        QCOMPARE(told,
                 QStringList({"somebody outside calls, with a number, at Main number",
                              "waits in queue support", "offered to 101 (Anna Albers), at PJSIP/101-2",
                              "rings at 101 (Anna Albers)", "rings no more at 101 (Anna Albers): no answer",
                              "gave up waiting in the queue", "over, by the caller"}));
    }

    void noNumberIsInIt()
    {
        const QVector<CallStep> steps{
            step::Began{.caller = {.raw = "030 23125901", .e164 = "+493023125901", .name = "Karla"},
                        .called = {.raw = "+493023125101"}},
            step::Began{.caller = {.withheld = true}}, step::CallerNamed{"Karla"},
            step::Transferred{.by = "101", .to = "+493023125902"}};

        for (const CallStep &step : steps) {
            const QString words = wordsFor(step, names);
            QVERIFY2(!words.contains("23125") && !words.contains("Karla"), qPrintable(words));
        }
    }

    void ringsAreCountedByPhone()
    {
        CallDiary diary(names);
        diary.note("pbx-1", step::Rang{"101", "a"}, 1000);
        diary.note("pbx-2", step::Rang{"101", "b"}, 2000);

        QCOMPARE(diary.rings("101").count, 2);
        QCOMPARE(diary.rings("101").lastAt, 2000);
        QCOMPARE(diary.rings("102").count, 0);
    }

    void itKeepsTheLastSteps()
    {
        CallDiary diary(names);
        for (int i = 0; i < mostTelephonySteps + 1; ++i)
            diary.note(QString("pbx-%1").arg(i), step::Parked{}, i);

        QCOMPARE(diary.steps().size(), mostTelephonySteps);
        QCOMPARE(diary.steps().first().call, "pbx-1");
    }
};

QTEST_GUILESS_MAIN(tst_CallDiary)
#include "tst_CallDiary.moc"
