#include "sync/client/SnapshotFolder.h"
#include "tests/support/PackedBook.h"

#include <QDir>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace ringbook;
using namespace ringbook::sync;
using ringbook::test::PackedFile;

namespace {

/// Bytes that do not pack to nothing.
QByteArray noise(qsizetype size, quint32 seed)
{
    QRandomGenerator dice(seed);
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(dice.bounded(16));
    return bytes;
}

} // namespace

class tst_SnapshotFolder : public QObject
{
    Q_OBJECT

    const QByteArray m_content = noise(2 * snapshotFrameBytes + 5000, 1);
    const PackedFile m_packed = PackedFile::of(m_content);
    const SnapshotManifest m_manifest{.book = m_packed.told};
    QTemporaryDir m_disk;
    int m_folders = 0;

    QString freshFolder() { return m_disk.filePath(QString::number(++m_folders)); }
    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QStringList files(const QString &folder) { return QDir(folder).entryList(QDir::Files); }

private Q_SLOTS:
    void framesInAnyOrderMakeTheFile()
    {
        SnapshotFolder folder(freshFolder());
        QCOMPARE(*folder.begin(m_manifest, m_packed.told), (QVector<int>{0, 1, 2}));

        for (const int frame : {2, 0, 1})
            QVERIFY(folder.keep(frame, m_packed.frame(frame)));

        const auto path = folder.finish();
        QVERIFY(path);
        QVERIFY(contentOf(*path) == m_content);
    }

    void aFrameIsTakenByItsDigestOnly_data()
    {
        QTest::addColumn<QByteArray>("packed");
        QByteArray bent = m_packed.frame(1);
        bent[100] = char(bent[100] ^ 1);
        QTest::newRow("bent") << bent;
        QTest::newRow("cut") << m_packed.frame(1).chopped(1);
        QTest::newRow("another") << m_packed.frame(0);
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a page of a hotel") << QByteArray("<html>Welcome</html>");
    }

    void aFrameIsTakenByItsDigestOnly()
    {
        QFETCH(QByteArray, packed);
        SnapshotFolder folder(freshFolder());
        QVERIFY(folder.begin(m_manifest, m_packed.told));

        const auto kept = folder.keep(1, packed);

        QVERIFY(!kept);
        QCOMPARE(kept.error().fault, Fault::Damaged);
        QVERIFY(folder.keep(1, m_packed.frame(1)));
    }

    void whatUnpacksToAnotherSizeIsRefused()
    {
        const PackedFile longer = PackedFile::of(noise(6000, 2));
        SnapshotFile lies = longer.told;
        lies.bytes = 5000;
        SnapshotFolder folder(freshFolder());
        QVERIFY(folder.begin({.book = lies}, lies));

        QCOMPARE(folder.keep(0, longer.frame(0)).error().fault, Fault::Damaged);
    }

    void theNextStartGoesOnWhereItWas()
    {
        const QString place = freshFolder();
        {
            SnapshotFolder folder(place);
            QVERIFY(folder.begin(m_manifest, m_packed.told));
            QVERIFY(folder.keep(0, m_packed.frame(0)));
            QVERIFY(folder.keep(2, m_packed.frame(2)));
        }
        SnapshotFolder folder(place);

        QCOMPARE(*folder.begin(m_manifest, m_packed.told), QVector<int>{1});

        QVERIFY(folder.keep(1, m_packed.frame(1)));
        QVERIFY(contentOf(*folder.finish()) == m_content);
    }

    void aFrameThatACrashTornIsFetchedAgain()
    {
        const QString place = freshFolder();
        {
            SnapshotFolder folder(place);
            QVERIFY(folder.begin(m_manifest, m_packed.told));
            QVERIFY(folder.keep(0, m_packed.frame(0)));
        }
        QVERIFY(QFile::resize(place + u'/' + m_packed.told.frames[0].digest, 1000));
        SnapshotFolder folder(place);

        QCOMPARE(*folder.begin(m_manifest, m_packed.told), (QVector<int>{0, 1, 2}));
    }

    void framesOfAnotherSnapshotGoAndSharedOnesStay()
    {
        QByteArray changed = m_content;
        changed[5] = char(changed[5] + 1);
        const PackedFile next = PackedFile::of(changed);
        const QString place = freshFolder();
        SnapshotFolder folder(place);
        QVERIFY(folder.begin(m_manifest, m_packed.told));
        for (int frame = 0; frame < 3; ++frame)
            QVERIFY(folder.keep(frame, m_packed.frame(frame)));

        QCOMPARE(*folder.begin({.book = next.told}, next.told), QVector<int>{0});

        QVERIFY(!files(place).contains(m_packed.told.frames[0].digest));
        QVERIFY(folder.keep(0, next.frame(0)));
        QVERIFY(contentOf(*folder.finish()) == changed);
    }

    void theHotSetKeepsTheFramesOfTheWholeBook()
    {
        const PackedFile hot = PackedFile::of(noise(9000, 3));
        const SnapshotManifest both{.book = m_packed.told, .hot = hot.told};
        SnapshotFolder folder(freshFolder());
        QVERIFY(folder.begin(both, both.book));
        QVERIFY(folder.keep(1, m_packed.frame(1)));

        QVERIFY(folder.begin(both, *both.hot));
        QVERIFY(folder.keep(0, hot.frame(0)));
        QVERIFY(folder.finish());

        QCOMPARE(*folder.begin(both, both.book), (QVector<int>{0, 2}));
    }

    void aDiskWithoutRoomIsToldBeforeAnythingIsFetched()
    {
        SnapshotFile huge = m_packed.told;
        huge.bytes = qint64(1) << 60;
        SnapshotFolder folder(freshFolder());

        const auto begun = folder.begin({.book = huge}, huge);

        QVERIFY(!begun);
        QCOMPARE(begun.error().fault, Fault::DiskFull);
    }

    void nothingIsLeftOfIt()
    {
        const QString place = freshFolder();
        SnapshotFolder folder(place);
        QVERIFY(folder.begin(m_manifest, m_packed.told));
        QVERIFY(folder.keep(0, m_packed.frame(0)));

        folder.remove();

        QVERIFY(!QDir(place).exists());
        QVERIFY(!folder.keep(1, m_packed.frame(1))); // what was under way comes too late
    }
};

QTEST_GUILESS_MAIN(tst_SnapshotFolder)
#include "tst_SnapshotFolder.moc"
