#pragma once

#include "model/core/Clock.h"
#include "model/db/Connection.h"
#include "model/domain/Record.h"

namespace ringbook::hub {

/// One erased record of a book, and by whom and when.
struct Erased
{
    QString book = {};
    model::RecordKey record = {};
    qint64 by = 0;
    TimeMs at = 0;

    bool operator==(const Erased &) const = default;
};

// Who was erased is kept outside of the database as well, so that a backup from before does not bring them
// back. Keys are no personal data: nobody can tell from them who it was.

Result<QVector<Erased>> erasedIn(const model::Connection &db);

/// A line each: book, kind, id, by and at.
QByteArray listOf(const QVector<Erased> &erased);
Result<QVector<Erased>> readErasedList(const QString &file); ///< none if there is no such file

/// On a restored database: what the list names and all that is about it.
Status eraseAgain(model::Connection &db, const QVector<Erased> &erased, TimeMs now);

Status keepErasedList(model::Connection &db, const QString &listFile);

/// How many erasures there were, if bytes of some may be in the file yet; else 0.
Result<qint64> uncleanedErasures(const model::Connection &db);
Status setCleaned(model::Connection &db, qint64 erasures);

/// After an erasure, where nobody else is at the file: writes the list to the file if one is named, then the
/// database anew, so that nothing of what was erased is left in it. Does nothing if nobody was erased since.
Status cleanUp(model::Connection &db, const QString &listFile);

} // namespace ringbook::hub
