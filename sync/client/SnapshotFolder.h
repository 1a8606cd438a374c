#pragma once

#include "model/core/Result.h"
#include "sync/protocol/Messages.h"

#include <QFile>

#include <memory>

struct ZSTD_DCtx_s;

namespace ringbook::sync {

constexpr qint64 diskToSpare = 64 << 20; ///< left free on the disk, for logs and what people write

/// Where a snapshot's file is put together: its frames as they came, each under its digest, so that the next
/// start need not fetch them again; and beside them the file they unpack to. Waits for the disk: used in one
/// thread at a time, where nobody waits for it.
class SnapshotFolder
{
public:
    explicit SnapshotFolder(QString folder);
    ~SnapshotFolder();
    Q_DISABLE_COPY_MOVE(SnapshotFolder)

    /// Begins one of the manifest's files. Frames that are here already are unpacked at once; what belongs to
    /// another snapshot is deleted. Returns the frames that are wanted. Fault::DiskFull: there is no room.
    Result<QVector<int>> begin(const SnapshotManifest &manifest, const SnapshotFile &file);

    /// One frame as it came. Fault::Damaged: it is not the one that was wanted.
    Status keep(int frame, const QByteArray &packed);

    /// The file, once no frame is wanted, on disk.
    Result<QString> finish();

    QString filePath() const { return m_folder + "/book.db"; } ///< what it will be
    void remove();                                             ///< everything

private:
    QString framePath(int frame) const;
    void removeOthers(const SnapshotManifest &manifest) const;
    Status checkRoom() const;
    Status unpack(int frame, const QByteArray &packed);
    bool unpackKept(int frame);
    void removeFile();

    QString m_folder;
    SnapshotFile m_wanted;
    QFile m_file;
    QByteArray m_unpacked; ///< kept for its memory
    std::unique_ptr<ZSTD_DCtx_s, size_t (*)(ZSTD_DCtx_s *)> m_zstd;
};

/// Where the snapshots of the book of this name are put together.
QString snapshotFolder(const QString &book);

} // namespace ringbook::sync
