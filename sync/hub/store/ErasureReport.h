#pragma once

#include "model/core/Clock.h"
#include "model/db/Connection.h"

namespace ringbook::hub {

/// One of the devices whose user may use the book, and what is known of one erasure there.
struct ErasureAtDevice
{
    qint64 device = 0;
    QString name = {};         ///< of the machine
    QString login = {};        ///< whose it is
    bool isClosed = false;     ///< its user was closed: it is heard of no more
    TimeMs acknowledgedAt = 0; ///< 0: not yet
    TimeMs seenAt = 0;         ///< within the hour; 0: not since this is kept
    TimeMs leaseUntil = 0;     ///< its book can be read there until then at most; 0: nobody knows
};

/// An erasure, which may have taken many records, and where it arrived. Has nothing of whom it was about.
struct ErasureReport
{
    qint64 seq = 0; ///< of its last record
    TimeMs at = 0;
    QString by = {}; ///< the login of who did it; empty: it was done at the hub
    int records = 0;
    QVector<ErasureAtDevice> devices = {};
};

/// All erasures of a book, oldest first. Fault::NotFound: there is no such book.
Result<QVector<ErasureReport>> erasureReports(const model::Connection &db, const QString &book);

} // namespace ringbook::hub
