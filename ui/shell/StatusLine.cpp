#include "ui/shell/StatusLine.h"

#include "ui/theme/Paint.h"
#include "ui/widgets/Painted.h"

#include <QAccessible>
#include <QPainterPath>
#include <QTimer>

#include <cmath>

namespace ringbook::ui {

namespace {

constexpr int gap = 16;
constexpr int shapeSide = 8;
constexpr int leastTroubleWidth = 120;
constexpr int rewordEveryMs = 60'000; ///< "since 23:59" turns into "since yesterday 23:59"

} // namespace

StatusLine::StatusLine(const Clock &clock, QWidget *parent) : Panel(Qt::TopEdge, parent), m_clock(clock)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto *timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, &StatusLine::reword);
    timer->start(rewordEveryMs);
    reword();
}

void StatusLine::setStatus(const ConnectionStatus &status)
{
    if (m_status == status)
        return;
    m_status = status;
    reword();
}

void StatusLine::setFigures(const DeskFigures &figures)
{
    if (m_figures == figures)
        return;
    m_figures = figures;
    reword();
}

void StatusLine::reword()
{
    const Reading reading{.now = m_clock.now()};
    m_words = statusWords(m_status, reading);
    m_ringToPaint = ringToPaintWords(m_figures);
    m_source = figureWords(m_figures, reading);
    QStringList all;
    for (const QString &part : {m_words.link, m_words.work, m_words.trouble}) {
        if (!part.isEmpty())
            all += part;
    }
    const QString spoken = all.join(QStringLiteral(", "));
    const QString hover =
        plainForToolTip(m_words.reason.isEmpty() ? spoken : spoken + QStringLiteral(". ") + m_words.reason);
    if (spoken != accessibleName() || hover != toolTip()) {
        setAccessibleName(spoken);
        setToolTip(hover);
        setAccessibleDescription(m_words.reason.isEmpty()
                                     ? tr("Connection")
                                     : tr("Connection. %1", "why there is none")
                                           .arg(m_words.reason)); // else it is the tool tip with its marks
    }
    update();
}

QSize StatusLine::sizeHint() const
{
    return {0, size::statusLine};
}

QSize StatusLine::minimumSizeHint() const
{
    return sizeHint();
}

void StatusLine::drawShape(QPainter &painter, const QRectF &rect, const QColor &colour) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    switch (m_words.shape) {
    case StatusWords::Shape::Dot:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colour);
        painter.drawEllipse(rect);
        break;
    case StatusWords::Shape::Ring:
        painter.setPen(QPen(colour, 1.6));
        painter.drawEllipse(rect.adjusted(0.8, 0.8, -0.8, -0.8));
        break;
    case StatusWords::Shape::Triangle: {
        QPainterPath path;
        path.moveTo(rect.center().x(), rect.top());
        path.lineTo(rect.right() + 1, rect.bottom());
        path.lineTo(rect.left() - 1, rect.bottom());
        path.closeSubpath();
        painter.fillPath(path, colour);
        break;
    }
    }
    painter.restore();
}

void StatusLine::paintEvent(QPaintEvent *event)
{
    Panel::paintEvent(event);
    const Theme &theme = themeOf(this);
    const Face &face = typeOf(this)[TextRole::Status];
    QPainter painter(this);
    const bool isMirrored = layoutDirection() == Qt::RightToLeft;
    const auto place = [&](qreal from, qreal to) {
        return isMirrored ? QRectF(width() - to, 0, to - from, height())
                          : QRectF(from, 0, to - from, height());
    };
    const auto widthOf = [&](const QString &text) { return std::ceil(face.tabularWidth(text)); };

    qreal end = width() - size::blockGap;
    for (const QString &text : {m_source, m_ringToPaint}) {
        if (text.isEmpty())
            continue;
        drawTabular(painter, place(end - widthOf(text), end), face, theme.ink2, text);
        end -= widthOf(text) + gap;
    }
    const QColor tone = m_words.tone == Tone::Neutral ? theme.ink2 : inkOf(theme, m_words.tone);
    qreal at = size::blockGap;
    const qreal top = (height() - shapeSide) / 2.0;
    drawShape(painter, {place(at, at + shapeSide).left(), top, shapeSide, shapeSide}, tone);
    at += shapeSide + size::groupGap;
    drawLine(painter, place(at, std::min(at + widthOf(m_words.link) + 1, end)), face, tone, m_words.link);
    at += widthOf(m_words.link) + gap;
    const qreal workWidth = std::min(widthOf(m_words.work) + 1, end - at);
    drawLine(painter, place(at, at + std::max<qreal>(workWidth, 0)), face, theme.ink2, m_words.work);
    at += m_words.work.isEmpty() ? 0 : workWidth + gap;
    if (!m_words.trouble.isEmpty() && end - at >= leastTroubleWidth)
        drawLine(painter, place(at, end), face, theme.bad, m_words.trouble);
}

} // namespace ringbook::ui
