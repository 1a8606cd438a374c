#include "app/handover/Profiles.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <QStandardPaths>

namespace ringbook::app {

namespace {

constexpr char profileVariable[] = "RINGBOOK_PROFILE";
constexpr int maxPathBytes = 4096;

QString lastProfileFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) + "/last-profile";
}

QString lastProfile()
{
    QFile file(lastProfileFile());
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString path = QString::fromUtf8(file.readLine(maxPathBytes)).trimmed();
    return QDir::isAbsolutePath(path) ? path : QString();
}

} // namespace

QString usualProfile()
{
    const QString named = qEnvironmentVariable(profileVariable);
    const QString folder =
        named.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) : named;
    return QDir(folder).absolutePath();
}

QStringList likelyProfiles()
{
    QStringList profiles{usualProfile()};
    const QString last = lastProfile();
    if (!last.isEmpty() && last != profiles.first() && !qEnvironmentVariableIsSet(profileVariable))
        profiles.prepend(last);
    return profiles;
}

void rememberProfile(const QString &profile)
{
    const QString path = lastProfileFile();
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(profile.toUtf8() + '\n') < 0 || !file.commit())
        qWarning("%s cannot be written; name this profile to programs that tell of calls", qPrintable(path));
}

} // namespace ringbook::app
