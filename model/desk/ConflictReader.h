#pragma once

#include "model/core/Result.h"
#include "model/desk/ConflictLine.h"

#include <QVector>

namespace ringbook::model {

class Book;

/// Puts conflicts into names people know, as one user sees them. Reads only; made for one reading of the
/// book.
class ConflictReader
{
public:
    ConflictReader(Book &book, Id<struct User> me) : m_book(book), m_me(me) {}

    /// Those this user decides, newest first: they wrote one of the two values, or are a lead or an
    /// administrator.
    Result<QVector<ConflictLine>> mine(int limit) const;
    /// All about a customer, their ways to be reached and their cases, whoever decides them; newest first.
    Result<QVector<ConflictLine>> about(Id<Customer> customer, int limit) const;

    /// By way of the case or the customer the record names; `fields` are those of a record that may not be in
    /// the book.
    Result<Subject> subjectOf(const RecordKey &record, const Fields &fields = {}) const;

private:
    Result<QVector<ConflictLine>> lines(const Result<QVector<Conflict>> &conflicts, bool seesAll) const;
    Result<ConflictLine> line(const Conflict &conflict) const;
    Result<Version> presentVersion(const Conflict &conflict) const;
    Result<Version> version(const Conflict &conflict, const QVariant &value, Id<User> by,
                            std::optional<TimeMs> at) const;
    Result<bool> seesAll() const;

    Book &m_book;
    Id<User> m_me;
};

} // namespace ringbook::model
