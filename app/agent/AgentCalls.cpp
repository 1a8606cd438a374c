#include "app/agent/Agent.h"
#include "ui/phone/TelephonyPage.h"
#include "ui/shell/CallBar.h"
#include "ui/text/Numbers.h"

namespace ringbook::app {

using model::AgentCall;
using model::CallCommand;
using sync::SyncClient;

void Agent::connectCalls()
{
    CallFlow &calls = m_workplace->calls();
    connect(&calls, &CallFlow::shown, this, [this](const QString &callId, qint64 us) {
        m_events.say("shown", {{"ms", double(us) / 1000}});
        m_status.setRingToPaint(us);
        Q_EMIT cardShown(callId, us);
    });
    connect(&calls, &CallFlow::popped, this, [this](const QString &callId, qint64 us) {
        m_events.say("pop", {{"ms", double(us) / 1000}});
        Q_EMIT popShown(callId, us);
    });
    connect(&calls, &CallFlow::cardOpened, this, [this] { m_events.say("card"); });
    connect(&calls, &CallFlow::answerRequested, this, [this](const QString &callId) {
        askSync([callId](SyncClient &client) {
            client.order({.what = CallCommand::What::Answer, .callId = callId});
        });
    });
    connect(&calls, &CallFlow::strangersChanged, this, [this](const QStringList &numbers) {
        askSync([numbers](SyncClient &client) { client.lookFor(numbers); });
    });
    m_workplace->showLookUps(m_lookUps);
    connectTelephonyPage(m_workplace->telephony());
    connect(&m_shell.callBar(), &ui::CallBar::hangUpRequested, m_workplace.get(),
            [this](const QString &callId) { hangUp(callId); });
    showLive();
}

void Agent::connectTelephone()
{
    connect(&m_telephone, &Telephone::ordered, this, [this](const CallCommand &command) {
        askSync([command](SyncClient &client) { client.order(command); });
    });
    connect(&m_telephone, &Telephone::lost, this, [this](const QString &extension) {
        m_status.keepSaying(tr("A colleague sits at phone %1 now, so its calls are theirs. Sign in again to "
                               "say where you sit.")
                                .arg(ui::isolated(extension)));
    });
    connect(&m_telephone, &Telephone::got, this, [this] { m_status.keepSaying({}); });
}

void Agent::connectTelephonyPage(ui::TelephonyPage &page)
{
    connect(&page, &ui::TelephonyPage::newsWanted, this, [this] {
        if (m_status.isLive())
            askSync([](SyncClient &client) { client.readTelephony(); });
    });
    connect(&page, &ui::TelephonyPage::examinationWanted, this, [this](const QString &source) {
        askSync([source](SyncClient &client) { client.examineTelephony(source); });
    });
    connect(&page, &ui::TelephonyPage::replayWanted, this, [this](const QString &source) {
        askSync([source](SyncClient &client) { client.replayCall(source); });
    });
}

void Agent::connectTelephony(SyncClient &client)
{
    connect(&client, &SyncClient::phoneChanged, &m_telephone, &Telephone::setPhone);
    connect(&client, &SyncClient::phoneObeyed, &m_telephone, &Telephone::obeyed);
    connect(&client, &SyncClient::phoneRefused, this, [this](const CallCommand &command, const Error &why) {
        m_telephone.refused(command);
        m_events.say("phone_refused");
        m_status.say(why.fault == Fault::Unreachable ? tr("The hub is out of reach; use the phone.")
                                                     : why.detail);
    });
    const auto whenOpen = [this](auto show) {
        if (m_workplace)
            show(m_workplace->telephony());
    };
    connect(&client, &SyncClient::telephonyTold, this, [=](const QVector<model::TelephonySource> &sources) {
        whenOpen([&](ui::TelephonyPage &page) { page.show(sources); });
    });
    connect(&client, &SyncClient::telephonyExamined, this,
            [=](const QVector<model::TelephonyFinding> &findings) {
                whenOpen([&](ui::TelephonyPage &page) { page.showFindings(findings); });
            });
    connect(&client, &SyncClient::telephonyFailed, this, [=](const Error &error) {
        whenOpen([&](ui::TelephonyPage &page) { page.sayFailed(error.detail); });
    });
}

/// A hub that cannot be reached takes no call for us, and tells of none.
void Agent::showLive()
{
    m_telephone.setLive(m_status.isLive());
    if (m_workplace)
        m_workplace->calls().setHeard(m_status.isLive());
}

void Agent::connectHubCalls(SyncClient &client)
{
    connect(&client, &SyncClient::callArrived, this, [this](const AgentCall &call, qint64 receivedNs) {
        if (!mergeWithLocal(call, m_clock.now(), receivedNs) && m_workplace)
            m_workplace->calls().take(call, receivedNs);
        m_telephone.heard(call);
    });
    connect(&client, &SyncClient::callsReplaced, this, [this](QVector<AgentCall> calls, qint64 receivedNs) {
        for (const AgentCall &call : calls)
            mergeWithLocal(call, call.ringingSince, receivedNs);
        if (m_workplace)
            m_workplace->calls().replaceAll(calls + m_localRings.calls(), receivedNs);
    });
    connect(&client, &SyncClient::lookUpsChanged, this, [this](const model::LookUps &lookUps) {
        m_lookUps = lookUps;
        if (m_workplace)
            m_workplace->showLookUps(lookUps);
    });
    connect(&client, &SyncClient::simulatorOffered, this, [this](bool offered) { m_hasSimulator = offered; });
    connect(&client, &SyncClient::simulatorFailed, this, [this](const Error &error) {
        m_events.say("practice_failed");
        m_status.say(tr("The hub does not let the phone ring for practice: %1").arg(error.detail));
    });
}

void Agent::connectPresence(SyncClient &client)
{
    connect(&client, &SyncClient::presenceChanged, this,
            [this](Id<model::Customer> customer, const QVector<model::Presence> &people) {
                if (m_workplace)
                    m_workplace->showPresence(customer, people);
            });
    connect(&client, &SyncClient::presenceForgotten, this, [this] {
        if (m_workplace)
            m_workplace->forgetPresence();
    });
}

void Agent::bringToFront()
{
    m_shell.show();
    m_shell.raise();
    m_shell.activateWindow();
}

Status Agent::obey(const Request &request)
{
    const bool isToShow = request.kind == Request::Kind::Ring || request.kind == Request::Kind::Dial;
    if (isToShow && !m_mayShow.take(m_clock.now()))
        return Error{Fault::Denied, "too much was to be shown within ten seconds; try again in a moment"};
    switch (request.kind) {
    case Request::Kind::Show: bringToFront(); return Done{};
    case Request::Kind::Ring:
    case Request::Kind::Answered:
    case Request::Kind::Ended: return takeLocal(request);
    case Request::Kind::Dial: return dial(request);
    case Request::Kind::PracticeCall: return practise(request.number);
    }
    return Done{};
}

void Agent::connectLocalRings()
{
    connect(&m_localRings, &LocalRings::changed, this, [this](const AgentCall &call) {
        m_events.say("local_call", {{"state", model::name(call.state)},
                                    {"withheld", call.party.withheld},
                                    {"readable", !call.party.e164.isEmpty()}});
        if (m_workplace)
            m_workplace->calls().take(call, m_clock.monotonicNs());
    });
}

/// `at`: when it came to this agent. False: it is no call that was told of here.
bool Agent::mergeWithLocal(const AgentCall &call, TimeMs at, qint64 receivedNs)
{
    const auto here = m_localRings.heardFromHub(call, at);
    if (!here || !m_workplace)
        return false;
    m_events.say("local_call_is_hubs");
    m_workplace->calls().become(*here, call, receivedNs);
    return true;
}

Status Agent::takeLocal(const Request &request)
{
    if (!m_workplace)
        return Error{Fault::Denied,
                     "this desk has no book to look callers up in; sign in at its window first"};
    return m_localRings.take(request, m_workplace->region());
}

/// The agent is asked; where the phone does not dial, they see whose number it is.
Status Agent::dial(const Request &request)
{
    if (!m_workplace)
        return Error{Fault::Denied, "this desk has no book to find numbers in; sign in at its window first"};
    bringToFront();
    if (m_telephone.offer(request.number)) {
        m_events.say("number_offered");
        return Done{};
    }
    m_workplace->find(request.number);
    m_events.say("number_found");
    return Done{};
}

Status Agent::practise(const QString &number)
{
    if (!m_sync)
        return Error{Fault::Denied, "this desk knows no hub that could ring; sign in at its window first"};
    const auto link = m_status.sync().link;
    if (link != sync::SyncState::Link::Live && link != sync::SyncState::Link::CatchingUp)
        return Error{Fault::Denied,
                     "this desk is not connected to its hub, which rings; see that the hub runs and "
                     "that somebody is signed in at the desk"};
    if (m_hasSimulator == false)
        return Error{Fault::Denied, "this desk's hub has no simulated phone; start it with --simulator"};
    if (m_telephone.extension().isEmpty())
        return Error{Fault::Denied,
                     "whoever is signed in at this desk sits at no phone that could ring; sign in "
                     "with its extension"};
    m_sync->ask([number](SyncClient &client) { client.ring(number, QString()); });
    return Done{};
}

void Agent::hangUp(const QString &callId)
{
    if (!m_localRings.hangUp(callId))
        askSync([callId](SyncClient &client) {
            client.order({.what = CallCommand::What::HangUp, .callId = callId});
        });
}

} // namespace ringbook::app
