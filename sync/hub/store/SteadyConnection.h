#pragma once

#include "sync/hub/store/Database.h"

#include <chrono>
#include <optional>

namespace ringbook::hub {

/// A thread's connection that comes back after the database was away, without anybody starting the hub again.
/// What failed meanwhile has failed: it is not tried again here.
class SteadyConnection
{
public:
    explicit SteadyConnection(Database database) : m_database(std::move(database)) {}

    Status open();

    /// Opens it anew if it was lost, or turns out to be after a long silence; at most once a second. True if
    /// this is another connection than before.
    bool renewIfLost();

    model::Connection &operator*() { return *m_db; }
    model::Connection *operator->() { return &*m_db; }

private:
    using Moment = std::chrono::steady_clock::time_point;

    Database m_database;
    std::optional<model::Connection> m_db;
    Moment m_usedAt = {};
    Moment m_triedAt = {};
};

} // namespace ringbook::hub
