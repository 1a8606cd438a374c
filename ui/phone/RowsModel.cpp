#include "ui/phone/RowsModel.h"

namespace ringbook::ui {

void RowsModel::show(const QVector<Row> &rows)
{
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

int RowsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant RowsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case RowRole: return QVariant::fromValue(row);
    case Qt::DisplayRole: return row.title;
    case Qt::AccessibleTextRole: return spokenRow(row);
    default: return {};
    }
}

} // namespace ringbook::ui
