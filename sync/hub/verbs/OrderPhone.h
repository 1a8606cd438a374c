#pragma once

#include "sync/hub/BookWriter.h"
#include "sync/hub/Switchboard.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// How often agents may have something dialled: so many at once, and then as many a minute.
class DialPace
{
public:
    static constexpr int most = 10;

    explicit DialPace(const Clock &clock) : m_clock(clock) {}

    bool mayDial(qint64 user); ///< false: not now. Any thread.

private:
    const Clock &m_clock;
    std::mutex m_mutex;
    QHash<qint64, QVector<qint64>> m_dialled; ///< by user, when, on the steady clock
};

/// An agent's own phone shall do something: at their own extension, with their own calls, nobody else's. What
/// is dialled and passed on is written down first.
class OrderPhone final : public Verb
{
public:
    OrderPhone(Switchboard &switchboard, const CallBoard &board, const Fanout &fanout, BookWriter &writer,
               const Clock &clock);

    void answer(const Ask &ask, Reply reply) override;

private:
    std::optional<sync::Problem> trouble(const Ask &ask, const model::CallCommand &order);

    Switchboard &m_switchboard;
    const CallBoard &m_board;
    const Fanout &m_fanout;
    BookWriter &m_writer;
    DialPace m_pace;
};

} // namespace ringbook::hub
