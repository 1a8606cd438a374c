#include "sync/client/SnapshotFolder.h"

#include "model/store/BookFiles.h"

#include <QDir>
#include <QSet>
#include <QStorageInfo>

#include <openssl/sha.h>
#include <zstd.h>

namespace ringbook::sync {

namespace {

bool isNamed(const QByteArray &packed, const QString &digest)
{
    QByteArray hash(SHA256_DIGEST_LENGTH, Qt::Uninitialized);
    SHA256(reinterpret_cast<const unsigned char *>(packed.constData()), size_t(packed.size()),
           reinterpret_cast<unsigned char *>(hash.data()));
    return digest == QLatin1String(hash.toHex());
}

/// What could not be written, in a word: people can do something about a full disk.
Error cannotWrite(const QString &path)
{
    const bool isFull = QStorageInfo(QFileInfo(path).path()).bytesAvailable() < snapshotFrameBytes;
    return {isFull ? Fault::DiskFull : Fault::Failed, "this cannot be written: " + path};
}

} // namespace

QString snapshotFolder(const QString &book)
{
    const QFileInfo file(book);
    return file.path() + u'/' + file.completeBaseName() + ".snapshot";
}

SnapshotFolder::SnapshotFolder(QString folder) : m_folder(std::move(folder)), m_zstd(nullptr, ZSTD_freeDCtx)
{
}

SnapshotFolder::~SnapshotFolder() = default;

QString SnapshotFolder::framePath(int frame) const
{
    return m_folder + u'/' + m_wanted.frames[frame].digest;
}

Result<QVector<int>> SnapshotFolder::begin(const SnapshotManifest &manifest, const SnapshotFile &file)
{
    m_wanted = file;
    m_zstd.reset(ZSTD_createDCtx());
    m_unpacked.resize(snapshotFrameBytes);
    removeFile();
    if (!QDir(m_folder).mkpath(QStringLiteral(".")))
        return cannotWrite(m_folder);
    removeOthers(manifest);
    if (const auto room = checkRoom(); !room)
        return room.error();
    m_file.setFileName(filePath());
    if (!m_file.open(QIODevice::ReadWrite) || !m_file.resize(file.bytes))
        return cannotWrite(filePath());
    QVector<int> wanted;
    for (int frame = 0; frame < file.frames.size(); ++frame)
        if (!unpackKept(frame))
            wanted.append(frame);
    return wanted;
}

void SnapshotFolder::removeOthers(const SnapshotManifest &manifest) const
{
    QSet<QString> wanted;
    for (const SnapshotFrame &frame : manifest.book.frames)
        wanted.insert(frame.digest);
    if (manifest.hot)
        for (const SnapshotFrame &frame : manifest.hot->frames)
            wanted.insert(frame.digest);
    const QDir folder(m_folder);
    for (const QString &name : folder.entryList(QDir::Files))
        if (!wanted.contains(name))
            QFile::remove(folder.filePath(name));
}

Status SnapshotFolder::checkRoom() const
{
    qint64 needed = m_wanted.bytes + diskToSpare;
    for (int frame = 0; frame < m_wanted.frames.size(); ++frame)
        if (!QFile::exists(framePath(frame)))
            needed += m_wanted.frames[frame].bytes;
    const QStorageInfo disk(m_folder);
    if (disk.isValid() && disk.bytesAvailable() < needed)
        return Error{Fault::DiskFull, "there is no room for the book in " + m_folder};
    return Done{};
}

bool SnapshotFolder::unpackKept(int frame)
{
    QFile kept(framePath(frame));
    if (!kept.open(QIODevice::ReadOnly))
        return false;
    const QByteArray packed = kept.read(maxPackedFrameBytes);
    return isNamed(packed, m_wanted.frames[frame].digest) && unpack(frame, packed);
}

Status SnapshotFolder::keep(int frame, const QByteArray &packed)
{
    if (!isNamed(packed, m_wanted.frames[frame].digest))
        return Error{Fault::Damaged, "a frame is not what its digest says"};
    QFile kept(framePath(frame));
    if (!kept.open(QIODevice::WriteOnly) || kept.write(packed) != packed.size() || !kept.flush())
        return cannotWrite(kept.fileName());
    return unpack(frame, packed);
}

Status SnapshotFolder::unpack(int frame, const QByteArray &packed)
{
    const qint64 at = frame * snapshotFrameBytes;
    const qint64 expected = std::min(snapshotFrameBytes, m_wanted.bytes - at);
    const size_t size = ZSTD_decompressDCtx(m_zstd.get(), m_unpacked.data(), size_t(m_unpacked.size()),
                                            packed.constData(), size_t(packed.size()));
    if (ZSTD_isError(size) || qint64(size) != expected)
        return Error{Fault::Damaged, "a frame does not hold what it should"};
    if (!m_file.seek(at) || m_file.write(m_unpacked.constData(), expected) != expected || !m_file.flush())
        return cannotWrite(m_file.fileName());
    return Done{};
}

Result<QString> SnapshotFolder::finish()
{
    m_file.close();
    m_unpacked.clear();
    m_zstd.reset();
    if (const auto synced = model::syncToDisk(filePath()); !synced)
        return synced.error();
    return filePath();
}

void SnapshotFolder::removeFile()
{
    m_file.close();
    for (const QString end : {"", "-wal", "-shm"})
        QFile::remove(filePath() + end);
}

void SnapshotFolder::remove()
{
    m_file.close();
    QDir(m_folder).removeRecursively();
}

} // namespace ringbook::sync
