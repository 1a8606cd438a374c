#pragma once

#include "app/handover/Request.h"
#include "model/core/Result.h"

#include <QLocalServer>
#include <QLockFile>
#include <QObject>

#include <functional>

namespace ringbook::app {

/// One desk a profile. The first one holds the lock and listens; a later one hands over what it was asked and
/// leaves.
class SingleInstance : public QObject
{
    Q_OBJECT

public:
    explicit SingleInstance(const QString &profile);

    /// True: we are the one. False: another desk runs on this profile. Failed: the folder cannot be written.
    /// Needs no application, so that a later start can hand over and leave at once.
    Result<bool> claim();

    /// Does what a later start asks, which is text from outside; or says in a sentence why not.
    using Obey = std::function<Status(const Request &request)>;

    /// From now on later starts are heard. After claim(), with an application.
    void listen(Obey obey);

    /// Gives the request to the desk that runs. Within half a second or an error; Denied: its own sentence.
    Status handOver(const Request &request) const;

private:
    void receive();

    QString m_profile;
    QLockFile m_lock;
    QLocalServer m_server;
    Obey m_obey;
};

} // namespace ringbook::app
