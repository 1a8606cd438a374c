#include "model/db/ConnectionParts.h"

#include <QtEndian>

namespace ringbook::model {

namespace {

using Column = Connection::Column;

/// How PostgreSQL calls the type of a column, and by which number.
struct ServerType
{
    const char *name;
    qint32 number;
};

ServerType serverType(Column::Type type)
{
    switch (type) {
    case Column::Type::Number: return {"BIGINT", 20};
    case Column::Type::Text: return {"TEXT", 25};
    case Column::Type::Bytes: return {"BYTEA", 17};
    }
    Q_UNREACHABLE();
}

/// For PostgreSQL the columns come as arrays, which take one round trip however many rows there are.
QString insertText(Engine engine, const QString &table, std::span<const Column> columns,
                   const QString &otherwise)
{
    QStringList names, places, arrays;
    for (const Column &column : columns) {
        names += QLatin1String(column.name);
        places += QStringLiteral("?");
        arrays += QStringLiteral("CAST(? AS %1[])").arg(QLatin1String(serverType(column.type).name));
    }
    const QString into = "INSERT INTO " + table + " (" + names.join(", ") + ") ";
    if (engine == Engine::Sqlite)
        return into + "VALUES (" + places.join(", ") + ") " + otherwise;
    return into + "SELECT * FROM unnest(" + arrays.join(", ") + ") AS given " + otherwise;
}

template <typename Number>
void append(QByteArray &bytes, Number number)
{
    number = qToBigEndian(number);
    bytes.append(reinterpret_cast<const char *>(&number), sizeof number);
}

void append(QByteArray &bytes, const QVariant &value, Column::Type type)
{
    if (!value.isValid())
        return append(bytes, qint32(-1));
    if (type == Column::Type::Number) {
        append(bytes, qint32(sizeof(qint64)));
        return append(bytes, value.toLongLong());
    }
    const QByteArray text = type == Column::Type::Text ? value.toString().toUtf8() : value.toByteArray();
    append(bytes, qint32(text.size()));
    bytes += text;
}

/// One column of the rows, as PostgreSQL sends and takes arrays: how many dimensions, whether there may be a
/// NULL, the type; how many there are and the number of the first; then each behind its length.
QByteArray arrayBytes(std::span<const QVariant> values, size_t column, size_t columns, Column::Type type)
{
    QByteArray bytes;
    for (const qint32 word : {1, 1, serverType(type).number, qint32(values.size() / columns), 1})
        append(bytes, word);
    for (size_t i = column; i < values.size(); i += columns)
        append(bytes, values[i], type);
    return bytes;
}

} // namespace

Status Connection::insertMany(const QString &table, std::span<const Column> columns,
                              std::span<const QVariant> values, const QString &otherwise)
{
    if (values.empty())
        return Done{};
    const QString sql = insertText(engine(), table, columns, otherwise);
    if (engine() == Engine::Postgres) {
        QVector<QVariant> arrays;
        for (size_t i = 0; i < columns.size(); ++i)
            arrays.append(arrayBytes(values, i, columns.size(), columns[i].type));
        return sendInOrder(sql, arrays);
    }
    for (size_t row = 0; row < values.size(); row += columns.size())
        if (const auto written = runInOrder(sql, values.subspan(row, columns.size())); !written)
            return written.error();
    return Done{};
}

} // namespace ringbook::model
