#include "ui/card/Column.h"

#include "ui/widgets/ElidedLabel.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace ringbook::ui {

QScrollArea *scrolling(QWidget *content)
{
    auto *area = new QScrollArea;
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->verticalScrollBar()->setProperty(barOverContent, true);
    area->viewport()->setAutoFillBackground(false);
    area->setWidget(content);
    content->setAutoFillBackground(false);
    return area;
}

QWidget *listColumn(const QString &title, QWidget *summary, QWidget *list)
{
    auto *head = new ElidedLabel(TextRole::Title);
    head->setText(title);
    auto *place = new QWidget;
    auto *column = new QVBoxLayout(place);
    column->setContentsMargins(size::columnPadding, size::columnPadding, size::columnPadding,
                               size::columnPadding);
    column->setSpacing(size::groupGap);
    column->addWidget(head);
    column->addWidget(summary);
    column->addSpacing(size::groupGap);
    column->addWidget(list, 1);
    return place;
}

} // namespace ringbook::ui
