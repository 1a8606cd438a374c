#pragma once

#include "model/db/Connection.h"

namespace ringbook::hub {

/// Where a hub keeps everything: a file, or a PostgreSQL database by its URL.
class Database
{
public:
    static Database inFile(const QString &path) { return Database(path, {}); }
    static Database atUrl(const QString &url) { return Database({}, url); }

    /// Creates what is missing and brings the schema up to date. Fault::TooNew if a newer hub wrote it.
    Status prepare() const;

    /// A connection for the calling thread; every commit reaches the disk before it returns.
    Result<model::Connection> open() const;

    /// Beside the file, where who was erased is kept; empty: nowhere.
    QString erasedList() const;

    QString path() const { return m_path; } ///< of the file, if it is one

private:
    Status migrated() const;
    Result<model::Connection> openAtUrl() const;

    Database(QString path, QString url) : m_path(std::move(path)), m_url(std::move(url)) {}

    QString m_path;
    QString m_url;
};

} // namespace ringbook::hub
