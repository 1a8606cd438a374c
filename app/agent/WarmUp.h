#pragma once

#include <QTimer>
#include <QVector>

#include <functional>

namespace ringbook::app {

/// What the first caller shall not pay for, in small steps: each is taken when the event loop has nothing
/// else to do, none while `isBusy`.
class WarmUp : public QObject
{
    Q_OBJECT

public:
    using Step = std::function<void()>;

    WarmUp(QVector<Step> steps, std::function<bool()> isBusy);

    /// From the first step, also when it has been done before: the book may have been filled since.
    void start();
    bool isOver() const { return m_next == m_steps.size(); }

private:
    void takeStep();

    const QVector<Step> m_steps;
    const std::function<bool()> m_isBusy;
    QTimer m_timer;
    qsizetype m_next = 0;
};

} // namespace ringbook::app
