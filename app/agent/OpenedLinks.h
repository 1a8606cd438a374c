#pragma once

#include "app/handover/Request.h"

#include <QObject>

#include <functional>

namespace ringbook::app {

/// Links that the system gives to the running program as events instead of a further start: macOS. Watches
/// the application it is installed on as an event filter.
class OpenedLinks : public QObject
{
    Q_OBJECT

public:
    using Open = std::function<void(const Request &request)>;
    explicit OpenedLinks(Open open);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Open m_open;
};

} // namespace ringbook::app
