#pragma once

#include <QDir>
#include <QFile>

#ifdef Q_OS_LINUX
#include <sys/mount.h>
#endif

namespace ringbook::tests {

/// A small file system of its own, where this machine lets us make one; full when it is filled.
class SmallDisk
{
public:
    explicit SmallDisk(const QString &path) : m_path(path)
    {
        QDir().mkpath(path);
#ifdef Q_OS_LINUX
        m_isMounted = ::mount("tmpfs", path.toUtf8().constData(), "tmpfs", 0, "size=4m") == 0;
#endif
    }

    ~SmallDisk()
    {
#ifdef Q_OS_LINUX
        if (m_isMounted)
            ::umount2(m_path.toUtf8().constData(), MNT_DETACH);
#endif
    }

    bool isMounted() const
    {
        return m_isMounted;
    }

    void fillUp()
    {
        QFile ballast(m_path + "/ballast");
        if (!ballast.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
            return;
        while (ballast.write(QByteArray(1024, 'x')) == 1024) {
        }
    }

    void makeRoom()
    {
        QFile::remove(m_path + "/ballast");
    }

private:
    QString m_path;
    bool m_isMounted = false;
};

} // namespace ringbook::tests
