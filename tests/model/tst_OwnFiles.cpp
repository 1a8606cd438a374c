#include "model/core/OwnFiles.h"
#include "tests/support/SmallDisk.h"

#include <QSaveFile>
#include <QTemporaryDir>
#include <QTest>

using namespace ringbook;
using namespace ringbook::tests;

class tst_OwnFiles : public QObject
{
    Q_OBJECT

    static bool write(const QString &path, const QByteArray &text)
    {
        QSaveFile file(path);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && commitWhole(file);
    }
    static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("none");
    }

private Q_SLOTS:
    void aFileThatFindsNoRoomStaysAsItWas()
    {
        const QTemporaryDir folder;
        SmallDisk disk(folder.filePath("small"));
        if (!disk.isMounted())
            QSKIP("this machine lets us make no file system");
        const QString path = folder.filePath("small/list");
        QVERIFY(write(path, "one"));
        disk.fillUp();

        QVERIFY(!write(path, "one and two"));

        QCOMPARE(read(path), "one");
        disk.makeRoom();
        QVERIFY(write(path, "one and two"));
        QCOMPARE(read(path), "one and two");
    }
};

QTEST_GUILESS_MAIN(tst_OwnFiles)
#include "tst_OwnFiles.moc"
