#pragma once

#include "model/store/Book.h"
#include "sync/hub/store/Books.h"

#include <atomic>

namespace ringbook::hub {

/// A book as a desk's book file that holds nothing of one desk's own: kept up by reading the log as a desk
/// does, so that a snapshot of it costs the hub's database nothing.
class Mirror
{
public:
    /// A file that cannot be used is made anew; one that turns out to be damaged later, after discard().
    static void discard(const QString &path);
    static Result<Mirror> open(const QString &path, const std::atomic<bool> &isStopped);

    /// Reads on to where the log ended when this began, or further; another log from its beginning.
    /// Fault::Busy: stopped in between; DiskFull: less than `spareBytes` would be left for others. What is
    /// read is kept in any case.
    Result<model::Cursor> follow(model::Connection &hub, const QString &book, qint64 spareBytes);

    /// If somebody was erased, their bytes too.
    Status clean();

    Result<qint64> rows() const;
    qint64 bytes() const; ///< on the disk

    model::Connection &db() const { return m_book.db(); }

private:
    Mirror(model::Book book, QString path, const std::atomic<bool> &isStopped);

    model::Book m_book;
    QString m_path;
    const std::atomic<bool> *m_isStopped;
};

} // namespace ringbook::hub
