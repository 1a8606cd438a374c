#include "app/agent/EventLog.h"

#include "model/core/Clock.h"

#include <QJsonDocument>

namespace ringbook::app {

EventLog::EventLog(const QString &path) : m_file(path)
{
    if (!path.isEmpty() && !m_file.open(QIODevice::WriteOnly | QIODevice::Append))
        qWarning("the events cannot be written to %s: %s", qPrintable(path),
                 qPrintable(m_file.errorString()));
}

void EventLog::say(const QString &event, QJsonObject facts)
{
    if (!m_file.isOpen())
        return;
    facts["event"] = event;
    facts["at_us"] = SystemClock().monotonicNs() / 1000;
    m_file.write(QJsonDocument(facts).toJson(QJsonDocument::Compact) + '\n');
    m_file.flush();
}

} // namespace ringbook::app
