#include "tests/support/Bytes.h"
#include "tests/support/HeardFiles.h"
#include "tests/support/PackedBook.h"
#include "tests/support/World.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QtTest>

using namespace ringbook;
using namespace ringbook::sync;
using namespace ringbook::tests;
using ringbook::test::PackedFile;

namespace {

constexpr qint64 snapshotSeq = 500;
constexpr qint64 padding = 1000; ///< from this id on: teams with long names, so that there are several frames
const RecordKey ana{"customer", makeId(World::hubDevice, 11)};
const RecordKey ben{"customer", makeId(World::hubDevice, 12)};

Change made(qint64 seq, const RecordKey &record, const QString &name)
{
    return {.seq = seq, .record = record, .action = Action::Create, .fields = {{"name", name}}};
}

Change named(qint64 seq, const RecordKey &record, const QString &name)
{
    return {.seq = seq, .record = record, .action = Action::Set, .fields = {{"name", name}}};
}

/// What a hub offers: a book that a mirror of it has written.
PackedFile bookOfTheHub(const QString &path, const QVector<Change> &changes, int frames)
{
    QRandomGenerator dice(7);
    QVector<Change> all = changes;
    for (int n = 0; n < frames * 64 - 32; ++n) {
        QString noise(64 << 10, u' ');
        for (QChar &letter : noise)
            letter = QChar(u'a' + ushort(dice.bounded(16)));
        all.append(made(snapshotSeq, {"team", padding + n}, noise));
    }
    auto book = Book::open(path);
    if (!book->applyFeed(all, {"epoch", snapshotSeq}, {}) || (*book->isUnclean() && !book->clean()))
        qFatal("no book");
    book = Error{};
    return PackedFile::ofFile(path);
}

/// The files of one machine as its screens have them open and as its sync has.
struct Desk
{
    explicit Desk(const QString &place) : folder(place), screens(place)
    {
        start = *files.open();
        (void)screens.writer.replayOutbox();
    }

    /// People see the new book.
    void move()
    {
        QVERIFY(screens.book.moveTo(ears.movedTo));
        QVERIFY(screens.writer.replayOutbox());
        files.removeOldBooks();
    }

    QVector<int> begin(const SnapshotManifest &manifest, bool hot = false)
    {
        files.carryOut(effect::BeginSnapshot{++round, manifest, hot});
        const auto *begun = std::get_if<input::SnapshotBegun>(&ears.said.last());
        return begun ? begun->wanted : QVector<int>{-1};
    }

    void apply(const QVector<Change> &changes)
    {
        files.carryOut(effect::ApplyPage{{.book = World::bookName,
                                          .epoch = "epoch",
                                          .from = changes.first().seq - 1,
                                          .to = changes.last().seq,
                                          .head = changes.last().seq,
                                          .changes = changes}});
    }

    QString name(const RecordKey &key) const
    {
        const auto record = screens.book.record(key);
        return record && *record ? (*record)->value("name").toString() : QString("none");
    }
    void rename(const RecordKey &key, const QString &name)
    {
        QVERIFY(screens.writer.save({{.record = key, .fields = {{"name", name}}}}));
    }

    template <typename T>
    bool heard() const
    {
        return !ears.said.isEmpty() && std::holds_alternative<T>(ears.said.last());
    }

    QStringList books() const
    {
        return QDir(folder).entryList({"main*.db", "*.snapshot"}, QDir::Files | QDir::Dirs, QDir::Name);
    }

    QString folder;
    World screens;
    int round = 0;
    input::Start start = {};
    HeardFiles ears{{folder + "/desk.db", folder + "/main.db", {}}, screens.clock};
    DeskFiles &files = ears.files;
};

/// As a machine whose program is killed leaves it.
void copyFolder(const QString &from, const QString &to)
{
    QVERIFY(QDir().mkpath(to));
    for (const QFileInfo &entry : QDir(from).entryInfoList(QDir::AllEntries | QDir::NoDotAndDotDot))
        if (entry.isDir())
            copyFolder(entry.filePath(), to + u'/' + entry.fileName());
        else if (!entry.fileName().endsWith("-shm"))
            QVERIFY(QFile::copy(entry.filePath(), to + u'/' + entry.fileName()));
}

} // namespace

class tst_DeskSnapshot : public QObject
{
    Q_OBJECT

    QTemporaryDir m_disk;
    int m_folders = 0;
    PackedFile m_packed;
    SnapshotManifest m_manifest;

    QString freshFolder()
    {
        const QString folder = m_disk.filePath(QString::number(++m_folders));
        QDir().mkpath(folder);
        return folder;
    }

    void fetch(Desk &desk, const QVector<int> &wanted)
    {
        for (const int frame : wanted)
            desk.files.carryOut(effect::KeepFrame{desk.round, frame, m_packed.frame(frame)});
        desk.files.carryOut(effect::MakeBook{desk.round});
    }

    /// At seq 3 of the log, with work that waits.
    static void useOldBook(Desk &desk)
    {
        desk.apply({made(1, ana, "Ana"), made(2, ben, "Ben"), made(3, {"customer", 5}, "Gone since")});
        desk.rename(ben, "Ben, as we know him");
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_packed =
            bookOfTheHub(m_disk.filePath("hub.db"), {made(1, ana, "Ana Berg"), made(2, ben, "Ben")}, 2);
        m_manifest = {.at = {"epoch", snapshotSeq}, .schema = Book::latestSchema(), .book = m_packed.told};
        QVERIFY(m_packed.told.frames.size() >= 2);
    }

    void theNewBookTakesThePlaceOfTheOldOneWithOwnWorkOnIt()
    {
        Desk desk(freshFolder());
        useOldBook(desk);
        QVERIFY(desk.screens.desk.keepDraft("call", "{}", 1));

        fetch(desk, desk.begin(m_manifest));
        QVERIFY(desk.heard<input::BookMade>());
        QCOMPARE(desk.name(ana), "Ana"); // people still see the old one
        desk.files.carryOut(effect::ShowBook{});
        QVERIFY(desk.heard<input::BookShown>());
        desk.move();

        QCOMPARE(desk.name(ana), "Ana Berg");
        QCOMPARE(desk.name({"customer", 5}), "none");
        QCOMPARE(desk.name(ben), "Ben, as we know him");
        QCOMPARE(desk.screens.book.cursor()->seq, snapshotSeq);
        QCOMPARE(desk.screens.outbox().size(), 1);
        QCOMPARE(desk.screens.desk.drafts()->size(), 1);
        QCOMPARE(desk.books(), (QStringList{"main-2.db", "main.snapshot"}));
    }

    void whatWasErasedWhileTheDeskWasAwayGoesFromItsOwnFileToo()
    {
        constexpr char marker[] = "Quittenbaum";
        const RecordKey file{"case", makeId(World::hubDevice, 13)};
        const PackedFile packed =
            bookOfTheHub(m_disk.filePath("erased.db"),
                         {{.seq = 1, .record = ana, .action = Action::Erase, .madeAt = 1},
                          {.seq = 2, .record = file, .action = Action::Erase, .madeAt = 1},
                          made(3, ben, "Ben")},
                         1);
        Desk desk(freshFolder());
        desk.apply({made(1, ana, marker), {.seq = 2, .record = file, .action = Action::Create}});
        desk.rename(ana, QString(marker) + "-Meyer");
        const RecordKey note{"case_note", *desk.screens.writer.newId()};
        QVERIFY(desk.screens.writer.save(
            {{note, Action::Create, {{"case", file.id}, {"text", QString(marker)}}}}));
        QVERIFY(desk.screens.desk.keepDraft("customer/" + QString::number(ana.id), marker, 1));

        for (const int frame : desk.begin({{"epoch", snapshotSeq}, Book::latestSchema(), 0, packed.told}))
            desk.files.carryOut(effect::KeepFrame{desk.round, frame, packed.frame(frame)});
        desk.files.carryOut(effect::MakeBook{desk.round});
        desk.files.carryOut(effect::ShowBook{});
        desk.move();
        desk.files.carryOut(effect::DropSnapshot{});
        QVERIFY(desk.files.isUnclean());
        QVERIFY(desk.files.clean());
        desk.move();
        QVERIFY(!desk.files.isUnclean());

        QVERIFY(desk.screens.desk.drafts()->isEmpty());
        QCOMPARE(desk.name(ana), "none");
        QCOMPARE(test::filesWith(desk.folder, marker), QStringList());
    }

    void whatWasErasedAndNotYetCleanedIsCleanedAlsoBesideANewBook()
    {
        constexpr char marker[] = "Quittenbaum";
        const PackedFile packed =
            bookOfTheHub(m_disk.filePath("again.db"),
                         {{.seq = 2, .record = ana, .action = Action::Erase, .madeAt = 1}}, 1);
        Desk desk(freshFolder());
        desk.apply({made(1, ana, marker)});
        desk.rename(ana, QString(marker) + "-Meyer");
        desk.apply({{.seq = 2, .record = ana, .action = Action::Erase, .madeAt = 1}});

        for (const int frame : desk.begin({{"epoch", snapshotSeq}, Book::latestSchema(), 0, packed.told}))
            desk.files.carryOut(effect::KeepFrame{desk.round, frame, packed.frame(frame)});
        desk.files.carryOut(effect::MakeBook{desk.round});
        desk.files.carryOut(effect::ShowBook{});
        desk.move();
        desk.files.carryOut(effect::DropSnapshot{});
        QVERIFY(!desk.files.cleanUpTo());
        QVERIFY(desk.files.clean());
        desk.move();

        QVERIFY(desk.files.takeCleaned());
        QVERIFY(!desk.files.takeCleaned()); // told
        QCOMPARE(test::filesWith(desk.folder, marker), QStringList());
    }

    void whatIsSavedMeanwhileIsOnTheNewBookToo()
    {
        Desk desk(freshFolder());
        useOldBook(desk);
        fetch(desk, desk.begin(m_manifest));
        desk.rename(ana, "Ana, saved while it came");
        desk.files.carryOut(effect::ShowBook{});
        desk.rename(ana, "Ana, saved before it was seen");

        desk.move();

        QCOMPARE(desk.name(ana), "Ana, saved before it was seen");
        QCOMPARE(desk.screens.outbox().size(), 3);
    }

    void whatComesBackInTheNewBookStaysInTheOutboxUntilItIsSeen()
    {
        Desk desk(freshFolder());
        useOldBook(desk);
        fetch(desk, desk.begin(m_manifest));
        Change back = named(501, ben, "Ben, as we know him");
        back.device = World::device;
        back.counter = 1;

        desk.apply({back});
        QCOMPARE(desk.screens.outbox().size(), 1);
        QCOMPARE(desk.name(ben), "Ben, as we know him");
        desk.apply({named(502, ben, "Ben, says another")});
        desk.files.carryOut(effect::ShowBook{});
        desk.move();

        QVERIFY(desk.screens.outbox().isEmpty());
        QCOMPARE(desk.name(ben), "Ben, says another");
    }

    void whoIsFoundAtTheHubIsInTheBookThatPeopleSee()
    {
        const RecordKey found{"customer", makeId(World::hubDevice, 99)};
        Desk desk(freshFolder());
        useOldBook(desk);
        fetch(desk, desk.begin(m_manifest));
        QVERIFY(desk.heard<input::BookMade>());
        const auto add = [&](const QString &epoch, qint64 head) {
            desk.files.carryOut(effect::AddFound{"+493023125147",
                                                 {.book = World::bookName,
                                                  .epoch = epoch,
                                                  .to = head,
                                                  .head = head,
                                                  .changes = {made(501, found, "Cleo")},
                                                  .rows = true}});
        };

        add("another", 501);
        QVERIFY(desk.heard<input::FoundTooLate>());
        QCOMPARE(desk.name(found), "none");
        add("epoch", 501);
        QCOMPARE(desk.name(found), "Cleo");
        QCOMPARE(desk.name(ben), "Ben, as we know him");
        QCOMPARE(desk.screens.book.cursor()->seq, 3);

        desk.apply({made(501, found, "Cleo")});
        desk.files.carryOut(effect::ShowBook{});
        desk.move();
        QCOMPARE(desk.name(found), "Cleo");
        QCOMPARE(desk.screens.book.cursor()->seq, 501);
    }

    void theHotSetIsPartialUntilTheWholeBookCame()
    {
        const PackedFile hot = bookOfTheHub(m_disk.filePath("hot.db"), {made(1, ana, "Ana Berg")}, 1);
        SnapshotManifest both = m_manifest;
        both.hot = hot.told;
        const QString folder = freshFolder();
        {
            Desk desk(folder);
            QVERIFY(!desk.start.isPartial);
            for (const int frame : desk.begin(both, true))
                desk.files.carryOut(effect::KeepFrame{desk.round, frame, hot.frame(frame)});
            desk.files.carryOut(effect::MakeBook{desk.round});
            desk.files.carryOut(effect::ShowBook{});
            desk.move();
            QCOMPARE(desk.name(ana), "Ana Berg");
            QCOMPARE(desk.screens.book.cursor()->seq, snapshotSeq); // so that what is saved knows what it saw
        }
        Desk desk(folder);
        QVERIFY(desk.start.isPartial && desk.start.hasLeftovers);
        fetch(desk, desk.begin(both));
        desk.files.carryOut(effect::ShowBook{});
        desk.move();

        QVERIFY(!*desk.screens.book.isPartial());
        QCOMPARE(desk.books(), (QStringList{"main-3.db", "main.snapshot"}));
        desk.files.carryOut(effect::DropSnapshot{});
        QCOMPARE(desk.books(), QStringList{"main-3.db"});
    }

    void whereverItIsCutOffTheNextStartFindsABookWithOwnWorkAndGoesOn()
    {
        const QString folder = freshFolder();
        Desk desk(folder);
        useOldBook(desk);
        QVector<std::function<void()>> steps{[&] { desk.begin(m_manifest); }};
        for (int frame = 0; frame < m_packed.told.frames.size(); ++frame)
            steps.append([&, frame] {
                desk.files.carryOut(effect::KeepFrame{desk.round, frame, m_packed.frame(frame)});
            });
        steps.append([&] { desk.files.carryOut(effect::MakeBook{desk.round}); });
        steps.append([&] { desk.apply({named(501, ana, "Ana Costa")}); });
        steps.append([&] { desk.files.carryOut(effect::ShowBook{}); });
        steps.append([&] { desk.move(); });
        steps.append([&] { desk.files.carryOut(effect::DropSnapshot{}); });

        for (int cut = 0; cut < steps.size(); ++cut) {
            steps[cut]();
            const QString found = freshFolder();
            copyFolder(folder, found);
            Desk next(found);

            const bool isNew = cut >= steps.size() - 3;
            QCOMPARE(next.name(ana), isNew ? "Ana Costa" : "Ana");
            QCOMPARE(next.start.cursor.seq, isNew ? 501 : 3);
            QCOMPARE(next.name(ben), "Ben, as we know him");
            QCOMPARE(next.screens.outbox().size(), 1);
            const auto wanted = next.begin(m_manifest);
            QCOMPARE(wanted.size(), cut == steps.size() - 1
                                        ? m_packed.told.frames.size()
                                        : std::max<qsizetype>(0, m_packed.told.frames.size() - cut));
            fetch(next, wanted);
            next.files.carryOut(effect::ShowBook{});
            next.move();
            QCOMPARE(next.name(ana), "Ana Berg");
            QCOMPARE(next.name(ben), "Ben, as we know him");
        }
    }

    void anotherLogIsMetWithoutTakingTheBookFromPeople()
    {
        Desk desk(freshFolder());
        useOldBook(desk);

        desk.files.carryOut(
            effect::MeetLog{{.reason = "epoch", .epoch = "e2", .head = 90'000, .sameUpTo = 2}});

        QVERIFY(desk.heard<input::LogMet>());
        QCOMPARE(desk.name(ana), "Ana");
        desk.rename(ana, "Ana, saved in between");
        for (const Op &op : desk.screens.outbox())
            for (const FieldEdit &edit : op.edits)
                QVERIFY(edit.base <= 2);
    }

    void aFileOfANewerSchemaOrAnotherMomentIsNotTaken()
    {
        Desk desk(freshFolder());
        useOldBook(desk);
        SnapshotManifest newer = m_manifest;
        ++newer.schema;
        desk.begin(newer);
        QCOMPARE(std::get<input::SnapshotFailed>(desk.ears.said.last()).error.fault, Fault::TooNew);

        SnapshotManifest other = m_manifest;
        other.at.seq = 77;
        fetch(desk, desk.begin(other));

        QCOMPARE(std::get<input::SnapshotFailed>(desk.ears.said.last()).error.fault, Fault::Damaged);
        QCOMPARE(desk.name(ana), "Ana");
    }

    void whatIsNoBookIsNotTaken()
    {
        Desk desk(freshFolder());
        useOldBook(desk);
        const PackedFile text = PackedFile::of(QByteArray(20'000, 'x'));
        SnapshotManifest lies = m_manifest;
        lies.book = text.told;

        desk.begin(lies);
        desk.files.carryOut(effect::KeepFrame{desk.round, 0, text.frame(0)});
        desk.files.carryOut(effect::MakeBook{desk.round});

        QVERIFY(desk.heard<input::SnapshotFailed>());
        desk.apply({named(4, ana, "Ana goes on")});
        QCOMPARE(desk.name(ana), "Ana goes on");
        QCOMPARE(desk.screens.book.cursor()->seq, 4);
    }

    void whoDropsItGoesOnWithTheOldBook()
    {
        Desk desk(freshFolder());
        useOldBook(desk);
        fetch(desk, desk.begin(m_manifest));

        desk.files.carryOut(effect::DropSnapshot{});
        desk.apply({named(4, ana, "Ana goes on")});

        QCOMPARE(desk.name(ana), "Ana goes on");
        QCOMPARE(desk.books(), QStringList{"main.db"});
    }
};

QTEST_GUILESS_MAIN(tst_DeskSnapshot)
#include "tst_DeskSnapshot.moc"
