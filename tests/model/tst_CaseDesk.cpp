#include "model/desk/Limits.h"
#include "model/domain/CaseCode.h"
#include "tests/support/World.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringbook;
using namespace ringbook::model;
using namespace ringbook::tests;

using enum Case::Status;

class tst_CaseDesk : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void openingStoresAndQueuesTogether()
    {
        World world;
        const Customer ana = world.customerWith("Ana Costa", "+493023125147");

        const auto opened = world.cases.open({.type = Case::Type::Return,
                                              .customer = ana.id,
                                              .subject = "  Leaking \n valve ",
                                              .remedySought = "Refund",
                                              .severity = 2});

        QVERIFY(opened);
        QCOMPARE(opened->subject, "Leaking valve");
        QCOMPARE(opened->status, New);
        QCOMPARE(opened->openedAt, world.clock.now());
        QCOMPARE(opened->openedBy, world.anna);
        QVERIFY(readCaseCode(opened->code));
        QVERIFY(*world.cases.theCase(opened->id) == *opened);
        QCOMPARE(world.outbox().size(), 1);
    }

    void aCaseMayBeNobodysYet()
    {
        World world;
        QVERIFY(world.cases.open({.subject = "Somebody smells gas"}));
    }

    void aCaseIsRefusedForWhatIsMissingOrTooLong_data()
    {
        QTest::addColumn<QString>("subject");
        QTest::addColumn<QString>("remedy");
        QTest::addColumn<int>("severity");
        QTest::addColumn<bool>("opens");
        const QString full(maxLineLength, 'x');
        QTest::newRow("no subject") << ""
                                    << "" << 1 << false;
        QTest::newRow("blank subject") << " \n\t"
                                       << "" << 1 << false;
        QTest::newRow("longest subject") << full << full << 4 << true;
        QTest::newRow("subject too long") << full + "x"
                                          << "" << 1 << false;
        QTest::newRow("remedy too long") << "x" << full + "x" << 1 << false;
        QTest::newRow("severity 0") << "x"
                                    << "" << 0 << false;
        QTest::newRow("severity 5") << "x"
                                    << "" << 5 << false;
    }

    void aCaseIsRefusedForWhatIsMissingOrTooLong()
    {
        QFETCH(QString, subject);
        QFETCH(QString, remedy);
        QFETCH(int, severity);
        QFETCH(bool, opens);
        World world;

        const auto opened =
            world.cases.open({.subject = subject, .remedySought = remedy, .severity = severity});

        QCOMPARE(bool(opened), opens);
        QCOMPARE(world.outbox().size(), opens ? 1 : 0);
        if (!opens)
            QCOMPARE(opened.error().fault, Fault::Invalid);
    }

    void codesHaveNoGapsWhenACaseIsRefused()
    {
        World world;
        const auto first = world.cases.open({.subject = "one"});
        QVERIFY(!world.cases.open({.subject = ""}));
        world.desk.db().setGate([](const QString &sql) { return sql != "COMMIT"; });
        QVERIFY(!world.cases.open({.subject = "lost"}));
        world.failNoStatement();
        const auto second = world.cases.open({.subject = "two"});

        QCOMPARE(readCaseCode(second->code)->caseCounter, readCaseCode(first->code)->caseCounter + 1);
    }

    void aNoteIsAppended()
    {
        World world;
        const auto file = world.cases.open({.subject = "Leak"});
        QVERIFY(world.cases.note(file->id, "first\nline"));
        world.clock.advance(minuteMs);

        const auto second = world.cases.note(file->id, " second ");

        QCOMPARE(second->text, "second");
        QCOMPARE(second->author, world.anna);
        const auto notes = world.cases.notes(file->id);
        QCOMPARE(notes->size(), 2);
        QCOMPARE(notes->at(0).text, "first\nline");
        QVERIFY(notes->at(1) == *second);
    }

    void aNoteNeedsATextAndACase()
    {
        World world;
        const auto file = world.cases.open({.subject = "Leak"});

        QCOMPARE(world.cases.note(file->id, " \n").error().fault, Fault::Invalid);
        QCOMPARE(world.cases.note(file->id, QString(maxTextLength + 1, 'x')).error().fault, Fault::Invalid);
        QVERIFY(world.cases.note(file->id, QString(maxTextLength, 'x')));
        QCOMPARE(world.cases.note({99}, "text").error().fault, Fault::NotFound);
    }

    void aCaseMovesByOneChangedField()
    {
        World world;
        const auto file = world.cases.open({.subject = "Leak"});

        const auto moved = world.cases.move(file->id, InProgress);

        QCOMPARE(moved->status, InProgress);
        QCOMPARE(world.outbox().last().edits.keys(), QStringList{"status"});
        QCOMPARE(world.cases.theCase(file->id)->status, InProgress);
    }

    void aStepThatIsNotPermittedChangesNothing()
    {
        World world;
        const auto file = world.cases.open({.subject = "Leak"});

        const auto moved = world.cases.move(file->id, Closed);

        QCOMPARE(moved.error().fault, Fault::Invalid);
        QCOMPARE(world.cases.theCase(file->id)->status, New);
        QCOMPARE(world.outbox().size(), 1);
    }

    void stayingWhereItIsIsNoChange()
    {
        World world;
        const auto file = world.cases.open({.subject = "Leak"});

        QVERIFY(world.cases.move(file->id, New));

        QCOMPARE(world.outbox().size(), 1);
    }

    void closingNotesTheTimeAndReopeningForgetsIt()
    {
        World world;
        const auto file = world.cases.open({.subject = "Leak"});
        QVERIFY(world.cases.move(file->id, Resolved));
        QCOMPARE(world.cases.theCase(file->id)->closedAt, std::nullopt);

        QCOMPARE(world.cases.move(file->id, Closed)->closedAt, std::optional(world.clock.now()));
        QVERIFY(world.cases.move(file->id, InProgress));

        QCOMPARE(world.cases.theCase(file->id)->closedAt, std::nullopt);
    }

    void aCaseIsFoundByItsCodeAsHeard()
    {
        World world;
        const auto file = world.cases.open({.subject = "Leak"});

        QCOMPARE(world.cases.caseByCode(groupedCaseCode(file->code).toLower())->id, file->id);
        QCOMPARE(world.cases.caseByCode("nonsense").error().fault, Fault::Invalid);
        QCOMPARE(world.cases.caseByCode(caseCode(3, 3)).error().fault, Fault::NotFound);
    }

    void openCasesStandByDueTimeWithNames()
    {
        World world;
        const Customer ana = world.customerWith("Ana Costa", "+493023125147");
        const auto at = [&](const QString &subject, std::optional<TimeMs> dueAt, Case::Status status) {
            world.arrives(Case{.customer = ana.id,
                               .subject = subject,
                               .status = status,
                               .assignee = world.anna,
                               .dueAt = dueAt});
        };
        at("never", {}, New);
        at("later", 200, Waiting);
        at("sooner", 100, InProgress);
        at("resolved", 50, Resolved);

        const auto lines = world.cases.openCaseLines(10);

        QStringList subjects;
        for (const CaseLine &line : *lines)
            subjects += line.file.subject;
        QCOMPARE(subjects.join(", "), "never, sooner, later");
        QCOMPARE(lines->first().customerName, "Ana Costa");
        QCOMPARE(lines->first().assigneeName, "Anna Albers");
        QCOMPARE(*world.cases.openCaseCount(), 3);
        QCOMPARE(world.cases.openCases(2)->size(), 2);
    }

    void aCaseIsAssignedAndGivenBack()
    {
        World world;
        const auto file = world.cases.open({.subject = "Leak"});

        QVERIFY(world.cases.assign(file->id, world.anna));
        QCOMPARE(world.cases.theCase(file->id)->assignee, world.anna);
        QVERIFY(world.cases.assign(file->id, {}));
        QCOMPARE(world.cases.theCase(file->id)->assignee, Id<User>{});
    }

    void everyStatementMayFailWhileOpening()
    {
        QCOMPARE(failureSweep([](World &world) { return world.customerWith("Ana", "+493023125147"); },
                              [](World &world, const Customer &ana) {
                                  return bool(world.cases.open({.customer = ana.id, .subject = "Leak"}));
                              }),
                 "");
    }

    void everyStatementMayFailWhileNotingAndMoving()
    {
        const auto arrange = [](World &world) { return world.arrives(Case{.subject = "Leak"}); };
        QCOMPARE(
            failureSweep(arrange, [](World &world,
                                     const Case &file) { return bool(world.cases.note(file.id, "text")); }),
            "");
        QCOMPARE(failureSweep(arrange,
                              [](World &world, const Case &file) {
                                  return bool(world.cases.move(file.id, InProgress));
                              }),
                 "");
        QCOMPARE(failureSweep(arrange,
                              [](World &world, const Case &file) {
                                  return bool(world.cases.assign(file.id, world.anna));
                              }),
                 "");
    }
};

QTEST_GUILESS_MAIN(tst_CaseDesk)
#include "tst_CaseDesk.moc"
