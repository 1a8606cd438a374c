#include "ui/card/SavedStrip.h"

#include "ui/card/CardWords.h"
#include "ui/card/Fields.h"
#include "ui/text/Numbers.h"
#include "ui/widgets/Aloud.h"
#include "ui/widgets/KeyHint.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

namespace ringbook::ui {

SavedStrip::SavedStrip(QWidget *parent)
    : QWidget(parent),
      m_when(new ElidedLabel(TextRole::Medium, Ink::Good)),
      m_bigCode(new QLabel),
      m_below(new ElidedLabel(TextRole::Status, Ink::Second)),
      m_spell(new Button(tr("Spell it"), Button::Kind::Link))
{
    makeNews(*this);
    auto *line = new QHBoxLayout;
    line->setSpacing(size::groupGap);
    line->addWidget(m_when, 1);
    line->addWidget(m_bigCode);
    line->addWidget(m_spell);
    m_bigCode->setTextFormat(Qt::PlainText);
    m_bigCode->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_spell->setKeyHint(keyText(altKey(QStringLiteral("K"))));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(line);
    column->addWidget(m_below);
    for (QWidget *widget : {static_cast<QWidget *>(m_bigCode), static_cast<QWidget *>(m_spell)})
        keepPlace(widget);
    connect(m_spell, &Button::clicked, this, &SavedStrip::spell);
    addKey(m_spell, altKey(QStringLiteral("K")), [this] { spell(); });
    clear();
}

void SavedStrip::show(const QString &clockTime, const QString &who, const QString &code)
{
    m_code = code;
    m_when->setText(tr("Saved %1").arg(clockTime));
    m_bigCode->setFont(typeOf(this)[TextRole::Title].font);
    m_bigCode->setText(withoutMarks(caseCodeForPeople(code))); // as it is wanted elsewhere
    m_below->setText(who);
    m_bigCode->setVisible(!code.isEmpty());
    m_spell->setVisible(!code.isEmpty());
    QString news = m_when->text() + QStringLiteral(", ") + who;
    if (!code.isEmpty())
        news = tr("%1, case %2").arg(news, m_bigCode->text());
    sayAloud(*this, withoutMarks(news));
}

void SavedStrip::showRemoved()
{
    clear();
    m_when->setText(tr("Removed again"));
    m_below->setText(tr("Whom it was saved for was erased"));
    sayAloud(*this, m_when->text() + QStringLiteral(", ") + m_below->text());
}

void SavedStrip::clear()
{
    m_code.clear();
    m_when->setText({});
    m_below->setText({});
    m_bigCode->hide();
    m_spell->hide();
    setAccessibleName({});
}

void SavedStrip::spell()
{
    m_below->setText(spelledCode(m_code));
}

} // namespace ringbook::ui
