#include "app/agent/OpenedLinks.h"

#include "app/handover/Links.h"

#include <QFileOpenEvent>
#include <QUrl>

namespace ringbook::app {

OpenedLinks::OpenedLinks(Open open) : m_open(std::move(open)) {}

bool OpenedLinks::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::FileOpen)
        return QObject::eventFilter(watched, event);
    const QString link = static_cast<QFileOpenEvent *>(event)->url().toString(QUrl::FullyEncoded);
    const auto request = requestOfLink(link);
    if (request)
        m_open(*request);
    else
        qWarning("%s", qPrintable(request.error().detail));
    return true;
}

} // namespace ringbook::app
