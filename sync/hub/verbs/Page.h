#pragma once

#include "sync/hub/store/Books.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// A page of a book's log, as it was stored.
struct Page
{
    sync::ChangesPage frame = {}; ///< without its changes
    QVector<QByteArray> wires = {};

    QByteArray body() const;
};

/// Which page a desk asks for.
struct PageWanted
{
    QString book = {};
    qint64 device = 0; ///< who asks
    sync::ChangesQuery query = {};
};

/// What a desk at this place in the log is answered now, without waiting; a reset if there is no such place.
Result<std::variant<Page, sync::Problem>> readPage(model::Connection &db, const PageWanted &wanted);

/// The same by rows: works from any seq, also where there is no log any more.
Result<std::variant<Page, sync::Problem>> readRows(model::Connection &db, const PageWanted &wanted);

} // namespace ringbook::hub
