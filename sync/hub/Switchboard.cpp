#include "sync/hub/Switchboard.h"

#include "sync/calls/ami/AmiConnector.h"
#include "sync/calls/esl/EslConnector.h"

#include <QLoggingCategory>

namespace ringbook::hub {

namespace {

Q_LOGGING_CATEGORY(log, "ringbook.hub.calls")

/// The one that speaks what this telephone system speaks; null if there is none.
std::unique_ptr<calls::CallSource> connectorFor(const calls::PbxSettings &settings, const Clock &clock)
{
    switch (settings.kind) {
    case calls::PbxSettings::Kind::Asterisk: return std::make_unique<calls::AmiConnector>(clock, settings);
    case calls::PbxSettings::Kind::FreeSwitch: return std::make_unique<calls::EslConnector>(clock, settings);
    case calls::PbxSettings::Kind::Webhook: return std::make_unique<calls::WebhookSource>(clock, settings);
    }
    return nullptr;
}

} // namespace

Switchboard::Switchboard(const Clock &clock, CallBoard &board, Ended ended)
    : m_clock(clock),
      m_board(board),
      m_ended(std::move(ended)),
      m_here(std::make_unique<QObject>())
{
    m_here->moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("switchboard"));
    m_thread.start();
}

void Switchboard::stop()
{
    QMetaObject::invokeMethod(
        m_here.get(),
        [this] {
            m_simulator = nullptr;
            m_sources.clear();
            m_extensions.clear();
            m_settings.clear();
            m_hooks.clear();
            qDeleteAll(m_here->children());
        },
        Qt::BlockingQueuedConnection);
}

Switchboard::~Switchboard()
{
    stop();
    m_thread.quit();
    m_thread.wait();
}

void Switchboard::add(calls::CallSource &source)
{
    QObject::connect(&source, &calls::CallSource::agentCallChanged, m_here.get(),
                     [this, &source](const QString &extension, const model::AgentCall &call) {
                         if (call.state == model::AgentCall::State::Ringing &&
                             call.direction == model::AgentCall::Direction::Inbound)
                             m_lastRings.insert(&source, call);
                         m_board.apply(extension, call);
                     });
    QObject::connect(&source, &calls::CallSource::callEnded, m_here.get(),
                     [this, &source](const model::Call &call) { end(source, call); });
    QObject::connect(&source, &calls::CallSource::abilitiesChanged, m_here.get(), [this] { tellPhones(); });
    m_sources.append(&source);
    tellPhones();
}

void Switchboard::end(const calls::CallSource &source, const model::Call &call)
{
    const auto settings = m_settings.constFind(&source);
    const bool isReal = settings != m_settings.constEnd();
    m_ended(call, {.book = isReal ? settings->book : m_simulatedBook,
                   .queue = call.queue,
                   .users = m_board.usersByExtension()});
}

void Switchboard::tellPhones()
{
    m_board.setPhones(phones());
}

Phones Switchboard::phones() const
{
    Phones phones{.others = {.whyNot = m_sources.isEmpty()
                                           ? QStringLiteral("This hub has no telephone system.")
                                           : QStringLiteral("No telephone system knows your extension.")}};
    if (m_simulator)
        phones.others = m_simulator->abilities(QStringLiteral("practice"));
    for (const QString &extension : m_extensions)
        phones.byExtension.insert(extension, phoneAt(extension));
    return phones;
}

/// Of several telephone systems that have it the one that does most.
model::CallAbilities Switchboard::phoneAt(const QString &extension) const
{
    return dialerFor(extension)->abilities(extension);
}

/// Nobody practises by mistake: who has a telephone dials there or not at all.
calls::CallSource *Switchboard::dialerFor(const QString &extension) const
{
    if (!m_extensions.contains(extension))
        return m_simulator;
    calls::CallSource *best = nullptr;
    const auto rank = [&](const calls::CallSource *source) {
        const model::CallAbilities abilities = source->abilities(extension);
        return 2 * int(abilities.dial) + int(abilities.hangUp);
    };
    for (calls::CallSource *source : m_sources)
        if (source != m_simulator && (!best || rank(source) > rank(best)))
            best = source;
    return best;
}

calls::CallSource *Switchboard::sourceFor(const model::CallCommand &command) const
{
    if (command.what == model::CallCommand::What::Dial)
        return dialerFor(command.extension);
    for (calls::CallSource *source : m_sources) {
        const model::Call *call = source->calls().call(command.callId);
        if (call && !call->isOver())
            return source;
    }
    return nullptr;
}

void Switchboard::order(const model::CallCommand &command, const calls::Obeyed &obeyed)
{
    QMetaObject::invokeMethod(
        m_here.get(),
        [this, command, obeyed] {
            if (calls::CallSource *source = sourceFor(command))
                return source->obey(command, obeyed);
            const bool dials = command.what == model::CallCommand::What::Dial;
            obeyed(dials ? Error{Fault::Denied, phones().at(command.extension).whyNot}
                         : Error{Fault::NotFound, QStringLiteral("This call is over.")});
        },
        Qt::QueuedConnection);
}

void Switchboard::addSimulator(const QString &country, const QHash<QString, QString> &agentNames,
                               const QString &book)
{
    m_simulatedBook = book;
    QMetaObject::invokeMethod(
        m_here.get(),
        [&] {
            m_simulator = new calls::Simulator(m_clock, country, agentNames, m_here.get());
            add(*m_simulator);
        },
        Qt::BlockingQueuedConnection);
}

Status Switchboard::addPbx(const calls::PbxSettings &settings)
{
    Status started = Done{};
    QMetaObject::invokeMethod(
        m_here.get(),
        [&] {
            auto made = connectorFor(settings, m_clock);
            if (!made) {
                started = Error{Fault::Invalid,
                                QStringLiteral("this hub does not speak with such a telephone system yet")};
                return;
            }
            made->setParent(m_here.get());
            calls::CallSource *pbx = made.release();
            m_settings.insert(pbx, settings);
            for (const calls::Agent &agent : settings.agents)
                m_extensions.insert(agent.extension);
            add(*pbx);
            if (auto *hook = qobject_cast<calls::WebhookSource *>(pbx))
                m_hooks.insert(settings.source, hook);
            QObject::connect(pbx, &calls::CallSource::linkChanged, m_here.get(),
                             [source = settings.source, told = QString()](const calls::Link &link) mutable {
                                 report(source, link, told);
                             });
            started = pbx->start();
        },
        Qt::BlockingQueuedConnection);
    return started;
}

void Switchboard::takeHook(const QString &source, const calls::HookRequest &request, const HookTaken &taken)
{
    QMetaObject::invokeMethod(
        m_here.get(),
        [this, source, request, taken] {
            if (calls::WebhookSource *hook = m_hooks.value(source))
                return taken(hook->take(request));
            taken(Error{Fault::NotFound});
        },
        Qt::QueuedConnection);
}

/// Once a change, not once an attempt.
void Switchboard::report(const QString &source, const calls::Link &link, QString &told)
{
    const bool isLive = link.state == calls::Link::State::Live;
    if (!isLive && (link.problem.isEmpty() || link.problem == told))
        return;
    told = link.problem;
    if (isLive)
        qCInfo(log, "%s: connected", qPrintable(source));
    else
        qCWarning(log, "%s: %s", qPrintable(source), qPrintable(link.problem));
}

void Switchboard::withSimulator(Work work)
{
    QMetaObject::invokeMethod(
        m_here.get(), [this, work = std::move(work)] { work(m_simulator); }, Qt::QueuedConnection);
}

} // namespace ringbook::hub
