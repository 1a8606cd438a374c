#include "sync/calls/DialPlan.h"
#include "sync/calls/ami/AmiConnector.h"

#include <QUuid>

namespace ringbook::calls {

// What agents want done at their own phones.

using model::CallCommand;

namespace {

constexpr int orderWaitMs = 5'000; ///< for an answer; what is dialled is answered before the phone rings
const QString dialAction = QStringLiteral("Originate");
const QString hangUpAction = QStringLiteral("Hangup");
const QString transferAction = QStringLiteral("BlindTransfer");
const QString busy = QStringLiteral("17"); ///< causes by Q.850
const QString normalClearing = QStringLiteral("16");

Error noLongerThere()
{
    return {Fault::NotFound, QStringLiteral("This call is over, or somebody else has it.")};
}

Error unreached()
{
    return {Fault::Unreachable, QStringLiteral("The telephone system does not answer; use the phone.")};
}

} // namespace

QString AmiConnector::whyDeaf() const
{
    return link().state == Link::State::Live || link().state == Link::State::Listing
               ? QString()
               : QStringLiteral("The hub does not reach the telephone system; use the phone.");
}

model::CallAbilities AmiConnector::abilities(const QString &extension) const
{
    if (!m_settings.agentWith(extension))
        return {.whyNot = QStringLiteral("The telephone system does not know your extension.")};
    if (const QString why = whyDeaf(); !why.isEmpty())
        return {.whyNot = why};
    const bool hasContext = !m_settings.dial.context.isEmpty();
    const bool dials = hasContext && m_allowed.contains(dialAction);
    return {.dial = dials,
            .hangUp = m_allowed.contains(hangUpAction),
            .transfer = hasContext && m_allowed.contains(transferAction),
            .whyNot = dials        ? QString()
                      : hasContext ? QStringLiteral("The telephone system does not let the hub dial.")
                                   : QStringLiteral("Dialling from desks is not set up here.")};
}

void AmiConnector::obey(const CallCommand &command, const Obeyed &obeyed)
{
    if (!isAble(abilities(command.extension), command.what)) {
        const QString why = whyDeaf();
        const QString no = QStringLiteral("This telephone system does not do that when told; use the phone.");
        return obeyed(Error{Fault::Denied, why.isEmpty() ? no : why});
    }
    const auto begun = [&]() -> Status {
        switch (command.what) {
        case CallCommand::What::Dial: return dial(command, obeyed);
        case CallCommand::What::HangUp: return hangUp(command, obeyed);
        case CallCommand::What::Transfer: return transfer(command, obeyed);
        case CallCommand::What::Answer:
        case CallCommand::What::Hold:
        case CallCommand::What::Resume: break;
        }
        return noLongerThere();
    }();
    if (!begun)
        obeyed(begun);
}

/// The agent's own phone rings first; lifted, it dials. The id is ours, so that the call is known from its
/// first event on.
Status AmiConnector::dial(const CallCommand &command, const Obeyed &obeyed)
{
    const auto number = numberToDial(command.number, m_settings);
    if (!number)
        return number.error();
    const Agent &agent = *m_settings.agentWith(command.extension);
    const QString name = QString(agent.name).remove(u'"').remove(u'<');
    order(dialAction.toLatin1(),
          {{"Channel", agent.endpoint},
           {"Context", m_settings.dial.context},
           {"Exten", *number},
           {"Priority", QStringLiteral("1")},
           {"CallerID", QStringLiteral("\"%1\" <%2>").arg(name, agent.extension)},
           {"Timeout", QString::number(m_settings.dial.ringSeconds * secondMs)},
           {"Async", QStringLiteral("true")},
           {"ChannelId", QStringLiteral("dial-") + QUuid::createUuid().toString(QUuid::Id128)}},
          obeyed);
    return Done{};
}

/// At all phones of the agent where this call rings, or at the one it is talked on.
Status AmiConnector::hangUp(const CallCommand &command, const Obeyed &obeyed)
{
    const QStringList channels = m_interpreter.channelsOf(command.callId, command.extension);
    if (channels.isEmpty())
        return noLongerThere();
    const model::Call *call = calls().call(command.callId);
    const bool talks = call && model::talkingAgent(*call) == command.extension;
    for (const QString &channel : channels)
        order(hangUpAction.toLatin1(), {{"Channel", channel}, {"Cause", talks ? normalClearing : busy}},
              channel == channels.first() ? obeyed : Obeyed());
    return Done{};
}

Status AmiConnector::transfer(const CallCommand &command, const Obeyed &obeyed)
{
    const auto number = numberToDial(command.number, m_settings);
    if (!number)
        return number.error();
    const model::Call *call = calls().call(command.callId);
    const QStringList channels = m_interpreter.channelsOf(command.callId, command.extension);
    if (!call || model::talkingAgent(*call) != command.extension || channels.isEmpty())
        return noLongerThere();
    order(transferAction.toLatin1(),
          {{"Channel", channels.first()}, {"Context", m_settings.dial.context}, {"Exten", *number}}, obeyed);
    return Done{};
}

void AmiConnector::order(const QByteArray &action, const QVector<ActionField> &fields, const Obeyed &obeyed)
{
    const QString id = send({.what = Asked::What::Order, .obeyed = obeyed}, action, fields);
    QTimer::singleShot(orderWaitMs, this, [this, id] {
        if (const Asked late = m_asked.take(id); late.obeyed)
            late.obeyed(unreached());
    });
}

/// What the PBX says is for its administrator.
void AmiConnector::answerToOrder(const Asked &asked, const AmiMessage &answer)
{
    if (!asked.obeyed)
        return;
    if (answer.text(QLatin1String("Response")) == QLatin1String("Success"))
        return asked.obeyed(Done{});
    asked.obeyed(Error{Fault::Denied, QStringLiteral("The telephone system did not do it; use the phone.")});
}

void AmiConnector::giveUpOrders()
{
    const auto asked = std::exchange(m_asked, {});
    for (const Asked &order : asked)
        if (order.obeyed)
            order.obeyed(unreached());
}

} // namespace ringbook::calls
