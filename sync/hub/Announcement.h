#pragma once

#include "sync/protocol/Messages.h"

#include <optional>

namespace ringbook::hub {

/// Which customer of a book a device has in front of it, and whose it is.
struct PresenceAt
{
    QString book = {}; ///< as all names of books without spaces
    qint64 device = 0;
    Id<model::User> user = {};
    QString name = {};
    sync::PresenceShare share = {};

    bool operator==(const PresenceAt &) const = default;
};

/// What one who writes tells the others who have the same database open, with the commit, and one to whom
/// desks say where they are. Only PostgreSQL carries it.
struct Announcement
{
    static constexpr char channel[] = "ringbook";

    QString by = {};                   ///< who wrote; a word without spaces, perhaps empty
    std::optional<qint64> device = {}; ///< whose session is another now
    std::optional<PresenceAt> presence = {};
    ///< neither: books have moved, or telephones
};

QString textOf(const Announcement &announcement);
Announcement readAnnouncement(const QString &text);

} // namespace ringbook::hub
