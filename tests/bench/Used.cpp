#include "tests/bench/Used.h"

#include <QFile>

#ifdef Q_OS_LINUX
#include <unistd.h>
#endif

namespace ringbook::bench {

#ifdef Q_OS_LINUX

namespace {

QByteArray said(qint64 process, const char *file)
{
    QFile proc(QStringLiteral("/proc/%1/%2").arg(process).arg(QLatin1String(file)));
    return proc.open(QIODevice::ReadOnly) ? proc.readAll() : QByteArray();
}

} // namespace

qint64 residentBytes(qint64 process)
{
    return said(process, "statm").split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

double cpuSeconds(qint64 process)
{
    const QByteArrayList words = said(process, "stat").split(')').last().simplified().split(' ');
    return (words.value(11).toDouble() + words.value(12).toDouble()) / double(sysconf(_SC_CLK_TCK));
}

#else

qint64 residentBytes(qint64)
{
    return 0;
}

double cpuSeconds(qint64)
{
    return 0;
}

#endif

} // namespace ringbook::bench
