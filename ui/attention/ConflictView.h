#pragma once

#include "ui/text/FieldWords.h"

#include <QWidget>

class QVBoxLayout;

namespace ringbook::ui {

class Button;
class Paragraph;

/// Two values for one thing, who wrote which and when, and the two things that can be done about it.
class ConflictView : public QWidget
{
    Q_OBJECT

public:
    explicit ConflictView(QWidget *parent = nullptr);

    using QWidget::show;
    void show(const model::ConflictLine &line, const Reading &reading);

Q_SIGNALS:
    void otherWanted(); ///< the value that gave way shall hold
    void leftAsItIs();

private:
    struct Side
    {
        Paragraph *value;
        Paragraph *who;
    };
    Side addSide(QVBoxLayout &column, const QString &title);
    void showSide(const Side &side, const QString &value, const model::Version &version,
                  const Reading &reading);

    Paragraph *m_what;
    Side m_kept;
    Side m_lost;
    Button *m_take;
};

} // namespace ringbook::ui
