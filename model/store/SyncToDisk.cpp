#include "model/store/BookFiles.h"

#include <QFile>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace ringbook::model {

Status syncToDisk([[maybe_unused]] const QString &path)
{
#ifdef Q_OS_UNIX
    const int file = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC);
#ifdef F_FULLFSYNC // macOS: fsync() leaves it in the drive's memory
    const bool synced = file >= 0 && (::fcntl(file, F_FULLFSYNC) == 0 || ::fsync(file) == 0);
#else
    const bool synced = file >= 0 && ::fsync(file) == 0;
#endif
    if (file >= 0)
        ::close(file);
    if (!synced)
        return Error{Fault::Failed, "this cannot be written to the disk: " + path};
#endif
    return Done{};
}

} // namespace ringbook::model
