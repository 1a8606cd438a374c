#pragma once

#include "model/core/Clock.h"
#include "model/core/Result.h"
#include "model/domain/Case.h"
#include "model/domain/Customer.h"
#include "model/domain/SetUp.h"

#include <QVector>

#include <functional>

namespace ringbook::model {

class Book;
class ChangeWriter;

/// Somebody who waits to be called back.
struct CallBackLine
{
    FollowUp followUp = {};
    QString customerName = {}; ///< empty: nobody knows who it was
    QString number = {};       ///< to call, E.164 or as it was written down; empty: the customer has none
    QString assigneeName = {}; ///< who has taken it; empty: nobody yet
    bool isMine = false;       ///< it is me who has taken it

    bool operator==(const CallBackLine &) const = default;
};

/// Whom to call back: those whose calls nobody took, which the hub writes down, and those who were promised
/// it. Who does it is seen by all.
class CallBackDesk
{
public:
    CallBackDesk(Book &book, ChangeWriter &writer, const ringbook::Clock &clock, Id<User> me);

    Result<QVector<CallBackLine>>
    open(int limit) const; ///< that are due or soon will be; who waits longest first
    Result<int> openCount() const;

    Status take(Id<FollowUp> id);     ///< I do it
    Status giveBack(Id<FollowUp> id); ///< somebody else may
    Status finish(Id<FollowUp> id);   ///< it is done, by me
    Status reopen(Id<FollowUp> id);   ///< it was not

private:
    TimeMs horizon() const;
    Result<CallBackLine> line(const FollowUp &followUp) const;
    Status change(Id<FollowUp> id, const std::function<void(FollowUp &)> &how);

    Book &m_book;
    ChangeWriter &m_writer;
    const ringbook::Clock &m_clock;
    Id<User> m_me;
};

} // namespace ringbook::model
