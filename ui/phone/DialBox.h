#pragma once

#include "model/desk/DialDesk.h"

#include <QPointer>
#include <QWidget>

class QLineEdit;

namespace ringbook::ui {

class DialModel;
class Paragraph;
class RowList;
class SectionHead;

/// Whom to call, or to pass a call on to: a field over those who fit it, on top of the window it is made for,
/// below the call bar. It takes the cursor when it opens and gives it back; Escape closes it, and so does
/// going elsewhere. Nothing is dialled but by Enter or a click on a row.
class DialBox : public QWidget
{
    Q_OBJECT

public:
    explicit DialBox(QWidget *window);

    struct Question
    {
        QString title = {};
        QVector<model::Dialable> choices = {};
        QString begun = {};  ///< stands in the field
        QString hint = {};   ///< what Enter does
        QString whyNot = {}; ///< instead of all that: the telephone does not
    };
    void open(const Question &question, const QRect &below); ///< in the window's coordinates
    void close();

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
};

} // namespace ringbook::ui
