#include "sync/hub/verbs/OrderPhone.h"

#include "model/domain/PhoneNumber.h"
#include "sync/protocol/Codec.h"

#include <algorithm>

namespace ringbook::hub {

using model::CallCommand;

namespace {

sync::Problem forbidden(const QString &detail)
{
    return problem(403, sync::problem::forbidden, QStringLiteral("The telephone does not do that"), detail);
}

/// A desk that is told 401 would take itself for signed out.
sync::Problem refusal(const Error &error)
{
    return error.fault == Fault::Denied ? forbidden(error.detail) : sync::problemFrom(error);
}

bool hasNumber(const CallCommand &order)
{
    return order.what == CallCommand::What::Dial || order.what == CallCommand::What::Transfer;
}

} // namespace

bool DialPace::mayDial(qint64 user)
{
    const std::lock_guard lock(m_mutex);
    const qint64 now = m_clock.monotonicNs();
    QVector<qint64> &dialled = m_dialled[user];
    dialled.removeIf([now](qint64 at) { return now - at >= minuteMs * 1'000'000; });
    if (dialled.size() >= most)
        return false;
    dialled.append(now);
    return true;
}

OrderPhone::OrderPhone(Switchboard &switchboard, const CallBoard &board, const Fanout &fanout,
                       BookWriter &writer, const Clock &clock)
    : m_switchboard(switchboard),
      m_board(board),
      m_fanout(fanout),
      m_writer(writer),
      m_pace(clock)
{
}

std::optional<sync::Problem> OrderPhone::trouble(const Ask &ask, const CallCommand &order)
{
    if (order.extension.isEmpty())
        return forbidden(QStringLiteral("You have no extension; ask your administrator for one."));
    if (hasNumber(order) && (order.number.isEmpty() || order.number.size() > model::maxPhoneTextLength))
        return sync::problemFrom(
            {Fault::Invalid, QStringLiteral("This is no telephone number; it cannot be dialled.")});
    const auto calls = m_board.callsOf(ask.caller.user);
    const bool isTheirs =
        std::ranges::any_of(calls, [&](const model::AgentCall &call) { return call.callId == order.callId; });
    if (order.what != CallCommand::What::Dial && !isTheirs)
        return sync::problemFrom(
            {Fault::NotFound, QStringLiteral("This call is over, or somebody else has it.")});
    if (hasNumber(order) && !m_pace.mayDial(ask.caller.user))
        return problem(
            429, sync::problem::busy, QStringLiteral("Too many calls"),
            QStringLiteral("You had %1 numbers dialled within a minute; wait a little.").arg(DialPace::most));
    return std::nullopt;
}

void OrderPhone::answer(const Ask &ask, Reply reply)
{
    auto order = sync::readPhoneOrder(ask.body);
    if (!order)
        return reply(problemOf(order.error()));
    order->extension = m_board.extensionOf(ask.caller.user);
    if (const auto refused = trouble(ask, *order))
        return reply(*refused);
    const auto carryOut = [this, order = *order, reply] {
        m_switchboard.order(order, [reply](const Status &done) {
            reply(done ? Answer(Told{"{}"}) : Answer(refusal(done.error())));
        });
    };
    if (!hasNumber(*order))
        return carryOut();
    const QString region = m_fanout.heads(ask.caller.books).value(0).region;
    const bool taken =
        m_writer.submit({[order = *order, user = ask.caller.user, region](WriteBatch &batch) {
                             return batch.phoneOrders().keep({.at = batch.now(),
                                                              .account = user,
                                                              .command = name(order.what),
                                                              .number = order.number,
                                                              .e164 = model::toE164(order.number, region)});
                         },
                         [reply, carryOut](const Status &committed) {
                             committed ? carryOut() : reply(problemOf(committed.error()));
                         }});
    if (!taken)
        reply(tooBusy());
}

} // namespace ringbook::hub
