#include "app/handover/Profiles.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace ringbook;

class tst_Profiles : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;

    static QString keptIn() { return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation); }

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setApplicationName("ringbook");
        qputenv("XDG_CONFIG_HOME", m_home.filePath("config").toUtf8());
        qputenv("XDG_DATA_HOME", m_home.filePath("data").toUtf8());
    }

    void init()
    {
        qunsetenv("RINGBOOK_PROFILE");
        QFile::remove(keptIn() + "/last-profile");
    }

    void whereNothingIsSaidItIsTheUsersOwn()
    {
        QCOMPARE(app::usualProfile(), QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
        QCOMPARE(app::likelyProfiles(), QStringList{app::usualProfile()});
    }

    void theOneUsedLastIsLikelier()
    {
        app::rememberProfile("/desks/anna");

        const QStringList likely{"/desks/anna", app::usualProfile()};
        QCOMPARE(app::likelyProfiles(), likely);
    }

    void theUsualOneIsNamedOnce()
    {
        app::rememberProfile(app::usualProfile());

        QCOMPARE(app::likelyProfiles(), QStringList{app::usualProfile()});
    }

    void whatTheEnvironmentSaysCountsAlone()
    {
        app::rememberProfile("/desks/anna");
        qputenv("RINGBOOK_PROFILE", "/desks/ben");

        QCOMPARE(app::usualProfile(), "/desks/ben");
        QCOMPARE(app::likelyProfiles(), QStringList{"/desks/ben"});
    }

    void whatIsNoPathIsNoProfile()
    {
        for (const QByteArray &kept : {QByteArray("desk\n"), QByteArray("\n"), QByteArray(1'000'000, 'x')}) {
            QDir().mkpath(keptIn());
            QFile file(keptIn() + "/last-profile");
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(kept);
            file.close();

            QCOMPARE(app::likelyProfiles(), QStringList{app::usualProfile()});
        }
    }
};

QTEST_GUILESS_MAIN(tst_Profiles)
#include "tst_Profiles.moc"
