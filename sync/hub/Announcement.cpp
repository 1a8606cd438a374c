#include "sync/hub/Announcement.h"

namespace ringbook::hub {

QString textOf(const Announcement &announcement)
{
    return announcement.device ? QStringLiteral("%1 device %2").arg(announcement.by).arg(*announcement.device)
                               : announcement.by + QStringLiteral(" books");
}

Announcement readAnnouncement(const QString &text)
{
    Announcement announcement{.by = text.section(u' ', 0, 0)};
    if (text.section(u' ', 1, 1) == QLatin1String("device"))
        announcement.device = text.section(u' ', 2, 2).toLongLong();
    return announcement;
}

} // namespace ringbook::hub
