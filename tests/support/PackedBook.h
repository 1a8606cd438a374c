#pragma once

#include "sync/protocol/Messages.h"

#include <QCryptographicHash>
#include <QFile>
#include <QHash>

#include <zstd.h>

namespace ringbook::test {

/// A file as a hub offers it: what is told of it, and its frames by digest.
struct PackedFile
{
    sync::SnapshotFile told = {};
    QHash<QString, QByteArray> frames = {};

    static PackedFile of(const QByteArray &content)
    {
        PackedFile file{.told = {.bytes = content.size()}};
        for (qint64 at = 0; at < content.size(); at += sync::snapshotFrameBytes) {
            const QByteArray part = content.mid(at, sync::snapshotFrameBytes);
            QByteArray packed(qsizetype(ZSTD_compressBound(size_t(part.size()))), Qt::Uninitialized);
            packed.resize(qsizetype(ZSTD_compress(packed.data(), size_t(packed.size()), part.constData(),
                                                  size_t(part.size()), 3)));
            const QString digest =
                QString::fromLatin1(QCryptographicHash::hash(packed, QCryptographicHash::Sha256).toHex());
            file.told.frames.append({digest, packed.size()});
            file.frames.insert(digest, packed);
        }
        return file;
    }

    static PackedFile ofFile(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? of(file.readAll()) : PackedFile();
    }

    QByteArray frame(int number) const { return frames.value(told.frames[number].digest); }
};

} // namespace ringbook::test
