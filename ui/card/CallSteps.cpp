#include "ui/card/CallSteps.h"

#include "ui/card/Fields.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/ElidedLabel.h"
#include "ui/widgets/KeyHint.h"
#include "ui/widgets/SectionHead.h"

#include <QHBoxLayout>

namespace ringbook::ui {

CallSteps::CallSteps(QWidget *parent)
    : QWidget(parent),
      m_title(new SectionHead({})),
      m_previous(new Button(QStringLiteral("‹"), Button::Kind::Secondary)),
      m_place(new ElidedLabel(TextRole::Status, Ink::Second)),
      m_next(new Button(QStringLiteral("›"), Button::Kind::Secondary))
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins({});
    line->setSpacing(size::groupGap);
    line->addWidget(m_title, 1);
    for (QWidget *widget : QVector<QWidget *>{m_previous, m_place, m_next}) {
        line->addWidget(widget);
        keepPlace(widget);
    }
    m_place->setHugging(true);
    m_previous->setAccessibleName(tr("Previous call"));
    m_next->setAccessibleName(tr("Next call"));
    const auto leadsBy = [this](Button *button, QKeySequence::StandardKey key, int by) {
        const QKeySequence keys = QKeySequence::keyBindings(key).value(0);
        button->setKeyHint(keyText(keys));
        connect(button, &Button::clicked, this, [this, by] { Q_EMIT stepWanted(by); });
        addKey(this, keys, [this, by] { Q_EMIT stepWanted(by); });
    };
    leadsBy(m_previous, QKeySequence::Back, -1);
    leadsBy(m_next, QKeySequence::Forward, 1);
}

void CallSteps::setTitle(const QString &title)
{
    m_title->setText(title);
}

void CallSteps::showPlace(int index, int count)
{
    const bool hasOthers = count > 1;
    m_place->setText(hasOthers ? tr("%1 of %2").arg(index + 1).arg(count) : QString());
    m_previous->setVisible(hasOthers);
    m_next->setVisible(hasOthers);
    m_previous->setEnabled(index > 0);
    m_next->setEnabled(index + 1 < count);
}

} // namespace ringbook::ui
