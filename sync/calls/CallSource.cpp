#include "sync/calls/CallSource.h"

#include <algorithm>

namespace ringbook::calls {

namespace {

constexpr qint64 nsPerMs = 1'000'000;

} // namespace

CallSource::CallSource(const Clock &clock, model::CallTiming timing, QHash<QString, QString> agentNames,
                       QObject *parent, model::PopRules rules)
    : QObject(parent),
      m_clock(clock),
      m_diary(agentNames),
      m_calls(timing, std::move(agentNames), std::move(rules)),
      m_wall(clock.now()),
      m_monotonicNs(clock.monotonicNs())
{
    m_calls.setListener(
        [this](const QString &id, const model::CallStep &step, TimeMs at) { m_diary.note(id, step, at); });
    qRegisterMetaType<model::AgentCall>();
    qRegisterMetaType<model::Call>();
    qRegisterMetaType<Link>();
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    connect(&m_deadline, &QTimer::timeout, this, &CallSource::publish);
}

model::CallAbilities CallSource::abilities(const QString &) const
{
    return {};
}

void CallSource::obey(const model::CallCommand &, const Obeyed &obeyed)
{
    obeyed(Error{Fault::Denied, QStringLiteral("this telephone system only tells of calls; use the phone")});
}

TimeMs CallSource::now()
{
    const qint64 monotonicNs = m_clock.monotonicNs();
    if (m_calls.ids().isEmpty()) {
        m_wall = m_clock.now();
        m_monotonicNs = monotonicNs;
    }
    return m_wall + (monotonicNs - m_monotonicNs) / nsPerMs;
}

void CallSource::publish()
{
    m_calls.passTime(now());
    const auto changes = m_calls.changes();
    for (const auto &[extension, view] : changes) {
        model::AgentCall call = view;
        const model::Call *whole = m_calls.call(call.callId);
        const bool waits =
            call.state == model::AgentCall::State::Ringing && whole && !rings(*whole, extension);
        if (!call.isOver() && !waits) // one that rings at others cannot be told anything here
            call.can = abilities(extension);
        Q_EMIT agentCallChanged(extension, call);
    }
    const auto ended = m_calls.takeEnded();
    for (const auto &call : ended)
        Q_EMIT callEnded(call);

    const auto next = m_calls.nextDeadline();
    if (!next) {
        m_deadline.stop();
        return;
    }
    m_deadline.start(int(std::clamp<TimeMs>(*next - now(), 1, hourMs)));
}

void CallSource::setLink(const Link &link)
{
    if (link == m_link)
        return;
    m_link = link;
    Q_EMIT linkChanged(m_link);
    Q_EMIT abilitiesChanged();
}

} // namespace ringbook::calls
