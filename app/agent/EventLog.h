#pragma once

#include <QFile>
#include <QJsonObject>
#include <QString>

namespace ringbook::app {

/// Tells scripts and measurements what happened at this desk: one JSON object a line, each with "event" and
/// "at_us" (microseconds of the machine's steady clock, so that the logs of two desks on one machine can be
/// compared). Holds no names, numbers or texts of customers.
class EventLog
{
public:
    explicit EventLog(const QString &path); ///< empty: says nothing

    bool isRead() const { return m_file.isOpen(); } ///< by somebody, perhaps
    void say(const QString &event, QJsonObject facts = {});

private:
    QFile m_file;
};

} // namespace ringbook::app
