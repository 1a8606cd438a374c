#include "ui/card/ConflictBlock.h"

#include "model/desk/Card.h"
#include "ui/card/Fields.h"
#include "ui/text/ConflictWords.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/Paragraph.h"
#include "ui/widgets/SectionHead.h"

#include <QVBoxLayout>

#include <algorithm>

namespace ringbook::ui {

namespace {

constexpr int mostTextLines = 24;

} // namespace

ConflictBlock::ConflictBlock(QWidget *parent)
    : QWidget(parent),
      m_lines(new Paragraph),
      m_deciders(new Paragraph(TextRole::Status, Ink::Third)),
      m_decide(new Button(tr("Decide"), Button::Kind::Link))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(size::groupGap);
    auto *head = new QHBoxLayout;
    head->addWidget(new SectionHead(tr("Two people wrote")), 1);
    head->addWidget(m_decide);
    column->addLayout(head);
    column->addWidget(m_lines);
    column->addWidget(m_deciders);
    m_lines->setMaxLines(mostTextLines);
    m_decide->setKeyHint(keyText(altKey(QStringLiteral("D"))));
    addKey(m_decide, altKey(QStringLiteral("D")), [this] { Q_EMIT decideWanted(); });
    connect(m_decide, &Button::clicked, this, &ConflictBlock::decideWanted);
}

void ConflictBlock::show(const QVector<model::ConflictLine> &lines, const Reading &reading)
{
    QStringList words;
    for (const model::ConflictLine &line : lines.mid(0, maxLines))
        words.append(otherValueLine(line, reading));
    if (lines.size() > maxLines)
        words.append(lines.size() < model::maxConflicts
                         ? tr("and %n more", nullptr, int(lines.size()) - maxLines)
                         : tr("and more"));
    const bool isMine = std::ranges::any_of(lines, &model::ConflictLine::isForMe);
    m_lines->setText(words.join(u'\n'));
    m_deciders->setText(decidersLine(lines));
    m_deciders->setVisible(!isMine);
    m_decide->setVisible(isMine);
    setVisible(!lines.isEmpty());
}

} // namespace ringbook::ui
