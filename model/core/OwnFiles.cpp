#include "model/core/OwnFiles.h"

#include <QSaveFile>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

namespace ringbook {

void keepNewFilesToOurselves()
{
#ifdef Q_OS_UNIX
    ::umask(S_IRWXG | S_IRWXO);
#endif
}

bool commitWhole(QSaveFile &file)
{
    if (file.flush() && file.error() == QFileDevice::NoError)
        return file.commit();
    file.cancelWriting();
    file.commit();
    return false;
}

} // namespace ringbook
