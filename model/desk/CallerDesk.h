#pragma once

#include "model/core/Result.h"
#include "model/desk/Card.h"

namespace ringbook::model {

class Book;
class Clock;

/// Answers "who is calling, and why probably?" from the local book. Reads only; tens of microseconds to a millisecond;
/// on the thread that opened the book.
class CallerDesk
{
public:
    struct Settings
    {
        QString region = {}; ///< the book's home region, "DE"
        Id<struct User> me = {};
    };

    CallerDesk(Book &book, const ringbook::Clock &clock, Settings settings);

    /// Never fails for a strange caller: the card says what it is. Errors are the book's.
    Result<Card> cardFor(const Party &party) const;
    Result<Card> cardOf(Id<Customer> customer) const;
    Result<TimelinePart> timeline(Id<Customer> customer, std::optional<TimelineMark> after,
                                  int limit = timelinePage) const;

    const Settings &settings() const { return m_settings; }

private:
    Book &m_book;
    const ringbook::Clock &m_clock;
    Settings m_settings;
};

} // namespace ringbook::model
