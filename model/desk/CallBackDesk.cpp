#include "model/desk/CallBackDesk.h"

#include "model/desk/Composition.h"
#include "model/store/Book.h"
#include "model/store/CustomerStore.h"
#include "model/store/FollowUpStore.h"
#include "model/store/SetUpStore.h"

namespace ringbook::model {

namespace {

constexpr TimeMs soon = 12 * hourMs; ///< what is due later is not yet anybody's to do

} // namespace

CallBackDesk::CallBackDesk(Book &book, ChangeWriter &writer, const ringbook::Clock &clock, Id<User> me)
    : m_book(book),
      m_writer(writer),
      m_clock(clock),
      m_me(me)
{
}

TimeMs CallBackDesk::horizon() const
{
    return m_clock.now() + soon;
}

Result<QVector<CallBackLine>> CallBackDesk::open(int limit) const
{
    const auto followUps = FollowUpStore(m_book.db()).openCallBacks(horizon(), limit);
    if (!followUps)
        return followUps.error();
    QVector<CallBackLine> lines;
    for (const FollowUp &followUp : *followUps) {
        const auto made = line(followUp);
        if (!made)
            return made.error();
        lines.append(*made);
    }
    return lines;
}

Result<int> CallBackDesk::openCount() const
{
    return FollowUpStore(m_book.db()).openCallBackCount(horizon());
}

Result<CallBackLine> CallBackDesk::line(const FollowUp &followUp) const
{
    CallBackLine line{.followUp = followUp,
                      .number = followUp.e164,
                      .isMine = followUp.assignee && followUp.assignee == m_me};
    const CustomerStore customers(m_book.db());
    if (followUp.customer) {
        const auto name = customers.nameOf(followUp.customer);
        const auto points = customers.contactPoints(followUp.customer);
        if (!name || !points)
            return name ? points.error() : name.error();
        line.customerName = *name;
        for (const ContactPoint &point : *points)
            if (line.number.isEmpty() && point.channel == ContactPoint::Channel::Phone &&
                !point.notTheirsSince)
                line.number = point.e164.isEmpty() ? point.value : point.e164;
    }
    if (followUp.assignee) {
        const auto name = SetUpStore(m_book.db()).userName(followUp.assignee);
        if (!name)
            return name.error();
        line.assigneeName = *name;
    }
    return line;
}

Status CallBackDesk::change(Id<FollowUp> id, const std::function<void(FollowUp &)> &how)
{
    return m_writer.save([&]() -> Result<QVector<ChangeWriter::Edit>> {
        const auto before = FollowUpStore(m_book.db()).followUp(id);
        if (!before)
            return before.error();
        FollowUp after = *before;
        how(after);
        return QVector{difference("follow_up", *before, after)};
    });
}

Status CallBackDesk::take(Id<FollowUp> id)
{
    return change(id, [this](FollowUp &followUp) { followUp.assignee = m_me; });
}

Status CallBackDesk::giveBack(Id<FollowUp> id)
{
    return change(id, [](FollowUp &followUp) { followUp.assignee = {}; });
}

Status CallBackDesk::finish(Id<FollowUp> id)
{
    return change(id, [this](FollowUp &followUp) {
        followUp.state = FollowUp::State::Done;
        followUp.doneBy = m_me;
        followUp.doneAt = m_clock.now();
    });
}

Status CallBackDesk::reopen(Id<FollowUp> id)
{
    return change(id, [](FollowUp &followUp) {
        followUp.state = FollowUp::State::Open;
        followUp.doneBy = {};
        followUp.doneAt = 0;
    });
}

} // namespace ringbook::model
