#include "ui/card/CaseListModel.h"

#include "model/domain/CaseCode.h"
#include "ui/card/CardWords.h"
#include "ui/text/PresenceWords.h"

#include <algorithm>

namespace ringbook::ui {

CaseListModel::CaseListModel(Whose whose, QObject *parent) : QAbstractListModel(parent), m_whose(whose) {}

void CaseListModel::show(const QVector<model::CaseLine> &lines, const Reading &reading)
{
    beginResetModel();
    m_reading = reading;
    m_lines = lines;
    endResetModel();
}

void CaseListModel::showPeople(const People &people)
{
    m_people = people;
    if (!m_lines.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_lines.size()) - 1, 0));
}

void CaseListModel::showMarks(const Marks &marks)
{
    m_marks = marks;
    if (!m_lines.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_lines.size()) - 1, 0));
}

int CaseListModel::rowOf(Id<model::Case> id) const
{
    const auto found = std::find_if(m_lines.begin(), m_lines.end(),
                                    [&](const model::CaseLine &line) { return line.file.id == id; });
    return found == m_lines.end() ? -1 : int(found - m_lines.begin());
}

Row CaseListModel::row(const model::CaseLine &line) const
{
    if (m_whose == Whose::Theirs) {
        Row row = caseRow(line, m_reading);
        row.mark = m_marks.value(line.file.id);
        return row;
    }
    Row row = anyonesCaseRow(line, m_reading);
    if (const QString people = peopleLine(m_people.value(line.file.customer)); !people.isEmpty())
        row.text += QStringLiteral(" · ") + people;
    return row;
}

int CaseListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_lines.size());
}

QVariant CaseListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const model::CaseLine &line = m_lines.at(index.row());
    switch (role) {
    case RowRole: return QVariant::fromValue(row(line));
    case Qt::DisplayRole: return model::groupedCaseCode(line.file.code);
    case Qt::ToolTipRole: return row(line).mark;
    case Qt::AccessibleTextRole: return spokenRow(row(line));
    default: return {};
    }
}

} // namespace ringbook::ui
