#include "ui/theme/Style.h"

#include "ui/theme/Icons.h"
#include "ui/theme/Paint.h"
#include "ui/widgets/Painted.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QStyleOption>
#include <QTextEdit>

#include <algorithm>

namespace ringbook::ui {

namespace {

constexpr int scrollBarWidth = 10;
constexpr int scrollHandleInset = 3;
constexpr int leastScrollHandle = 28;
constexpr int editFrame = 4; ///< keeps the square viewport inside the rounded corner
constexpr int viewFrame = 2;
constexpr int comboArrow = 26;
constexpr int fieldPadding = 4; ///< beside what Qt leaves

bool isTextEdit(const QWidget *widget)
{
    return qobject_cast<const QPlainTextEdit *>(widget) || qobject_cast<const QTextEdit *>(widget);
}

const Style *styleOf(const QWidget *widget)
{
    return qobject_cast<const Style *>(widget ? widget->style() : QApplication::style());
}

} // namespace

Style::Style(const Theme &theme, const QString &family)
    : QProxyStyle(QStringLiteral("fusion")),
      m_theme(theme),
      m_type(family)
{
    Painted::announceToAssistants();
}

QPalette Style::palette() const
{
    QPalette palette;
    const auto set = [&](std::initializer_list<QPalette::ColorRole> roles, const QColor &colour) {
        for (const auto role : roles)
            palette.setColor(role, colour);
    };
    set({QPalette::Window, QPalette::Base}, m_theme.background);
    set({QPalette::Button, QPalette::AlternateBase, QPalette::ToolTipBase, QPalette::Light}, m_theme.panel);
    set({QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText,
         QPalette::BrightText},
        m_theme.ink);
    set({QPalette::PlaceholderText}, m_theme.ink3);
    set({QPalette::Mid, QPalette::Midlight, QPalette::Dark, QPalette::Shadow}, m_theme.line);
    set({QPalette::Highlight, QPalette::Link, QPalette::LinkVisited}, m_theme.accent);
    set({QPalette::HighlightedText}, m_theme.onAccent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, m_theme.ink3);
    return palette;
}

QPalette Style::listPalette() const
{
    QPalette palette = this->palette();
    palette.setColor(QPalette::Base, m_theme.panel);
    palette.setColor(QPalette::Highlight, m_theme.selection);
    palette.setColor(QPalette::HighlightedText, m_theme.ink);
    return palette;
}

void Style::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (auto *area = qobject_cast<QAbstractScrollArea *>(widget); area && isTextEdit(area))
        area->viewport()->setAutoFillBackground(false);
    if (qobject_cast<QComboBox *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

void Style::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                          const QWidget *widget) const
{
    switch (element) {
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && frame->lineWidth > 0)
            drawField(*painter, *option);
        return;
    case PE_FrameLineEdit: return;
    case PE_Frame:
        if (isTextEdit(widget))
            drawField(*painter, *option);
        else
            drawBox(*painter, option->rect,
                    {.ground = qobject_cast<const QAbstractItemView *>(widget) ? m_theme.panel : QColor(),
                     .edge = m_theme.line,
                     .edgeWidth = m_theme.lineWidth});
        return;
    case PE_FrameFocusRect:
        drawBox(*painter, option->rect,
                {.edge = m_theme.accent, .radius = size::smallRadius, .edgeWidth = 2});
        return;
    case PE_IndicatorCheckBox: return drawCheckBox(*painter, *option);
    case PE_PanelItemViewRow: return;
    case PE_PanelItemViewItem:
        if (option->state & State_Selected)
            drawSelection(*painter, option->rect, m_theme);
        return;
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void Style::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                        const QWidget *widget) const
{
    if (element == CE_ShapedFrame && isTextEdit(widget)) {
        drawField(*painter, *option);
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void Style::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                               const QWidget *widget) const
{
    if (control == CC_ScrollBar)
        drawScrollBar(*painter, *option, widget);
    else if (control == CC_ComboBox)
        drawCombo(*painter, *option);
    else
        QProxyStyle::drawComplexControl(control, option, painter, widget);
}

void Style::drawField(QPainter &painter, const QStyleOption &option) const
{
    const bool hasFocus = option.state & State_HasFocus;
    drawBox(painter, option.rect,
            {.ground = m_theme.background,
             .edge = hasFocus ? m_theme.accent : m_theme.fieldLine,
             .edgeWidth = hasFocus ? m_theme.lineWidth + 1 : m_theme.lineWidth});
}

void Style::drawCheckBox(QPainter &painter, const QStyleOption &option) const
{
    drawBox(painter, option.rect,
            {.ground = m_theme.background,
             .edge = m_theme.ink3,
             .radius = size::smallRadius,
             .edgeWidth = m_theme.lineWidth});
    if (option.state & State_On)
        drawIcon(painter, option.rect, Icon::Check, m_theme.ink, option.rect.height());
}

void Style::drawCombo(QPainter &painter, const QStyleOptionComplex &option) const
{
    drawField(painter, option);
    const auto arrow = visualRect(option.direction, option.rect,
                                  option.rect.adjusted(option.rect.width() - comboArrow, 0, 0, 0));
    drawIcon(painter, arrow, Icon::Chevron, m_theme.ink2, size::icon - size::unit);
}

void Style::drawScrollBar(QPainter &painter, const QStyleOptionComplex &option, const QWidget *widget) const
{
    const QRect handle = proxy()->subControlRect(CC_ScrollBar, &option, SC_ScrollBarSlider, widget);
    const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(&option);
    if (!slider || slider->minimum == slider->maximum)
        return;
    const bool upright = slider->orientation == Qt::Vertical;
    const QRectF shown =
        QRectF(handle).adjusted(upright ? scrollHandleInset : 0, upright ? 0 : scrollHandleInset,
                                upright ? -scrollHandleInset : 0, upright ? 0 : -scrollHandleInset);
    const bool isActive = option.state & State_MouseOver || option.state & State_Sunken;
    drawBox(painter, shown,
            {.ground = isActive ? m_theme.ink2 : m_theme.ink3,
             .radius = std::min(shown.width(), shown.height()) / 2});
}

QRect Style::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                            const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option);
        if (!slider)
            return {};
        const bool upright = slider->orientation == Qt::Vertical;
        const int length = upright ? option->rect.height() : option->rect.width();
        const qint64 range = qint64(slider->maximum) - slider->minimum;
        const int handle = range <= 0
                               ? length
                               : std::clamp(static_cast<int>(length * qint64(slider->pageStep) /
                                                             std::max<qint64>(range + slider->pageStep, 1)),
                                            std::min(leastScrollHandle, length), length);
        const int at = sliderPositionFromValue(slider->minimum, slider->maximum, slider->sliderPosition,
                                               length - handle, slider->upsideDown);
        const auto piece = [&](int from, int to) {
            return upright ? QRect(0, from, option->rect.width(), to - from)
                           : QRect(from, 0, to - from, option->rect.height());
        };
        switch (part) {
        case SC_ScrollBarSlider: return piece(at, at + handle);
        case SC_ScrollBarSubPage: return piece(0, at);
        case SC_ScrollBarAddPage: return piece(at + handle, length);
        case SC_ScrollBarGroove: return piece(0, length);
        default: return {};
        }
    }
    if (control == CC_ComboBox && part == SC_ComboBoxEditField)
        return visualRect(option->direction, option->rect,
                          option->rect.adjusted(2 * size::unit, 2, -comboArrow, -2));
    return QProxyStyle::subControlRect(control, option, part, widget);
}

QRect Style::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    return element == SE_LineEditContents ? rect.adjusted(fieldPadding, 0, -fieldPadding, 0) : rect;
}

QSize Style::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                              const QWidget *widget) const
{
    QSize wanted = QProxyStyle::sizeFromContents(type, option, size, widget);
    if (type == CT_LineEdit || type == CT_ComboBox || type == CT_PushButton)
        wanted.setHeight(std::max(wanted.height(), size::target));
    if (type == CT_ItemViewItem)
        wanted.setHeight(std::max(wanted.height(), size::compactTarget));
    return wanted;
}

int Style::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent: return scrollBarWidth;
    case PM_ScrollBarSliderMin: return leastScrollHandle;
    case PM_DefaultFrameWidth:
        if (isTextEdit(widget))
            return editFrame;
        return qobject_cast<const QAbstractItemView *>(widget) ? viewFrame : m_theme.lineWidth;
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin: return 2;
    default: break;
    }
    return QProxyStyle::pixelMetric(metric, option, widget);
}

int Style::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                     QStyleHintReturn *returned) const
{
    switch (hint) {
    case SH_ComboBox_Popup: return 0;
    case SH_EtchDisabledText: return 0;
    case SH_ScrollBar_Transient: return widget && widget->property(barOverContent).toBool();
    case SH_UnderlineShortcut: return 0;
    default: return QProxyStyle::styleHint(hint, option, widget, returned);
    }
}

const Theme &themeOf(const QWidget *widget)
{
    if (const Style *style = styleOf(widget))
        return style->theme();
    static const Theme light = lightTheme();
    return light;
}

const Type &typeOf(const QWidget *widget)
{
    if (const Style *style = styleOf(widget))
        return style->type();
    static const Type type(QApplication::font().family());
    return type;
}

} // namespace ringbook::ui
