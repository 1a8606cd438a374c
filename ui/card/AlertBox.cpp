#include "ui/card/AlertBox.h"

#include "ui/card/CardWords.h"
#include "ui/widgets/Paragraph.h"

#include <QVBoxLayout>

namespace ringbook::ui {

namespace {

constexpr int maxTextLines = 4;

} // namespace

AlertBox::AlertBox(QWidget *parent)
    : Box(Kind::Filled, Tone::Bad, parent),
      m_text(new Paragraph(TextRole::Medium, Ink::Bad)),
      m_origin(new Paragraph(TextRole::Status, Ink::Bad))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(size::blockGap, size::groupGap, size::blockGap, size::groupGap);
    column->setSpacing(0);
    column->addWidget(m_text);
    column->addWidget(m_origin);
    m_text->setMaxLines(maxTextLines);
    m_origin->setMaxLines(1);
}

void AlertBox::show(const model::AlertLine &alert, const Reading &reading)
{
    m_text->setText(alert.text);
    m_origin->setText(alertOrigin(alert, reading));
    m_origin->setVisible(!m_origin->text().isEmpty());
    setVisible(true);
}

} // namespace ringbook::ui
