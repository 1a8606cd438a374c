#pragma once

#include "ui/card/Row.h"

#include <QAbstractListModel>
#include <QVector>

namespace ringbook::ui {

/// Rows that somebody else has worded. Answers RowRole.
class RowsModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void show(const QVector<Row> &rows); ///< nothing is told where they are the same

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QVector<Row> m_rows;
};

} // namespace ringbook::ui
