#include "sync/hub/store/Books.h"
#include "sync/hub/store/Database.h"
#include "sync/protocol/RecordJson.h"
#include "tests/journeys/Company.h"
#include "tests/sim/Dice.h"
#include "tests/support/SmallDisk.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::tests;

namespace {

constexpr int patienceMs = 60'000;

/// One desk of the company, killed and started again, on a cable of its own.
struct Victim
{
    Victim(Company &employer, QString login)
        : company(employer),
          who(std::move(login)),
          cable(employer.port())
    {
        process = company.desk(who, cable.url());
    }

    void restart()
    {
        process = std::make_unique<Program>("ringbook-desk-process",
                                            QStringList{company.profile(who), cable.url()});
        process->waitFor("^started");
    }

    Company &company;
    QString who;
    Cable cable;
    std::unique_ptr<Program> process;
};

/// What was said to be saved: the name, once "saved" was read from the desk.
class Chaos
{
public:
    explicit Chaos(quint64 seed) : m_dice(seed)
    {
        for (const QString who : {"anna", "ben"})
            desks.push_back(std::make_unique<Victim>(company, who));
    }

    void round()
    {
        Victim &desk = *desks[size_t(m_dice.upTo(1))];
        desk.process->tell("customer " + name());
        if (m_dice.chance(0.3)) { // before it can say what became of it
            desk.process->kill();
            return desk.restart();
        }
        note(desk);
        harm(desk);
    }

    /// Everybody is well again; what was saved must come to everyone without anything else being done.
    void calm()
    {
        company.hub->goOn();
        for (const auto &desk : desks)
            desk->cable.plugIn();
    }

    /// Names that were saved and are not, or not once, in this desk's book.
    QStringList missingAt(const QString &who) const
    {
        QStringList missing;
        const QString book = company.bookOf(who);
        for (const QString &saved : m_saved)
            if (book.count(' ' + saved + '\n') != 1)
                missing.append(saved);
        return missing;
    }

    /// Empty once everything is everywhere.
    QString unrest() const
    {
        QString text;
        for (const auto &desk : desks) {
            const QStringList missing = missingAt(desk->who);
            if (outbox(desk->who) != 0 || !missing.isEmpty())
                text += QString("%1: %2 waiting, missing %3; ")
                            .arg(desk->who)
                            .arg(outbox(desk->who))
                            .arg(missing.join(' '));
        }
        return company.bookOf("anna") == company.bookOf("ben") ? text : text + "books differ";
    }

    int outbox(const QString &who) const
    {
        auto db = model::Connection::openSqlite(company.profile(who) + "/desk.db");
        const auto row = db ? db->one("SELECT count(*) AS count FROM op WHERE state = 'pending'")
                            : Result<model::Row>(db.error());
        return row ? int(row->number("count")) : -1;
    }

    qsizetype saved() const { return m_saved.size(); }

    Company company;
    std::vector<std::unique_ptr<Victim>> desks;

private:
    QString name() { return QStringLiteral("Customer-%1").arg(++m_lastName); }

    void note(Victim &desk)
    {
        if (!desk.process->waitFor("^(saved|failed)", 5'000).startsWith("saved"))
            return;
        m_saved.append(QStringLiteral("Customer-%1").arg(m_lastName));
    }

    void harm(Victim &desk)
    {
        company.hub->goOn();
        switch (m_dice.upTo(5)) {
        case 0: desk.process->kill(); return desk.restart();
        case 1: return company.crashHub();
        case 5: return company.hub->stop();
        case 2: return desk.cable.pullAfterBytesToDesk(m_dice.upTo(400));
        case 3: return desk.cable.isPluggedIn() ? desk.cable.pull() : desk.cable.plugIn();
        default: return desk.cable.plugIn();
        }
    }

    sim::Dice m_dice;
    int m_lastName = 0;
    QStringList m_saved;
};

/// The hub's log has no holes and no op twice.
QString troubleAtHub(Company &company)
{
    company.hub->kill();
    const test::HubPlace &place = company.place;
    auto db = (test::HubPlace::isPostgres() ? hub::Database::atUrl(place.url())
                                            : hub::Database::inFile(place.folder() + "/hub.db"))
                  .open();
    if (!db)
        return db.error().detail;
    const hub::Books books(*db);
    const auto book = books.book("main");
    const auto log = book ? books.log(book->id, 0, 1'000'000) : book.error();
    if (!log)
        return log.error().detail;
    QSet<std::pair<qint64, qint64>> ops;
    qint64 last = 0;
    for (const hub::LogEntry &entry : *log) {
        const auto change = sync::readChange(entry.wire);
        if (!change || change->seq != ++last || entry.seq != last)
            return QString("after seq %1 comes something else").arg(last - 1);
        if (change->device != 0 && ops.contains({change->device, change->counter}))
            return QString("op %1 of device %2 is there twice").arg(change->counter).arg(change->device);
        ops.insert({change->device, change->counter});
    }
    return book->head.seq == last ? QString() : "the head is not where the log ends";
}

} // namespace

class tst_Chaos : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// RINGBOOK_SEED makes it another one, RINGBOOK_ROUNDS a longer one.
    void whoeverIsKilledWhateverIsCutNothingSavedIsLost()
    {
        const int rounds = qEnvironmentVariable("RINGBOOK_ROUNDS", "200").toInt();
        const int seed = qEnvironmentVariable("RINGBOOK_SEED", "1").toInt();
        Chaos chaos{quint64(seed)};

        for (int round = 0; round < rounds; ++round)
            chaos.round();
        chaos.calm();

        QTRY_COMPARE_WITH_TIMEOUT(chaos.unrest(), QString(), patienceMs);
        QVERIFY(chaos.saved() > rounds / 3);
        QCOMPARE(troubleAtHub(chaos.company), QString());
    }

    void aFullDiskAtTheHubIsWaitedFor()
    {
        if (test::HubPlace::isPostgres())
            QSKIP("The server has its disk for itself");
        Company company;
        const QString folder = company.place.folder();
        company.hub->kill();
        for (const QString file : {"hub.db", "hub.db-wal"})
            QFile::copy(folder + '/' + file, company.folder.filePath(file));
        SmallDisk disk(folder);
        if (!disk.isMounted())
            QSKIP("This machine lets nobody mount a small disk.");
        for (const QString file : {"hub.db", "hub.db-wal"})
            QFile::copy(company.folder.filePath(file), folder + '/' + file);
        company.startHub(QString("127.0.0.1:%1").arg(company.port()));
        const auto anna = company.desk("anna", company.hubUrl());
        const auto ben = company.desk("ben", company.hubUrl());

        disk.fillUp();
        for (int i = 0; i < 40; ++i) {
            anna->tell(QString("customer Number %1 %2").arg(i).arg(QString(150, 'x')));
            QVERIFY2(!anna->waitFor("^saved").isEmpty(), qPrintable(anna->everything().right(2000)));
        }
        QVERIFY2(!anna->waitFor("^state .*space").isEmpty(), qPrintable(anna->everything().right(1500)));
        disk.makeRoom();

        QTRY_VERIFY_WITH_TIMEOUT(company.bookOf("ben").contains(" Number 39 "), patienceMs);
        QVERIFY(!anna->waitFor("waiting=0").isEmpty());
        QCOMPARE(company.bookOf("anna"), company.bookOf("ben"));
        QCOMPARE(troubleAtHub(company), QString());
    }
};

QTEST_GUILESS_MAIN(tst_Chaos)
#include "tst_Chaos.moc"
