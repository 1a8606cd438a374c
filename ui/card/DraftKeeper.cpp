#include "ui/card/DraftKeeper.h"

#include <utility>

namespace ringbook::ui {

DraftKeeper::DraftKeeper(model::CallDesk &calls, const Clock &clock, QObject *parent)
    : QObject(parent),
      m_calls(calls),
      m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &DraftKeeper::keepNow);
}

DraftKeeper::~DraftKeeper()
{
    blockSignals(true);
    keepNow();
}

void DraftKeeper::edit(const model::CallDraft &draft)
{
    m_waiting.insert(draft.callId, draft);
    if (!m_timer.isActive() || m_timer.remainingTime() > keepEveryMs)
        m_timer.start(keepEveryMs);
}

void DraftKeeper::keepNow()
{
    m_timer.stop();
    const auto waiting = std::exchange(m_waiting, {});
    for (model::CallDraft draft : waiting) {
        draft.keptAt = m_clock.now();
        if (const auto kept = m_calls.keepDraft(draft); !kept) {
            m_waiting.insert(draft.callId, draft);
            Q_EMIT keepingFailed(draft.callId, kept.error());
            continue;
        }
        Q_EMIT draftKept(draft.callId, draft.keptAt);
    }
    if (!m_waiting.isEmpty() && !m_timer.isActive())
        m_timer.start(retryEveryMs);
}

void DraftKeeper::forget(const QString &key)
{
    m_waiting.remove(key);
}

} // namespace ringbook::ui
