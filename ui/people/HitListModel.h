#pragma once

#include "model/desk/CustomerDesk.h"

#include <QAbstractListModel>
#include <QVector>

namespace ringbook::ui {

/// What a search found, best first. Answers RowRole.
class HitListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void show(const QVector<model::SearchHit> &hits);
    const model::SearchHit &hit(int row) const { return m_hits.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QVector<model::SearchHit> m_hits;
};

} // namespace ringbook::ui
