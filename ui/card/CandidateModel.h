#pragma once

#include "model/desk/Card.h"
#include "ui/text/Times.h"

#include <QAbstractListModel>

namespace ringbook::ui {

/// Who may be calling on a shared number, likeliest first, each with the digit that picks it; last row, digit
/// 0: somebody else. Answers RowRole.
class CandidateModel : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void show(const QVector<model::Candidate> &candidates,
              const Reading &reading); ///< no more than maxCandidates are taken
    const QVector<model::Candidate> &candidates() const { return m_candidates; }
    /// The row a digit picks; -1: none.
    int rowOfDigit(int digit) const;
    bool isSomebodyElse(int row) const { return row == m_candidates.size(); }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    Reading m_reading;
    QVector<model::Candidate> m_candidates;
};

} // namespace ringbook::ui
