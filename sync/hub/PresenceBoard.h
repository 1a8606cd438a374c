#pragma once

#include "sync/hub/Announcement.h"
#include "sync/hub/Fanout.h"
#include "sync/hub/store/Accounts.h"

namespace ringbook::hub {

/// Who has which customer in front of them, in memory only; tells everybody of the book when that changes.
/// Each device is at one customer of a book, until it says something else or has said nothing for a while.
/// Any thread.
class PresenceBoard
{
public:
    PresenceBoard(Fanout &fanout, const Clock &clock) : m_fanout(fanout), m_clock(clock) {}

    /// Who tells it to the boards of other hubs; before the first share().
    void setOthers(std::function<void(const PresenceAt &)> tell) { m_tellOthers = std::move(tell); }
    void share(const QString &book, const Caller &caller, const sync::PresenceShare &share);
    void heard(const PresenceAt &at); ///< from another hub
    void sweep(); ///< forgets those who went silent; somebody must call it, about once a second
    QVector<sync::PresenceNews> all(const QSet<QString> &books) const;

private:
    struct Place
    {
        QString book = {};
        Id<model::Customer> customer = {};

        auto operator<=>(const Place &) const = default;
    };
    struct Seen
    {
        Id<model::Customer> customer = {};
        model::Presence presence = {};
        qint64 untilNs = 0;
    };
    using Device = std::pair<QString, qint64>; ///< of a book

    sync::PresenceNews newsOf(const Place &place) const;
    void tell(const QVector<Place> &places);

    Fanout &m_fanout;
    const Clock &m_clock;
    std::function<void(const PresenceAt &)> m_tellOthers = {};
    mutable std::mutex m_mutex;
    QMap<Device, Seen> m_seen;
};

} // namespace ringbook::hub
