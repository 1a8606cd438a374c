#include "ui/widgets/Button.h"

#include "ui/theme/Paint.h"
#include "ui/widgets/KeyHint.h"

#include <QShortcutEvent>

#include <cmath>

namespace ringbook::ui {

namespace {

constexpr int padding = 10;
constexpr int linkPadding = 2; ///< the least, for filters
constexpr int ringInset = 2;

QString withoutMnemonic(QString text)
{
    text.replace(QLatin1String("&&"), QLatin1String("\x01"));
    text.remove(u'&');
    return text.replace(u'\x01', u'&');
}

} // namespace

bool pressedByKey(QAbstractButton &button, QEvent &event)
{
    if (event.type() != QEvent::Shortcut || static_cast<QShortcutEvent &>(event).isAmbiguous())
        return false;
    button.click();
    return true;
}

Button::Button(const QString &text, Kind kind, QWidget *parent) : QPushButton(text, parent), m_kind(kind)
{
    setCheckable(kind == Kind::Choice || kind == Kind::Filter);
    setAttribute(Qt::WA_Hover);
    setAutoDefault(false);
    setCursor(kind == Kind::Link ? Qt::PointingHandCursor : Qt::ArrowCursor);
    setSizePolicy(kind == Kind::Filter ? QSizePolicy::Maximum : QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Button::setKeys(const QKeySequence &keys)
{
    setShortcut(keys);
    setKeyHint(keyText(keys));
}

void Button::setKeyHint(const QString &keys)
{
    m_keyHint = keys;
    setAccessibleDescription(keys);
    updateGeometry();
    update();
}

void Button::setSpread(bool spread)
{
    m_isSpread = spread;
    setSizePolicy(spread ? QSizePolicy::Expanding : QSizePolicy::Fixed, QSizePolicy::Fixed);
    update();
}

TextRole Button::role() const
{
    return m_kind == Kind::Primary || isChecked() ? TextRole::Medium : TextRole::Body;
}

QSize Button::sizeHint() const
{
    const Type &type = typeOf(this);
    // As wide as it ever gets: a choice must not push its neighbours when it is taken.
    const qreal text = type[TextRole::Medium].width(withoutMnemonic(this->text()));
    const qreal hint = m_keyHint.isEmpty() ? 0 : size::groupGap + keyHintSize(type, m_keyHint).width();
    const int sides = m_kind == Kind::Link ? linkPadding : padding;
    return {static_cast<int>(std::ceil(text + hint)) + 2 * sides,
            m_kind == Kind::Link ? size::compactTarget : size::target};
}

QSize Button::minimumSizeHint() const
{
    if (m_isSpread)
        return {2 * size::target, sizeHint().height()};
    return m_kind == Kind::Filter ? sizeHint() - QSize(2 * (padding - linkPadding), 0) : sizeHint();
}

Button::Look Button::look() const
{
    const Theme &theme = themeOf(this);
    const QColor text = isEnabled() ? theme.ink : theme.ink3;
    const QColor ground = underMouse() && isEnabled() ? theme.background : theme.panel;
    switch (m_kind) {
    case Kind::Primary:
        if (!isEnabled())
            return {theme.panel, theme.line, theme.ink3, theme.lineWidth};
        return {theme.accent, theme.accent, theme.onAccent, theme.lineWidth};
    case Kind::Choice:
        if (isChecked())
            return {theme.accentGround, theme.accent, text, 2 * theme.lineWidth};
        break;
    case Kind::Filter:
        if (isChecked())
            return {theme.accentGround, edgeOf(theme, Tone::Accent), theme.accent,
                    theme.accent == theme.line ? 2 * theme.lineWidth : theme.lineWidth};
        break;
    case Kind::Link: return {{}, {}, isEnabled() ? theme.accent : theme.ink3, 0};
    case Kind::Secondary: break;
    }
    return {isDown() ? theme.accentGround : ground, theme.line, text, theme.lineWidth};
}

bool Button::event(QEvent *event)
{
    return pressedByKey(*this, *event) || QPushButton::event(event);
}

void Button::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const Look look = this->look();
    QPainter painter(this);
    drawBox(painter, rect(), {.ground = look.ground, .edge = look.edge, .edgeWidth = look.edgeWidth});
    if (hasFocus()) {
        const bool onColour = m_kind == Kind::Primary;
        const bool isOneColour = theme.accent == theme.line; // a ring on the edge would not be seen
        const qreal gap = look.edgeWidth > 0 ? look.edgeWidth + theme.lineWidth : 0;
        const qreal inset = isOneColour ? gap : onColour ? ringInset : 0;
        drawBox(painter, QRectF(rect()).adjusted(inset, inset, -inset, -inset),
                {.edge = onColour ? theme.onAccent : theme.accent,
                 .radius = std::max(size::radius - inset, 1.0),
                 .edgeWidth = isOneColour ? theme.lineWidth
                              : onColour  ? 1
                                          : 2});
    }
    drawContent(painter, look);
}

void Button::drawContent(QPainter &painter, const Look &look) const
{
    const Theme &theme = themeOf(this);
    const Type &type = typeOf(this);
    const int sides = m_kind == Kind::Link || m_kind == Kind::Filter ? linkPadding : padding;
    const QRect room = rect().adjusted(sides, 0, -sides, 0);
    const QString words = withoutMnemonic(text());
    const qreal hintWidth = m_keyHint.isEmpty() ? 0 : keyHintSize(type, m_keyHint).width();
    const qreal gap = m_keyHint.isEmpty() ? 0 : size::groupGap;
    const qreal textWidth = std::min<qreal>(type[role()].width(words) + 1, room.width() - hintWidth - gap);
    const qreal spare = m_isSpread ? 0 : (room.width() - textWidth - gap - hintWidth) / 2;

    const auto place = [&](const QRectF &rect) {
        return QRectF(QStyle::visualRect(layoutDirection(), this->rect(), rect.toAlignedRect()));
    };
    const QRectF textRect(room.left() + std::max<qreal>(spare, 0), 0, textWidth, height());
    drawLine(painter, place(textRect), type[role()], look.text, words);
    if (m_kind == Kind::Link && theme.underlinesLinks)
        drawHairline(painter, place(textRect.adjusted(0, 0, 0, -size::unit)), Qt::BottomEdge, look.text);
    if (m_keyHint.isEmpty())
        return;
    const QSizeF hint = keyHintSize(type, m_keyHint);
    const qreal x = m_isSpread ? room.right() + 1 - hint.width() : textRect.right() + gap;
    QColor edge = m_kind == Kind::Primary && isEnabled() ? look.text : theme.line;
    edge.setAlphaF(m_kind == Kind::Primary ? 0.5F : 1.0F);
    drawKeyHint(painter, place(QRectF(QPointF(x, (height() - hint.height()) / 2), hint)), type,
                m_kind == Kind::Primary && isEnabled() ? look.text : theme.ink3, edge, m_keyHint);
}

} // namespace ringbook::ui
