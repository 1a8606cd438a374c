#pragma once

#include "sync/hub/Mailbox.h"
#include "sync/hub/store/SteadyConnection.h"

#include <functional>
#include <thread>

namespace ringbook::hub {

/// A thread with its own connection that runs one errand after the other. For reading, and for slow sums such
/// as password hashes.
class Worker
{
public:
    using Errand = std::function<void(model::Connection &db)>;

    explicit Worker(Database database, qint64 maxWaiting = 4096); ///< errands beyond are not taken
    ~Worker(); ///< finishes what it is at; what waits is forgotten

    Status start();             ///< returns when the connection stands
    bool submit(Errand errand); ///< false: too much waits already

private:
    void run(std::function<void(Status)> started);

    Database m_database;
    Mailbox<Errand> m_mailbox;
    std::thread m_thread;
};

} // namespace ringbook::hub
