#include "ui/people/HitListModel.h"

#include "ui/card/CardWords.h"

namespace ringbook::ui {

void HitListModel::show(const QVector<model::SearchHit> &hits)
{
    beginResetModel();
    m_hits = hits;
    endResetModel();
}

int HitListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_hits.size());
}

QVariant HitListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row row = hitRow(m_hits.at(index.row()));
    switch (role) {
    case RowRole: return QVariant::fromValue(row);
    case Qt::DisplayRole: return row.title;
    case Qt::AccessibleTextRole: return spokenRow(row);
    default: return {};
    }
}

} // namespace ringbook::ui
