#pragma once

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QThread>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace ringbook::test {

/// A PostgreSQL cluster of its own in a temporary folder, reached by a socket in that folder only. Ends with
/// this object, and when the test is killed. As root everything runs as the user `postgres`, because the
/// server refuses root.
class PostgresCluster
{
public:
    PostgresCluster() : m_bin(binFolder()) {}
    ~PostgresCluster() { stop(); }
    Q_DISABLE_COPY_MOVE(PostgresCluster)

    /// False only where PostgreSQL is not installed: then tests are skipped.
    static bool isInstalled() { return !binFolder().isEmpty(); }

    /// False if the cluster could not be made; error() says why.
    bool start()
    {
        QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7777));
        if (!execute("initdb", {"-D", data(), "-U", "ringbook", "-A", "trust", "--no-sync", "-E", "UTF8",
                                "--locale=C"}))
            return false;
        if (!goOn())
            return false;
        watch();
        return true;
    }

    /// A copy of this one, that takes part in each of its commits from when it is named there. False: error()
    /// says why.
    bool startAsStandbyOf(const PostgresCluster &primary)
    {
        QFile::setPermissions(m_folder.path(), QFile::Permissions(0x7777));
        if (!execute("pg_basebackup", {"-h", primary.folder(), "-U", "ringbook", "-D", data(), "-R", "-X",
                                       "stream", "-c", "fast", "--no-sync"}))
            return false;
        if (!goOn())
            return false;
        watch();
        return true;
    }

    /// From a standby to the one that is written to.
    bool promote() { return execute("pg_ctl", {"-D", data(), "-w", "promote"}); }

    QString folder() const { return m_folder.path(); } ///< of the socket

    /// As if the machine it runs on had lost its power, and had it back.
    void halt() { execute("pg_ctl", {"-D", data(), "-m", "immediate", "-w", "stop"}); }
    bool goOn()
    {
        return execute("pg_ctl", {"-D", data(), "-w", "-l", m_folder.filePath("log"), "-o",
                                  "-c listen_addresses='' -c fsync=off -k " + m_folder.path(), "start"});
    }

    void stop()
    {
        m_watch.closeWriteChannel();
        m_watch.waitForFinished();
    }

    QString url(const QString &database = "postgres") const
    {
        return "postgresql://ringbook@/" + database + "?host=" + m_folder.path();
    }

    /// A new empty database; its url.
    QString freshDatabase()
    {
        const QString name = QStringLiteral("test%1").arg(++m_databases);
        execute("createdb", {"-h", m_folder.path(), "-U", "ringbook", name});
        return url(name);
    }

    QString error() const { return m_error; }

private:
    static QString binFolder()
    {
        const QDir versions("/usr/lib/postgresql");
        for (const QString &version :
             versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed))
            if (QFile::exists(versions.filePath(version + "/bin/initdb")))
                return versions.filePath(version + "/bin");
        const QString found = QStandardPaths::findExecutable("initdb");
        return found.isEmpty() ? QString() : QFileInfo(found).canonicalPath();
    }

    static bool isRoot()
    {
#ifdef Q_OS_UNIX
        return ::geteuid() == 0;
#else
        return false;
#endif
    }

    QString data() const
    {
        return m_folder.filePath("data");
    }

    QStringList asItsUser(const QString &program) const
    {
        const QString file = m_bin + "/" + program;
        return isRoot()
                   ? QStringList{"setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", file}
                   : QStringList{file};
    }

    /// A shell that waits for the end of its input, which comes whatever happens to this process; then it
    /// stops the server and removes what the server's user has made here.
    void watch()
    {
        const QString script = "trap '' INT TERM HUP; cat >/dev/null; folder=$1; shift; \"$@\" >/dev/null "
                               "2>&1; rm -rf \"$folder\"";
        m_watch.start("sh", QStringList{"-c", script, "watch", m_folder.path()} + asItsUser("pg_ctl") +
                                QStringList{"-D", data(), "-m", "immediate", "-w", "stop"});
        m_watch.waitForStarted();
    }

    bool execute(const QString &program, QStringList arguments)
    {
        arguments = asItsUser(program) + arguments;
        const QString file = arguments.takeFirst();
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.setStandardOutputFile(m_folder.filePath("out"));
        process.start(file, arguments);
        if (process.waitForFinished(60000) && process.exitCode() == 0)
            return true;
        QFile out(m_folder.filePath("out"));
        m_error = out.open(QIODevice::ReadOnly) ? QString::fromUtf8(out.readAll()) : process.errorString();
        return false;
    }

    QString m_bin;
    QTemporaryDir m_folder;
    QProcess m_watch;
    int m_databases = 0;
    QString m_error;
};

} // namespace ringbook::test
