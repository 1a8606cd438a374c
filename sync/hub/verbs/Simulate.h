#pragma once

#include "sync/hub/Switchboard.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// Lets the simulated phone ring.
class SimulateCall final : public Verb
{
public:
    explicit SimulateCall(Switchboard &switchboard) : m_switchboard(switchboard) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    Switchboard &m_switchboard;
};

/// Answers a simulated call, or hangs it up.
class StepSimulatedCall final : public Verb
{
public:
    enum class Step { Answer, HangUp };
    StepSimulatedCall(Switchboard &switchboard, Step step) : m_switchboard(switchboard), m_step(step) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    Switchboard &m_switchboard;
    Step m_step;
};

} // namespace ringbook::hub
