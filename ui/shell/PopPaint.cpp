#include "ui/shell/PopPaint.h"

#include "ui/shell/CallBar.h"
#include "ui/text/Numbers.h"
#include "ui/text/Wording.h"
#include "ui/theme/Icons.h"

#include <QCoreApplication>

#include <cmath>

namespace ringbook::ui {

using model::AgentCall;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PopWindow)
};

constexpr int top = 14;
constexpr int foot = 14;
constexpr int nameGap = 4;
constexpr int listGap = 8;
constexpr int numberWidth = 20;
constexpr int dot = 8;
constexpr int shadowFall = 6;

/// Lays pieces one after the other from the leading edge of a line.
class Line
{
public:
    Line(QPainter &painter, const QRectF &rect) : m_painter(painter), m_rect(rect) {}

    QRectF next(qreal width)
    {
        const qreal taken = std::clamp<qreal>(width, 0, m_rect.width());
        const bool isMirrored = m_painter.layoutDirection() == Qt::RightToLeft;
        const QRectF piece(isMirrored ? m_rect.right() - taken : m_rect.left(), m_rect.top(), taken,
                           m_rect.height());
        m_rect.adjust(isMirrored ? 0 : taken, 0, isMirrored ? -taken : 0, 0);
        return piece;
    }
    void skip(qreal width) { next(width); }
    qreal left() const { return m_rect.width(); }
    void write(const Face &face, const QColor &colour, const QString &text)
    {
        if (!text.isEmpty())
            drawLine(m_painter, next(std::ceil(face.width(text)) + 1), face, colour, text);
    }

private:
    QPainter &m_painter;
    QRectF m_rect;
};

QRectF row(const QRectF &inner, qreal at, qreal height)
{
    return {inner.left(), inner.top() + at, inner.width(), height};
}

void drawHead(QPainter &painter, const PopPicture &picture, const PopCalls::Entry &entry, const QRectF &rect)
{
    const Face &face = picture.type[TextRole::Status];
    const AgentCall &call = entry.call;
    const QString ringing = Words::tr("ringing %1").arg(duration(picture.now - inStateSince(call)));
    const qreal ringingWidth = std::ceil(face.tabularWidth(ringing)) + 2;
    Line parts(painter, rect);
    QString head = entry.words.head;
    if (!call.queue.isEmpty() && call.startedAt)
        head += QStringLiteral(" · ") + Words::tr("waiting %1").arg(duration(picture.now - call.startedAt));
    drawLine(painter, parts.next(rect.width() - ringingWidth - listGap), face, picture.theme.ink2, head);
    parts.skip(listGap);
    drawTabular(painter, parts.next(ringingWidth), face, picture.theme.ink2, ringing, Qt::AlignTrailing);
}

void drawReason(QPainter &painter, const PopPicture &picture, const ReasonWords &reason, const QRectF &rect)
{
    Line parts(painter, rect);
    const QSizeF chip = chipSize(picture.type, reason.chip);
    const QRectF place = parts.next(chip.width());
    drawChip(painter,
             QRectF(place.left(), rect.center().y() - chip.height() / 2, place.width(), chip.height()),
             picture.theme, picture.type, {reason.chip, reason.tone});
    parts.skip(listGap);
    parts.write(picture.type[TextRole::Body], picture.theme.ink, reason.sentence());
}

void drawCandidate(QPainter &painter, const PopPicture &picture, const PopWords::Somebody &somebody,
                   int number, const QRectF &rect)
{
    const Theme &theme = picture.theme;
    if (number == 1)
        drawBox(painter, rect.adjusted(-listGap, 0, listGap, 0),
                {.ground = theme.accentGround,
                 .edge = edgeOf(theme, Tone::Accent),
                 .edgeWidth = theme.lineWidth});
    Line parts(painter, rect);
    drawLine(painter, parts.next(numberWidth), picture.type[TextRole::Body], theme.ink3,
             QString::number(number));
    parts.write(picture.type[TextRole::Strong], theme.ink, somebody.name);
    parts.skip(size::unit);
    parts.write(picture.type[TextRole::Body], theme.ink2, QStringLiteral("· ") + somebody.why);
}

QString footWords(const PopPicture &picture, const PopCalls::Entry &entry)
{
    QStringList parts = {entry.words.more, entry.words.desks};
    if (const int others = picture.calls.alsoRinging())
        parts += Words::tr("%1 more ringing").arg(grouped(others));
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" · "));
}

struct Strip
{
    QString state = {};
    QString time = {};
    QColor colour = {};
    bool isFull = true; ///< the dot; else a ring
};

Strip stripOf(const PopPicture &picture, const PopCalls::Entry &entry)
{
    const Theme &theme = picture.theme;
    const AgentCall &call = entry.call;
    const QString running = duration(picture.now - inStateSince(call));
    const bool isHeard = picture.calls.isHeard() || call.isLocal;
    if (picture.calls.view() == PopCalls::View::Ringing)
        return {.state = stateWord(call, picture.calls.isHeard()),
                .time = running,
                .colour = isHeard ? theme.accent : theme.ink2,
                .isFull = false};
    if (picture.calls.view() == PopCalls::View::Talking)
        return {.state = stateWord(call, picture.calls.isHeard()),
                .time = running,
                .colour = isHeard ? theme.good : theme.ink2,
                .isFull = isHeard && call.state == AgentCall::State::Connected};
    if (picture.calls.view() == PopCalls::View::Missed) {
        const int count = picture.calls.missedCount();
        return {.state = count == 1 ? Words::tr("Missed") : Words::tr("%1 missed").arg(grouped(count)),
                .colour = theme.bad};
    }
    QString why = whyOver(call);
    if (!why.isEmpty())
        why[0] = why[0].toUpper();
    return {.state = why, .colour = theme.ink2, .isFull = false};
}

} // namespace

void drawPopGround(QPainter &painter, const Theme &theme, const QRectF &face, int reach)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int step = reach; step > 0; --step) {
        QColor colour = theme.shadow;
        const double nearness = 1.0 - double(step) / (reach + 1);
        colour.setAlphaF(static_cast<float>(theme.shadow.alphaF() * nearness * nearness / reach * 3));
        painter.setBrush(colour);
        const QRectF ring = face.adjusted(-step, -step, step, step).translated(0, shadowFall);
        painter.drawRoundedRect(ring, size::popRadius + step, size::popRadius + step);
    }
    painter.restore();
    drawBox(painter, face,
            {.ground = theme.panel,
             .edge = theme.popLine,
             .radius = qreal(size::popRadius),
             .edgeWidth = theme.lineWidth});
}

void drawPop(QPainter &painter, const PopPicture &picture)
{
    const PopCalls::Entry *entry = picture.calls.current();
    if (!entry)
        return;
    const Theme &theme = picture.theme;
    const QRectF inner = picture.face.adjusted(popPadding, top, -popPadding, -foot);
    const Face &title = picture.type[TextRole::Title];
    const Face &body = picture.type[TextRole::Body];
    qreal at = 0;
    drawHead(painter, picture, *entry, row(inner, at, body.lineHeight));
    at += body.lineHeight + nameGap;
    drawLine(painter, row(inner, at, title.lineHeight), title, theme.ink, entry->words.name);
    at += title.lineHeight;
    drawLine(painter, row(inner, at, body.lineHeight), body, theme.ink2, entry->words.who);
    at += body.lineHeight + listGap;
    for (const ReasonWords &reason : entry->words.reasons) {
        drawReason(painter, picture, reason, row(inner, at, popLineHeight));
        at += popLineHeight;
    }
    int number = 0;
    for (const auto &somebody : entry->words.candidates) {
        drawCandidate(painter, picture, somebody, ++number, row(inner, at, popLineHeight));
        at += popLineHeight;
    }
    Line parts(painter, row(inner, inner.height() - size::target, size::target));
    parts.skip(picture.footRoom);
    drawLine(painter, parts.next(parts.left()), body, theme.ink2, footWords(picture, *entry),
             Qt::AlignTrailing);
}

void drawPopStrip(QPainter &painter, const PopPicture &picture)
{
    const PopCalls::Entry *entry = picture.calls.current();
    if (!entry)
        return;
    const Theme &theme = picture.theme;
    const Strip strip = stripOf(picture, *entry);
    const QRectF inner = picture.face.adjusted(popPadding, 0, -popPadding, 0);
    Line parts(painter, inner.adjusted(0, 0, 0, 0));
    const QRectF spot = parts.next(dot);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(strip.isFull ? QPen(Qt::NoPen) : QPen(strip.colour, 1.6));
    painter.setBrush(strip.isFull ? QBrush(strip.colour) : QBrush(Qt::NoBrush));
    painter.drawEllipse(spot.center(), dot / 2.0, dot / 2.0);
    painter.restore();
    parts.skip(size::groupGap);
    const qreal words = parts.left() - picture.buttonRoom;
    Line text(painter, parts.next(words));
    text.write(picture.type[TextRole::Strong], theme.ink, strip.state);
    if (!strip.time.isEmpty()) {
        const Face &face = picture.type[TextRole::Body];
        text.skip(listGap);
        drawTabular(painter, text.next(face.tabularWidth(strip.time) + 1), face, theme.ink, strip.time);
    }
    text.skip(listGap);
    text.write(picture.type[TextRole::Body], theme.ink2, entry->words.name);
}

} // namespace ringbook::ui
