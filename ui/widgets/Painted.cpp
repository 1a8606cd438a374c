#include "ui/widgets/Painted.h"

#include <QAccessibleWidget>
#include <QHelpEvent>
#include <QTextDocument>
#include <QToolTip>

namespace ringbook::ui {

namespace {

QAccessibleInterface *asStaticText(const QString &className, QObject *object)
{
    if (className != QLatin1String("ringbook::ui::Painted") || !object || !object->isWidgetType())
        return nullptr;
    return new QAccessibleWidget(static_cast<QWidget *>(object), QAccessible::StaticText);
}

} // namespace

Painted::Painted(QWidget *parent) : QWidget(parent) {}

void Painted::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    respeak();
    if (hugsText())
        updateGeometry();
    update();
}

void Painted::announceToAssistants()
{
    QAccessible::installFactory(asStaticText);
}

void Painted::respeak()
{
    setAccessibleName(spoken());
}

bool Painted::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && isCut()) {
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), plainForToolTip(m_text), this);
        return true;
    }
    return QWidget::event(event);
}

QString plainForToolTip(const QString &text)
{
    return text.isEmpty() ? QString() : Qt::convertFromPlainText(text);
}

} // namespace ringbook::ui
