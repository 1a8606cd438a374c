#pragma once

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
    CustomerDesk(Book &book, ChangeWriter &writer, QString region);

    /// Over names, organisations, numbers and case codes; empty text gives nothing. At most `limit` hits.
    Result<QVector<SearchHit>> search(const QString &text, int limit) const;

    struct NewCustomer
    {
        QString name = {}; ///< must not be empty
        bool isOrganisation = false;
        QString phone = {}; ///< may be empty
        QString email = {}; ///< may be empty
    };
    Result<Customer> create(const NewCustomer &what);
    Result<Customer> customer(Id<Customer> id) const;
    /// Saves what differs between the book's customer and this one, field by field.
    Status update(const Customer &customer);
    Result<ContactPoint> addPhone(Id<Customer> customer, const QString &number, const QString &label);

    Result<int> customerCount() const;

private:
    Book &m_book;
    ChangeWriter &m_writer;
    QString m_region;
};

} // namespace ringbook::model
