#include "sync/hub/CallBoard.h"

#include "sync/protocol/Messages.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace ringbook::hub {

model::CallAbilities Phones::at(const QString &extension) const
{
    if (extension.isEmpty())
        return {.whyNot = QStringLiteral("You have no extension; ask your administrator for one.")};
    return byExtension.value(extension, others);
}

void CallBoard::setSeats(const QVector<Seat> &seats)
{
    QVector<Move> moves;
    change([&] {
        const auto before = std::exchange(m_users, {});
        m_seats.clear();
        for (const Seat &seat : seats) {
            m_seats.insert(seat.user, seat);
            if (!seat.extension.isEmpty())
                m_users.insert(seat.extension, seat.user);
        }
        moves = movesFrom(before);
    });
    for (const Move &move : moves)
        m_fanout.publishCall(move.user, move.call);
}

/// The calls of telephones that were others': over for those, there for who has them now.
QVector<CallBoard::Move> CallBoard::movesFrom(const QHash<QString, qint64> &users) const
{
    QVector<Move> moves;
    for (auto calls = m_calls.begin(); calls != m_calls.end(); ++calls) {
        const qint64 from = users.value(calls.key());
        const qint64 to = m_users.value(calls.key());
        if (from == to)
            continue;
        for (const model::AgentCall &call : *calls) {
            model::AgentCall gone = call;
            gone.state = model::AgentCall::State::Over;
            gone.result = model::AgentCall::Result::AnsweredElsewhere;
            gone.answeredBy = m_seats.value(to).name;
            if (from)
                moves.append({from, gone});
            if (to)
                moves.append({to, call});
        }
    }
    return moves;
}

QString CallBoard::nameAt(const QString &extension) const
{
    const std::lock_guard lock(m_mutex);
    return m_seats.value(m_users.value(extension)).name;
}

void CallBoard::setPhones(const Phones &phones)
{
    change([&] { m_phones = phones; });
}

/// Whose telephone does something else from now on is told.
void CallBoard::change(const std::function<void()> &how)
{
    QHash<qint64, model::AgentPhone> before, after;
    {
        const std::lock_guard lock(m_mutex);
        before = phones();
        how();
        after = phones();
    }
    for (auto phone = after.begin(); phone != after.end(); ++phone)
        if (before.value(phone.key()) != *phone)
            m_fanout.publishPhone(phone.key(), *phone);
}

QHash<qint64, model::AgentPhone> CallBoard::phones() const
{
    QHash<qint64, model::AgentPhone> phones;
    for (const Seat &seat : m_seats)
        phones.insert(seat.user, phoneFor(seat));
    return phones;
}

model::AgentPhone CallBoard::phoneFor(const Seat &seat) const
{
    model::AgentPhone phone{.extension = seat.extension, .can = m_phones.at(seat.extension)};
    if (seat.extension.isEmpty() && !seat.takenBy.isEmpty())
        phone.can.whyNot =
            QStringLiteral("%1 sits at your phone %2. Sign in again and say which one is yours today.")
                .arg(seat.takenBy, seat.own);
    return phone;
}

model::AgentPhone CallBoard::phoneOf(qint64 user) const
{
    const std::lock_guard lock(m_mutex);
    return phoneFor(m_seats.value(user));
}

QHash<QString, qint64> CallBoard::usersByExtension() const
{
    const std::lock_guard lock(m_mutex);
    return m_users;
}

QString CallBoard::extensionOf(qint64 user) const
{
    const std::lock_guard lock(m_mutex);
    return m_seats.value(user).extension;
}

bool CallBoard::isTalkingAt(const QString &extension) const
{
    const std::lock_guard lock(m_mutex);
    const auto calls = m_calls.value(extension);
    return std::ranges::any_of(calls,
                               [](const model::AgentCall &call) { return call.answeredAt.has_value(); });
}

void CallBoard::apply(const QString &extension, const model::AgentCall &call)
{
    qint64 user = 0;
    {
        const std::lock_guard lock(m_mutex);
        auto &calls = m_calls[extension];
        if (call.state == model::AgentCall::State::Over)
            calls.remove(call.callId);
        else
            calls.insert(call.callId, call);
        if (calls.isEmpty())
            m_calls.remove(extension);
        user = m_users.value(extension);
    }
    if (user)
        m_fanout.publishCall(user, call);
}

QVector<model::AgentCall> CallBoard::callsOf(qint64 user) const
{
    const std::lock_guard lock(m_mutex);
    QVector<model::AgentCall> calls;
    for (auto extension = m_calls.begin(); extension != m_calls.end(); ++extension)
        if (m_users.value(extension.key()) == user)
            calls += extension->values();
    std::ranges::sort(calls, std::greater(), &model::AgentCall::startedAt);
    return calls.first(std::min<qsizetype>(calls.size(), sync::maxCallsPerAgent));
}

} // namespace ringbook::hub
