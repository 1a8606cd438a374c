#pragma once

#include "model/core/Clock.h"
#include "model/domain/AgentCall.h"

#include <QObject>
#include <QVector>

namespace ringbook::app {

/// Calls that another program on this machine told of (`ringbook --ring NUMBER`). Nobody tells how they go
/// on: each is over when the agent hangs up, or after a minute.
class LocalRings : public QObject
{
    Q_OBJECT

public:
    explicit LocalRings(const Clock &clock);

    /// `number` as it came; `region` says how to read it.
    void ring(const QString &number, const QString &region);
    bool hangUp(const QString &callId); ///< false: none of these

    const QVector<model::AgentCall> &calls() const { return m_calls; } ///< that ring

Q_SIGNALS:
    void changed(const ringbook::model::AgentCall &call); ///< it began or is over

private:
    const Clock &m_clock;
    QVector<model::AgentCall> m_calls;
};

} // namespace ringbook::app
