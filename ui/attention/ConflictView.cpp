#include "ui/attention/ConflictView.h"

#include "ui/card/Fields.h"
#include "ui/text/ConflictWords.h"
#include "ui/text/FieldWords.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/Paragraph.h"
#include "ui/widgets/SectionHead.h"

#include <QShortcut>
#include <QVBoxLayout>

#include <utility>

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
    connect(m_lost.choose, &Button::clicked, this, &ConflictView::wantOther);
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
    side.choose->setKeyHint(keyText(altKey(key)));
    addKey(this, altKey(key), [button = side.choose] { button->click(); })->setAutoRepeat(false);
    return side;
}

void ConflictView::show(const model::ConflictLine &line, const Reading &reading)
{
    const bool isOther = std::exchange(m_shown, line.conflict.id) != line.conflict.id;
    m_isAsked = m_isAsked && !isOther;
    m_isDeletion = line.conflict.field.isEmpty();
    m_what->setText(m_isDeletion ? subjectWord(line.subject)
                                 : tr("%1: %2", "who, which field")
                                       .arg(subjectWord(line.subject), fieldWord(line.conflict.field)));
    m_kept.value->setText(m_isDeletion ? tr("It was changed, so it is still there.")
                                       : wholeValue(line.conflict, line.kept, reading));
    m_lost.value->setText(m_isDeletion ? tr("It was deleted.")
                                       : wholeValue(line.conflict, line.lost, reading));
    m_kept.who->setText(versionOrigin(line.kept, reading));
    m_lost.who->setText(versionOrigin(line.lost, reading));
    m_kept.choose->setText(m_isDeletion ? tr("Keep it") : tr("Keep this"));
    m_lost.choose->setText(!m_isDeletion ? tr("Use this")
                           : m_isAsked   ? tr("Delete it for good")
                                         : tr("Delete it after all"));
}

void ConflictView::wantOther()
{
    if (!m_isDeletion || std::exchange(m_isAsked, true))
        Q_EMIT otherWanted();
    else
        m_lost.choose->setText(tr("Delete it for good"));
}

} // namespace ringbook::ui
