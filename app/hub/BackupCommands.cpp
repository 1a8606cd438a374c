#include "app/hub/Commands.h"
#include "app/hub/DataFolder.h"
#include "sync/hub/store/Backup.h"

#include <QDir>
#include <QFileInfo>

namespace ringbook::app {

namespace {

ExitStatus backUp(const QCommandLineParser &parser, const Terminal &terminal)
{
    const QString file = parser.positionalArguments().last();
    const auto place = existingPlaceFrom(parser);
    if (!place)
        return terminal.fail(place.error());
    if (const Status done = hub::backUp(place->database, file); !done)
        return terminal.fail(done.error());
    const qint64 bytes = QFileInfo(file).size();
    sync::JsonWriter json;
    json.beginObject().member("file", file).member("bytes", bytes).endObject();
    terminal.say(
        QStringLiteral("“%1” has all that the hub had (%2 KB).").arg(file).arg((bytes + 1023) / 1024), json);
    return ExitStatus::Success;
}

Status restoreInto(const DataFolder &folder, const QString &file, const QVector<hub::Erased> &erased)
{
    const auto lock = folder.lock();
    if (!lock)
        return lock.error();
    if (!folder.isEmpty())
        return Error{Fault::Conflict,
                     QStringLiteral("There is a hub's database already; restore into an empty folder.")};
    if (const QString other = folder.strangers(); !other.isEmpty())
        return Error{Fault::Conflict, QStringLiteral("There are other files in that folder, such as “%1”; "
                                                     "restore into an empty or new folder.")
                                          .arg(other)};
    const hub::Database fresh = folder.unfinished();
    if (const Status restored = hub::restore(file, fresh, erased, SystemClock().now()); !restored) {
        (void)folder.unfinished(); // empties it
        return restored;
    }
    return folder.finish();
}

/// The list that is named, or the one that the hub in this folder kept; empty if there is none.
Result<QString> erasedListFrom(const QCommandLineParser &parser, const hub::Database &database)
{
    const QString named = parser.value(QStringLiteral("erased"));
    if (!named.isEmpty() && !QFileInfo(named).isFile())
        return Error{Fault::NotFound, QStringLiteral("There is no file “%1”.").arg(named)};
    const QString list = named.isEmpty() ? database.erasedList() : named;
    return QFileInfo(list).isFile() ? list : QString();
}

/// What a backup cannot know is for whoever restores it to see to.
void sayRestored(const QString &file, bool hasList, const Terminal &terminal)
{
    QString text =
        QStringLiteral("The hub is as it was when “%1” was made. Its desks bring what they saved since. "
                       "Whoever was closed or got another password since then can sign in as before: "
                       "see “ringbook-hub user list”.")
            .arg(file);
    if (!hasList)
        text +=
            QStringLiteral(" There was no list of who was erased, so whoever was erased since then is back: "
                           "erase them again. If the old hub can still be asked, its “erase --list” is such "
                           "a list; restore with --erased LIST into another folder.");
    sync::JsonWriter json;
    json.beginObject().member("restored", file).key("erased_list").boolean(hasList).endObject();
    terminal.say(text, json);
}

/// True: it had a list of who was erased.
Result<bool> restoreFrom(const QString &file, const QCommandLineParser &parser)
{
    const auto place = placeFrom(parser);
    if (!place)
        return place.error();
    const auto list = erasedListFrom(parser, place->database);
    const auto erased = list ? hub::readErasedList(*list) : list.error();
    if (!erased)
        return erased.error();
    const Status done = place->folder ? restoreInto(*place->folder, file, *erased)
                                      : hub::restore(file, place->database, *erased, SystemClock().now());
    return done ? Result<bool>(!list->isEmpty()) : done.error();
}

/// The folder and those it is in, as far as none of them is there yet; the innermost first.
QStringList foldersToMake(const QString &path)
{
    QStringList missing;
    QString folder = QDir::cleanPath(QDir(path).absolutePath());
    for (; !QFileInfo::exists(folder) && !QDir(folder).isRoot(); folder = QFileInfo(folder).path())
        missing.append(folder);
    return missing;
}

ExitStatus restore(const QCommandLineParser &parser, const Terminal &terminal)
{
    const QString file = parser.positionalArguments().last();
    if (!QFileInfo(file).isFile())
        return terminal.fail({Fault::NotFound, QStringLiteral("There is no file “%1”.").arg(file)});
    const QStringList made = foldersToMake(parser.value(dataOption()));
    const auto hasList = restoreFrom(file, parser);
    if (!hasList) {
        for (const QString &folder : made)
            QDir().rmdir(folder);
        return terminal.fail(hasList.error());
    }
    sayRestored(file, *hasList, terminal);
    return ExitStatus::Success;
}

} // namespace

Command backUpCommand()
{
    return Command{
        .words = QStringLiteral("backup"),
        .purpose = QStringLiteral("Copy everything into a new file, also while the hub serves."),
        .options = {dataOption(), databaseOption()},
        .argument = QStringLiteral("FILE"),
        .run = backUp,
    };
}

Command restoreCommand()
{
    return Command{
        .words = QStringLiteral("restore"),
        .purpose = QStringLiteral("Make a hub of a backup, in an empty folder or database."),
        .options = {dataOption(),
                    databaseOption(),
                    {QStringLiteral("erased"),
                     QStringLiteral(
                         "Who was erased, as “erase --list” says; they are erased again. Without it "
                         "the list that the hub in this folder kept is taken."),
                     QStringLiteral("LIST")}},
        .argument = QStringLiteral("FILE"),
        .run = restore,
    };
}

} // namespace ringbook::app
