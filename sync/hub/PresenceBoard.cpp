#include "sync/hub/PresenceBoard.h"

namespace ringbook::hub {

namespace {

constexpr qint64 nsPerSecond = 1'000'000'000;

} // namespace

void PresenceBoard::share(const QString &book, const Caller &caller, const sync::PresenceShare &share)
{
    const PresenceAt at{book, caller.device, {caller.user}, caller.name, share};
    heard(at);
    if (m_tellOthers)
        m_tellOthers(at);
}

void PresenceBoard::heard(const PresenceAt &at)
{
    const Device device{at.book, at.device};
    QVector<Place> changed;
    {
        const std::lock_guard lock(m_mutex);
        const Seen before = m_seen.value(device);
        const Seen now{.customer = at.share.customer,
                       .presence = {.user = at.user, .name = at.name, .doing = at.share.doing},
                       .untilNs = m_clock.monotonicNs() + sync::presenceLifeSeconds * nsPerSecond};
        if (now.customer)
            m_seen.insert(device, now);
        else
            m_seen.remove(device);
        if (before.customer == now.customer && before.presence == now.presence)
            return;
        if (before.customer && before.customer != now.customer)
            changed.append({at.book, before.customer});
        if (now.customer)
            changed.append({at.book, now.customer});
    }
    tell(changed);
}

void PresenceBoard::sweep()
{
    QVector<Place> changed;
    {
        const std::lock_guard lock(m_mutex);
        const qint64 now = m_clock.monotonicNs();
        for (auto seen = m_seen.begin(); seen != m_seen.end();) {
            if (seen->untilNs > now) {
                ++seen;
                continue;
            }
            changed.append({seen.key().first, seen->customer});
            seen = m_seen.erase(seen);
        }
    }
    tell(changed);
}

QVector<sync::PresenceNews> PresenceBoard::all(const QSet<QString> &books) const
{
    const std::lock_guard lock(m_mutex);
    QSet<std::pair<QString, qint64>> told;
    QVector<sync::PresenceNews> all;
    for (auto seen = m_seen.begin(); seen != m_seen.end(); ++seen) {
        const Place place{seen.key().first, seen->customer};
        if (!books.contains(place.book) || told.contains({place.book, place.customer.value}))
            continue;
        told.insert({place.book, place.customer.value});
        all.append(newsOf(place));
    }
    return all;
}

sync::PresenceNews PresenceBoard::newsOf(const Place &place) const
{
    sync::PresenceNews news{.book = place.book, .customer = place.customer};
    for (auto seen = m_seen.lowerBound({place.book, 0}); seen != m_seen.end(); ++seen) {
        if (seen.key().first != place.book || news.people.size() == sync::maxPeopleAtCustomer)
            break;
        if (seen->customer == place.customer)
            news.people.append(seen->presence);
    }
    return news;
}

void PresenceBoard::tell(const QVector<Place> &places)
{
    QVector<sync::PresenceNews> news;
    {
        const std::lock_guard lock(m_mutex);
        for (const Place &place : places)
            news.append(newsOf(place));
    }
    for (const sync::PresenceNews &one : news)
        m_fanout.publishPresence(one);
}

} // namespace ringbook::hub
