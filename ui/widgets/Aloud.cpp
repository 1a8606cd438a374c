#include "ui/widgets/Aloud.h"

#include <QAccessibleWidget>

namespace ringbook::ui {

namespace {

constexpr auto newsMark = "isNews";

QAccessibleInterface *asNews(const QString &, QObject *object)
{
    if (!object || !object->isWidgetType() || !object->property(newsMark).toBool())
        return nullptr;
    return new QAccessibleWidget(static_cast<QWidget *>(object), QAccessible::AlertMessage);
}

void tell(QWidget &place, QAccessible::Event what)
{
    QAccessibleEvent event(&place, what);
    QAccessible::updateAccessibility(&event);
}

} // namespace

void makeNews(QWidget &place)
{
    place.setProperty(newsMark, true);
    QAccessible::installFactory(asNews);
}

void sayAloud(QWidget &place, const QString &sentence)
{
    place.setAccessibleName(sentence);
    // Windows and macOS listen for the one, readers on Linux say news that appear.
    tell(place, QAccessible::Alert);
    tell(place, QAccessible::ObjectShow);
}

} // namespace ringbook::ui
