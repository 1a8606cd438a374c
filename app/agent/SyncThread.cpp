#include "app/agent/SyncThread.h"

namespace ringbook::app {

SyncThread::SyncThread(sync::SyncClient::Options options, const Clock &clock)
    : m_client(new sync::SyncClient(std::move(options), clock))
{
    m_thread.setObjectName("sync");
    m_client->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_client, &QObject::deleteLater);
}

SyncThread::~SyncThread()
{
    if (!m_thread.isRunning()) {
        delete m_client;
        return;
    }
    m_thread.quit();
    m_thread.wait();
}

void SyncThread::start()
{
    m_thread.start();
    ask([](sync::SyncClient &client) { client.start(); });
}

} // namespace ringbook::app
