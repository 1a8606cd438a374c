#include "ui/attention/ConflictView.h"

#include "ui/card/Fields.h"
#include "ui/text/ConflictWords.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/Paragraph.h"
#include "ui/widgets/SectionHead.h"

#include <QShortcut>
#include <QVBoxLayout>

namespace ringbook::ui {

namespace {

constexpr int mostValueLines = 60;

} // namespace

ConflictView::ConflictView(QWidget *parent) : QWidget(parent), m_what(new Paragraph(TextRole::Strong))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(size::columnPadding, size::columnPadding, size::columnPadding,
                               size::columnPadding);
    column->setSpacing(size::groupGap);
    column->addWidget(m_what);
    m_kept = addSide(*column, tr("Now"), QStringLiteral("K"), true);
    m_lost = addSide(*column, tr("Instead"), QStringLiteral("U"), false);
    column->addStretch();
    connect(m_kept.choose, &Button::clicked, this, &ConflictView::keptAsItIs);
    connect(m_lost.choose, &Button::clicked, this, &ConflictView::otherWanted);
}

ConflictView::Side ConflictView::addSide(QVBoxLayout &column, const QString &title, const QString &key,
                                         bool isPrimary)
{
    const Side side{new Paragraph, new Paragraph(TextRole::Status, Ink::Third),
                    new Button(QString(), isPrimary ? Button::Kind::Primary : Button::Kind::Secondary)};
    side.value->setMaxLines(mostValueLines);
    column.addSpacing(size::groupGap);
    column.addWidget(new SectionHead(title));
    column.addWidget(side.value);
    column.addWidget(side.who);
    column.addWidget(side.choose, 0, Qt::AlignLeading);
    addKey(this, altKey(key), *side.choose);
    return side;
}

void ConflictView::show(const model::ConflictLine &line, const Reading &reading)
{
    m_isDeletion = line.conflict.field.isEmpty();
    const TwoValues values = wholeValues(line, reading);
    m_what->setText(conflictTitle(line));
    m_kept.value->setText(m_isDeletion ? tr("It was changed, so it is still there.") : values.present);
    m_lost.value->setText(m_isDeletion ? tr("It was deleted.") : values.lost);
    m_kept.who->setText(versionOrigin(line.present, reading));
    m_lost.who->setText(versionOrigin(line.lost, reading));
    m_kept.choose->setText(m_isDeletion ? tr("Keep it") : tr("Keep this"));
}

void ConflictView::askAgain(bool asks)
{
    m_lost.choose->setText(!m_isDeletion ? tr("Use this")
                           : asks        ? tr("Delete it for good")
                                         : tr("Delete it after all"));
}

} // namespace ringbook::ui
