#pragma once

#include "model/core/Result.h"
#include "model/domain/Customer.h"

#include <QVector>

namespace ringbook::model {

class Book;
class ChangeWriter;

/// One hit of a search, ready to show.
struct SearchHit
{
    Id<Customer> customer = {};
    QString name = {};
    QString organisationName = {};
    QString number = {};   ///< the first phone, or the one that was searched for
    QString caseCode = {}; ///< when a case code led here
    QString subject = {};
    int openCases = 0;
};

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
