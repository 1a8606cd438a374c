#pragma once

#include "model/desk/Card.h"
#include "ui/text/Times.h"

#include <QWidget>

namespace ringbook::ui {

class CandidateModel;
class Chip;
class ElidedLabel;
class Paragraph;
class RowList;

/// A number that several customers have: who is it? Digits choose while the list has the cursor, Alt and the
/// digit from anywhere; 0 is somebody else.
class Chooser : public QWidget
{
    Q_OBJECT

public:
    explicit Chooser(QWidget *parent = nullptr);

    using QWidget::show;
    void show(const model::Card &card, const Reading &reading);

Q_SIGNALS:
    void customerChosen(ringbook::Id<ringbook::model::Customer> customer);
    void somebodyElse();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; ///< of the list: digits

private:
    void choose(int row);

    ElidedLabel *m_number;
    Chip *m_confidence;
    Paragraph *m_question;
    CandidateModel *m_candidates;
    RowList *m_list;
};

} // namespace ringbook::ui
