#pragma once

#include "model/db/Connection.h"

#include <QSet>

namespace ringbook::model {

/// The rows of a table where the condition holds (its parameters are `?`) and `column` is one of the numbers:
/// one statement with one plan however many they are. Together they must be a key: each is looked up by it,
/// whatever the server thinks of the table.
Result<Rows> readMany(const Connection &db, const QString &table, const QString &condition,
                      QVector<QVariant> values, const QString &column, const QSet<qint64> &numbers);
Awaited askMany(const Connection &db, const QString &table, const QString &condition,
                QVector<QVariant> values, const QString &column, const QSet<qint64> &numbers);

/// What the token {{each}} is given for these numbers.
QString numberList(Engine engine, const QSet<qint64> &numbers);

} // namespace ringbook::model
