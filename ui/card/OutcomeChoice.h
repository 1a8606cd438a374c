#pragma once

#include "model/domain/SetUp.h"
#include "ui/widgets/Button.h"

#include <QComboBox>
#include <QVector>

class QGridLayout;

namespace ringbook::ui {

/// How the contact ended: the likeliest few as buttons with Alt+digit, the rest in a list.
class OutcomeChoice : public QWidget
{
    Q_OBJECT

public:
    static constexpr int maxButtons = 5;

    explicit OutcomeChoice(QWidget *parent = nullptr);

    void setOutcomes(const QVector<model::OutcomeCode> &outcomes);
    /// An outcome that is not offered any more counts as none; one chosen before they are known is kept.
    void choose(const QString &code);
    QString chosen() const;
    /// Whether Alt and a digit chooses here; not while the digits say who is calling.
    void setKeysActive(bool active);
    QString keys() const;             ///< what chooses here, as people read it
    QVector<QWidget *> stops() const; ///< of the cursor, in the order of the screen

Q_SIGNALS:
    void outcomeChosen(const QString &code);

private:
    void toggle(const QString &code);
    void mark();
    Button *addButton(const model::OutcomeCode &outcome, int position);
    void addOthers(const QVector<model::OutcomeCode> &others);

    QGridLayout *m_grid;
    QVector<Button *> m_buttons;
    QComboBox *m_others = nullptr;
    QVector<model::OutcomeCode> m_outcomes;
    QString m_chosen;
    bool m_keysAreActive = true;
};

} // namespace ringbook::ui
