#include "model/db/ReadMany.h"

namespace ringbook::model {

QString numberList(Engine engine, const QSet<qint64> &numbers)
{
    QString list;
    for (const qint64 number : numbers)
        list += (list.isEmpty() ? QString() : QStringLiteral(",")) + QString::number(number);
    return engine == Engine::Sqlite ? u'[' + list + u']' : u'{' + list + u'}';
}

/// PostgreSQL would read a new book from its beginning to find some rows of it; OFFSET 0 keeps it from
/// turning the look-ups into one.
Awaited askMany(const Connection &db, const QString &table, const QString &condition,
                QVector<QVariant> values, const QString &column, const QSet<qint64> &numbers)
{
    const QString list = numberList(db.engine(), numbers);
    const QString found = "SELECT * FROM " + table + " WHERE " + condition + " AND " + column;
    if (db.engine() == Engine::Sqlite) {
        values.append(list);
        return db.askInOrder(found + " IN (SELECT value FROM {{each}})", values);
    }
    values.prepend(list);
    return db.askInOrder(
        "SELECT found.* FROM {{each}} CROSS JOIN LATERAL (" + found + " = value OFFSET 0) AS found", values);
}

Result<Rows> readMany(const Connection &db, const QString &table, const QString &condition,
                      QVector<QVariant> values, const QString &column, const QSet<qint64> &numbers)
{
    return askMany(db, table, condition, std::move(values), column, numbers)();
}

} // namespace ringbook::model
