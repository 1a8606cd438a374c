#pragma once

#include "ui/theme/Style.h"

#include <QWidget>

namespace ringbook::ui {

/// A widget that draws one piece of plain text by itself: for assistants a static text whose name is that
/// text, for everybody the whole text as a tool tip where it did not fit.
class Painted : public QWidget
{
    Q_OBJECT

public:
    explicit Painted(QWidget *parent = nullptr);

    QString text() const { return m_text; }
    void setText(const QString &text);

    /// Tells the accessibility interface about this kind of widget; harmless when repeated.
    static void announceToAssistants();

protected:
    virtual QString spoken() const { return m_text; }
    virtual bool isCut() const { return false; }   ///< the text does not fit
    virtual bool hugsText() const { return true; } ///< the layout must follow the text's width
    void respeak();

    const Theme &theme() const { return themeOf(this); }
    const Type &type() const { return typeOf(this); }

    bool event(QEvent *event) override;

private:
    QString m_text;
};

/// For tool tips and other places that guess: plain text that stays plain text.
QString plainForToolTip(const QString &text);

} // namespace ringbook::ui
