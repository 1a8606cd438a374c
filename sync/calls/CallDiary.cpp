#include "sync/calls/CallDiary.h"

namespace ringbook::calls {

using namespace model;

namespace {

constexpr int mostExtensions = 10'000; ///< that rings are counted of

/// One operator() a step.
struct Words
{
    const QHash<QString, QString> &names;

    QString who(const QString &extension) const
    {
        const QString name = names.value(extension);
        return name.isEmpty() ? extension : QStringLiteral("%1 (%2)").arg(extension, name);
    }
    QString all(const QStringList &extensions) const
    {
        QStringList named;
        for (const QString &extension : extensions)
            named += who(extension);
        return named.join(QStringLiteral(", "));
    }

    QString operator()(const step::Began &step) const
    {
        if (step.direction == AgentCall::Direction::Outbound)
            return QStringLiteral("%1 calls somebody outside").arg(who(step.callerAgent));
        if (step.direction == AgentCall::Direction::Internal)
            return QStringLiteral("%1 calls a colleague").arg(who(step.callerAgent));
        const QString number = step.caller.withheld        ? QStringLiteral("who hides the number")
                               : step.caller.raw.isEmpty() ? QStringLiteral("without a number")
                               : step.caller.e164.isEmpty()
                                   ? QStringLiteral("with a number that is none of the telephone network's")
                                   : QStringLiteral("with a number");
        const QString line =
            step.called.name.isEmpty() ? QString() : QStringLiteral(", at %1").arg(step.called.name);
        return step.inferred ? QStringLiteral("a call was seen after it began") + line
                             : QStringLiteral("somebody outside calls, %1%2").arg(number, line);
    }
    QString operator()(const step::CallerNamed &) const
    {
        return QStringLiteral("the caller's name was looked up");
    }
    QString operator()(const step::Directed &step) const
    {
        return step.dialling ? QStringLiteral("a line outside is dialled") : QString();
    }
    QString operator()(const step::PresentationAsked &) const
    {
        return QStringLiteral("asked whether the number may be shown");
    }
    QString operator()(const step::PresentationTold &step) const
    {
        return step.presentation == Call::Presentation::Withheld
                   ? QStringLiteral("the number may not be shown")
                   : QStringLiteral("the number may be shown");
    }
    QString operator()(const step::Queued &step) const
    {
        return QStringLiteral("waits in queue %1").arg(step.queue);
    }
    QString operator()(const step::LeftQueue &step) const
    {
        return step.abandoned ? QStringLiteral("gave up waiting in the queue")
                              : QStringLiteral("left the queue");
    }
    QString operator()(const step::Offered &step) const
    {
        return QStringLiteral("offered to %1, at %2").arg(who(step.agent), step.device);
    }
    QString operator()(const step::Rang &step) const
    {
        return QStringLiteral("rings at %1").arg(who(step.agent));
    }
    QString operator()(const step::Answered &step) const
    {
        return QStringLiteral("%1 lifted").arg(who(step.agent));
    }
    QString operator()(const step::DeviceOver &step) const
    {
        const QString why = name(step.result);
        return QStringLiteral("rings no more at %1%2")
            .arg(who(step.agent),
                 why.isEmpty() ? QString() : QStringLiteral(": ") + QString(why).replace(u'_', u' '));
    }
    QString operator()(const step::TakenFrom &step) const
    {
        return QStringLiteral("%1 picked it up from %2").arg(who(step.by), who(step.agent));
    }
    QString operator()(const step::Talking &step) const
    {
        return step.agents.isEmpty() ? QStringLiteral("nobody talks")
                                     : QStringLiteral("talks with %1").arg(all(step.agents));
    }
    QString operator()(const step::AgentGone &step) const
    {
        return QStringLiteral("%1 left").arg(who(step.agent));
    }
    QString operator()(const step::Held &step) const
    {
        return step.on ? QStringLiteral("%1 holds it").arg(who(step.agent))
                       : QStringLiteral("%1 goes on").arg(who(step.agent));
    }
    QString operator()(const step::Transferred &step) const
    {
        const QString to = names.contains(step.to) ? who(step.to) : QStringLiteral("a number");
        return QStringLiteral("%1 passes it on to %2").arg(who(step.by), to);
    }
    QString operator()(const step::Parked &) const { return QStringLiteral("parked"); }
    QString operator()(const step::TakenFromPark &step) const
    {
        return QStringLiteral("%1 took it out of the park").arg(who(step.by));
    }
    QString operator()(const step::StillThere &) const { return {}; }
    QString operator()(const step::MergedInto &step) const
    {
        return QStringLiteral("became part of %1").arg(step.call);
    }
    QString operator()(const step::Ended &step) const
    {
        const QString by = name(step.by);
        return by.isEmpty() ? QStringLiteral("over") : QStringLiteral("over, by the %1").arg(by);
    }
};

} // namespace

QString wordsFor(const CallStep &step, const QHash<QString, QString> &names)
{
    return std::visit(Words{names}, step);
}

void CallDiary::note(const QString &call, const CallStep &step, TimeMs at)
{
    if (const auto *rang = std::get_if<step::Rang>(&step); rang && m_rings.size() < mostExtensions) {
        Rings &rings = m_rings[rang->agent];
        ++rings.count;
        rings.lastAt = at;
    }
    const QString text = wordsFor(step, m_names);
    const bool isSaid = !m_steps.isEmpty() && m_steps.last().call == call && m_steps.last().text == text;
    if (text.isEmpty() || isSaid)
        return;
    if (m_steps.size() >= mostTelephonySteps)
        m_steps.removeFirst();
    m_steps.append({at, call, text});
}

} // namespace ringbook::calls
