#include "ui/widgets/StrayChords.h"

#include <QKeyEvent>

namespace ringbook::ui {

bool StrayChords::eventFilter(QObject *watched, QEvent *event)
{
#ifndef Q_OS_MACOS // there, Option types characters
    if (event->type() == QEvent::KeyPress) {
        // Neither AltGr, which is Ctrl+Alt or no Alt at all, nor Alt with the keypad, which writes by code.
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers() == Qt::AltModifier && !key->text().isEmpty() && key->text().at(0).isPrint())
            return true;
    }
#endif
    return QObject::eventFilter(watched, event);
}

} // namespace ringbook::ui
