#pragma once

#include <QDirIterator>
#include <QFile>
#include <QStringList>

namespace ringbook::test {

/// The files below a folder in which these words are to be read, in small letters or as given.
inline QStringList filesWith(const QString &folder, const QByteArray &words)
{
    QStringList found;
    for (QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); it.hasNext();) {
        QFile file(it.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QByteArray bytes = file.readAll();
        if (bytes.contains(words) || bytes.contains(words.toLower()))
            found.append(it.fileName());
    }
    return found;
}

} // namespace ringbook::test
