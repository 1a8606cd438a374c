#pragma once

#include "model/db/Driver.h"

namespace ringbook::model {

/// SQLite's own interface: two thirds of QSqlQuery's time per row, all of its error codes, and one SQLite in
/// the program: Qt's driver brings one of its own where the system has none.
Result<std::unique_ptr<Driver>> openSqliteDriver(const QString &path, bool fullDurability, int cacheMegabytes,
                                                 bool readOnly);

void checkpointSqlite(void *handle);
/// What was last done to the log, also to its length, is on disk when this returns true.
bool settleSqliteLog(void *handle);

/// While it lives, statements ask and are interrupted at the first no.
class AskedMeanwhile
{
public:
    AskedMeanwhile(void *handle, const std::function<bool()> &mayGoOn);
    ~AskedMeanwhile();
    Q_DISABLE_COPY_MOVE(AskedMeanwhile)

private:
    void *m_handle;
};

} // namespace ringbook::model
