#include "app/agent/LinkRegistration.h"
#include "app/agent/OpenedLinks.h"
#include "app/handover/Links.h"

#include <QFile>
#include <QFileOpenEvent>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace ringbook;
using app::LinkKinds;

namespace {

QString contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

class tst_LinkRegistration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPackageInstallsTheSameEntry()
    {
        QCOMPARE(contentOf(RINGBOOK_INSTALLER "/ringbook.desktop"),
                 app::desktopEntry("ringbook", app::linkSchemes()));
    }

    void thePathOfTheProgramIsOneArgument_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("exec");
        QTest::newRow("plain") << "/opt/ringbook/bin/ringbook"
                               << "/opt/ringbook/bin/ringbook";
        QTest::newRow("a space") << "/opt/ring book/ringbook"
                                 << "\"/opt/ring book/ringbook\"";
        QTest::newRow("a per cent") << "/opt/100%/ringbook"
                                    << "\"/opt/100%%/ringbook\"";
        QTest::newRow("a dollar") << "/opt/$HOME/ringbook"
                                  << "\"/opt/\\\\$HOME/ringbook\"";
        QTest::newRow("a quote") << "/opt/\"x/ringbook"
                                 << "\"/opt/\\\\\"x/ringbook\"";
    }
    void thePathOfTheProgramIsOneArgument()
    {
        QFETCH(QString, program);
        QFETCH(QString, exec);

        const QString entry = app::desktopEntry(program, {"ringbook"});

        QVERIFY2(entry.contains("\nExec=" + exec + " -- %u\n"), qPrintable(entry));
    }

    void telephoneLinksAreTheUsersChoice()
    {
        QCOMPARE(app::schemesOf(LinkKinds::Own), QStringList{"ringbook"});
        QCOMPARE(app::schemesOf(LinkKinds::OwnAndPhone), (QStringList{"ringbook", "tel", "callto"}));
    }

    void windowsIsToldByValuesOfTheUser()
    {
        const auto values = app::registryValues("C:/Ring book/ringbook.exe", {"ringbook", "tel"});

        const QMap<QString, QString> told = [&] {
            QMap<QString, QString> map;
            for (const auto &[name, value] : values)
                map[name] = value;
            return map;
        }();
        QVERIFY(told.contains("Software/Classes/ringbook/URL Protocol"));
        QVERIFY(told["Software/Classes/ringbook/shell/open/command/Default"].endsWith("\" -- \"%1\""));
        QCOMPARE(told["Software/Ringbook/Capabilities/URLAssociations/tel"], "Ringbook.Link");
        QVERIFY(!told.contains("Software/Classes/tel/Default")); // whose it is, the user chooses
    }

#ifdef Q_OS_LINUX
    void thisUsersEntryIsWritten()
    {
        const QTemporaryDir home;
        const QByteArray before = qgetenv("PATH");
        qputenv("XDG_DATA_HOME", home.path().toUtf8());
        qputenv("PATH", home.path().toUtf8()); // none of the system's tools: nothing else is changed

        const Status done = app::registerLinks(LinkKinds::OwnAndPhone, "/opt/ringbook");

        qputenv("PATH", before);
        QVERIFY(done);
        QCOMPARE(contentOf(home.filePath("applications/ringbook.desktop")),
                 app::desktopEntry("/opt/ringbook", {"ringbook", "tel", "callto"}));
    }

    void theSystemsToolsAreToldWithoutAShell()
    {
        const QTemporaryDir home;
        QFile tool(home.filePath("xdg-mime"));
        QVERIFY(tool.open(QIODevice::WriteOnly));
        tool.write("#!/bin/sh\necho \"$@\" >>\"" + home.path().toUtf8() + "/told\"\n");
        tool.close();
        tool.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
        const QByteArray before = qgetenv("PATH");
        qputenv("XDG_DATA_HOME", home.path().toUtf8());
        qputenv("PATH", home.path().toUtf8());

        const Status done = app::registerLinks(LinkKinds::Own, "/opt/ringbook");

        qputenv("PATH", before);
        QVERIFY(done);
        QCOMPARE(contentOf(home.filePath("told")), "default ringbook.desktop x-scheme-handler/ringbook\n");
    }

    void whatCannotBeWrittenIsSaid()
    {
        const QTemporaryDir home;
        QFile inTheWay(home.filePath("applications"));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        qputenv("XDG_DATA_HOME", home.path().toUtf8());

        const Status done = app::registerLinks(LinkKinds::Own, "/opt/ringbook");

        QVERIFY(!done);
        QVERIFY(done.error().detail.contains("ringbook.desktop"));
    }
#endif

    /// As macOS gives links to a program that runs.
    void aLinkComesAsAnEventToo()
    {
        QVector<app::Request> asked;
        app::OpenedLinks links([&](const app::Request &request) { asked.append(request); });
        qApp->installEventFilter(&links);

        for (const char *link :
             {"ringbook://ring?number=101", "ringbook://ring?url=x", "file:///etc/passwd"}) {
            QFileOpenEvent opened{QUrl(QString(link))};
            QCoreApplication::sendEvent(qApp, &opened);
        }

        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().number, "101");
    }
};

QTEST_MAIN(tst_LinkRegistration)
#include "tst_LinkRegistration.moc"
