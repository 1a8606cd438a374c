#pragma once

#include "model/desk/DialDesk.h"

#include <QAbstractListModel>
#include <QVector>

namespace ringbook::ui {

/// Whom to call: those who fit what is typed, and what is typed itself where it is a number. Answers RowRole.
class DialModel : public QAbstractListModel
{
    Q_OBJECT

public:
    static constexpr int most = 50; ///< rows

    using QAbstractListModel::QAbstractListModel;

    void setChoices(const QVector<model::Dialable> &choices);
    void filter(const QString &typed);
    const model::Dialable &choice(int row) const { return m_shown.at(row); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QVector<model::Dialable> m_choices;
    QVector<model::Dialable> m_shown;
};

/// Digits and what people write between them.
bool looksDialled(const QString &typed);

} // namespace ringbook::ui
