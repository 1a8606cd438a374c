#pragma once

#include "model/core/Result.h"
#include "model/domain/Customer.h"
#include "model/domain/SetUp.h"

#include <QVector>

namespace ringbook::model {

class Book;

/// Somebody who can be called, and what is dialled for it.
struct Dialable
{
    QString name = {};
    QString number = {}; ///< E.164, else as it was written down; a colleague's extension
    QString label = {};  ///< "Mobile"; empty for a colleague

    bool operator==(const Dialable &) const = default;
};

/// Whom an agent may want to call. Reads only; dialling is the hub's.
class DialDesk
{
public:
    DialDesk(Book &book, Id<User> me) : m_book(book), m_me(me) {}

    Result<QVector<Dialable>> numbersOf(Id<Customer> customer) const; ///< that are theirs still
    Result<QVector<Dialable>> colleagues() const; ///< with an extension, by name, without me
    /// Who has this number, to be told before it is dialled: at most `limit`, likeliest first.
    Result<QVector<Dialable>> ownersOf(const QString &e164, int limit) const;

private:
    Book &m_book;
    Id<User> m_me;
};

} // namespace ringbook::model
