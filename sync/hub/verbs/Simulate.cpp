#include "sync/hub/verbs/Simulate.h"

#include "sync/protocol/Codec.h"

namespace ringbook::hub {

namespace {

sync::Problem noSimulator()
{
    return sync::problemFrom({Fault::NotFound, QStringLiteral("This hub runs without the simulator.")});
}

} // namespace

void SimulateCall::answer(const Ask &ask, Reply reply)
{
    const auto wanted = sync::readSimulatedCall(ask.body);
    if (!wanted)
        return reply(problemOf(wanted.error()));
    m_switchboard.withSimulator([wanted = *wanted, reply](calls::Simulator *simulator) {
        if (!simulator)
            return reply(noSimulator());
        const auto call = simulator->ring({
            .number = wanted.number,
            .name = wanted.name,
            .extensions = wanted.to,
            .queue = wanted.queue,
        });
        if (!call)
            return reply(problemOf(call.error()));
        reply(Told{sync::encode(sync::SimulatedCallReply{*call})});
    });
}

void StepSimulatedCall::answer(const Ask &ask, Reply reply)
{
    const auto step = sync::readSimulatedStep(ask.body);
    if (!step)
        return reply(problemOf(step.error()));
    const QString call = ask.path.value(QStringLiteral("call"));
    m_switchboard.withSimulator([=, this, extension = step->extension](calls::Simulator *simulator) {
        if (!simulator)
            return reply(noSimulator());
        const Status stepped =
            m_step == Step::Answer ? simulator->answer(call, extension) : simulator->hangUp(call, extension);
        if (!stepped)
            return reply(problemOf(stepped.error()));
        reply(Told{"{}"});
    });
}

} // namespace ringbook::hub
