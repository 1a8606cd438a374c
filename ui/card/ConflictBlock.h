#pragma once

#include "model/desk/ConflictLine.h"
#include "ui/text/Times.h"

#include <QVector>
#include <QWidget>

namespace ringbook::ui {

class Button;
class Paragraph;

/// The customer's fields that two people wrote, and who decides. Stands where nothing is below it; hidden
/// while there are none.
class ConflictBlock : public QWidget
{
    Q_OBJECT

public:
    explicit ConflictBlock(QWidget *parent = nullptr);

    using QWidget::show;
    void show(const QVector<model::ConflictLine> &lines, const Reading &reading);

    static constexpr int maxLines = 6; ///< then how many more

Q_SIGNALS:
    void decideWanted();

private:
    Paragraph *m_lines;
    Paragraph *m_deciders;
    Button *m_decide;
};

} // namespace ringbook::ui
