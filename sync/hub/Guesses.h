#pragma once

#include "model/core/Clock.h"

#include <QHash>
#include <QString>

#include <mutex>

namespace ringbook::hub {

/// Slows down whoever guesses passwords. A try takes a place, a right one gives it back, and places come back
/// with time: ten tries for one login from one address, then ten a minute; a hundred from one address, then
/// one a second. Nobody at another address is kept from signing in by it. Any thread.
class Guesses
{
public:
    explicit Guesses(const Clock &clock) : m_clock(clock) {}

    bool mayTry(const QString &address, const QString &login); ///< false: not now
    void wasRight(const QString &address, const QString &login);

private:
    /// How many tries are free, and since when.
    struct Places
    {
        double free = 0;
        qint64 atNs = 0;
    };
    /// Of one kind of key: how many places it has, and how fast they come back.
    struct Table
    {
        double most = 0;
        double perSecond = 0;
        QHash<QString, Places> places = {};

        double &freeFor(const QString &key, qint64 nowNs);
    };

    const Clock &m_clock;
    std::mutex m_mutex;
    Table m_addresses{.most = 100, .perSecond = 1};
    Table m_logins{.most = 10, .perSecond = 1.0 / 6};
};

} // namespace ringbook::hub
