#pragma once

#include <QString>

#include <optional>

namespace ringbook::hub {

/// What one who writes tells the others who have the same database open, with the commit. Only PostgreSQL
/// carries it.
struct Announcement
{
    static constexpr char channel[] = "ringbook";

    QString by = {};                   ///< who wrote; a word without spaces, perhaps empty
    std::optional<qint64> device = {}; ///< whose session is another now; otherwise books have moved
};

QString textOf(const Announcement &announcement);
Announcement readAnnouncement(const QString &text);

} // namespace ringbook::hub
