#pragma once

#include "model/desk/ConflictLine.h"
#include "ui/text/Times.h"

#include <QWidget>

class QVBoxLayout;

namespace ringbook::ui {

class Button;
class Paragraph;

/// Two values for one thing, who wrote which and when, and below each the button that makes it hold. Keys
/// that are held down act once.
class ConflictView : public QWidget
{
    Q_OBJECT

public:
    explicit ConflictView(QWidget *parent = nullptr);

    using QWidget::show;
    void show(const model::ConflictLine &line, const Reading &reading);
    void askAgain(bool asks); ///< whether a deletion is really meant

Q_SIGNALS:
    void keptAsItIs();
    void otherWanted(); ///< the value that gave way shall hold

private:
    struct Side
    {
        Paragraph *value;
        Paragraph *who;
        Button *choose;
    };
    Side addSide(QVBoxLayout &column, const QString &title, const QString &key, bool isPrimary);

    Paragraph *m_what;
    Side m_kept;
    Side m_lost;
    bool m_isDeletion = false;
};

} // namespace ringbook::ui
