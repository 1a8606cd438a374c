#include "tests/support/DeskOnFiles.h"
#include "tests/support/HubOnLoopback.h"

#include <QDir>

using namespace ringbook;
using namespace ringbook::test;

namespace {

constexpr int patienceMs = 20'000;

/// The hub of an archive, its file copied, served by today's program.
class ArchivedHub
{
public:
    explicit ArchivedHub(const QString &archive)
    {
        if (!QFile::copy(archive + "/hub.db", m_folder.filePath("hub.db")))
            qFatal("there is no hub.db in %s", qPrintable(archive));
        auto hub = hub::Hub::start(
            {.database = hub::Database::inFile(m_folder.filePath("hub.db")), .listen = {"127.0.0.1", 0}},
            m_clock);
        if (!hub)
            qFatal("no hub: %s", qPrintable(hub.error().detail));
        m_hub = std::move(*hub);
    }

    QString url() const { return m_hub->url(); }

private:
    SystemClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<hub::Hub> m_hub;
};

/// The records of these ops as a desk shows them: one line each.
QString picture(const DeskOnFiles &desk, const QVector<model::Op> &ops)
{
    QStringList lines;
    for (const model::Op &op : ops) {
        const auto record = desk.book->record(op.record);
        QStringList parts{op.record.kind, QString::number(op.record.id)};
        if (record && *record)
            for (auto field = (*record)->begin(); field != (*record)->end(); ++field)
                parts += field.key() + '=' + field->toString();
        lines += parts.join(' ');
    }
    return lines.join('\n');
}

} // namespace

/// Files that older versions left; see tests/data/README.md.
class tst_Archive : public QObject
{
    Q_OBJECT

    static void archives()
    {
        QTest::addColumn<QString>("archive");
        for (const QFileInfo &folder : QDir(TEST_DATA).entryInfoList({"v*"}, QDir::Dirs))
            QTest::newRow(qPrintable(folder.fileName())) << folder.filePath();
    }

private Q_SLOTS:
    void aDeskOpensThemWithAllTheyHold_data() { archives(); }
    void aDeskOpensThemWithAllTheyHold()
    {
        QFETCH(QString, archive);

        const DeskOnFiles anna("http://127.0.0.1:1", archive);

        QCOMPARE(anna.desk->identity()->userName, "Anna Albers");
        QCOMPARE(anna.desk->pending("main")->size(), 11);
        QCOMPARE(anna.desk->confirmed("main")->size(), 2);
        QCOMPARE(anna.desk->refused("main")->first().op.record.kind, "team");
        QCOMPARE(anna.desk->drafts()->first().second, "{\"note\":\"half a sen\"}");
        const auto kessler = anna.desk->confirmed("main")->first().record;
        QCOMPARE(anna.text(kessler, "name"), "Kessler & Co");
        QCOMPARE(anna.text(kessler, "shoe_size"), "44");
    }

    void whatWaitsInThemArrivesAtTheirHub_data() { archives(); }
    void whatWaitsInThemArrivesAtTheirHub()
    {
        QFETCH(QString, archive);
        const ArchivedHub hub(archive);
        DeskOnFiles anna(hub.url(), archive);
        const auto unsent = *anna.desk->pending("main");

        anna.signIn();
        QTRY_VERIFY_WITH_TIMEOUT(anna.isLive() && anna.state.waiting == 0, patienceMs);

        QCOMPARE(anna.state.refused, 1); // the one that was refused before
        DeskOnFiles ben(hub.url());
        ben.signIn("ben");
        QTRY_COMPARE_WITH_TIMEOUT(ben.book->cursor()->seq, anna.book->cursor()->seq, patienceMs);
        QCOMPARE(picture(ben, unsent), picture(anna, unsent));
        for (const model::Op &op : unsent)
            QCOMPARE(ben.book->record(op.record)->has_value(), op.action != model::Action::Delete);
        QCOMPARE(ben.book->db().one("SELECT count(*) AS n FROM conflict")->number("n"), 1);
    }
};

QTEST_GUILESS_MAIN(tst_Archive)
#include "tst_Archive.moc"
