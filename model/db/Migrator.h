#pragma once

#include "model/db/Connection.h"

namespace ringbook::model {

/// The schema of one kind of database: a folder of numbered files 001.sql, 002.sql … without gaps. Released
/// files are never edited. `applicationId` marks SQLite files as ours (PRAGMA application_id).
struct Schema
{
    QString folder = {}; ///< ":/sql/book"
    qint32 applicationId = 0;
};

/// Applies the files that are not in the database yet, each with its number in one transaction; a new
/// database is made the same way. Fault::TooNew if a newer program wrote it, Damaged if an SQLite file is not
/// ours.
Status migrate(Connection &db, const Schema &schema);

/// The number of the newest file.
int latestStep(const Schema &schema);

/// The number of the last file applied; 0 for a new database.
Result<int> schemaVersion(Connection &db);

} // namespace ringbook::model
