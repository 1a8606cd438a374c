#include "ui/attention/ConflictView.h"

#include "ui/card/Fields.h"
#include "ui/text/Numbers.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/Paragraph.h"
#include "ui/widgets/SectionHead.h"

#include <QVBoxLayout>

namespace ringbook::ui {

ConflictView::ConflictView(QWidget *parent)
    : QWidget(parent),
      m_what(new Paragraph(TextRole::Strong)),
      m_take(new Button(QString(), Button::Kind::Primary))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(size::columnPadding, size::columnPadding, size::columnPadding,
                               size::columnPadding);
    column->setSpacing(size::groupGap);
    column->addWidget(m_what);
    m_kept = addSide(*column, tr("Holds now"));
    m_lost = addSide(*column, tr("Gave way"));
    auto *leave = new Button(tr("Leave it so"), Button::Kind::Secondary);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(size::groupGap);
    buttons->addWidget(m_take);
    buttons->addWidget(leave);
    buttons->addStretch();
    column->addSpacing(size::groupGap);
    column->addLayout(buttons);
    column->addStretch();
    const QKeySequence takeKey = altKey(QStringLiteral("T"));
    const QKeySequence leaveKey = altKey(QStringLiteral("L"));
    m_take->setKeyHint(keyText(takeKey));
    leave->setKeyHint(keyText(leaveKey));
    addKey(this, takeKey, [this] { Q_EMIT otherWanted(); });
    addKey(this, leaveKey, [this] { Q_EMIT leftAsItIs(); });
    connect(m_take, &Button::clicked, this, &ConflictView::otherWanted);
    connect(leave, &Button::clicked, this, &ConflictView::leftAsItIs);
}

ConflictView::Side ConflictView::addSide(QVBoxLayout &column, const QString &title)
{
    const Side side{new Paragraph, new Paragraph(TextRole::Status, Ink::Third)};
    column.addSpacing(size::groupGap);
    column.addWidget(new SectionHead(title));
    column.addWidget(side.value);
    column.addWidget(side.who);
    return side;
}

void ConflictView::showSide(const Side &side, const QString &value, const model::Version &version,
                            const Reading &reading)
{
    side.value->setText(value);
    const QString who = version.mine            ? tr("You")
                        : version.who.isEmpty() ? tr("Somebody")
                                                : isolated(version.who);
    side.who->setText(tr("%1, %2", "who, when").arg(who, inSentence(version.at, reading)));
}

void ConflictView::show(const model::ConflictLine &line, const Reading &reading)
{
    const bool isDeletion = line.conflict.field.isEmpty();
    m_what->setText(isDeletion ? subjectWord(line.subject)
                               : tr("%1: %2", "who, which field")
                                     .arg(subjectWord(line.subject), fieldWord(line.conflict.field)));
    showSide(m_kept,
             isDeletion ? tr("It was changed, so it is still there.")
                        : valueWord(line.conflict, line.kept, reading),
             line.kept, reading);
    showSide(m_lost, isDeletion ? tr("It was deleted.") : valueWord(line.conflict, line.lost, reading),
             line.lost, reading);
    m_take->setText(isDeletion ? tr("Delete it after all") : tr("Take the other value"));
}

} // namespace ringbook::ui
