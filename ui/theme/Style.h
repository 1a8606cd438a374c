#pragma once

#include "ui/theme/Theme.h"
#include "ui/theme/Type.h"

#include <QPalette>
#include <QProxyStyle>

namespace ringbook::ui {

/// A scroll bar that has this property set stands over the content's padding: nothing beside it moves when it
/// comes or goes.
constexpr auto barOverContent = "barOverContent";

/// How the standard widgets look, and where painted ones find colours and faces. One per application and
/// theme: a change of theme is a new style, so every widget is told by the ordinary StyleChange.
class Style : public QProxyStyle
{
    Q_OBJECT

public:
    Style(const Theme &theme, const QString &family);

    const Theme &theme() const { return m_theme; }
    const Type &type() const { return m_type; }
    QPalette palette() const;
    QPalette
    listPalette() const; ///< of item views: their rows stand on a panel, the current one on its ground

    QPalette standardPalette() const override { return palette(); }
    void polish(QPalette &) override {} ///< palettes come ready from here
    void polish(QWidget *widget) override;
    using QProxyStyle::polish;

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option,
                         const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returned) const override;

private:
    void drawField(QPainter &painter, const QStyleOption &option) const;
    void drawScrollBar(QPainter &painter, const QStyleOptionComplex &option, const QWidget *widget) const;
    void drawCheckBox(QPainter &painter, const QStyleOption &option) const;
    void drawCombo(QPainter &painter, const QStyleOptionComplex &option) const;

    Theme m_theme;
    Type m_type;
};

/// The theme and faces the widget stands in; the light ones where no Style was applied.
const Theme &themeOf(const QWidget *widget);
const Type &typeOf(const QWidget *widget);

} // namespace ringbook::ui
