#pragma once

#include "model/core/Clock.h"
#include "model/core/Result.h"
#include "model/domain/Customer.h"
#include "model/domain/SearchHit.h"

#include <QVector>

namespace ringbook::model {

class Book;
class ChangeWriter;

/// Customers: find, create, change field by field, give and take contact points.
class CustomerDesk
{
public:
    CustomerDesk(Book &book, ChangeWriter &writer, const ringbook::Clock &clock, QString region);

    /// Over names, organisations, numbers and case codes; empty text gives nothing. At most `limit` hits.
    Result<QVector<SearchHit>> search(const QString &text, int limit) const;

    struct NewCustomer
    {
        QString name = {}; ///< must not be empty
        bool isOrganisation = false;
        QString phone = {}; ///< may be empty
        QString email = {}; ///< may be empty
    };
    /// Earlier calls from that phone in which nobody was named, and the cases begun in them, become theirs,
    /// unless it is somebody else's as well; so with addPhone().
    Result<Customer> create(const NewCustomer &what);
    Result<Customer> customer(Id<Customer> id) const;
    /// Saves, field by field, what differs between the customer as it was when the editing began and as it is
    /// now. What somebody else changed meanwhile is kept unless the same field was edited; then both values
    /// survive.
    Status update(const Customer &before, const Customer &after);
    Result<ContactPoint> addPhone(Id<Customer> customer, const QString &number, const QString &label);
    /// Says that this is no way to reach them any more (or, undone, is again); it stops matching callers.
    Result<ContactPoint> setTheirs(Id<ContactPoint> point, bool theirs);

    Result<int> customerCount() const;

private:
    Book &m_book;
    ChangeWriter &m_writer;
    const ringbook::Clock &m_clock;
    QString m_region;
};

} // namespace ringbook::model
