#include "ui/attention/AttentionModel.h"

#include "ui/text/ConflictWords.h"
#include "ui/text/FieldWords.h"

namespace ringbook::ui {

void AttentionModel::show(const model::Attention &attention, const Reading &reading)
{
    beginResetModel();
    m_attention = attention;
    m_reading = reading;
    endResetModel();
}

const model::RefusedLine *AttentionModel::refused(int row) const
{
    return row >= 0 && row < m_attention.refused.size() ? &m_attention.refused.at(row) : nullptr;
}

const model::ConflictLine *AttentionModel::conflict(int row) const
{
    const qsizetype at = row - m_attention.refused.size();
    return row >= 0 && at >= 0 && at < m_attention.conflicts.size() ? &m_attention.conflicts.at(at) : nullptr;
}

AttentionModel::Key AttentionModel::key(int row) const
{
    if (const auto *line = refused(row))
        return {true, line->op.counter};
    const auto *line = conflict(row);
    return line ? Key{false, line->conflict.id.value} : Key{};
}

int AttentionModel::rowOf(const Key &wanted) const
{
    for (int row = 0; row < rowCount(); ++row)
        if (key(row) == wanted)
            return row;
    return -1;
}

model::Subject AttentionModel::subject(int row) const
{
    if (const auto *line = refused(row))
        return line->subject;
    const auto *line = conflict(row);
    return line ? line->subject : model::Subject{};
}

int AttentionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_attention.count());
}

Row AttentionModel::words(int row) const
{
    if (const auto *line = refused(row))
        return {.icon = Icon::Warning,
                .title = subjectWord(line->subject),
                .badge = tr("Refused"),
                .badgeTone = Tone::Bad,
                .text = line->reason,
                .right = when(line->op.madeAt, m_reading),
                .rightBelow = tr("You")};
    const model::ConflictLine &line = *conflict(row);
    const model::Version &other =
        line.lost.mine ? line.present : line.lost; // whose time and name stand there
    return {.icon = Icon::Warning,
            .title = subjectWord(line.subject),
            .badge = line.lost.mine ? tr("Yours was not taken") : QString(),
            .badgeTone = Tone::Warn,
            .text = conflictLine(line, m_reading),
            .right = other.at ? when(*other.at, m_reading) : QString(),
            .rightBelow = other.mine ? tr("You") : other.who};
}

QVariant AttentionModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    switch (role) {
    case RowRole: return QVariant::fromValue(words(index.row()));
    case Qt::DisplayRole: return words(index.row()).title;
    case Qt::AccessibleTextRole: return spokenRow(words(index.row()));
    default: return {};
    }
}

} // namespace ringbook::ui
