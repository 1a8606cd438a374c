#pragma once

#include "model/store/Book.h"

namespace ringbook::test {

/// A book in memory, filled by a feed: `BookWith book; book.add("customer", 1, {{"name", "Anna"}});`
class BookWith
{
public:
    BookWith() : m_book(*model::Book::open(":memory:")) {}

    void add(const QString &kind, qint64 id, const model::Fields &fields)
    {
        m_page.append({.seq = m_page.size() + 1,
                       .record = {kind, id},
                       .action = model::Action::Create,
                       .fields = fields});
    }

    /// What was added so far is in the book from here on.
    model::Connection &db()
    {
        if (!m_page.isEmpty())
            if (!m_book.applyFeed(std::exchange(m_page, {}), {"e", 1}, {}))
                qFatal("the feed was not applied");
        return m_book.db();
    }

private:
    model::Book m_book;
    QVector<model::Change> m_page;
};

} // namespace ringbook::test
