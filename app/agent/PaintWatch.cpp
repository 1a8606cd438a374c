#include "app/agent/PaintWatch.h"

#include <QEvent>
#include <QWidget>

namespace ringbook::app {

PaintWatch::PaintWatch(QWidget &window)
{
    window.installEventFilter(this);
}

bool PaintWatch::eventFilter(QObject *watched, QEvent *event)
{
    // Both come before the painting; what is queued now runs right after the event that paints and flushes.
    const bool isPainting = event->type() == QEvent::UpdateRequest || event->type() == QEvent::Paint;
    if (isPainting && !m_isAnnounced) {
        m_isAnnounced = true;
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_isAnnounced = false;
                Q_EMIT painted();
            },
            Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace ringbook::app
