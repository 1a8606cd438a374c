#include "sync/hub/Switchboard.h"

#include "sync/calls/ami/AmiConnector.h"

#include <QLoggingCategory>

namespace ringbook::hub {

namespace {

Q_LOGGING_CATEGORY(log, "ringbook.hub.calls")

/// The one that speaks what this telephone system speaks; null if there is none.
std::unique_ptr<calls::CallSource> connectorFor(const calls::PbxSettings &settings, const Clock &clock)
{
    switch (settings.kind) {
    case calls::PbxSettings::Kind::Asterisk: return std::make_unique<calls::AmiConnector>(clock, settings);
    case calls::PbxSettings::Kind::FreeSwitch:
    case calls::PbxSettings::Kind::Webhook: break;
    }
    return nullptr;
}

} // namespace

Switchboard::Switchboard(const Clock &clock, CallBoard &board)
    : m_clock(clock),
      m_board(board),
      m_here(std::make_unique<QObject>())
{
    m_here->moveToThread(&m_thread);
    m_thread.setObjectName(QStringLiteral("switchboard"));
    m_thread.start();
}

Switchboard::~Switchboard()
{
    QMetaObject::invokeMethod(
        m_here.get(), [this] { qDeleteAll(m_here->children()); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
}

void Switchboard::connectToBoard(calls::CallSource &source)
{
    QObject::connect(
        &source, &calls::CallSource::agentCallChanged, m_here.get(),
        [this](const QString &extension, const model::AgentCall &call) { m_board.apply(extension, call); });
}

void Switchboard::addSimulator(const QString &country, const QHash<QString, QString> &agentNames)
{
    QMetaObject::invokeMethod(
        m_here.get(),
        [&] {
            m_simulator = new calls::Simulator(m_clock, country, agentNames, m_here.get());
            connectToBoard(*m_simulator);
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
            connectToBoard(*pbx);
            QObject::connect(pbx, &calls::CallSource::linkChanged, m_here.get(),
                             [source = settings.source, told = QString()](const calls::Link &link) mutable {
                                 report(source, link, told);
                             });
            started = pbx->start();
        },
        Qt::BlockingQueuedConnection);
    return started;
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
