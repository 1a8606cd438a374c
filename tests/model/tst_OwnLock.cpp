#include "model/core/OwnLock.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace ringbook;

class tst_OwnLock : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    QString m_path = m_folder.filePath("a.lock");

    void leaveBehind(const QByteArray &content)
    {
        QFile file(m_path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

private Q_SLOTS:
    void aHeldLockIsNotTaken()
    {
        QLockFile first(m_path);
        QLockFile second(m_path);

        QVERIFY(takeNow(first));

        QVERIFY(!takeNow(second));
        QCOMPARE(second.error(), QLockFile::LockFailedError);
        first.unlock();
        QVERIFY(takeNow(second));
    }

    void whatAnotherMachineLeftIsTaken()
    {
        leaveBehind("77\nringbook\nelsewhere\n");
        QLockFile lock(m_path);

        QVERIFY(takeNow(lock));
    }

    void aProcessNumberThatIsSomebodyElsesNowIsNoLock()
    {
        leaveBehind(QByteArray::number(QCoreApplication::applicationPid()) + "\ntst_OwnLock\n" +
                    QSysInfo::machineHostName().toUtf8() + '\n');
        QLockFile lock(m_path);

        QVERIFY(takeNow(lock));
    }
};

QTEST_GUILESS_MAIN(tst_OwnLock)
#include "tst_OwnLock.moc"
