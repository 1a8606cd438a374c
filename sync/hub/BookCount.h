#pragma once

#include "sync/hub/Metrics.h"
#include "sync/hub/Worker.h"
#include "sync/hub/store/Books.h"

namespace ringbook::hub {

/// Counts what a book's records sum up to where nobody knows: in a database from before there were sums,
/// after a restore. On a thread of its own, beside everything else: no write waits for it, and those that
/// come meanwhile are counted where they are written.
class BookCount
{
public:
    BookCount(const Database &database, Metrics &metrics) : m_metrics(metrics), m_worker(database) {}
    ~BookCount() { m_stop = true; } ///< what is not counted by then is counted another time

    Status start();
    void again(const QString &book); ///< its sums turned out to be wrong

private:
    void countAll(model::Connection &db);
    Status count(model::Connection &db, const QString &book);

    Metrics &m_metrics;
    std::atomic<bool> m_stop = false;
    Worker m_worker;
};

} // namespace ringbook::hub
