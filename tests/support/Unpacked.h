#pragma once

#include "model/store/Book.h"
#include "model/store/RecordTables.h"
#include "sync/protocol/Messages.h"

#include <QCryptographicHash>
#include <QFile>

#include <functional>
#include <zstd.h>

namespace ringbook::test {

/// A file of a snapshot, put together as a desk does; empty if a frame is not what the manifest says.
inline QByteArray unpacked(const sync::SnapshotFile &file,
                           const std::function<QByteArray(const QString &digest)> &fetch)
{
    QByteArray bytes;
    for (const sync::SnapshotFrame &frame : file.frames) {
        const QByteArray packed = fetch(frame.digest);
        const auto hash = QCryptographicHash::hash(packed, QCryptographicHash::Sha256);
        QByteArray part(sync::snapshotFrameBytes, '\0');
        const size_t count =
            ZSTD_decompress(part.data(), size_t(part.size()), packed.data(), size_t(packed.size()));
        if (packed.size() != frame.bytes || hash.toHex() != frame.digest.toLatin1() || ZSTD_isError(count))
            return {};
        bytes += part.first(qsizetype(count));
    }
    return bytes.size() == file.bytes ? bytes : QByteArray();
}

/// Every record of a book by its kind and id.
inline QMap<QString, model::Fields> recordsOf(const model::Book &book)
{
    QMap<QString, model::Fields> records;
    for (const model::KindSpec &kind : model::allKinds())
        for (const model::Row &row : *book.db().all(QStringLiteral("SELECT * FROM ") + kind.table))
            records.insert(QStringLiteral("%1 %2").arg(kind.kind).arg(row.number("id")),
                           model::fieldsOf(row, kind));
    return records;
}

} // namespace ringbook::test
