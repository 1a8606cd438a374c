#pragma once

#include "model/core/Result.h"
#include "sync/hub/store/Database.h"

#include <QCommandLineParser>
#include <QLockFile>

#include <memory>

namespace ringbook::app {

/// The folder in which a hub keeps its database.
class DataFolder
{
public:
    static Result<DataFolder> open(const QString &path); ///< makes it if it is not there

    hub::Database database() const;
    QString snapshots() const; ///< the folder for them
    bool hasDatabase() const;
    Status check() const;      ///< Fault::Damaged, with a sentence, if the database's file has nothing in it
    bool isEmpty() const;      ///< not even a database's log is left, which would be taken for a new one's
    QString strangers() const; ///< one of the files in it that no hub makes; mostly empty

    // A database that is being made: it is the folder's only once it is finished.
    hub::Database unfinished() const; ///< empty
    Status finish() const;            ///< all connections to it must be closed

    /// Held as long as it lives; only one hub serves a folder. Fault::Busy with a sentence.
    Result<std::shared_ptr<QLockFile>> lock() const;

private:
    explicit DataFolder(QString path) : m_path(std::move(path)) {}
    QString file(const char *name) const;
    QString m_path;
};

/// Where a command finds its data: --data DIR, or --database URL.
struct Place
{
    hub::Database database;
    std::optional<DataFolder> folder = {};
};
Result<Place> placeFrom(const QCommandLineParser &parser);
/// NotFound: a mistyped folder, which is not made; an empty one that somebody made will do.
Result<Place> madePlaceFrom(const QCommandLineParser &parser);
/// NotFound: also where no hub is yet.
Result<Place> existingPlaceFrom(const QCommandLineParser &parser);

/// What is wrong with how the place is said, as a sentence; mostly empty.
QString placeTrouble(const QCommandLineParser &parser);

QCommandLineOption dataOption();
QCommandLineOption databaseOption();

} // namespace ringbook::app
