#pragma once

#include "sync/hub/Switchboard.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

// Why nothing pops, for leads and administrators; nobody else is told.

/// How the telephone systems stand, and what was made of their last events.
class ReadTelephony final : public Verb
{
public:
    ReadTelephony(Switchboard &switchboard, const Clock &clock) : m_switchboard(switchboard), m_clock(clock)
    {
    }

    void answer(const Ask &ask, Reply reply) override;

private:
    Switchboard &m_switchboard;
    const Clock &m_clock;
};

/// Reaches a telephone system once more, asks and listens for some seconds, and says what is wrong.
class ExamineTelephony final : public Verb
{
public:
    explicit ExamineTelephony(Switchboard &switchboard) : m_switchboard(switchboard) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    Switchboard &m_switchboard;
};

/// Lets the last call from outside ring once more, at the desk of whoever asks: whether a pop gets there.
class ReplayCall final : public Verb
{
public:
    explicit ReplayCall(Switchboard &switchboard) : m_switchboard(switchboard) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    Switchboard &m_switchboard;
};

} // namespace ringbook::hub
