#pragma once

#include <QObject>

namespace ringbook::app {

/// Tells, in the event loop, that somebody wants the program to end: SIGINT, SIGTERM, or the console's close
/// button. One in a process.
class StopSignal : public QObject
{
    Q_OBJECT

public:
    StopSignal();
    ~StopSignal() override;

Q_SIGNALS:
    void stopWanted();
};

} // namespace ringbook::app
