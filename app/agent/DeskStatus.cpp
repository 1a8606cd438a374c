#include "app/agent/DeskStatus.h"

#include "ui/shell/StatusLine.h"

namespace ringbook::app {

using sync::SyncState;

namespace {

ui::ConnectionStatus::Link linkOf(SyncState::Link link)
{
    switch (link) {
    case SyncState::Link::SignedOut: return ui::ConnectionStatus::Link::SignedOut;
    case SyncState::Link::Connecting: return ui::ConnectionStatus::Link::Connecting;
    case SyncState::Link::CatchingUp: return ui::ConnectionStatus::Link::CatchingUp;
    case SyncState::Link::Live: return ui::ConnectionStatus::Link::Live;
    case SyncState::Link::Offline: return ui::ConnectionStatus::Link::Offline;
    }
    return {};
}

} // namespace

DeskStatus::DeskStatus(ui::StatusLine &line, int problemStands) : m_line(line)
{
    m_problemEnds.setSingleShot(true);
    m_problemEnds.setInterval(problemStands);
    QObject::connect(&m_problemEnds, &QTimer::timeout, &m_problemEnds, [this] {
        m_problem.clear();
        showStatus();
    });
}

void DeskStatus::setSync(const SyncState &state)
{
    m_sync = state;
    showStatus();
    showFigures();
}

void DeskStatus::say(const QString &problem)
{
    m_problem = problem;
    m_problemEnds.start();
    showStatus();
}

void DeskStatus::keepSaying(const QString &problem)
{
    m_lastingProblem = problem;
    showStatus();
}

void DeskStatus::setBook(const QString &name, std::optional<qint64> customers)
{
    m_book = name;
    m_customers = customers;
    showFigures();
}

void DeskStatus::setRingToPaint(qint64 microseconds)
{
    m_ringToPaintUs = microseconds;
    showFigures();
}

void DeskStatus::showStatus()
{
    const QString lasting = m_lastingProblem.isEmpty() ? m_sync.problem : m_lastingProblem;
    m_line.setStatus({.link = linkOf(m_sync.link),
                      .offlineSince = m_sync.offlineSince,
                      .offlineReason = m_sync.offlineReason,
                      .triedAt = m_sync.triedAt,
                      .waiting = m_sync.waiting,
                      .waitingSince = m_sync.waitingSince,
                      .refused = m_sync.refused,
                      .behind = m_sync.behind,
                      .fetched = m_sync.fetched,
                      .toFetch = m_sync.toFetch,
                      .locksAt = m_sync.locksAt,
                      .problem = m_problem.isEmpty() ? lasting : m_problem});
}

void DeskStatus::showFigures()
{
    m_line.setFigures({.ringToPaintUs = m_ringToPaintUs,
                       .book = m_book,
                       .customers = m_customers,
                       .asOf = m_sync.offlineSince});
}

} // namespace ringbook::app
