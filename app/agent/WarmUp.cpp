#include "app/agent/WarmUp.h"

namespace ringbook::app {

namespace {

constexpr int whenIdle = 0;
constexpr int whileBusyMs = 500;

} // namespace

WarmUp::WarmUp(QVector<Step> steps, std::function<bool()> isBusy)
    : m_steps(std::move(steps)),
      m_isBusy(std::move(isBusy))
{
    connect(&m_timer, &QTimer::timeout, this, &WarmUp::takeStep);
}

void WarmUp::start()
{
    m_next = 0;
    m_timer.start(whenIdle);
}

void WarmUp::takeStep()
{
    const bool isBusy = m_isBusy();
    if (!isBusy && !isOver())
        m_steps[m_next++]();
    if (isOver())
        m_timer.stop();
    else
        m_timer.setInterval(isBusy ? whileBusyMs : whenIdle);
}

} // namespace ringbook::app
