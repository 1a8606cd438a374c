#pragma once

#include "model/core/Result.h"

#include <QString>
#include <QStringList>

namespace ringbook::model {

/// The names under which one book stands. It is replaced as a whole: a finished file takes the next name
/// (book.db, book-2.db, book-3.db …), in one step. The highest number is the book, whenever one looks;
/// what is below is a leftover.
class BookFiles
{
public:
    explicit BookFiles(QString first) : m_first(std::move(first)) {}

    QString current() const;

    /// Gives a finished file, which nobody has open, the next name, on disk when this returns. Returns it.
    Result<QString> replaceBy(const QString &finished) const;

    bool hasOlder() const { return !older().isEmpty(); } ///< than the current file
    /// Deletes what is older than the current file, as far as nobody holds it.
    void removeOlder() const;

    /// Damaged files, of whatever number (Book::setAside): they may hold what was erased since.
    QStringList setAside() const;
    void removeSetAside() const;

private:
    QString path(int number) const;
    int newest() const;
    QStringList older() const;

    QString m_first;
};

/// Waits until the file, or the names in the folder, are on disk. Where folders cannot be synced it does
/// nothing for them.
Status syncToDisk(const QString &path);

} // namespace ringbook::model
