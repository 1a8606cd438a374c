#include "ui/shell/Rail.h"

#include "ui/theme/Paint.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/KeyHint.h"

#include <QAbstractButton>
#include <QButtonGroup>
#include <QVBoxLayout>

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
        setFixedSize(side + size::unit, side);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::TabFocus);
        setToolTip(stop.text + QStringLiteral("  ") + keyText(stop.keys));
        setAccessibleDescription(keyText(stop.keys));
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
    }

private:
    Icon m_icon;
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

void Rail::setCurrent(int id)
{
    if (auto *button = m_stops->button(id))
        button->setChecked(true);
}

} // namespace ringbook::ui
