#include "sync/hub/Guesses.h"

#include <algorithm>

namespace ringbook::hub {

namespace {

constexpr qsizetype maxRemembered = 10'000; ///< keys; then those who have rested are forgotten, or else all
constexpr double nsPerSecond = 1e9;

QString loginAt(const QString &address, const QString &login)
{
    return address + u'\n' + login.toCaseFolded(); // however it is written, it is one login
}

} // namespace

double &Guesses::Table::freeFor(const QString &key, qint64 nowNs)
{
    const auto freeNow = [&](const Places &known) {
        return std::min(most, known.free + double(nowNs - known.atNs) / nsPerSecond * perSecond);
    };
    if (places.size() >= maxRemembered && !places.contains(key)) {
        places.removeIf([&](const auto &known) { return freeNow(known.value()) >= most; });
        if (places.size() >= maxRemembered)
            places.clear();
    }
    const auto known = places.find(key);
    Places &mine = known == places.end() ? *places.insert(key, {most, nowNs}) : *known;
    mine = {freeNow(mine), nowNs};
    return mine.free;
}

bool Guesses::mayTry(const QString &address, const QString &login)
{
    const std::lock_guard lock(m_mutex);
    const qint64 now = m_clock.monotonicNs();
    double &here = m_addresses.freeFor(address, now);
    double &forLogin = m_logins.freeFor(loginAt(address, login), now);
    if (here < 1 || forLogin < 1)
        return false;
    --here;
    --forLogin;
    return true;
}

void Guesses::wasRight(const QString &address, const QString &login)
{
    const std::lock_guard lock(m_mutex);
    ++m_addresses.freeFor(address, m_clock.monotonicNs());
    m_logins.places.remove(loginAt(address, login));
}

} // namespace ringbook::hub
