#include "tests/support/FakeClock.h"
#include "ui/card/CandidateModel.h"
#include "ui/card/CaseListModel.h"
#include "ui/card/Row.h"
#include "ui/card/TimelineModel.h"
#include "ui/people/HitListModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

using namespace ringbook;
using namespace ringbook::model;
using namespace ringbook::ui;
using ringbook::tests::FakeClock;

namespace {

const Reading reading{FakeClock::start, tests::berlin};

TimelineEntry entryOf(qint64 id, Interaction::Channel channel = Interaction::Channel::Call)
{
    return {.id = id,
            .at = FakeClock::start - id * minuteMs,
            .text = QString("entry %1").arg(id),
            .channel = channel};
}

TimelinePart pageFrom(qint64 first, int count, bool hasMore)
{
    TimelinePart part;
    for (int i = 0; i < count; ++i)
        part.entries += entryOf(first + i);
    if (hasMore)
        part.next = TimelineMark{.id = first + count};
    return part;
}

Row rowAt(const QAbstractItemModel &model, int row)
{
    return model.index(row, 0).data(RowRole).value<Row>();
}

} // namespace

class tst_CardModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timelineKeepsTheRulesOfModels()
    {
        TimelineModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        tester.setUseFetchMore(false); // it would fetch while it is being told of a reset

        model.show(pageFrom(1, 50, true), reading,
                   [](const TimelineMark &mark) { return pageFrom(mark.id, 50, mark.id < 200); });
        model.setFilter(TimelineFilter::Mail);
        model.setFilter(TimelineFilter::Calls);
        while (model.canFetchMore({}))
            model.fetchMore({});

        QCOMPARE(model.rowCount(), 250);
    }

    void timelineFetchesOlderPagesInOrder()
    {
        TimelineModel model;
        model.show(pageFrom(1, 3, true), reading,
                   [](const TimelineMark &mark) { return pageFrom(mark.id, 3, false); });

        model.fetchMore({});

        QCOMPARE(model.rowCount(), 6);
        QCOMPARE(rowAt(model, 5).text, QString("entry 6"));
        QVERIFY(!model.canFetchMore({}));
    }

    void timelineReadsOnUntilTheFilterLetsSomethingThrough()
    {
        TimelineModel model;
        int pages = 0;
        model.setFilter(TimelineFilter::Visits);
        model.show(pageFrom(1, 2, true), reading, [&](const TimelineMark &mark) {
            TimelinePart part = pageFrom(mark.id, 2, true);
            if (++pages == 3)
                part.entries += entryOf(99, Interaction::Channel::Visit);
            return part;
        });

        model.fetchMore({});

        QCOMPARE(pages, 3);
        QCOMPARE(model.rowCount(), 1);
    }

    void timelineGivesTheViewItsTurnAfterSomePages()
    {
        TimelineModel model;
        int pages = 0;
        model.setFilter(TimelineFilter::Visits);
        model.show(pageFrom(1, 2, true), reading, [&](const TimelineMark &mark) {
            ++pages;
            return pageFrom(mark.id, 2, true);
        });

        model.fetchMore({});

        QCOMPARE(pages, TimelineModel::maxPagesAStep);
        QVERIFY(model.canFetchMore({}));
    }

    void timelineSaysThatAnOlderPageFailed()
    {
        TimelineModel model;
        QSignalSpy failed(&model, &TimelineModel::olderPageFailed);
        model.show(pageFrom(1, 2, true), reading, [](const TimelineMark &) { return Error{Fault::Damaged}; });

        model.fetchMore({});

        QCOMPARE(failed.count(), 1);
        QCOMPARE(model.rowCount(), 2);
        QVERIFY(!model.canFetchMore({}));
    }

    void timelineStaysAsItIsWhenNothingChanged()
    {
        TimelineModel model;
        const auto older = [](const TimelineMark &mark) { return pageFrom(mark.id, 3, false); };
        model.show(pageFrom(1, 3, true), reading, older);
        model.fetchMore({});
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);

        model.show(pageFrom(1, 3, true), reading, older);

        QCOMPARE(reset.count(), 0);
        QCOMPARE(model.rowCount(), 6);
    }

    void filtersKnowWhereEveryKindBelongs()
    {
        QVERIFY(passes(entryOf(1), TimelineFilter::Calls));
        QVERIFY(passes(entryOf(1, Interaction::Channel::Letter), TimelineFilter::Mail));
        QVERIFY(passes(entryOf(1, Interaction::Channel::Visit), TimelineFilter::Visits));
        QVERIFY(passes({.kind = TimelineEntry::Kind::CaseNote}, TimelineFilter::Cases));
        QVERIFY(passes({.kind = TimelineEntry::Kind::FollowUp, .followUpKind = FollowUp::Kind::Maintenance},
                       TimelineFilter::Visits));
        QVERIFY(passes({.kind = TimelineEntry::Kind::FollowUp}, TimelineFilter::Calls));
        QVERIFY(!passes(entryOf(1), TimelineFilter::Mail));
    }

    void candidatesEndWithSomebodyElse()
    {
        CandidateModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show({{.customer = {.id = {1}, .name = "Ana Costa"}},
                    {.customer = {.id = {2}, .name = "Bruno Keller"}}},
                   reading);

        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(rowAt(model, 1).key, QString("2"));
        QVERIFY(model.index(1, 0).data(Qt::AccessibleTextRole).toString().startsWith("2, Bruno Keller"));
        QVERIFY(model.isSomebodyElse(model.rowOfDigit(0)));
        QCOMPARE(model.rowOfDigit(2), 1);
        QCOMPARE(model.rowOfDigit(3), -1);
    }

    void candidatesAreNoneWithoutAChoice()
    {
        CandidateModel model;
        model.show({}, reading);

        QCOMPARE(model.rowCount(), 0);
        QCOMPARE(model.rowOfDigit(0), -1);
    }

    void casesSayHowDueTheyAre()
    {
        CaseListModel model(CaseListModel::Whose::Theirs);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show({{.file = {.id = {5}, .code = "K73QF9X", .subject = "leak", .dueAt = reading.now - 1}},
                    {.file = {.id = {6}, .code = "M44T2PC", .subject = "bill", .dueAt = reading.now}}},
                   reading);

        QCOMPARE(rowAt(model, 0).badgeTone, Tone::Bad);
        QCOMPARE(rowAt(model, 1).badgeTone, Tone::Warn);
        QCOMPARE(model.rowOf({6}), 1);
        QCOMPARE(model.rowOf({7}), -1);
    }

    void hitsShowTheCaseThatLedThere()
    {
        HitListModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show({{.customer = {1}, .name = "Ana Costa", .caseCode = "K73QF9X", .subject = "leak"}});

        QVERIFY(rowAt(model, 0).text.contains("K7-3QF-9X"));
        QVERIFY(model.index(0, 0).data(Qt::AccessibleTextRole).toString().startsWith("Ana Costa"));
    }
};

QTEST_MAIN(tst_CardModels)
#include "tst_CardModels.moc"
