#include "model/store/SearchStore.h"
#include "tests/support/BookWith.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::model;

namespace {

QString names(const Result<QVector<SearchHit>> &hits)
{
    if (!hits)
        return "error: " + hits.error().detail;
    QStringList names;
    for (const SearchHit &hit : *hits)
        names.append(hit.name);
    return names.join(", ");
}

void addPhone(test::BookWith &book, qint64 id, qint64 customer, const QString &e164)
{
    book.add("contact_point", id,
             {{"customer", customer}, {"channel", "phone"}, {"value", e164}, {"e164", e164}});
}

} // namespace

class tst_Search : public QObject
{
    Q_OBJECT

    static void addPeople(test::BookWith &book)
    {
        book.add("customer", 1, {{"name", QStringLiteral("J\u00fcrgen M\u00fcller")}});
        book.add("customer", 2, {{"name", "Anna Muller"}});
        book.add("customer", 3, {{"name", QStringLiteral("Fran\u00e7oise Le Bl\u00e9vec")}});
        book.add("customer", 4, {{"name", "O'Hara-Smith, Mary"}});
        book.add("customer", 5, {{"name", QStringLiteral("\u0141ukasz \u017b\u00f3\u0142\u0107")}});
    }

private Q_SLOTS:
    void caseAndDiacriticsDoNotMatter()
    {
        test::BookWith book;
        addPeople(book);
        const SearchStore search(book.db());

        QCOMPARE(names(search.byName("MULLER", 9)), QStringLiteral("Anna Muller, J\u00fcrgen M\u00fcller"));
        QCOMPARE(names(search.byName(QStringLiteral("m\u00fcller"), 9)),
                 QStringLiteral("Anna Muller, J\u00fcrgen M\u00fcller"));
        QCOMPARE(names(search.byName("francoise", 9)), QStringLiteral("Fran\u00e7oise Le Bl\u00e9vec"));
        QCOMPARE(names(search.byName(QStringLiteral("\u017bo"), 9)),
                 QStringLiteral("\u0141ukasz \u017b\u00f3\u0142\u0107"));
    }

    void everyWordBeginsAWordOfTheName()
    {
        test::BookWith book;
        addPeople(book);
        const SearchStore search(book.db());

        QCOMPARE(names(search.byName("mu ju", 9)), QStringLiteral("J\u00fcrgen M\u00fcller"));
        QCOMPARE(names(search.byName("smith hara", 9)), "O'Hara-Smith, Mary");
        QCOMPARE(names(search.byName("o'hara-s", 9)), "O'Hara-Smith, Mary");
        QCOMPARE(names(search.byName("uller", 9)), "");
    }

    void textThatIsNoWordFindsNothing_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"", " ", "\"", "*", "' OR 1", "^a", "a NOT", "name:a", "()", "\"\" \"*"})
            QTest::newRow(text) << QString(text);
        QTest::newRow("long") << QString(10000, 'x');
        QTest::newRow("half a character") << QString(QChar(0xd83d));
    }

    void textThatIsNoWordFindsNothing()
    {
        QFETCH(QString, text);
        test::BookWith book;
        book.add("customer", 1, {{"name", "Zoe"}});

        QCOMPARE(names(SearchStore(book.db()).byName(text, 9)), "");
    }

    void longBeginningsFindWholeWordsAndLongerOnes()
    {
        test::BookWith book;
        book.add("customer", 1, {{"name", "Anna Schmidtbauer"}});
        book.add("customer", 2, {{"name", "Ben Schmidt"}});
        const SearchStore search(book.db());

        QCOMPARE(names(search.byName("schmid", 9)), "Anna Schmidtbauer, Ben Schmidt");
        QCOMPARE(names(search.byName("schmidt", 9)), "Anna Schmidtbauer, Ben Schmidt");
        QCOMPARE(names(search.byName("schmidt", 1)), "Ben Schmidt");
        QCOMPARE(names(search.byName("schmidtb", 9)), "Anna Schmidtbauer");
    }

    void theVeryNameComesFirstThenThoseThatBeginSo()
    {
        test::BookWith book;
        book.add("customer", 1, {{"name", "Berta Ber"}});
        book.add("customer", 2, {{"name", "Anna Ber"}});
        book.add("customer", 3, {{"name", "Ber"}});
        book.add("customer", 4, {{"name", "Berg"}});

        QCOMPARE(names(SearchStore(book.db()).byName("ber", 9)), "Ber, Berg, Berta Ber, Anna Ber");
        QCOMPARE(names(SearchStore(book.db()).byName("ber", 2)), "Ber, Berg");
        QCOMPARE(names(SearchStore(book.db()).byName("ber", 0)), "");
    }

    void aShortBeginningOfManyNamesIsCutNotRanked()
    {
        test::BookWith book;
        for (int id = 1; id <= 5000; ++id)
            book.add("customer", id, {{"name", QStringLiteral("A%1 Person").arg(id)}});
        auto &db = book.db();
        QStringList statements;
        db.setGate([&](const QString &sql) {
            statements.append(sql);
            return true;
        });

        const auto hits = SearchStore(db).byName("a", 20);

        QCOMPARE(hits->size(), 20);
        for (const QString &sql : statements)
            QVERIFY(!sql.contains("rank") && !sql.contains("bm25"));
    }

    void renamedAndDeletedCustomersAreFoundByWhatTheyAreNow()
    {
        auto book = *Book::open(":memory:");
        const RecordKey key{"customer", 1};
        const auto apply = [&](Action action, const Fields &fields) {
            return bool(book.applyFeed({{.record = key, .action = action, .fields = fields}}, {"e", 1}, {}));
        };
        QVERIFY(apply(Action::Create, {{"name", "Anna Albers"}}));
        QVERIFY(apply(Action::Set, {{"tier", "Gold"}}));
        QVERIFY(apply(Action::Set, {{"name", "Anna Berg"}}));

        const SearchStore search(book.db());
        QCOMPARE(names(search.byName("albers", 9)), "");
        QCOMPARE(names(search.byName("berg", 9)), "Anna Berg");

        QVERIFY(apply(Action::Set, {{"name", QVariant()}}));
        QCOMPARE(names(search.byName("berg", 9)), "");
        QVERIFY(apply(Action::Set, {{"name", "Anna Berg"}}));
        QVERIFY(apply(Action::Delete, {}));
        QCOMPARE(names(search.byName("berg", 9)), "");
        QVERIFY(book.db().run("INSERT INTO customer_name (customer_name) VALUES ('integrity-check')"));
    }

    void peopleOfAnOrganisationComeAfterIt()
    {
        test::BookWith book;
        book.add("customer", 1, {{"name", "Nordwind GmbH"}, {"is_organisation", true}});
        book.add("customer", 2, {{"name", "Anna Albers"}, {"organisation", 1}});
        book.add("customer", 3, {{"name", "Nordwin Ost"}});

        const auto hits = SearchStore(book.db()).byName("nordwin", 9);

        QCOMPARE(names(hits), "Nordwin Ost, Nordwind GmbH, Anna Albers");
        QCOMPARE(hits->at(2).organisationName, "Nordwind GmbH");
        QCOMPARE(names(SearchStore(book.db()).byName("nordwin", 2)), "Nordwin Ost, Nordwind GmbH");
    }

    void aHitShowsNumberAndOpenCases()
    {
        test::BookWith book;
        addPeople(book);
        addPhone(book, 51, 2, "+493023125147");
        addPhone(book, 52, 2, "+493023125148");
        book.add("case", 61, {{"customer", 2}, {"status", "waiting"}});
        book.add("case", 62, {{"customer", 2}, {"status", "closed"}});
        book.add("case", 63, {{"customer", 2}});

        const auto hits = SearchStore(book.db()).byName("anna", 9);

        QCOMPARE(hits->first().number, "+493023125147");
        QCOMPARE(hits->first().openCases, 2);
    }

    void numbersAreFoundByTheirBeginning()
    {
        test::BookWith book;
        addPeople(book);
        addPhone(book, 51, 1, "+493023125147");
        addPhone(book, 52, 2, "+493023125999");
        addPhone(book, 53, 3, "+4930231249");

        const auto hits = SearchStore(book.db()).byNumberStart("+493023125", 9);

        QCOMPARE(names(hits), QStringLiteral("J\u00fcrgen M\u00fcller, Anna Muller"));
        QCOMPARE(hits->at(1).number, "+493023125999");
        QCOMPARE(names(SearchStore(book.db()).byNumberStart("+493023125147", 9)),
                 QStringLiteral("J\u00fcrgen M\u00fcller"));
    }

    void numbersAreFoundByTheirEndFromFourDigitsOn()
    {
        test::BookWith book;
        addPeople(book);
        addPhone(book, 51, 1, "+493023125147");
        addPhone(book, 52, 2, "+493099995147");
        const SearchStore search(book.db());

        QCOMPARE(search.byNumberEnd("5147", 9)->size(), 2);
        QCOMPARE(names(search.byNumberEnd("23125147", 9)), QStringLiteral("J\u00fcrgen M\u00fcller"));
        QCOMPARE(search.byNumberEnd("147", 9)->size(), 0);
        QCOMPARE(search.byNumberEnd("95148", 9)->size(), 0);
    }

    void aNumberThatIsNoLongerTheirsDoesNotLeadToThem()
    {
        test::BookWith book;
        addPeople(book);
        book.add(
            "contact_point", 51,
            {{"customer", 1}, {"channel", "phone"}, {"e164", "+493023125147"}, {"not_theirs_since", 1000}});

        QCOMPARE(SearchStore(book.db()).byNumberStart("+4930", 9)->size(), 0);
        QCOMPARE(SearchStore(book.db()).byNumberEnd("5147", 9)->size(), 0);
    }

    void mailAddressesAreFoundByTheirBeginning()
    {
        test::BookWith book;
        addPeople(book);
        book.add("contact_point", 51,
                 {{"customer", 2}, {"channel", "email"}, {"value", "Anna.M@example.org"}});
        book.add("contact_point", 52, {{"customer", 1}, {"channel", "social"}, {"value", "anna.m"}});

        const auto hits = SearchStore(book.db()).byEmailStart("anna.m", 9);

        QCOMPARE(names(hits), "Anna Muller");
        QCOMPARE(hits->first().number, "Anna.M@example.org");
    }

    void caseCodesLeadToTheirCustomer()
    {
        test::BookWith book;
        addPeople(book);
        book.add("case", 61, {{"customer", 2}, {"code", "K73QF9X"}, {"subject", "Broken"}});
        book.add("case", 62, {{"code", "K73QF9Z"}, {"subject", "Nobody's"}});
        const SearchStore search(book.db());

        const auto hits = search.byCaseCode("K73QF9X");
        QCOMPARE(names(hits), "Anna Muller");
        QCOMPARE(hits->first().caseCode, "K73QF9X");
        QCOMPARE(hits->first().subject, "Broken");
        QCOMPARE(search.byCaseCode("K73QF9Z")->first().customer.value, 0);
        QVERIFY(search.byCaseCode("K73QF9Y")->isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_Search)
#include "tst_Search.moc"
