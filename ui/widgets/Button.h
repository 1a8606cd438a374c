#pragma once

#include "ui/theme/Style.h"

#include <QPushButton>

namespace ringbook::ui {

/// Presses the button at once if the event is its key; Qt itself would let a tenth of a second pass first.
bool pressedByKey(QAbstractButton &button, QEvent &event);

/// A push button that shows the key it can be pressed with. Primary: the one thing to do. Choice: one of
/// several, keeps its state. Filter: like a choice, quieter, on a ground. Link: words only.
class Button : public QPushButton
{
    Q_OBJECT

public:
    enum class Kind { Secondary, Primary, Choice, Filter, Link };

    Button(const QString &text, Kind kind, QWidget *parent = nullptr);

    Kind kind() const { return m_kind; }
    /// The key acts wherever the window has the focus, and is shown.
    void setKeys(const QKeySequence &keys);
    /// Shown, but somebody else acts on it.
    void setKeyHint(const QString &keys);
    QString keyHint() const { return m_keyHint; }
    /// Text at the leading edge, key at the trailing one, for buttons that fill a column.
    void setSpread(bool spread);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    struct Look
    {
        QColor ground = {};
        QColor edge = {};
        QColor text = {};
        int edgeWidth = 1;
    };
    Look look() const;
    void drawContent(QPainter &painter, const Look &look) const;
    TextRole role() const;

    Kind m_kind;
    QString m_keyHint;
    bool m_isSpread = false;
};

} // namespace ringbook::ui
