#pragma once

#include "ui/card/Row.h"
#include "ui/text/FieldWords.h"

#include <QAbstractListModel>

namespace ringbook::ui {

/// What waits for a decision: refused changes first, then conflicts. Answers RowRole.
class AttentionModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void show(const model::Attention &attention, const Reading &reading);
    const model::RefusedLine *refused(int row) const;   ///< null: it is no refused change
    const model::ConflictLine *conflict(int row) const; ///< null: it is no conflict

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    Row rowOf(int row) const;

    model::Attention m_attention;
    Reading m_reading;
};

} // namespace ringbook::ui
