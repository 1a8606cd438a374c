#pragma once

#include "model/core/Result.h"
#include "model/domain/Record.h"
#include "model/domain/SetUp.h"

#include <QVector>

#include <functional>

namespace ringbook::app {

/// Fewer would have no room for the people whose story is told in full.
constexpr int minDemoCustomers = 40;

/// What a demo book shall look like. The same settings make the same book, record by record.
struct DemoSettings
{
    int customers = 5000;             ///< people and organisations, the showcase customer among them
    int interactionsPerCustomer = 10; ///< on average
    int cases = 3000;                 ///< beside that of the showcase
    quint32 seed = 1;
    TimeMs now = 0;                  ///< the two years of the book end here
    QString zone = "Europe/Berlin";  ///< of the company: its working hours, its "today"
    qint64 device = 0;               ///< whose ids and case codes the records get, 1 to maxDevice
    qint64 firstCounter = 1;         ///< of these ids
    qint64 firstCase = 1;            ///< of these case codes
    QVector<model::User> users = {}; ///< who does the work, with ids; none: four agents of the demo's own
    bool writeUsers = true;          ///< false if their records exist already
};

struct DemoCounts
{
    qint64 records = 0;
    qint64 nextCounter = 0; ///< the first of the device's ids that is free again
    qint64 nextCase = 0;
};

using DemoSink = std::function<Status(const model::RecordKey &, const model::Fields &)>;

/// Tells the sink every record of a demo book: two years in the life of a company that services heating and
/// appliances. References point backwards only, interactions come in the order of time, each case is followed
/// by its notes and its promise. Nothing is kept, so a book of any size streams through. Ends with the first
/// error of the sink; Fault::Invalid if the settings make no book.
///
/// Every phone number is officially reserved for fiction. Where a country's are used up (from about 7 000
/// customers on), people get a number under +888 instead: a country code that was set aside and is served by
/// no network, whose length libphonenumber knows, so that toE164() reads it. Everybody has a number that is
/// nobody else's, but for the heads of households and the organisations, whose number is shared on purpose.
/// Mail addresses are at example.com, .org and .net.
///
/// Ana Costa's story is told in full: +49 30 23125147 and +49 171 3920047 are hers alone, +49 30 23125118
/// belongs to a household of three. The first four users play Anna, Ben, Cleo and Dora in it.
Result<DemoCounts> writeDemoBook(const DemoSettings &settings, const DemoSink &sink);

} // namespace ringbook::app
