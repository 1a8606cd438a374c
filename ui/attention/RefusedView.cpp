#include "ui/attention/RefusedView.h"

#include "ui/card/Fields.h"
#include "ui/text/FieldWords.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/Paragraph.h"

#include <QLineEdit>
#include <QShortcut>
#include <QVBoxLayout>

namespace ringbook::ui {

RefusedView::RefusedView(QWidget *parent)
    : QWidget(parent),
      m_what(new Paragraph(TextRole::Strong)),
      m_reason(new Paragraph(TextRole::Body, Ink::Bad)),
      m_place(new QVBoxLayout),
      m_giveUp(new Button(QString(), Button::Kind::Secondary))
{
    auto *again = new Button(tr("Send again"), Button::Kind::Primary);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(size::groupGap);
    buttons->addWidget(again);
    buttons->addWidget(m_giveUp);
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(size::columnPadding, size::columnPadding, size::columnPadding,
                               size::columnPadding);
    column->setSpacing(size::groupGap);
    column->addWidget(m_what);
    column->addWidget(m_reason);
    column->addLayout(m_place);
    column->addLayout(buttons);
    column->addStretch();
    const QKeySequence againKey = altKey(QStringLiteral("T"));
    const QKeySequence giveUpKey = altKey(QStringLiteral("L"));
    again->setKeyHint(keyText(againKey));
    m_giveUp->setKeyHint(keyText(giveUpKey));
    addKey(this, againKey, [this] { Q_EMIT sendAgain(); })->setAutoRepeat(false);
    addKey(this, giveUpKey, [this] { Q_EMIT givenUp(); })->setAutoRepeat(false);
    connect(again, &Button::clicked, this, &RefusedView::sendAgain);
    connect(m_giveUp, &Button::clicked, this, &RefusedView::givenUp);
    askAgain(false);
}

void RefusedView::askAgain(bool asks)
{
    m_giveUp->setText(asks ? tr("Throw it away for good") : tr("Give it up"));
}

void RefusedView::show(const model::RefusedLine &line, const Reading &reading)
{
    m_what->setText(subjectWord(line.subject));
    m_reason->setText(line.reason);
    addFields(line, reading);
}

/// Texts can be corrected; what stands for a record or a moment is shown.
void RefusedView::addFields(const model::RefusedLine &line, const Reading &reading)
{
    delete m_content;
    m_fields.clear();
    m_content = new QWidget;
    m_place->addWidget(m_content);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins({});
    column->setSpacing(size::groupGap);
    for (auto edit = line.op.edits.begin(); edit != line.op.edits.end(); ++edit) {
        if (edit->value.typeId() == QMetaType::QString) {
            auto *field = new QLineEdit(edit->value.toString());
            column->addWidget(fieldBlock(fieldWord(edit.key()), field));
            m_fields.insert(edit.key(), field);
        } else {
            auto *text = new Paragraph;
            text->setText(fieldWord(edit.key()) + QStringLiteral(": ") +
                          valueWord(line.op.record.kind, edit.key(), edit->value, reading));
            column->addWidget(text);
        }
    }
}

model::Fields RefusedView::values() const
{
    model::Fields values;
    for (auto field = m_fields.begin(); field != m_fields.end(); ++field)
        values.insert(field.key(), (*field)->text());
    return values;
}

} // namespace ringbook::ui
