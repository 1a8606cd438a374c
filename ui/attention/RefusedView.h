#pragma once

#include "model/desk/AttentionDesk.h"
#include "ui/text/Times.h"

#include <QMap>
#include <QWidget>

class QFormLayout;
class QLineEdit;
class QVBoxLayout;

namespace ringbook::ui {

class Button;
class Paragraph;

/// A change the hub refused: why, and all of its content, to be corrected and sent again or given up.
class RefusedView : public QWidget
{
    Q_OBJECT

public:
    explicit RefusedView(QWidget *parent = nullptr);

    using QWidget::show;
    void show(const model::RefusedLine &line, const Reading &reading);
    void askAgain(bool asks);     ///< whether it is really given up
    model::Fields values() const; ///< of the fields that can be corrected, as they are typed now

Q_SIGNALS:
    void sendAgain();
    void givenUp();

private:
    void addFields(const model::RefusedLine &line, const Reading &reading);

    Paragraph *m_what;
    Paragraph *m_reason;
    QWidget *m_content = nullptr;
    QVBoxLayout *m_place;
    QMap<QString, QLineEdit *> m_fields;
    Button *m_giveUp;
};

} // namespace ringbook::ui
