#include "ui/card/CandidateModel.h"

#include "ui/card/CardWords.h"

namespace ringbook::ui {

void CandidateModel::show(const QVector<model::Candidate> &candidates, const Reading &reading)
{
    beginResetModel();
    m_reading = reading;
    m_candidates = candidates.mid(0, model::maxCandidates);
    endResetModel();
}

int CandidateModel::rowOfDigit(int digit) const
{
    if (m_candidates.isEmpty() || digit < 0 || digit > m_candidates.size())
        return -1;
    return digit == 0 ? int(m_candidates.size()) : digit - 1;
}

int CandidateModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || m_candidates.isEmpty() ? 0 : int(m_candidates.size()) + 1;
}

QVariant CandidateModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row row = isSomebodyElse(index.row())
                        ? Row{.key = QStringLiteral("0"), .title = tr("Someone else")}
                        : candidateRow(m_candidates.at(index.row()), index.row() + 1, m_reading);
    switch (role) {
    case RowRole: return QVariant::fromValue(row);
    case Qt::DisplayRole: return row.title;
    case Qt::AccessibleTextRole: return spokenRow(row);
    default: return {};
    }
}

} // namespace ringbook::ui
