#include "model/core/OwnLock.h"

namespace ringbook {

bool takeNow(QLockFile &lock)
{
    lock.setStaleLockTime(0);
    if (lock.tryLock(0))
        return true;
    // Removes only what no living process holds.
    return lock.error() == QLockFile::LockFailedError && lock.removeStaleLockFile() && lock.tryLock(0);
}

} // namespace ringbook
