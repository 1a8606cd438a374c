#include "ui/card/OutcomeChoice.h"

#include "ui/card/Fields.h"
#include "ui/widgets/KeyHint.h"

#include <QGridLayout>
#include <QShortcut>

#include <algorithm>

namespace ringbook::ui {

namespace {

constexpr int columns = 2;

} // namespace

OutcomeChoice::OutcomeChoice(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins({});
    m_grid->setSpacing(size::groupGap);
    for (int column = 0; column < columns; ++column)
        m_grid->setColumnStretch(column, 1);
}

void OutcomeChoice::setOutcomes(const QVector<model::OutcomeCode> &outcomes)
{
    qDeleteAll(m_buttons);
    m_buttons.clear();
    delete std::exchange(m_others, nullptr);
    m_outcomes = outcomes;
    const bool allFit = outcomes.size() <= maxButtons + 1;
    const int buttons = allFit ? int(outcomes.size()) : maxButtons;
    for (int i = 0; i < buttons; ++i)
        m_buttons.append(addButton(outcomes.at(i), i));
    if (!allFit)
        addOthers(outcomes.mid(buttons));
    choose(m_chosen);
    setKeysActive(m_keysAreActive);
    updateGeometry(); // also while hidden, when the layout does not say so itself
}

Button *OutcomeChoice::addButton(const model::OutcomeCode &outcome, int position)
{
    const QString digit = QString::number(position + 1);
    auto *button = new Button(outcome.label, Button::Kind::Choice, this);
    button->setSpread(true);
    button->setKeyHint(digit);
    connect(button, &Button::clicked, this, [this, code = outcome.code] { toggle(code); });
    addKey(button, altKey(digit), [this, code = outcome.code] { toggle(code); });
    m_grid->addWidget(button, position / columns, position % columns);
    button->show();
    return button;
}

void OutcomeChoice::addOthers(const QVector<model::OutcomeCode> &others)
{
    m_others = new CalmComboBox(this);
    m_others->addItem(tr("Other…"));
    for (const auto &outcome : others)
        m_others->addItem(outcome.label, outcome.code);
    m_others->setAccessibleName(tr("Other outcome"));
    connect(m_others, &QComboBox::activated, this, [this] {
        m_chosen = m_others->currentData().toString();
        mark();
        Q_EMIT outcomeChosen(m_chosen);
    });
    addKey(m_others, altKey(QString::number(maxButtons + 1)), [this] {
        m_others->setFocus(Qt::ShortcutFocusReason);
        m_others->showPopup();
    });
    m_grid->addWidget(m_others, maxButtons / columns, maxButtons % columns);
    m_others->show();
}

void OutcomeChoice::setKeysActive(bool active)
{
    m_keysAreActive = active;
    const auto shortcuts = findChildren<QShortcut *>();
    for (QShortcut *shortcut : shortcuts)
        shortcut->setEnabled(active);
    for (int i = 0; i < m_buttons.size(); ++i) {
        const QString digit = QString::number(i + 1);
        m_buttons[i]->setKeyHint(active ? digit : QString());
        m_buttons[i]->setAccessibleDescription(active ? keyText(altKey(digit)) : QString());
    }
}

QVector<QWidget *> OutcomeChoice::stops() const
{
    QVector<QWidget *> all(m_buttons.begin(), m_buttons.end());
    if (m_others)
        all += m_others;
    return all;
}

void OutcomeChoice::choose(const QString &code)
{
    m_chosen = code;
    mark();
}

QString OutcomeChoice::chosen() const
{
    const bool isOffered = std::any_of(m_outcomes.begin(), m_outcomes.end(),
                                       [this](const auto &outcome) { return outcome.code == m_chosen; });
    return isOffered || m_outcomes.isEmpty() ? m_chosen : QString();
}

QString OutcomeChoice::keys() const
{
    const qsizetype last = m_buttons.size() + (m_others ? 1 : 0);
    return last ? keyText(altKey(QStringLiteral("1"))) + QStringLiteral("…%1").arg(last) : QString();
}

/// Choosing what is chosen takes it back.
void OutcomeChoice::toggle(const QString &code)
{
    m_chosen = m_chosen == code ? QString() : code;
    mark();
    Q_EMIT outcomeChosen(m_chosen);
}

void OutcomeChoice::mark()
{
    for (int i = 0; i < m_buttons.size(); ++i)
        m_buttons[i]->setChecked(m_outcomes.at(i).code == m_chosen && !m_chosen.isEmpty());
    if (m_others)
        m_others->setCurrentIndex(m_chosen.isEmpty() ? 0 : std::max(m_others->findData(m_chosen), 0));
}

} // namespace ringbook::ui
