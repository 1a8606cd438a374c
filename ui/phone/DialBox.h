#pragma once

#include "model/desk/DialDesk.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLineEdit;

namespace ringbook::ui {

class DialModel;
class Paragraph;
class RowList;
class SectionHead;

/// Whom to call, or to pass a call on to: a field over those who fit it, on top of the window it is made for,
/// below the call bar. It takes the cursor when it opens and gives it back; Escape closes it, and so does
/// going elsewhere. Nothing is dialled but by Enter or a click on a row. Where nobody asked for it at this
/// desk it leaves the cursor where it is, so that no key in flight is lost or dials, and goes after a while.
class DialBox : public QWidget
{
    Q_OBJECT

public:
    explicit DialBox(QWidget *window);

    struct Question
    {
        QString title = {};
        QVector<model::Dialable> choices = {};
        QString begun = {};     ///< stands in the field
        QString hint = {};      ///< what Enter does
        QString whyNot = {};    ///< instead of all that: the telephone does not
        bool isUnasked = false; ///< a link asks, not whoever sits here
    };
    void open(const Question &question, const QRect &below); ///< in the window's coordinates
    void close();
    bool isUnasked() const { return m_unasked.isActive(); } ///< open, without the cursor
    void takeCursor();

Q_SIGNALS:
    void picked(const ringbook::model::Dialable &choice);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override; ///< of the field: the keys that walk the rows
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void filter();
    void place();
    void pick(int row);
    void walk(int by);
    void leaveIfElsewhere(const QWidget *focus);

    SectionHead *m_title;
    QLineEdit *m_field;
    RowList *m_list;
    Paragraph *m_hint;
    DialModel *m_model;
    QRect m_below;
    QPointer<QWidget> m_before; ///< had the cursor
    QTimer m_unasked;           ///< runs as long as nobody has taken it up
};

} // namespace ringbook::ui
