#include "sync/hub/Worker.h"

#include <future>

namespace ringbook::hub {

Worker::Worker(Database database, qint64 maxWaiting) : m_database(std::move(database)), m_mailbox(maxWaiting)
{
}

Worker::~Worker()
{
    m_mailbox.drop();
    if (m_thread.joinable())
        m_thread.join();
}

Status Worker::start()
{
    std::promise<Status> started;
    m_thread =
        std::thread([this, &started] { run([&started](Status status) { started.set_value(status); }); });
    return started.get_future().get();
}

bool Worker::submit(Errand errand)
{
    return m_mailbox.put(std::move(errand));
}

void Worker::run(std::function<void(Status)> started)
{
    SteadyConnection db(m_database);
    const Status opened = db.open();
    started(opened);
    if (!opened)
        return;
    for (auto errands = m_mailbox.take(1); !errands.empty(); errands = m_mailbox.take(1)) {
        db.renewIfLost();
        errands.front()(*db);
    }
}

} // namespace ringbook::hub
