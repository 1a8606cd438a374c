#pragma once

#include "sync/hub/Fanout.h"
#include "sync/hub/store/Seats.h"

namespace ringbook::hub {

/// What each extension's telephone does when told.
struct Phones
{
    QHash<QString, model::CallAbilities> byExtension = {};
    model::CallAbilities others = {}; ///< of extensions that are not named

    model::CallAbilities at(const QString &extension) const;
};

/// Which calls each agent has right now, and what their telephone does; tells that agent's desks. Any
/// thread.
class CallBoard
{
public:
    explicit CallBoard(Fanout &fanout) : m_fanout(fanout) {}

    /// Whose telephones ring. What rings at one goes over to whoever has it from now on.
    void setSeats(const QVector<Seat> &seats);
    QString nameAt(const QString &extension) const; ///< of whose desk is told of its calls; empty: nobody's
    void apply(const QString &extension, const model::AgentCall &call);
    void setPhones(const Phones &phones);
    model::AgentPhone phoneOf(qint64 user) const;
    QString extensionOf(qint64 user) const; ///< empty: none
    bool isTalkingAt(const QString &extension) const;
    QHash<QString, qint64> usersByExtension() const;
    QVector<model::AgentCall> callsOf(qint64 user) const; ///< the newest, as many as a hello may carry

private:
    QHash<qint64, model::AgentPhone> phones() const; ///< by user
    void change(const std::function<void()> &how);
    model::AgentPhone phoneFor(const Seat &seat) const;
    struct Move
    {
        qint64 user = 0;
        model::AgentCall call = {};
    };
    QVector<Move> movesFrom(const QHash<QString, qint64> &users) const;

    Fanout &m_fanout;
    mutable std::mutex m_mutex;
    QHash<QString, qint64> m_users; ///< by extension
    QHash<qint64, Seat> m_seats;    ///< by user
    Phones m_phones;
    QHash<QString, QMap<QString, model::AgentCall>> m_calls; ///< by extension and call; none that is over
};

} // namespace ringbook::hub
