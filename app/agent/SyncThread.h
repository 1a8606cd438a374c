#pragma once

#include "sync/client/SyncClient.h"

#include <QThread>

namespace ringbook::app {

/// The sync client in a thread of its own, so that no page of the feed ever keeps a key waiting. Talk to it
/// by queued calls and signals only.
class SyncThread : public QObject
{
    Q_OBJECT

public:
    SyncThread(sync::SyncClient::Options options, const Clock &clock);
    ~SyncThread() override; ///< stops and waits

    sync::SyncClient &client() { return *m_client; }
    void start();

    /// Runs a slot of the client in its thread.
    template <typename Work>
    void ask(Work work)
    {
        QMetaObject::invokeMethod(
            m_client, [client = m_client, work] { work(*client); }, Qt::QueuedConnection);
    }

private:
    QThread m_thread;
    sync::SyncClient *m_client; ///< lives and dies in the thread
};

} // namespace ringbook::app
