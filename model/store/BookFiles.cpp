#include "model/store/BookFiles.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace ringbook::model {

QString BookFiles::path(int number) const
{
    if (number == 1)
        return m_first;
    const QFileInfo first(m_first);
    return QStringLiteral("%1/%2-%3.%4")
        .arg(first.path(), first.completeBaseName())
        .arg(number)
        .arg(first.suffix());
}

int BookFiles::newest() const
{
    const QFileInfo first(m_first);
    const QString before = first.completeBaseName() + u'-';
    int newest = 1;
    for (const QString &name : QDir(first.path()).entryList({before + "*." + first.suffix()}, QDir::Files)) {
        const int number = name.mid(before.size()).chopped(first.suffix().size() + 1).toInt();
        if (path(number) == first.path() + u'/' + name)
            newest = std::max(newest, number);
    }
    return newest;
}

QString BookFiles::current() const
{
    return path(newest());
}

Result<QString> BookFiles::replaceBy(const QString &finished) const
{
    const QString next = path(newest() + 1);
    if (QFile::exists(finished + "-wal"))
        return Error{Fault::Failed, "the file is not finished: " + finished};
    if (!QFile::rename(finished, next))
        return Error{Fault::Failed, "the file cannot be renamed: " + finished};
    if (const auto synced = syncToDisk(QFileInfo(next).path()); !synced)
        return synced.error();
    return next;
}

QStringList BookFiles::older() const
{
    QStringList files;
    for (int number = newest() - 1; number > 0; --number)
        for (const QString end : {"", "-wal", "-shm"})
            if (QFile::exists(path(number) + end))
                files.append(path(number) + end);
    return files;
}

QStringList BookFiles::setAside() const
{
    const QFileInfo first(m_first);
    const QString name = first.completeBaseName() + "*." + first.suffix() + ".damaged-*";
    QStringList files;
    for (const QString &file : QDir(first.path()).entryList({name}, QDir::Files))
        files.append(first.path() + u'/' + file);
    return files;
}

void BookFiles::removeSetAside() const
{
    for (const QString &file : setAside())
        QFile::remove(file);
}

void BookFiles::removeOlder() const
{
    for (const QString &file : older())
        QFile::remove(file);
}

} // namespace ringbook::model
