#pragma once

#include "model/desk/Card.h"
#include "ui/text/Times.h"
#include "ui/widgets/Ground.h"

namespace ringbook::ui {

class Paragraph;

/// What everybody must know before speaking to this customer, who says so, and until when.
class AlertBox : public Box
{
    Q_OBJECT

public:
    explicit AlertBox(QWidget *parent = nullptr);

    using Box::show;
    void show(const model::AlertLine &alert, const Reading &reading);

private:
    Paragraph *m_text;
    Paragraph *m_origin;
};

} // namespace ringbook::ui
