#include "ui/card/ReasonsPanel.h"

#include "ui/theme/Paint.h"

#include <QPainter>
#include <QStringList>

namespace ringbook::ui {

namespace {

constexpr int sidePadding = 12;
constexpr int edgePadding = 10;
constexpr int headHeight = 20;
constexpr int lineHeight = 24;
constexpr int badgeGap = 8;

QString spokenReasons(const QVector<ReasonWords> &lines, const QString &nothing)
{
    QStringList sentences;
    for (const ReasonWords &line : lines)
        sentences += line.chip + QStringLiteral(": ") + line.sentence();
    return ReasonsPanel::tr("Probably about: %1")
        .arg(lines.isEmpty() ? nothing : sentences.join(QStringLiteral("; ")));
}

} // namespace

ReasonsPanel::ReasonsPanel(QWidget *parent) : Painted(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ReasonsPanel::show(const QVector<ReasonWords> &lines, const QString &nothing)
{
    m_lines = lines.mid(0, maxLines);
    m_nothing = nothing;
    setText(spokenReasons(m_lines, nothing));
    update();
}

QSize ReasonsPanel::sizeHint() const
{
    return {0, 2 * edgePadding + headHeight + maxLines * lineHeight};
}

void ReasonsPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawBox(painter, rect(),
            {.ground = theme().panel,
             .edge = theme().line,
             .edgeWidth = theme().lineWidth,
             .bar = theme().accent,
             .direction = layoutDirection()});
    QRectF room = QRectF(rect()).adjusted(sidePadding + size::bar, edgePadding, -sidePadding, 0);
    room.setHeight(headHeight - size::unit);
    if (layoutDirection() == Qt::RightToLeft)
        room.moveLeft(sidePadding);
    drawLine(painter, room, type()[TextRole::Section], theme().ink3, tr("Probably about"));
    room.translate(0, headHeight);
    room.setHeight(lineHeight);
    if (m_lines.isEmpty())
        drawLine(painter, room, type()[TextRole::Body], theme().ink2, m_nothing);
    for (const ReasonWords &line : m_lines) {
        paintLine(painter, room, line);
        room.translate(0, lineHeight);
    }
}

void ReasonsPanel::paintLine(QPainter &painter, const QRectF &room, const ReasonWords &line) const
{
    const auto place = [&](qreal from, qreal width) {
        const qreal left =
            layoutDirection() == Qt::LeftToRight ? room.left() + from : room.right() - from - width;
        return QRectF(left, room.top(), width, room.height());
    };
    const QSizeF badge = chipSize(type(), line.chip);
    QRectF chip = place(0, badge.width());
    chip.adjust(0, (room.height() - badge.height()) / 2, 0, -(room.height() - badge.height()) / 2);
    drawChip(painter, chip, theme(), type(), {line.chip, line.tone});
    qreal x = badge.width() + badgeGap;
    const auto write = [&](const QString &text, TextRole role) {
        x += drawLine(painter, place(x, std::max<qreal>(room.width() - x, 0)), type()[role], theme().ink,
                      text);
    };
    write(line.lead, TextRole::Body);
    write(line.subject, TextRole::Strong);
    write(line.tail, TextRole::Body);
}

} // namespace ringbook::ui
