#include "model/store/BookFiles.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace ringbook;
using namespace ringbook::model;

class tst_BookFiles : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString path(const QString &name) const { return m_folder.filePath(name); }
    void put(const QString &name, const QByteArray &text = "x") const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    }
    QString files() const { return QDir(m_folder.path()).entryList(QDir::Files, QDir::Name).join(u' '); }
    QString currentName() const { return QFileInfo(BookFiles(path("main.db")).current()).fileName(); }

private Q_SLOTS:
    void cleanup()
    {
        for (const QString &name : QDir(m_folder.path()).entryList(QDir::Files))
            QFile::remove(path(name));
    }

    void theFirstHasThePlainName() { QCOMPARE(currentName(), "main.db"); }

    void theHighestNumberIsTheBook()
    {
        put("main.db");
        put("main-2.db");
        put("main-10.db");
        for (const char *other : {"main-11.db-wal", "main-12.db.damaged-1", "main-013.db", "main-x.db",
                                  "main-14.txt", "domain-15.db"})
            put(other);

        QCOMPARE(currentName(), "main-10.db");
    }

    void whatWasSetAsideIsFoundUnderEveryNumber()
    {
        put("main-3.db");
        for (const char *damaged : {"main.db.damaged-1", "main.db.damaged-1-wal", "main-2.db.damaged-4"})
            put(damaged);
        const BookFiles book(path("main.db"));
        QCOMPARE(book.setAside().size(), 3);

        book.removeSetAside();

        QCOMPARE(files(), "main-3.db");
        QVERIFY(book.setAside().isEmpty());
    }

    void aFinishedFileTakesTheNextNameAtOnce()
    {
        put("main.db", "old");
        put("fetched", "new");

        const auto now = BookFiles(path("main.db")).replaceBy(path("fetched"));

        QVERIFY(now);
        QCOMPARE(*now, path("main-2.db"));
        QCOMPARE(currentName(), "main-2.db");
        QCOMPARE(files(), "main-2.db main.db"); // who reads the old one goes on
    }

    void aFileThatIsNotFinishedReplacesNothing()
    {
        put("main.db");
        put("fetched");
        put("fetched-wal");

        QVERIFY(!BookFiles(path("main.db")).replaceBy(path("fetched")));
        QVERIFY(!BookFiles(path("main.db")).replaceBy(path("missing")));

        QCOMPARE(currentName(), "main.db");
    }

    void whatIsOlderGoesWithAllThatLiesBesideIt()
    {
        for (const char *name : {"main.db", "main.db-wal", "main.db-shm", "main-2.db", "main-2.db-shm",
                                 "main-3.db", "main-3.db-wal", "desk.db"})
            put(name);

        BookFiles(path("main.db")).removeOlder();

        QCOMPARE(files(), "desk.db main-3.db main-3.db-wal");
    }
};

QTEST_GUILESS_MAIN(tst_BookFiles)
#include "tst_BookFiles.moc"
