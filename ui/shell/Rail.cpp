#include "ui/shell/Rail.h"

#include "ui/theme/Paint.h"
#include "ui/widgets/Aloud.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/KeyHint.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace ringbook::ui {

namespace {

constexpr int side = 44;
constexpr int iconTop = 6;
constexpr int textBottom = 3;

class RailButton : public QAbstractButton
{
public:
    RailButton(const Rail::Stop &stop, QWidget *parent) : QAbstractButton(parent), m_icon(stop.icon)
    {
        setText(stop.text);
        setShortcut(stop.keys);
        setCheckable(true);
        setAutoExclusive(true); // a screen reader says that it is one of several
        setFixedSize(side + size::unit, side);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::TabFocus);
        setToolTip(stop.text + QStringLiteral("  ") + keyText(stop.keys));
        setAccessibleDescription(keyText(stop.keys));
    }

    /// More of them is news; nobody who cannot see the rail would know.
    void setCount(int count)
    {
        const bool isMore = count > std::exchange(m_count, count);
        const QString name =
            count > 0 ? Rail::tr("%1, %2", "page, how many wait there").arg(text()).arg(count) : text();
        isMore ? sayAloud(*this, name) : setAccessibleName(name);
        update();
    }

protected:
    bool event(QEvent *event) override
    {
        return pressedByKey(*this, *event) || QAbstractButton::event(event);
    }

    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeOf(this);
        QPainter painter(this);
        const bool isLit = isChecked() || underMouse();
        if (isChecked())
            drawBox(painter, rect(),
                    {.ground = theme.accentGround,
                     .edge = edgeOf(theme, Tone::Accent),
                     .edgeWidth = theme.lineWidth});
        else if (isLit)
            drawBox(painter, rect(), {.ground = theme.background});
        if (hasFocus())
            drawBox(painter, rect(), {.edge = theme.accent, .edgeWidth = 2});
        const QColor ink = isChecked() ? theme.accent : theme.ink2;
        drawIcon(painter, QRectF(0, iconTop, width(), size::icon), m_icon, ink, size::icon);
        const Face &face = typeOf(this)[TextRole::Small];
        drawLine(painter, QRectF(1, height() - face.lineHeight - textBottom, width() - 2, face.lineHeight),
                 face, ink, text(), Qt::AlignHCenter);
        if (m_count > 0)
            drawCount(painter, theme);
    }

private:
    /// At the upper end corner, where it covers nothing of the drawing.
    void drawCount(QPainter &painter, const Theme &theme) const
    {
        const QString text =
            m_count > mostShown ? QStringLiteral("%1+").arg(mostShown) : QString::number(m_count);
        const Face &face = typeOf(this)[TextRole::Small];
        const qreal wide = std::max<qreal>(face.width(text) + 2 * size::unit, face.lineHeight);
        const bool mirrored = layoutDirection() == Qt::RightToLeft;
        const QRectF place(mirrored ? 1 : width() - wide - 1, 1, wide, face.lineHeight);
        drawBox(painter, place,
                {.ground = groundOf(theme, Tone::Warn),
                 .edge = edgeOf(theme, Tone::Warn),
                 .radius = size::smallRadius,
                 .edgeWidth = theme.lineWidth});
        drawLine(painter, place, face, inkOf(theme, Tone::Warn), text, Qt::AlignHCenter);
    }

    static constexpr int mostShown = 99;

    Icon m_icon;
    int m_count = 0;
};

} // namespace

Rail::Rail(QWidget *parent)
    : Panel(Qt::RightEdge, parent),
      m_column(new QVBoxLayout(this)),
      m_stops(new QButtonGroup(this))
{
    setFixedWidth(size::rail);
    setAccessibleName(tr("Pages"));
    m_column->setContentsMargins(0, 2 * size::unit, 0, 2 * size::unit);
    m_column->setSpacing(size::unit);
    m_column->addStretch();
    connect(m_stops, &QButtonGroup::idClicked, this, &Rail::chosen);
}

void Rail::add(const Stop &stop)
{
    auto *button = new RailButton(stop, this);
    m_stops->addButton(button, stop.id);
    m_column->insertWidget(m_column->count() - 1, button, 0, Qt::AlignHCenter);
}

void Rail::setCount(int id, int count)
{
    if (auto *button = static_cast<RailButton *>(m_stops->button(id)))
        button->setCount(count);
}

void Rail::setCurrent(int id)
{
    if (auto *button = m_stops->button(id))
        button->setChecked(true);
}

} // namespace ringbook::ui
