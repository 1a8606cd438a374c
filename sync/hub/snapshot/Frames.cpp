#include "sync/hub/snapshot/Frames.h"

#include "sync/hub/snapshot/CompactCopy.h"

#include <QFile>

#include <memory>
#include <openssl/evp.h>
#include <zstd.h>

namespace ringbook::hub {

namespace {

constexpr int level = 3;

struct Packer
{
    std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context{ZSTD_createCCtx(), ZSTD_freeCCtx};
    QByteArray packed{qsizetype(ZSTD_compressBound(sync::snapshotFrameBytes)), Qt::Uninitialized};

    QByteArrayView pack(QByteArrayView bytes)
    {
        const size_t count = ZSTD_compressCCtx(context.get(), packed.data(), size_t(packed.size()),
                                               bytes.data(), size_t(bytes.size()), level);
        return ZSTD_isError(count) ? QByteArrayView() : QByteArrayView(packed).first(qsizetype(count));
    }
};

Error unwritable(const QIODevice &pack)
{
    return {Fault::Failed, QStringLiteral("the frames cannot be written: ") + pack.errorString()};
}

/// By OpenSSL, which uses what the processor has for it; others take several times as long.
QString digestOf(QByteArrayView bytes)
{
    QByteArray digest(32, '\0');
    EVP_Digest(bytes.data(), size_t(bytes.size()), reinterpret_cast<unsigned char *>(digest.data()), nullptr,
               EVP_sha256(), nullptr);
    return QString::fromLatin1(digest.toHex());
}

} // namespace

Result<sync::SnapshotFile> packFrames(const QString &path, QIODevice &pack,
                                      const std::atomic<bool> &isStopped)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return Error{Fault::Failed, "cannot be read: " + path};
    sync::SnapshotFile packed;
    Packer packer;
    QByteArray bytes(sync::snapshotFrameBytes, Qt::Uninitialized);
    for (qint64 count = file.read(bytes.data(), bytes.size()); count != 0;
         count = file.read(bytes.data(), bytes.size())) {
        if (isStopped)
            return hubStops();
        if (count < 0)
            return Error{Fault::Failed, "cannot be read: " + path};
        const QByteArrayView frame = packer.pack(QByteArrayView(bytes).first(count));
        if (frame.isEmpty() || pack.write(frame.data(), frame.size()) != frame.size())
            return unwritable(pack);
        packed.frames.append({digestOf(frame), frame.size()});
        packed.bytes += count;
    }
    return packed;
}

} // namespace ringbook::hub
