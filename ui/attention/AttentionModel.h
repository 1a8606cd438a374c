#pragma once

#include "model/desk/AttentionDesk.h"
#include "ui/card/Row.h"
#include "ui/text/Times.h"

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

    /// What a row stands for, wherever it is by now.
    struct Key
    {
        bool isRefused = false;
        qint64 id = 0; ///< counter of the refused change, id of the conflict; 0: nothing

        bool operator==(const Key &) const = default;
    };
    Key key(int row) const;
    int rowOf(const Key &key) const; ///< -1: not here any more
    model::Subject subject(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    Row words(int row) const;

    model::Attention m_attention;
    Reading m_reading;
};

} // namespace ringbook::ui
