#pragma once

#include "model/db/Driver.h"

namespace ringbook::model {

/// Opened by Qt Sql; statements go to the driver's handle directly, which takes two thirds of QSqlQuery's
/// time per row and tells all of SQLite's error codes.
Result<std::unique_ptr<Driver>> openSqliteDriver(const QString &path, bool fullDurability, int cacheMegabytes,
                                                 bool readOnly);

void checkpointSqlite(void *handle);

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
