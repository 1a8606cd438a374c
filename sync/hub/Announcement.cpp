#include "sync/hub/Announcement.h"

namespace ringbook::hub {

namespace {

constexpr qsizetype longestName = 200; ///< the database carries 8 000 bytes

QString textOf(const PresenceAt &at)
{
    return QStringLiteral("%1 %2 %3 %4 %5 ")
               .arg(at.book)
               .arg(at.device)
               .arg(at.user.value)
               .arg(at.share.customer.value)
               .arg(model::name(at.share.doing)) +
           at.name.left(longestName);
}

std::optional<PresenceAt> readPresence(const QString &text)
{
    const auto word = [&](int at) { return text.section(u' ', at, at); };
    const auto doing = model::doingFromName(word(4));
    if (!doing)
        return std::nullopt;
    return PresenceAt{.book = word(0),
                      .device = word(1).toLongLong(),
                      .user = {word(2).toLongLong()},
                      .name = text.section(u' ', 5),
                      .share = {.customer = {word(3).toLongLong()}, .doing = *doing}};
}

} // namespace

QString textOf(const Announcement &announcement)
{
    if (announcement.presence)
        return announcement.by + QStringLiteral(" presence ") + textOf(*announcement.presence);
    return announcement.device ? QStringLiteral("%1 device %2").arg(announcement.by).arg(*announcement.device)
                               : announcement.by + QStringLiteral(" books");
}

Announcement readAnnouncement(const QString &text)
{
    Announcement announcement{.by = text.section(u' ', 0, 0)};
    if (text.section(u' ', 1, 1) == QLatin1String("device"))
        announcement.device = text.section(u' ', 2, 2).toLongLong();
    else if (text.section(u' ', 1, 1) == QLatin1String("presence"))
        announcement.presence = readPresence(text.section(u' ', 2));
    return announcement;
}

} // namespace ringbook::hub
