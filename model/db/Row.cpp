#include "model/db/Row.h"

namespace ringbook::model {

qsizetype Columns::position(const char *name) const
{
    for (qsizetype position = 0; position < m_names.size(); ++position)
        if (qstrcmp(m_names.at(position).constData(), name) == 0)
            return position;
    return -1;
}

Row::Row(std::shared_ptr<const Columns> columns, QVector<QVariant> values)
    : m_columns(std::move(columns)),
      m_values(std::move(values))
{
}

const QVariant &Row::at(const char *column) const
{
    static const QVariant nothing;
    const qsizetype position = m_columns ? m_columns->position(column) : -1;
    Q_ASSERT_X(position >= 0, "Row", column);
    return position >= 0 ? m_values.at(position) : nothing;
}

QVariant Row::value(const char *column) const
{
    return at(column);
}

bool Row::isNull(const char *column) const
{
    return !at(column).isValid();
}

QString Row::text(const char *column) const
{
    const QVariant &value = at(column);
    return value.typeId() == QMetaType::QString ? *static_cast<const QString *>(value.constData())
                                                : value.toString();
}

qint64 Row::number(const char *column) const
{
    return at(column).toLongLong();
}

bool Row::flag(const char *column) const
{
    return number(column) != 0;
}

QByteArray Row::bytes(const char *column) const
{
    return at(column).toByteArray();
}

std::optional<qint64> Row::maybeNumber(const char *column) const
{
    const QVariant &value = at(column);
    return value.isValid() ? std::optional(value.toLongLong()) : std::nullopt;
}

} // namespace ringbook::model
