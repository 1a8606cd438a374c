#include "model/domain/Kinds.h"
#include "model/store/Book.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace ringbook;
using namespace ringbook::model;

namespace {

const RecordKey anna{"customer", 11};

Op own(qint64 counter, const RecordKey &record, Action action, const Fields &fields)
{
    Op op{.counter = counter, .record = record, .action = action, .madeAt = 1000 + counter};
    for (auto field = fields.begin(); field != fields.end(); ++field)
        op.edits.insert(field.key(), {field.value(), 0});
    return op;
}

Change change(qint64 seq, const RecordKey &record, Action action, const Fields &fields)
{
    return {.seq = seq, .record = record, .action = action, .fields = fields};
}

/// "name=Anna tier=Gold", or "none".
QString picture(const Book &book, const RecordKey &key)
{
    const auto record = book.record(key);
    if (!record)
        return "error: " + record.error().detail;
    if (!*record)
        return "none";
    QStringList fields;
    for (auto field = (*record)->begin(); field != (*record)->end(); ++field)
        fields.append(field.key() + "=" + field->toString());
    return fields.join(' ');
}

qint64 rowsOf(const Book &book, const QString &table)
{
    return book.db().one("SELECT count(*) AS count FROM " + table)->number("count");
}

} // namespace

class tst_Book : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_files = 0;

    QString freshFile() { return m_folder.filePath(QStringLiteral("%1.db").arg(++m_files)); }

    /// As often as it takes to count them.
    static BucketSums sumsOf(Book &book)
    {
        for (;;)
            if (const auto sums = book.sums(); sums && *sums)
                return **sums;
    }

    static Book withAnna()
    {
        auto book = Book::open(":memory:");
        const auto applied = book->applyFeed(
            {change(1, anna, Action::Create, {{"name", "Anna"}, {"tier", "Gold"}})}, {"e", 1}, {});
        Q_ASSERT(applied);
        return *book;
    }

private Q_SLOTS:
    void whatWasFoundAheadOfTheFeedEndsAsTheFeedAlone()
    {
        const RecordKey bo{"customer", 12};
        const QVector<Change> feed = {change(2, bo, Action::Create, {{"name", "Bo"}, {"tier", "Gold"}}),
                                      change(3, anna, Action::Set, {{"tier", "Silver"}}),
                                      change(4, bo, Action::Set, {{"name", "Bob"}, {"tier", QVariant()}})};
        Book byFeed = withAnna(), ahead = withAnna();

        QVERIFY(ahead.addFound({change(4, bo, Action::Set, {{"name", "Bob"}})}, {"e", 4}, {}));
        QCOMPARE(picture(ahead, bo), "name=Bob");
        QCOMPARE(*ahead.cursor(), Cursor({"e", 1}));
        for (Book *book : {&byFeed, &ahead})
            QVERIFY(book->applyFeed(feed, {"e", 4}, {}));

        QCOMPARE(picture(ahead, bo), picture(byFeed, bo));
        QCOMPARE(picture(ahead, anna), "name=Anna tier=Silver");
        QCOMPARE(sumsOf(ahead).differing(sumsOf(byFeed)), QVector<int>());
    }

    void ofWhatWasFoundAPartialBookTakesTheChangesThatFollow()
    {
        const RecordKey bo{"customer", 12}, cy{"customer", 13};
        Book book = withAnna();
        QVERIFY(book.setPartial());
        QVERIFY(book.addFound({change(3, bo, Action::Set, {{"name", "Bob"}})}, {"e", 3}, {}));

        QVERIFY(book.applyFeed(
            {change(4, bo, Action::Set, {{"tier", "Gold"}}), change(5, cy, Action::Set, {{"tier", "Gold"}})},
            {"e", 5}, {}));

        QCOMPARE(picture(book, bo), "name=Bob tier=Gold");
        QCOMPARE(picture(book, cy), "none");
        QVERIFY(*book.isPartial());
    }

    void ownOpsStayOnWhatWasFound()
    {
        Book book = withAnna();
        const Op renamed = own(7, anna, Action::Set, {{"name", "Anna Maria"}});
        QVERIFY(book.applyOwn(renamed));

        QVERIFY(book.addFound({change(3, anna, Action::Set, {{"name", "Ann"}, {"tier", "Silver"}})}, {"e", 3},
                              {{renamed}, 7}));

        QCOMPARE(picture(book, anna), "name=Anna Maria tier=Silver");
        QVERIFY(book.followOutbox({{}, 7}));
        QCOMPARE(picture(book, anna), "name=Ann tier=Silver");
    }

    void whatWasFoundBeforeThisBooksPlaceOrInAnotherLogIsNotTaken()
    {
        Book book = withAnna();
        QVERIFY(book.applyFeed({change(2, anna, Action::Set, {{"tier", "Silver"}})}, {"e", 2}, {}));

        for (const Cursor &at : {Cursor{"e", 1}, Cursor{"another", 9}})
            QCOMPARE(
                book.addFound({change(1, anna, Action::Create, {{"name", "Anna"}})}, at, {}).error().fault,
                Fault::Busy);

        QCOMPARE(picture(book, anna), "name=Anna tier=Silver");
    }

    void anErasureIsCleanedUpWhateverMomentItSays()
    {
        auto book = Book::open(":memory:");
        const RecordKey her{"customer", 5};
        QVERIFY(book->applyFeed({change(1, her, Action::Create, {{"name", "Marlene"}})}, {"e", 1}, {}));
        QVERIFY(!*book->isUnclean());

        QVERIFY(
            book->applyFeed({{.seq = 2, .record = her, .action = Action::Erase, .madeAt = 0}}, {"e", 2}, {}));

        QVERIFY(*book->isUnclean());
        QCOMPARE(*book->erased(), QVector<RecordKey>{her});
        QVERIFY(book->clean());
        QVERIFY(!*book->isUnclean());
    }

    void tablesHaveAColumnForEachFieldOfEachKind()
    {
        const auto book = Book::open(":memory:");
        QVERIFY(book);

        for (const KindSpec &kind : allKinds()) {
            QStringList expected{"id"};
            for (const FieldSpec &field : kind.fields)
                expected.append(field.name);
            expected.append("extra");
            QStringList found;
            const auto columns = book->db().all("SELECT name FROM pragma_table_info(:table) ORDER BY cid",
                                                {{":table", QString(kind.table)}});
            for (const Row &column : *columns)
                found.append(column.text("name"));
            QCOMPARE(found.first(), "id");
            found.sort(); // later fields stand behind `extra`
            expected.sort();
            QCOMPARE(found, expected);
        }
    }

    void everyKindOfValueComesBackAsItWas()
    {
        auto book = Book::open(":memory:");
        const RecordKey point{"contact_point", 5};
        const Fields fields{{"customer", Q_INT64_C(9007199254740993)},
                            {"value", QStringLiteral("+49 30 23125147")},
                            {"verified", true},
                            {"not_theirs_since", Q_INT64_C(1795000000000)}};

        QVERIFY(book->applyFeed({change(1, point, Action::Create, fields)}, {"e", 1}, {}));

        QCOMPARE(**book->record(point), fields);
    }

    void theCursorIsThatOfTheLastPage()
    {
        auto book = Book::open(":memory:");
        QCOMPARE(*book->cursor(), Cursor{});

        QVERIFY(book->applyFeed({}, {"e", 7}, {}));

        QCOMPARE(*book->cursor(), (Cursor{"e", 7}));
    }

    void aChangeTouchesOnlyTheFieldsItNames()
    {
        auto book = withAnna();

        const auto different = book.applyFeed(
            {change(2, anna, Action::Set, {{"tier", QVariant()}, {"role", "Boss"}})}, {"e", 2}, {});

        QCOMPARE(*different, QVector<RecordKey>{anna});
        QCOMPARE(picture(book, anna), "name=Anna role=Boss");
    }

    void aPageAppliedTwiceChangesNothingMore()
    {
        auto book = withAnna();
        const QVector<Change> page{change(2, anna, Action::Set, {{"tier", "Silver"}}),
                                   change(3, {"customer", 12}, Action::Create, {{"name", "Ben"}})};

        QVERIFY(book.applyFeed(page, {"e", 3}, {}));
        QVERIFY(book.applyFeed(page, {"e", 3}, {}));

        QCOMPARE(picture(book, anna), "name=Anna tier=Silver");
        QCOMPARE(rowsOf(book, "customer"), 2);
    }

    void deletedRecordsAreGone()
    {
        auto book = withAnna();

        QVERIFY(book.applyFeed({change(2, anna, Action::Delete, {})}, {"e", 2}, {}));

        QCOMPARE(picture(book, anna), "none");
    }

    void fieldsOfANewerProgramAreKept()
    {
        auto book = withAnna();

        QVERIFY(book.applyFeed(
            {change(2, anna, Action::Set, {{"mood", "fine"}, {"shoe", Q_INT64_C(9007199254740993)}})},
            {"e", 2}, {}));
        QVERIFY(book.applyFeed({change(3, anna, Action::Set, {{"mood", QVariant()}, {"name", "Anne"}})},
                               {"e", 3}, {}));

        QCOMPARE(picture(book, anna), "name=Anne shoe=9007199254740993 tier=Gold");
    }

    void kindsOfANewerProgramAreKept()
    {
        auto book = Book::open(":memory:");
        const RecordKey drone{"drone", 8};

        QVERIFY(book->applyFeed(
            {change(1, drone, Action::Create, {{"colour", "red"}, {"rotors", Q_INT64_C(4)}})}, {"e", 1}, {}));
        QVERIFY(book->applyFeed({change(2, drone, Action::Set, {{"colour", QVariant()}})}, {"e", 2}, {}));
        QCOMPARE(picture(*book, drone), "rotors=4");

        QVERIFY(book->applyFeed({change(3, drone, Action::Delete, {})}, {"e", 3}, {}));
        QCOMPARE(picture(*book, drone), "none");
    }

    void anOwnOpIsShownAtOnceAndOnce()
    {
        auto book = withAnna();
        const Op op = own(1, anna, Action::Set, {{"tier", "Silver"}, {"mood", "fine"}});

        QVERIFY(book.applyOwn(op));
        QVERIFY(book.applyOwn(op));

        QCOMPARE(picture(book, anna), "mood=fine name=Anna tier=Silver");
        QCOMPARE(rowsOf(book, "own_op"), 1);
    }

    void anOlderOwnOpThatIsAppliedLateGoesBelow()
    {
        Book book = withAnna();
        QVERIFY(book.applyOwn(own(6, anna, Action::Set, {{"name", "Ana"}})));

        QVERIFY(book.applyOwn(own(5, anna, Action::Set, {{"name", "An"}, {"tier", "Silver"}})));

        QCOMPARE(picture(book, anna), "name=Ana tier=Silver");
    }

    void pendingOpsStayOnTopOfWhatOthersChange()
    {
        auto book = withAnna();
        const Op op = own(1, anna, Action::Set, {{"tier", "Silver"}});
        QVERIFY(book.applyOwn(op));

        const auto different = book.applyFeed(
            {change(2, anna, Action::Set, {{"tier", "Bronze"}, {"role", "Boss"}})}, {"e", 2}, {{op}, 1});

        QCOMPARE(*different, QVector<RecordKey>{anna});
        QCOMPARE(picture(book, anna), "name=Anna role=Boss tier=Silver");
    }

    void theShadowVanishesWhenTheLastOpCameBack()
    {
        auto book = withAnna();
        const Op first = own(1, anna, Action::Set, {{"tier", "Silver"}});
        const Op second = own(2, anna, Action::Set, {{"role", "Boss"}});
        QVERIFY(book.applyOwn(first));
        QVERIFY(book.applyOwn(second));

        QVERIFY(
            book.applyFeed({change(2, anna, Action::Set, {{"tier", "Bronze"}})}, {"e", 2}, {{second}, 2}));
        QCOMPARE(picture(book, anna), "name=Anna role=Boss tier=Bronze");
        QCOMPARE(rowsOf(book, "shadow"), 1);

        QVERIFY(book.applyFeed({change(3, anna, Action::Set, {{"role", "Boss"}})}, {"e", 3}, {{}, 2}));
        QCOMPARE(picture(book, anna), "name=Anna role=Boss tier=Bronze");
        QCOMPARE(rowsOf(book, "shadow"), 0);
        QCOMPARE(rowsOf(book, "own_op"), 0);
    }

    /// The agent saves while the sync thread applies a page with what it read from the outbox before.
    void anOpKeptAfterTheOutboxWasReadStaysOnTop()
    {
        auto book = withAnna();
        const RecordKey fresh{"case", 21};
        QVERIFY(book.applyOwn(own(6, fresh, Action::Create, {{"subject", "Broken"}})));
        QVERIFY(book.applyOwn(own(7, anna, Action::Set, {{"tier", "Silver"}})));

        QVERIFY(book.applyFeed({change(2, anna, Action::Set, {{"tier", "Bronze"}})}, {"e", 2}, {{}, 5}));

        QCOMPARE(picture(book, fresh), "subject=Broken");
        QCOMPARE(picture(book, anna), "name=Anna tier=Silver");
    }

    void sumsAreThoseOfWhatTheHubHasConfirmed()
    {
        auto book = withAnna();
        const Op op = own(1, anna, Action::Set, {{"tier", "Silver"}});
        const RecordKey drone{"drone", 261}, gone{"team", 9};
        QVERIFY(book.applyOwn(op));
        const QVector<Change> page{
            change(2, anna, Action::Set, {{"role", "Boss"}, {"name", QVariant()}, {"mood", true}}),
            change(3, drone, Action::Create, {{"colour", "red"}}),
            change(4, drone, Action::Set, {{"colour", QVariant()}, {"size", 3}}),
            change(5, gone, Action::Create, {{"name", "Gone"}}), change(6, gone, Action::Delete, {})};

        QVERIFY(book.applyFeed(page, {"e", 6}, {{op}, 1}));
        const BucketSums kept = **book.sums();
        QVERIFY(book.applyFeed(page, {"e", 6}, {{op}, 1})); // again: nothing is counted twice
        QCOMPARE(sumsOf(book).differing(kept), QVector<int>());

        BucketSums expected;
        expected.replace(anna, {}, Fields{{"tier", "Gold"}, {"role", "Boss"}, {"mood", true}});
        expected.replace(drone, {}, Fields{{"size", 3}});
        QCOMPARE(kept.differing(expected), QVector<int>());
        QVERIFY(book.db().run("DELETE FROM bucket_sum")); // as in a file from before there were sums
        QCOMPARE(sumsOf(book).differing(expected), QVector<int>());
        QVERIFY(book.clear());
        QCOMPARE(sumsOf(book).differing({}), QVector<int>());
    }

    void aBookFromBeforeThereWereSumsIsCountedBitByBitWhileOthersWrite()
    {
        auto book = withAnna();
        constexpr qint64 count = 5000;
        QVector<Change> page, later;
        for (qint64 id = 100; id < count; ++id)
            page.append(change(id, {"team", id}, Action::Create, {{"name", QString::number(id)}}));
        QVERIFY(book.applyFeed(page, {"e", count}, {}));
        const Op early = own(1, {"team", 101}, Action::Set, {{"name", "mine"}});
        const Op late = own(2, {"team", count - 1}, Action::Set, {{"name", "mine too"}});
        QVERIFY(book.applyOwn(early) && book.applyOwn(late));
        QVERIFY(book.db().run("DELETE FROM bucket_sum"));

        QVERIFY(!*book.sums()); // some
        for (const qint64 id : {qint64(101), qint64(102), count - 2, count - 1})
            later.append(change(count + id, {"team", id}, Action::Set, {{"name", "theirs"}}));
        later.append(change(3 * count, {"team", 103}, Action::Delete, {}));
        later.append(change(3 * count + 1, {"team", count - 3}, Action::Delete, {}));
        later.append(change(3 * count + 2, {"team", count}, Action::Create, {{"name", "new"}}));
        QVERIFY(book.applyFeed(later, {"e", 4 * count}, {{early, late}, 2}));

        auto other = withAnna();
        QVERIFY(other.applyFeed(page + later, {"e", 4 * count}, {}));
        QCOMPARE(sumsOf(book).differing(**other.sums()), QVector<int>());
    }

    void aRepairedBucketHoldsWhatTheHubHasAndOwnOpsOnTop()
    {
        auto book = withAnna();
        const Op op = own(1, anna, Action::Set, {{"tier", "Silver"}});
        const RecordKey strange{"team", anna.id + 256}, lost{"team", anna.id + 512};
        QVERIFY(book.applyOwn(op));
        QVERIFY(book.applyFeed({change(2, strange, Action::Create, {{"name", "?"}})}, {"e", 2}, {{op}, 1}));
        const Book::Records records{{anna, {{"name", "Ana"}, {"tier", "Gold"}}}, {lost, {{"name", "Lost"}}}};

        QCOMPARE(book.repair({"e", 1}, bucketOf(anna.id), records, {{op}, 1}).error().fault, Fault::Busy);
        const auto different = book.repair({"e", 2}, bucketOf(anna.id), records, {{op}, 1});

        QCOMPARE(different->size(), 3);
        QCOMPARE(picture(book, anna), "name=Ana tier=Silver");
        QCOMPARE(picture(book, lost), "name=Lost");
        QVERIFY(!*book.record(strange));
        BucketSums expected;
        for (const auto &[key, fields] : records)
            expected.replace(key, {}, fields);
        QCOMPARE(sumsOf(book).differing(expected), QVector<int>());
        QVERIFY(book.repair({"e", 2}, bucketOf(anna.id), records, {{op}, 1})->isEmpty());
    }

    /// A file that was emptied or rebuilt knows nothing of the outbox.
    void pendingOpsTheFileDoesNotKnowAreTakenIn()
    {
        auto book = Book::open(":memory:");
        const Op op = own(4, anna, Action::Set, {{"tier", "Silver"}});

        QVERIFY(book->applyFeed({change(1, anna, Action::Create, {{"name", "Anna"}, {"tier", "Gold"}})},
                                {"e", 1}, {{op}, 4}));
        QCOMPARE(picture(*book, anna), "name=Anna tier=Silver");

        QVERIFY(book->followOutbox({{}, 4}));
        QCOMPARE(picture(*book, anna), "name=Anna tier=Gold");
    }

    void aRefusedOpIsWithdrawnAndTheOthersStay()
    {
        auto book = withAnna();
        const Op refused = own(1, anna, Action::Set, {{"tier", "Silver"}, {"role", "Boss"}});
        const Op pending = own(2, anna, Action::Set, {{"tier", "Bronze"}});
        QVERIFY(book.applyOwn(refused));
        QVERIFY(book.applyOwn(pending));

        QCOMPARE(*book.followOutbox({{pending}, 2}), QVector{anna});

        QCOMPARE(picture(book, anna), "name=Anna tier=Bronze");
    }

    void aRefusedCreationDisappears()
    {
        auto book = withAnna();
        const RecordKey fresh{"case", 21};
        QVERIFY(book.applyOwn(own(1, fresh, Action::Create, {{"subject", "Broken"}})));

        QVERIFY(book.followOutbox({{}, 1}));

        QCOMPARE(picture(book, fresh), "none");
        QCOMPARE(rowsOf(book, "shadow"), 0);
    }

    /// It was about somebody who was erased.
    void aCreationOfWhichOnlyTheKeyIsLeftDisappears()
    {
        auto book = withAnna();
        const RecordKey fresh{"case", 21};
        QVERIFY(book.applyOwn(own(1, fresh, Action::Create, {{"subject", "Broken"}})));

        QVERIFY(book.followOutbox({{own(1, fresh, Action::Create, {})}, 1}));

        QCOMPARE(picture(book, fresh), "none");
        QCOMPARE(rowsOf(book, "own_op"), 0);
    }

    void anOwnDeletionHoldsAgainstTheFeedUntilItIsRefused()
    {
        auto book = withAnna();
        const Op op = own(1, anna, Action::Delete, {});
        QVERIFY(book.applyOwn(op));
        QCOMPARE(picture(book, anna), "none");

        QVERIFY(book.applyFeed({change(2, anna, Action::Set, {{"role", "Boss"}})}, {"e", 2}, {{op}, 1}));
        QCOMPARE(picture(book, anna), "none");

        QVERIFY(book.followOutbox({{}, 1}));
        QCOMPARE(picture(book, anna), "name=Anna role=Boss tier=Gold");
    }

    void whicheverStatementFailsAPageIsAppliedWholeOrNotAtAll()
    {
        for (int failing = 0;; ++failing) {
            auto book = withAnna();
            const Op op = own(1, anna, Action::Set, {{"tier", "Silver"}});
            QVERIFY(book.applyOwn(op));
            int statement = 0;
            book.db().setGate([&](const QString &) { return statement++ != failing; });
            const auto applied = book.applyFeed({change(2, anna, Action::Set, {{"role", "Boss"}}),
                                                 change(3, {"case", 9}, Action::Create, {{"subject", "x"}})},
                                                {"e", 3}, {{}, 1});
            book.db().setGate({});
            if (applied) {
                QCOMPARE(picture(book, anna), "name=Anna role=Boss tier=Gold");
                return;
            }
            QCOMPARE(*book.cursor(), (Cursor{"e", 1}));
            QCOMPARE(picture(book, anna), "name=Anna tier=Silver");
            QCOMPARE(picture(book, {"case", 9}), "none");
        }
    }

    void clearingLeavesAnEmptyBookThatWorks()
    {
        auto book = withAnna();
        QVERIFY(book.applyOwn(own(1, anna, Action::Set, {{"tier", "Silver"}})));

        QVERIFY(book.clear());

        QCOMPARE(picture(book, anna), "none");
        QCOMPARE(*book.cursor(), Cursor{});
        QVERIFY(book.applyFeed({change(1, anna, Action::Create, {{"name", "Anna"}})}, {"f", 1}, {}));
        QVERIFY(book.applyFeed({change(2, anna, Action::Delete, {})}, {"f", 2}, {}));
        QVERIFY(book.db().run("INSERT INTO customer_name (customer_name) VALUES ('integrity-check')"));
    }

    void badDataFromTheFeedIsStoredNotRefused()
    {
        auto book = withAnna();
        const RecordKey one{"case", 1};
        const RecordKey two{"case", 2};

        QVERIFY(book.applyFeed({change(2, one, Action::Create, {{"code", "K73QF9X"}, {"status", "melted"}}),
                                change(3, two, Action::Create, {{"code", "K73QF9X"}, {"due_at", "soon"}}),
                                change(4, anna, Action::Set, {{"is_organisation", "perhaps"}}),
                                change(5, {"alert", 3}, Action::Create, {})},
                               {"e", 5}, {}));

        QCOMPARE(picture(book, two), "code=K73QF9X due_at=soon");
    }

    void aFileOpenTwiceShowsTheSame()
    {
        const QString path = freshFile();
        auto writer = Book::open(path);
        auto reader = Book::open(path);
        QCOMPARE(picture(*reader, anna), "none");

        QVERIFY(writer->applyFeed({change(1, anna, Action::Create, {{"name", "Anna"}})}, {"e", 1}, {}));

        QCOMPARE(picture(*reader, anna), "name=Anna");
    }

    void aDamagedFileIsToldAndCanBeSetAside()
    {
        const QString path = freshFile();
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(100000, 'x'));
        file.close();

        QVERIFY(Book::open(path).error().fault == Fault::Damaged);
        const auto aside = Book::setAside(path);
        QVERIFY(aside);

        QCOMPARE(QFile(*aside).size(), 100000);
        QVERIFY(Book::open(path));
    }

    void aFileDamagedInTheMiddleIsToldWhenItIsRead()
    {
        const QString path = freshFile();
        {
            auto book = Book::open(path);
            QVector<Change> changes;
            for (int id = 1; id <= 2000; ++id)
                changes.append(change(id, {"customer", id}, Action::Create, {{"name", QString(50, 'n')}}));
            QVERIFY(book->applyFeed(changes, {"e", 2000}, {}));
        }
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        for (qint64 page = 60; page < 130; ++page) {
            file.seek(page * 4096);
            file.write(QByteArray(4096, '\xff'));
        }
        file.close();

        auto book = Book::open(path);
        QVERIFY(book);
        QVERIFY(book->db().all("SELECT * FROM customer").error().fault == Fault::Damaged);
    }

    void aFileOfANewerProgramIsRefused()
    {
        const QString path = freshFile();
        QVERIFY(Book::open(path)->db().script("PRAGMA user_version = 99"));

        QVERIFY(Book::open(path).error().fault == Fault::TooNew);
    }

    void itMovesToAnotherFileUnderTheHandsOfWhoeverReadsIt()
    {
        const QString second = freshFile();
        {
            auto other = *Book::open(second);
            QVERIFY(
                other.applyFeed({change(1, anna, Action::Create, {{"name", "Anna Berg"}})}, {"e", 9}, {}));
        }
        auto book = withAnna();
        Connection &held = book.db();
        QCOMPARE(picture(book, anna), "name=Anna tier=Gold");

        QVERIFY(book.moveTo(second));

        QCOMPARE(picture(book, anna), "name=Anna Berg");
        QCOMPARE(held.one("SELECT name FROM customer")->text("name"), "Anna Berg");
        QCOMPARE(book.cursor()->seq, 9);
    }

    void itStaysWhereItIsIfItCannotMove()
    {
        const QString broken = freshFile();
        QFile file(broken);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(9000, 'x')) == 9000);
        file.close();
        auto book = withAnna();

        QVERIFY(!book.moveTo(broken));

        QCOMPARE(picture(book, anna), "name=Anna tier=Gold");
    }

    void aPartialBookPassesOverWhatItDoesNotHave()
    {
        auto book = withAnna();
        QVERIFY(!*book.isPartial());
        QVERIFY(book.setPartial());
        const RecordKey ben{"customer", 12};
        const RecordKey carla{"customer", 13};

        QVERIFY(book.applyFeed({change(2, anna, Action::Set, {{"tier", "Blue"}}),
                                change(3, ben, Action::Set, {{"tier", "Blue"}}),
                                change(4, carla, Action::Create, {{"name", "Carla"}})},
                               {"e", 4}, {}));

        QCOMPARE(picture(book, anna), "name=Anna tier=Blue");
        QCOMPARE(picture(book, ben), "none");
        QCOMPARE(picture(book, carla), "name=Carla");
        QVERIFY(*book.isPartial());
        QVERIFY(book.clear());
        QVERIFY(!*book.isPartial());
    }

    void aPartialBookGrowsByRowsAndKeepsWhatItShows()
    {
        auto book = withAnna();
        QVERIFY(book.setPartial());
        QVERIFY(book.applyFeed({change(5, anna, Action::Set, {{"tier", "Blue"}})}, {"e", 5}, {}));
        const RecordKey ben{"customer", 12};

        QVERIFY(book.grow());
        QCOMPARE(*book.place(), (Cursor{"e", 0, true}));
        QVERIFY(book.applyRows({change(3, ben, Action::Set, {{"name", "Ben"}})}, {"e", 3, true}, {}));

        QCOMPARE(picture(book, anna), "name=Anna tier=Blue");
        QCOMPARE(picture(book, ben), "name=Ben");
        QVERIFY(*book.isPartial());
        QVERIFY(book.applyRows({change(6, anna, Action::Create, {{"name", "Anna"}})}, {"e", 6}, {}));
        QCOMPARE(picture(book, anna), "name=Anna");
        QVERIFY(!*book.isPartial());
        while (!*book.sums()) {
        }
        const auto sums = *book.sums();
        auto again = Book::open(":memory:");
        QVERIFY(again->applyFeed({change(1, ben, Action::Create, {{"name", "Ben"}}),
                                  change(2, anna, Action::Create, {{"name", "Anna"}})},
                                 {"e", 2}, {}));
        QCOMPARE(*sums, **again->sums());
    }

    void aPartOfABookStaysOneWhenItCatchesUpByRows()
    {
        auto book = withAnna();
        QVERIFY(book.setPartial());

        QVERIFY(book.applyRows({}, {"e", 3, true}, {}));
        QVERIFY(book.applyRows({}, {"e", 9}, {}));

        QVERIFY(*book.isPartial());
    }

    void aLimitedCursorOnlyGoesBack()
    {
        auto book = withAnna();
        QVERIFY(book.limitCursor(5));
        QCOMPARE(*book.cursor(), (Cursor{"e", 1}));

        QVERIFY(book.limitCursor(0));

        QCOMPARE(*book.cursor(), (Cursor{"e", 0}));
    }
};

QTEST_GUILESS_MAIN(tst_Book)
#include "tst_Book.moc"
