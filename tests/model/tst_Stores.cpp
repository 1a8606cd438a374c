#include "model/store/AlertStore.h"
#include "model/store/CaseStore.h"
#include "model/store/ConflictStore.h"
#include "model/store/CustomerStore.h"
#include "model/store/FollowUpStore.h"
#include "model/store/InteractionStore.h"
#include "model/store/SearchStore.h"
#include "model/store/SetUpStore.h"
#include "model/store/TimelineStore.h"
#include "tests/support/BookWith.h"

#include <QRegularExpression>
#include <QTest>

#include <sqlite3.h>

using namespace ringbook;
using namespace ringbook::model;

namespace {

constexpr Id<Customer> anna{1};
constexpr Id<User> me{100};
const QString number = "+493023125147";

/// How SQLite would answer, one step a line.
QStringList planOf(Connection &db, const QString &sql)
{
    QStringList steps;
    sqlite3_stmt *statement = nullptr;
    const QByteArray text = "EXPLAIN QUERY PLAN " + sql.toUtf8();
    if (sqlite3_prepare_v2(static_cast<sqlite3 *>(db.sqliteHandle()), text, -1, &statement, nullptr) !=
        SQLITE_OK)
        return {"SCAN: this is no SQL: " + sql};
    while (sqlite3_step(statement) == SQLITE_ROW)
        steps.append(reinterpret_cast<const char *>(sqlite3_column_text(statement, 3)));
    sqlite3_finalize(statement);
    return steps;
}

/// Every read that the card, the lists and the search make.
void askEverything(Connection &db)
{
    const CustomerStore customers(db);
    const InteractionStore interactions(db);
    const CaseStore cases(db);
    const SearchStore search(db);
    (void)customers.customer(anna);
    (void)customers.nameOf(anna);
    (void)customers.contactPoints(anna);
    (void)customers.owners(number, 9);
    (void)customers.ownerCount(number);
    (void)customers.ownersOfText("4711", 9);
    (void)TimelineStore(db, me).page(anna, {}, 50);
    (void)TimelineStore(db, me).countOfOthersSince(anna, 0);
    (void)interactions.interaction({1});
    (void)interactions.recentOf(anna, 0, 9);
    (void)interactions.recentUnidentified(number, 0, 9);
    (void)interactions.lastWith(anna, me);
    (void)cases.theCase({1});
    (void)cases.byCode("K73QF9X");
    (void)cases.open(9);
    (void)cases.openOf(anna, 9);
    (void)cases.openCountOf(anna);
    (void)cases.notes({1});
    (void)FollowUpStore(db).followUp({1});
    (void)FollowUpStore(db).openOf(anna, 9);
    (void)AlertStore(db).alertsOf(anna, 0, 3);
    (void)SetUpStore(db).userName(me);
    (void)ConflictStore(db).openAbout({1}, 9);
    (void)search.byName("nordwind", 9);
    (void)search.byNumberStart("+4930", 9);
    (void)search.byNumberEnd("5147", 9);
    (void)search.byEmailStart("anna", 9);
    (void)search.byCaseCode("K73QF9X");
}

} // namespace

class tst_Stores : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noReadLooksThroughAWholeTable()
    {
        test::BookWith book;
        book.add("customer", 1, {{"name", "Nordwind"}, {"is_organisation", true}});
        auto &db = book.db();
        QSet<QString> asked;
        db.setGate([&](const QString &sql) {
            asked.insert(sql);
            return true;
        });
        askEverything(db);
        db.setGate({});
        QVERIFY(asked.size() >= 28);

        // What a statement makes for itself has these names; the name index is searched by its own means.
        static const QRegularExpression allowed(
            "^SCAN (owner|found|entry|latest|\\(subquery-\\d+\\)|CONSTANT ROW|"
            "customer_name VIRTUAL TABLE|case_file USING INDEX case_file_(open|undated)$)");
        for (const QString &sql : std::as_const(asked))
            for (const QString &step : planOf(db, sql))
                if (step.startsWith("SCAN"))
                    QVERIFY2(allowed.match(step).hasMatch(), qPrintable(step + " in " + sql));
    }

    void listsByDueTimeComeInOrderFromTheirIndex()
    {
        test::BookWith book;
        auto &db = book.db();
        QStringList asked;
        db.setGate([&](const QString &sql) {
            asked.append(sql);
            return true;
        });
        (void)CaseStore(db).open(9);
        (void)CaseStore(db).openOf(anna, 9);
        (void)InteractionStore(db).recentOf(anna, 0, 9);
        db.setGate({});

        for (const QString &sql : asked)
            QVERIFY2(!planOf(db, sql).join('\n').contains("TEMP B-TREE"),
                     qPrintable(planOf(db, sql).join('\n')));
    }

    void ownersAreOrderedByOpenCasesThenLastContact()
    {
        test::BookWith book;
        for (int id = 1; id <= 4; ++id) {
            book.add("customer", id, {{"name", QString::number(id)}});
            book.add("contact_point", 10 + id, {{"customer", id}, {"channel", "phone"}, {"e164", number}});
        }
        book.add("contact_point", 15,
                 {{"customer", 2}, {"e164", number}, {"shared", "household"}}); // twice the same
        book.add("contact_point", 16, {{"customer", 77}, {"e164", number}});    // nobody
        book.add("interaction", 21, {{"customer", 3}, {"started_at", 500}});
        book.add("interaction", 22, {{"customer", 2}, {"started_at", 900}});
        book.add("case", 31, {{"customer", 4}, {"status", "new"}, {"due_at", 3000}});
        book.add("follow_up", 32, {{"customer", 4}, {"state", "open"}, {"due_at", 2000}});
        book.add("contact_point", 17, {{"customer", 5}, {"e164", number}, {"not_theirs_since", 1}});
        book.add("customer", 5, {{"name", "5"}});

        const auto owners = CustomerStore(book.db()).owners(number, 9);

        QVERIFY(owners);
        QString order;
        for (const Candidate &owner : *owners)
            order += owner.customer.name;
        QCOMPARE(order, "4231");
        QCOMPARE(owners->at(0).openCases, 1);
        QCOMPARE(owners->at(0).nextDueAt, std::optional<TimeMs>(2000));
        QCOMPARE(owners->at(1).shared, ContactPoint::Shared::Household);
        QCOMPARE(owners->at(1).lastContactAt, std::optional<TimeMs>(900));
        QCOMPARE(*CustomerStore(book.db()).ownerCount(number), 4);
        QCOMPARE(CustomerStore(book.db()).owners(number, 2)->size(), 2);
    }

    void aNumberWithoutE164IsFoundAsItWasWritten()
    {
        test::BookWith book;
        book.add("customer", 1, {{"name", "Gate"}});
        book.add("contact_point", 2, {{"customer", 1}, {"channel", "phone"}, {"value", "4711"}});

        QCOMPARE(CustomerStore(book.db()).ownersOfText("4711", 9)->size(), 1);
        QCOMPARE(CustomerStore(book.db()).ownersOfText("471", 9)->size(), 0);
    }

    void contactPointsNoLongerTheirsComeLast()
    {
        test::BookWith book;
        book.add("contact_point", 1, {{"customer", 1}, {"value", "old"}, {"not_theirs_since", 5}});
        book.add("contact_point", 2, {{"customer", 1}, {"value", "new"}, {"verified", true}});

        const auto points = CustomerStore(book.db()).contactPoints(anna);

        QCOMPARE(points->size(), 2);
        QVERIFY(points->at(0).value == "new" && points->at(0).verified);
        QCOMPARE(points->at(1).notTheirsSince, std::optional<TimeMs>(5));
    }

    void openCasesBeginWithWhatHasNoDueTimeYet()
    {
        test::BookWith book;
        book.add("case", 1, {{"customer", 1}, {"status", "new"}});
        book.add("case", 2, {{"customer", 1}, {"status", "waiting"}, {"due_at", 900}});
        book.add("case", 3, {{"customer", 1}, {"status", "in_progress"}, {"due_at", 300}});
        book.add("case", 4, {{"customer", 1}, {"status", "closed"}, {"due_at", 1}});
        book.add("case", 5, {{"customer", 1}, {"status", "resolved"}, {"due_at", 1}});
        book.add("case", 6, {{"customer", 2}, {"status", "new"}, {"due_at", 500}});
        const CaseStore store(book.db());
        const auto picture = [](const Result<QVector<Case>> &cases) {
            QString ids;
            for (const Case &one : *cases)
                ids += QString::number(one.id.value);
            return ids;
        };

        QCOMPARE(picture(store.openOf(anna, 9)), "321");
        QCOMPARE(picture(store.openOf(anna, 2)), "32");
        QCOMPARE(picture(store.open(9)), "1362");
        QCOMPARE(picture(store.open(2)), "13");
        QCOMPARE(*store.openCountOf(anna), 3);
        QCOMPARE(*store.openCount(), 4);
    }

    void casesAndNotesComeBackWhole()
    {
        test::BookWith book;
        book.add(
            "case", 1,
            {{"customer", 1}, {"code", "K73QF9X"}, {"type", "return"}, {"severity", 2}, {"subject", "x"}});
        book.add("case_note", 2, {{"case", 1}, {"text", "second"}, {"at", 20}});
        book.add("case_note", 3, {{"case", 1}, {"text", "first"}, {"at", 10}});
        const CaseStore store(book.db());

        const Case expected{.id = {1},
                            .code = "K73QF9X",
                            .type = Case::Type::Return,
                            .customer = anna,
                            .severity = 2,
                            .subject = "x"};
        QCOMPARE(*store.byCode("K73QF9X"), expected);
        QCOMPARE(*store.theCase({1}), expected);
        QVERIFY(store.theCase({9}).error().fault == Fault::NotFound);
        QCOMPARE(store.notes({1})->first().text, "first");
    }

    void openFollowUpsComeNearestDueFirst()
    {
        test::BookWith book;
        book.add("follow_up", 1, {{"customer", 1}, {"due_at", 900}, {"state", "open"}, {"what", "later"}});
        book.add("follow_up", 2, {{"customer", 1}, {"due_at", 100}, {"state", "open"}, {"what", "soon"}});
        book.add("follow_up", 3, {{"customer", 1}, {"due_at", 50}, {"state", "done"}});
        const FollowUpStore store(book.db());

        QCOMPARE(store.openOf(anna, 9)->size(), 2);
        QCOMPARE(store.openOf(anna, 9)->first().what, "soon");
    }

    void alertsHoldUntilTheyExpire()
    {
        test::BookWith book;
        book.add("alert", 1, {{"customer", 1}, {"text", "always"}});
        book.add("alert", 2, {{"customer", 1}, {"text", "until"}, {"until", 100}});
        const AlertStore store(book.db());

        QCOMPARE(store.alertsOf(anna, 99, 3)->size(), 2);
        QCOMPARE(store.alertsOf(anna, 99, 1)->first().text, "until");
        QCOMPARE(store.alertsOf(anna, 100, 3)->size(), 1);
    }

    void contactsAreLookedUpByCustomerNumberAndAgent()
    {
        test::BookWith book;
        book.add("interaction", 1, {{"customer", 1}, {"started_at", 100}, {"agent", me.value}});
        book.add("interaction", 2, {{"customer", 1}, {"started_at", 200}, {"direction", "out"}});
        book.add("interaction", 3, {{"party_number", number}, {"started_at", 300}});
        const InteractionStore store(book.db());

        QCOMPARE(store.recentOf(anna, 100, 9)->size(), 2);
        QCOMPARE(store.recentOf(anna, 101, 9)->first().direction, Interaction::Direction::Out);
        QCOMPARE(store.recentUnidentified(number, 0, 9)->size(), 1);
        QCOMPARE(*store.lastWith(anna, me), std::optional<TimeMs>(100));
        QVERIFY(!*store.lastWith(anna, {7}));
    }

    void setUpIsReadInTheOrderPeopleExpect()
    {
        test::BookWith book;
        book.add("user", me.value, {{"name", "Zoe"}, {"extension", "101"}});
        book.add("user", 101, {{"name", "Ben"}});
        book.add("outcome_code", 1, {{"code", "b"}, {"position", 2}});
        book.add("outcome_code", 2, {{"code", "a"}, {"position", 1}});
        book.add("queue", 1, {{"name", "q1"}, {"label", "Service"}});
        const SetUpStore store(book.db());

        QCOMPARE(store.users()->first().name, "Ben");
        QCOMPARE(store.outcomes()->first().code, "a");
        QCOMPARE(store.queues()->first().label, "Service");
        QCOMPARE(*store.userName(me), "Zoe");
        QCOMPARE(*store.userName({9}), "");
        QVERIFY(store.teams()->isEmpty() && store.categories()->isEmpty());
    }

    void openConflictsAreFoundByWhatTheyAreAboutAndByWhoWroteThem()
    {
        test::BookWith book;
        book.add("customer", 5, {{"name", "Ana Costa"}});
        book.add("case", 7, {{"customer", 5}, {"code", "K73QF9X"}});
        book.add("conflict", 1,
                 {{"kind", "case"}, {"record", 7}, {"field", "subject"}, {"kept_by", 20}, {"lost_by", 21}});
        book.add("conflict", 2, {{"kind", "case"}, {"record", 7}, {"field", "status"}, {"state", "settled"}});
        book.add("conflict", 3, {{"kind", "customer"}, {"record", 6}, {"field", "name"}, {"kept_by", 22}});
        const ConflictStore store(book.db());

        QCOMPARE(store.open(9)->size(), 2);
        QCOMPARE(store.openAbout({5}, 9)->size(), 1);
        QCOMPARE(store.openAbout({5}, 9)->first().field, "subject");
        QCOMPARE(store.openOf({20}, 9)->size(), 1);
        QCOMPARE(store.openOf({21}, 9)->size(), 1);
        QVERIFY(store.openOf({23}, 9)->isEmpty());
        QVERIFY(store.openOne({1}));
        QCOMPARE(store.openOne({2}).error().fault, Fault::NotFound);
    }
};

QTEST_GUILESS_MAIN(tst_Stores)
#include "tst_Stores.moc"
