#pragma once

#include <QByteArray>
#include <QString>
#include <QVariant>
#include <QVector>

#include <memory>
#include <optional>

namespace ringbook::model {

/// The names of a statement's columns; one for all its rows. Looked through from the front: a row has a dozen
/// or two, which takes less time than hashing the name.
class Columns
{
public:
    void append(QByteArray name) { m_names.append(std::move(name)); }
    qsizetype count() const { return m_names.size(); }
    qsizetype position(const char *name) const; ///< -1: there is none

private:
    QVector<QByteArray> m_names;
};

/// One row: values by column name. Asking for a column that is not there is a programming error (asserts).
class Row
{
public:
    Row() = default;
    Row(std::shared_ptr<const Columns> columns, QVector<QVariant> values);

    QVariant value(const char *column) const;
    bool isNull(const char *column) const;
    QString text(const char *column) const;
    qint64 number(const char *column) const; ///< 0 for NULL
    bool flag(const char *column) const;
    QByteArray bytes(const char *column) const;
    std::optional<qint64> maybeNumber(const char *column) const;

private:
    const QVariant &at(const char *column) const;

    std::shared_ptr<const Columns> m_columns;
    QVector<QVariant> m_values;
};

using Rows = QVector<Row>;

} // namespace ringbook::model
