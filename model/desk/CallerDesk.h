#pragma once

#include "model/core/Result.h"
#include "model/desk/Card.h"
#include "model/domain/SetUp.h"

#include <QTimeZone>

namespace ringbook::model {

class Book;
struct CallerHistory;

/// Answers "who is calling, and why probably?" from the local book. Reads only; tens of microseconds to a
/// millisecond; on the thread that opened the book.
class CallerDesk
{
public:
    struct Settings
    {
        QString region = {}; ///< the book's home region, "DE"
        Id<User> me = {};
        QTimeZone zone = QTimeZone::systemTimeZone(); ///< whose "today" it is
    };

    CallerDesk(Book &book, const ringbook::Clock &clock, Settings settings);

    /// Never fails for a strange caller: the card says what it is. All of it is of one moment, whatever comes
    /// in meanwhile. Errors are the book's.
    Result<Card> cardFor(const Party &party) const;
    /// The card of somebody the agent chose: in a search, or among the candidates of a call by `party`.
    /// NotFound.
    Result<Card> cardOf(Id<Customer> customer, const std::optional<Party> &party = std::nullopt) const;
    /// The card of whose case it is; of a case of nobody's what is known of that caller, with the case among
    /// the open ones. NotFound.
    Result<Card> cardOfCase(Id<Case> caseId) const;
    /// Who erased them, and when; nothing: they were not erased.
    Result<std::optional<ErasureLine>> erasure(Id<Customer> customer) const;
    /// The card of somebody as if they called, read with all that a card is read with; NotFound in an empty
    /// book.
    Result<Card> anyCard() const;
    Result<TimelinePart> timeline(Id<Customer> customer, std::optional<TimelineMark> after,
                                  int limit = timelinePage) const;

    const Settings &settings() const { return m_settings; }

private:
    Status fillByNumber(Card &card) const;
    Status fillUnknown(Card &card) const;
    Status fillCandidates(Card &card, QVector<Candidate> owners) const;
    Status fillCustomer(Card &card, const Customer &customer, bool calling) const;
    Status fillAlerts(Card &card) const;
    Status fillCases(Card &card) const;
    Status fillTimeline(Card &card) const;
    Status fillReasons(Card &card, const CallerHistory &history, bool calling) const;

    Book &m_book;
    const ringbook::Clock &m_clock;
    Settings m_settings;
};

} // namespace ringbook::model
