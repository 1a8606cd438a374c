#pragma once

#include <QProcess>
#include <QRegularExpression>
#include <QStringList>
#include <QTest>

#include <csignal>

namespace ringbook::tests {

/// A program of ours as a process: started, spoken to line by line, waited for, killed.
class Program
{
public:
    static QString path(const QString &name)
    {
        return qEnvironmentVariable("RINGBOOK_BIN", ".") + '/' + name;
    }

    Program(const QString &name, const QStringList &arguments)
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.start(path(name), arguments);
        m_process.waitForStarted();
    }

    ~Program()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    void tell(const QString &line)
    {
        m_process.write(line.toUtf8() + '\n');
        m_process.waitForBytesWritten();
    }

    /// The first line from here on that matches; empty if none comes in time. Lines before it are passed
    /// over.
    QString waitFor(const QString &pattern, int timeoutMs = 20'000)
    {
        const QRegularExpression wanted(pattern);
        QString found;
        const auto look = [&] {
            readLines();
            while (m_read < m_lines.size()) {
                found = m_lines[m_read++];
                if (wanted.match(found).hasMatch())
                    return true;
            }
            found.clear();
            return m_process.state() == QProcess::NotRunning;
        };
        // Turns the event loop: the other ends of this program's sockets may live in this process.
        return QTest::qWaitFor(look, timeoutMs) ? found : QString();
    }

    /// As `kill -9`: nothing in it gets a chance.
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }

    void terminate() { m_process.terminate(); }

    /// In the middle of whatever it is doing, until goOn().
    void stop() { signal(SIGSTOP); }
    void goOn() { signal(SIGCONT); }

    /// Exit status; -1 if it does not end in time.
    int waitForEnd(int timeoutMs = 20'000)
    {
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(timeoutMs))
            return -1;
        readLines();
        return m_process.exitCode();
    }

    QString everything() const { return m_lines.join('\n'); }
    qint64 pid() const { return m_process.processId(); }

private:
    void signal(int number) { ::kill(pid_t(pid()), number); }

    void readLines()
    {
        while (m_process.canReadLine())
            m_lines.append(QString::fromUtf8(m_process.readLine()).trimmed());
    }

    QProcess m_process;
    QStringList m_lines;
    qsizetype m_read = 0;
};

} // namespace ringbook::tests
