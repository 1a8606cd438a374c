#include "sync/hub/verbs/LookUp.h"
#include "tests/hub/HubThreads.h"

#include <algorithm>

using namespace ringbook;
using namespace ringbook::test;
using model::RecordKey;

namespace {

constexpr qint64 anna = 2;
const QString number = QStringLiteral("+493023125147");
const QString otherNumber = QStringLiteral("+493023125001");

struct LookedUp : HubThreads
{
    LookedUp() { start(); }

    /// A new record of Anna's.
    RecordKey add(const QString &kind, QMap<QString, model::FieldEdit> edits)
    {
        const RecordKey key{kind, makeId(anna, ++counter)};
        push(anna, {{.counter = counter,
                     .record = key,
                     .action = model::Action::Create,
                     .edits = std::move(edits),
                     .madeAt = clock.now()}});
        return key;
    }

    void remove(const RecordKey &key)
    {
        auto ask = pushing(
            anna,
            {{.counter = ++counter, .record = key, .action = model::Action::Delete, .madeAt = clock.now()}});
        ask.caller.role = "lead";
        told(test::ask(pushOps, ask));
    }

    RecordKey customerWith(const QString &e164)
    {
        const RecordKey customer = add("customer", {{"name", {"Ana"}}});
        add("contact_point", {{"customer", {customer.id}}, {"channel", {"phone"}}, {"e164", {e164}}});
        return customer;
    }

    hub::Ask asking(const QByteArray &query) const
    {
        return {.caller = caller(anna), .path = {{"book", "main"}}, .query = query};
    }

    sync::ChangesPage find(const QString &e164)
    {
        return *sync::readChangesPage(
            told(test::ask(verb, asking(sync::encode(sync::LookUpQuery{e164})))).body);
    }

    qint64 counter = 0;
    hub::LookUp verb{reader};
};

QStringList kindsOf(const sync::ChangesPage &page)
{
    QStringList kinds;
    for (const model::Change &record : page.changes)
        kinds.append(record.record.kind);
    kinds.sort();
    return kinds;
}

QVector<RecordKey> keysOf(const sync::ChangesPage &page, const QString &kind)
{
    QVector<RecordKey> keys;
    for (const model::Change &record : page.changes)
        if (record.record.kind == kind)
            keys.append(record.record);
    return keys;
}

} // namespace

class tst_LookUp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoHasANumberComesWithAllThatIsAboutThem()
    {
        LookedUp hub;
        const RecordKey firm = hub.add("customer", {{"name", {"Sonnen GmbH"}}});
        const RecordKey ana = hub.add("customer", {{"name", {"Ana"}}, {"organisation", {firm.id}}});
        const RecordKey point = hub.add("contact_point", {{"customer", {ana.id}}, {"e164", {number}}});
        const RecordKey file = hub.add("case", {{"customer", {ana.id}}, {"subject", {"No heat"}}});
        hub.add("case_note", {{"case", {file.id}}, {"text", {"came twice"}}});
        hub.add("interaction", {{"customer", {ana.id}}, {"note", {"called"}}});
        hub.add("follow_up", {{"customer", {ana.id}}, {"what", {"call back"}}});
        hub.add("alert", {{"customer", {ana.id}}, {"text", {"deaf"}}});
        hub.customerWith(otherNumber);

        const auto page = hub.find(number);

        QCOMPARE(kindsOf(page), QStringList({"alert", "case", "case_note", "contact_point", "customer",
                                             "customer", "follow_up", "interaction"}));
        QCOMPARE(keysOf(page, "customer"), QVector<RecordKey>({firm, ana}));
        QCOMPARE(keysOf(page, "contact_point"), QVector<RecordKey>({point}));
        QVERIFY(page.rows);
        QCOMPARE(page.book, "main");
        QCOMPARE(page.epoch, hub.epoch);
        QCOMPARE(page.head, hub.counter);
    }

    void recordsAreWholeAtTheSeqOfTheirLastChange()
    {
        LookedUp hub;
        const RecordKey ana = hub.customerWith(number);
        hub.push(anna, {{.counter = ++hub.counter,
                         .record = ana,
                         .edits = {{"notes", {"prefers mail", 2}}},
                         .madeAt = hub.clock.now()}});

        const auto page = hub.find(number);

        QCOMPARE(page.changes.size(), 2);
        QCOMPARE(page.changes[0].action, model::Action::Create);
        QCOMPARE(page.changes[1].seq, 3);
        QCOMPARE(page.changes[1].action, model::Action::Set);
        QCOMPARE(page.changes[1].fields, model::Fields({{"name", "Ana"}, {"notes", "prefers mail"}}));
    }

    void aNumberThatNobodyHasIsAnEmptyPage()
    {
        LookedUp hub;
        hub.customerWith(otherNumber);

        const auto page = hub.find(number);

        QVERIFY(page.changes.isEmpty());
        QCOMPARE(page.head, 2);
    }

    void whatIsDeletedIsNotFound()
    {
        LookedUp hub;
        const RecordKey ana = hub.customerWith(number);
        const RecordKey call = hub.add("interaction", {{"customer", {ana.id}}});
        hub.remove(call);
        QCOMPARE(kindsOf(hub.find(number)), QStringList({"contact_point", "customer"}));

        hub.remove(ana);

        QVERIFY(keysOf(hub.find(number), "customer").isEmpty());
    }

    void ofMuchTheLatestCallsAndTheOpenCasesCome()
    {
        LookedUp hub;
        const RecordKey ana = hub.customerWith(number);
        const RecordKey open = hub.add("case", {{"customer", {ana.id}}, {"status", {"new"}}});
        QVector<RecordKey> calls;
        for (int n = 0; n < sync::maxFoundInteractions + 5; ++n) // the first one is the latest
            calls.append(hub.add("interaction",
                                 {{"customer", {ana.id}}, {"started_at", {hub.clock.now() - n * 60'000}}}));
        for (int n = 0; n < sync::maxFoundRecords + 5; ++n)
            hub.add("case", {{"customer", {ana.id}}, {"status", {"closed"}}});

        const auto page = hub.find(number);

        QCOMPARE(keysOf(page, "interaction"), calls.mid(0, sync::maxFoundInteractions));
        QCOMPARE(keysOf(page, "case").size(), sync::maxFoundRecords);
        QVERIFY(keysOf(page, "case").contains(open));
    }

    void ofManyWhoShareANumberThoseWhoStillHaveItCome()
    {
        LookedUp hub;
        QVector<RecordKey> owners;
        for (int n = 0; n < sync::maxFoundCustomers; ++n)
            owners.append(hub.customerWith(number));
        for (int n = 0; n < 3; ++n) {
            const RecordKey former = hub.add("customer", {{"name", {"Bo"}}});
            hub.add("contact_point",
                    {{"customer", {former.id}}, {"e164", {number}}, {"not_theirs_since", {hub.clock.now()}}});
        }

        QCOMPARE(keysOf(hub.find(number), "customer"), owners);
    }

    void aPageIsNoLargerThanAReplyMayBe()
    {
        LookedUp hub;
        const RecordKey ana = hub.customerWith(number);
        const QString large(60'000, 'x');
        for (int n = 0; n < sync::maxFoundRecords; ++n) {
            hub.add("alert", {{"customer", {ana.id}}, {"text", {large}}});
            const RecordKey file = hub.add("case", {{"customer", {ana.id}}, {"resolution", {large}}});
            for (int note = 0; note < 5; ++note)
                hub.add("case_note", {{"case", {file.id}}, {"text", {large}}});
        }

        const QByteArray body =
            told(test::ask(hub.verb, hub.asking(sync::encode(sync::LookUpQuery{number})))).body;

        QVERIFY(body.size() <= sync::maxPageBytes);
        QCOMPARE(keysOf(*sync::readChangesPage(body), "customer").size(), 1);
    }

    void whatIsNoNumberIsTurnedDown_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("another question") << QByteArray("customer=7");
        QTest::newRow("empty") << QByteArray("e164=");
        QTest::newRow("as it is dialled") << QByteArray("e164=03023125147");
        QTest::newRow("a plus that is a blank") << QByteArray("e164=%20493023125147");
        QTest::newRow("letters") << QByteArray("e164=%2B49302312514x");
        QTest::newRow("SQL") << QByteArray("e164=%2B49'%20OR%201=1");
        QTest::newRow("no text") << QByteArray("e164=%2B49302312\xff\xfe\x00 5147", 25);
        QTest::newRow("a megabyte") << QByteArray("e164=%2B" + QByteArray(1 << 20, '7'));
    }

    void whatIsNoNumberIsTurnedDown()
    {
        QFETCH(QByteArray, query);
        LookedUp hub;

        const auto problem = refused(test::ask(hub.verb, hub.asking(query)));

        QCOMPARE(problem.status, 400);
        QVERIFY(problem.detail.contains("e164"));
    }

    void anothersBookIsNotLookedInto()
    {
        LookedUp hub;
        auto ask = hub.asking(sync::encode(sync::LookUpQuery{number}));
        ask.path["book"] = "theirs";

        QCOMPARE(refused(test::ask(hub.verb, ask)).status, 403);
    }

    /// A book at a hub may have a billion records. Of one that is new nobody has counted them yet.
    void recordsAreFoundByAnIndex_data()
    {
        QTest::addColumn<QString>("condition");
        QTest::addColumn<QString>("index");
        QTest::newRow("by number") << "+book = 1 AND deleted = 0 AND e164 = '+493023125120' AND kind = "
                                      "'contact_point' ORDER BY seq DESC LIMIT 10"
                                   << "record_by_number";
        QTest::newRow("by customer") << "+book = 1 AND about_customer IN ('4711')"
                                     << "record_about_customer";
        QTest::newRow("by seq") << "book = 1 AND seq > 40 AND seq > 0 ORDER BY seq LIMIT 10"
                                << "record_by_seq";
        QTest::newRow("by key") << "book = 1 AND kind = 'customer' AND id = 4711"
                                << (HubPlace::isPostgres() ? "record_pkey" : "PRIMARY KEY");
    }
    void recordsAreFoundByAnIndex()
    {
        QFETCH(QString, condition);
        QFETCH(QString, index);
        LookedUp hub;
        for (int n = 0; n < 50; ++n)
            hub.customerWith(number.chopped(2) + QString::number(20 + n));
        auto db = *hub.data.database().open();
        if (HubPlace::isPostgres()) // so few records it would read all, if they were counted
            QVERIFY(db.script("SET enable_seqscan = off; SET enable_bitmapscan = off"));

        QString plan;
        const auto rows = db.all(QString(HubPlace::isPostgres() ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") +
                                 "SELECT * FROM record WHERE " + condition);
        for (const model::Row &row : *rows)
            plan += row.text(HubPlace::isPostgres() ? "QUERY PLAN" : "detail") + '\n';

        QVERIFY2(plan.contains(index), qPrintable(plan));
    }
};

QTEST_GUILESS_MAIN(tst_LookUp)
#include "tst_LookUp.moc"
