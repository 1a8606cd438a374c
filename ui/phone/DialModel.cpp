#include "ui/phone/DialModel.h"

#include "ui/card/Row.h"
#include "ui/text/Numbers.h"

#include <algorithm>

namespace ringbook::ui {

using model::Dialable;

namespace {

const QString written = QStringLiteral("+*#()/.- ");

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

QString digitsOf(const QString &text)
{
    QString digits;
    std::ranges::copy_if(text, std::back_inserter(digits), isDigit);
    return digits;
}

/// A number is often begun as it is dialled at home: 030 … of +49 30 ….
bool fits(const Dialable &choice, const QString &typed)
{
    if (choice.name.contains(typed, Qt::CaseInsensitive) || choice.label.contains(typed, Qt::CaseInsensitive))
        return true;
    QString digits = digitsOf(typed);
    while (digits.startsWith(u'0'))
        digits.remove(0, 1);
    return looksDialled(typed) && !digits.isEmpty() && digitsOf(choice.number).contains(digits);
}

Row rowOf(const Dialable &choice)
{
    const QString number = phoneForPeople(choice.number);
    return {.title = choice.name.isEmpty() ? number : choice.name,
            .text = choice.label,
            .right = choice.name.isEmpty() ? QString() : number};
}

} // namespace

bool looksDialled(const QString &typed)
{
    return std::ranges::any_of(typed, isDigit) &&
           std::ranges::all_of(typed, [](QChar c) { return isDigit(c) || written.contains(c); });
}

void DialModel::setChoices(const QVector<Dialable> &choices)
{
    m_choices = choices;
    filter({});
}

void DialModel::filter(const QString &typed)
{
    beginResetModel();
    m_shown.clear();
    const QString wanted = typed.trimmed();
    std::ranges::copy_if(m_choices, std::back_inserter(m_shown),
                         [&](const Dialable &choice) { return wanted.isEmpty() || fits(choice, wanted); });
    m_shown.resize(std::min<qsizetype>(m_shown.size(), most - 1));
    const auto isIt = [&](const Dialable &choice) { return choice.number == wanted; };
    if (looksDialled(wanted) && std::ranges::none_of(m_shown, isIt))
        m_shown.append({.number = wanted});
    endResetModel();
}

int DialModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

QVariant DialModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row row = rowOf(m_shown.at(index.row()));
    switch (role) {
    case RowRole: return QVariant::fromValue(row);
    case Qt::DisplayRole: return row.title;
    case Qt::AccessibleTextRole: return spokenRow(row);
    default: return {};
    }
}

} // namespace ringbook::ui
