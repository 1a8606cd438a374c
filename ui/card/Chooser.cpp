#include "ui/card/Chooser.h"

#include "ui/card/CandidateModel.h"
#include "ui/card/CardWords.h"
#include "ui/card/Fields.h"
#include "ui/card/RowList.h"
#include "ui/text/Numbers.h"
#include "ui/widgets/Chip.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/Paragraph.h"
#include "ui/widgets/SectionHead.h"

#include <QKeyEvent>
#include <QVBoxLayout>

namespace ringbook::ui {

Chooser::Chooser(QWidget *parent)
    : QWidget(parent),
      m_number(new ElidedLabel(TextRole::Title)),
      m_confidence(new Chip),
      m_question(new Paragraph(TextRole::Body, Ink::Second)),
      m_candidates(new CandidateModel(this)),
      m_list(new RowList(RowDelegate::Shape::Entry))
{
    auto *chips = new QHBoxLayout;
    chips->addWidget(m_confidence);
    chips->addStretch();
    auto *keys = new KeyHint({});
    keys->setText(keyText(altKey(QStringLiteral("0"))) + QStringLiteral("…9"));
    auto *head = new QHBoxLayout;
    head->addWidget(new SectionHead(tr("Who is calling?")), 1);
    head->addWidget(keys);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(size::columnPadding, size::columnPadding, size::columnPadding,
                               size::columnPadding);
    column->setSpacing(size::groupGap);
    column->addWidget(m_number);
    column->addLayout(chips);
    column->addWidget(m_question);
    column->addSpacing(size::groupGap);
    column->addLayout(head);
    column->addWidget(m_list, 1);

    m_list->setModel(m_candidates);
    m_list->setPicksOnClick(true);
    m_list->setAccessibleName(tr("Who is calling?"));
    m_list->installEventFilter(this);
    connect(m_list, &RowList::picked, this, &Chooser::choose);
    for (int digit = 0; digit <= model::maxCandidates; ++digit) {
        addKey(this, altKey(QString::number(digit)),
               [this, digit] { choose(m_candidates->rowOfDigit(digit)); });
    }
}

void Chooser::show(const model::Card &card, const Reading &reading)
{
    m_number->setText(phoneForPeople(card.number));
    const Badge sure = confidenceBadge(card.confidence);
    m_confidence->setChip(sure.text, sure.tone);
    const int shown = int(card.candidates.size());
    m_question->setText(card.candidateCount > shown
                            ? tr("%1 customers have this number. The %2 likeliest are here.")
                                  .arg(card.candidateCount)
                                  .arg(shown)
                            : tr("%n customers have this number.", nullptr, shown));
    m_candidates->show(card.candidates, reading);
}

void Chooser::choose(int row)
{
    if (row < 0)
        return;
    if (m_candidates->isSomebodyElse(row))
        Q_EMIT somebodyElse();
    else
        Q_EMIT customerChosen(m_candidates->candidates().at(row).customer.id);
}

bool Chooser::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isPlain = !(key->modifiers() & ~Qt::KeypadModifier);
        if (isPlain && key->key() >= Qt::Key_0 && key->key() <= Qt::Key_9) {
            choose(m_candidates->rowOfDigit(key->key() - Qt::Key_0));
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ringbook::ui
