#include "ui/card/ReasonsPanel.h"

#include "ui/theme/Paint.h"

#include <QPainter>
#include <QStringList>

#include <array>

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
    const qreal from = badge.width() + badgeGap;
    paintSentence(painter, place(from, std::max<qreal>(room.width() - from, 0)), line);
}

/// In the order its own language reads, whichever way the window goes.
void ReasonsPanel::paintSentence(QPainter &painter, QRectF room, const ReasonWords &line) const
{
    const std::array<std::pair<QString, TextRole>, 3> parts = {
        {{line.lead, TextRole::Body}, {line.subject, TextRole::Strong}, {line.tail, TextRole::Body}}};
    const bool fromRight = line.sentence().isRightToLeft();
    const bool beginsAtRight = layoutDirection() == Qt::RightToLeft;
    if (fromRight != beginsAtRight) {
        qreal width = 1;
        for (const auto &[text, role] : parts)
            width += type()[role].width(text);
        width = std::min(width, room.width());
        room = QRectF(beginsAtRight ? room.right() - width : room.left(), room.top(), width, room.height());
    }
    for (const auto &[text, role] : parts) {
        const qreal taken = drawLine(painter, room, type()[role], theme().ink, text,
                                     (fromRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute);
        fromRight ? room.setRight(room.right() - taken) : room.setLeft(room.left() + taken);
    }
}

} // namespace ringbook::ui
