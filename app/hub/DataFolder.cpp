#include "app/hub/DataFolder.h"

#include "model/core/OwnLock.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace ringbook::app {

namespace {

constexpr char databaseName[] = "hub.db";
constexpr char unfinishedName[] = "hub.db.new";

QString databaseFrom(const QCommandLineParser &parser)
{
    const QString option = databaseOption().names().first(); // not every command has it
    return parser.optionNames().contains(option) ? parser.value(option) : QString();
}

Error noHubIn(const QString &folder)
{
    return {Fault::NotFound,
            QStringLiteral("There is no hub in “%1” yet; begin with “ringbook-hub book add”.").arg(folder)};
}

} // namespace

Result<DataFolder> DataFolder::open(const QString &path)
{
    if (!QDir().mkpath(path))
        return Error{
            Fault::Failed,
            QStringLiteral("“%1” is no folder and cannot be made one; name another with --data.").arg(path)};
    if (!QFileInfo(path).isWritable())
        return Error{Fault::Failed, QStringLiteral("The folder “%1” cannot be written to.").arg(path)};
    return DataFolder(path);
}

QString DataFolder::file(const char *name) const
{
    return QDir(m_path).filePath(QLatin1String(name));
}

hub::Database DataFolder::database() const
{
    return hub::Database::inFile(file(databaseName));
}

QString DataFolder::snapshots() const
{
    return file("snapshots");
}

bool DataFolder::hasDatabase() const
{
    return QFile::exists(file(databaseName));
}

Status DataFolder::check() const
{
    const QFileInfo database(file(databaseName));
    if (!database.exists() || database.size() > 0)
        return Done{};
    return Error{
        Fault::Damaged,
        QStringLiteral("“%1” is an empty file: what the hub had in it is gone. Restore a backup into "
                       "another folder with “ringbook-hub restore”; to begin anew, delete the file.")
            .arg(database.filePath())};
}

bool DataFolder::isEmpty() const
{
    const auto isHere = [this](const char *name) { return QFile::exists(file(name)); };
    return !hasDatabase() && !isHere("hub.db-wal") && !isHere("hub.db-journal");
}

QString DataFolder::strangers() const
{
    static const QStringList kept = {QStringLiteral("erased.list"), QStringLiteral("hub.lock"),
                                     QStringLiteral("snapshots"),
                                     QStringLiteral("lost+found")}; // in a disk of its own
    for (const QString &name :
         QDir(m_path).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot))
        if (!kept.contains(name) && !name.startsWith(QLatin1String(databaseName)))
            return name;
    return {};
}

hub::Database DataFolder::unfinished() const
{
    for (const char *name : {unfinishedName, "hub.db.new-wal", "hub.db.new-shm"})
        QFile::remove(file(name));
    return hub::Database::inFile(file(unfinishedName));
}

Status DataFolder::finish() const
{
    if (QFile::rename(file(unfinishedName), file(databaseName)))
        return Done{};
    return Error{Fault::Failed, QStringLiteral("The folder “%1” cannot be written to.").arg(m_path)};
}

Result<std::shared_ptr<QLockFile>> DataFolder::lock() const
{
    const auto lock = std::make_shared<QLockFile>(file("hub.lock"));
    if (takeNow(*lock))
        return lock;
    if (lock->error() != QLockFile::LockFailedError)
        return Error{whyUnwritable(m_path),
                     QStringLiteral("The folder “%1” cannot be written to.").arg(m_path)};
    qint64 process = 0;
    QString host;
    QString program;
    lock->getLockInfo(&process, &host, &program);
    return Error{Fault::Busy,
                 QStringLiteral("Another hub (process %1) serves “%2” already.").arg(process).arg(m_path)};
}

QString placeTrouble(const QCommandLineParser &parser)
{
    const bool isFolder = !parser.value(dataOption()).isEmpty();
    const bool isElsewhere = !databaseFrom(parser).isEmpty();
    if (isFolder && isElsewhere)
        return QStringLiteral("Say either --data or --database, not both.");
    if (!isFolder && !isElsewhere)
        return QStringLiteral("Say with --data which folder holds everything.");
    return {};
}

Result<Place> placeFrom(const QCommandLineParser &parser)
{
    const QString url = databaseFrom(parser);
    if (!url.isEmpty())
        return Place{hub::Database::atUrl(url)};
    const auto folder = DataFolder::open(parser.value(dataOption()));
    if (!folder)
        return folder.error();
    if (const Status whole = folder->check(); !whole)
        return whole.error();
    return Place{folder->database(), *folder};
}

Result<Place> madePlaceFrom(const QCommandLineParser &parser)
{
    const QString folder = parser.value(dataOption());
    return folder.isEmpty() || QFileInfo::exists(folder) ? placeFrom(parser) : Result<Place>(noHubIn(folder));
}

Result<Place> existingPlaceFrom(const QCommandLineParser &parser)
{
    auto place = madePlaceFrom(parser);
    if (place && place->folder && !place->folder->hasDatabase())
        return noHubIn(parser.value(dataOption()));
    return place;
}

QCommandLineOption dataOption()
{
    return {QStringLiteral("data"), QStringLiteral("Needed: the folder that holds everything."),
            QStringLiteral("DIR")};
}

QCommandLineOption databaseOption()
{
    return {QStringLiteral("database"), QStringLiteral("Instead of --data: postgresql://user@host/name."),
            QStringLiteral("URL")};
}

} // namespace ringbook::app
