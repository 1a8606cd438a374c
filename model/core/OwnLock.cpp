#include "model/core/OwnLock.h"

#include <QStorageInfo>

namespace ringbook {

bool takeNow(QLockFile &lock)
{
    lock.setStaleLockTime(0);
    if (lock.tryLock(0))
        return true;
    // Removes only what no living process holds.
    return lock.error() == QLockFile::LockFailedError && lock.removeStaleLockFile() && lock.tryLock(0);
}

Fault whyUnwritable(const QString &folder)
{
    constexpr qint64 leastBytes = 4096; // a file takes a block
    const QStorageInfo disk(folder);
    return disk.isValid() && disk.bytesAvailable() < leastBytes ? Fault::DiskFull : Fault::Failed;
}

} // namespace ringbook
