#pragma once

#include <QLineEdit>

namespace ringbook::ui {

/// The one search field. It finds nothing itself: it hands the text on.
class SearchField : public QLineEdit
{
    Q_OBJECT

public:
    explicit SearchField(QWidget *parent = nullptr);

    void takeCursor(); ///< as Ctrl+K does

Q_SIGNALS:
    void typed(const QString &text);
    void left(); ///< by Escape; the field is empty then

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool m_isRoomy = true; ///< for its words and its key
};

} // namespace ringbook::ui
