#pragma once

#include "model/db/Driver.h"

#include <QByteArray>

#include <sqlite3.h>

namespace ringbook::model {

/// What SQLite says went wrong last, as a Fault.
Error sqliteError(sqlite3 *db, const QString &sql);

class SqliteStatement final : public Statement
{
public:
    SqliteStatement(sqlite3 *db, sqlite3_stmt *statement);
    ~SqliteStatement() override;

    Result<int> run(const Bindings &bindings) override;
    Result<Rows> rows(const Bindings &bindings, int atMost) override;

private:
    Status bind(const Bindings &bindings);
    int bindValue(int position, const QVariant &value);
    QVariant column(int position) const;
    QVector<QVariant> currentRow() const;
    const std::shared_ptr<const Columns> &columns();
    Error error() const;

    sqlite3 *m_db;
    sqlite3_stmt *m_statement;
    int m_columnCount;
    QVector<QByteArray> m_texts; ///< what SQLite reads while the statement runs
    std::shared_ptr<const Columns> m_columns;
};

} // namespace ringbook::model
