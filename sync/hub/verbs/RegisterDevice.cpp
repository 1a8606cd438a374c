#include "sync/hub/verbs/RegisterDevice.h"

#include "sync/protocol/Codec.h"

namespace ringbook::hub {

void RegisterDevice::answer(const Ask &ask, Reply reply)
{
    const auto request = sync::readDeviceRequest(ask.body);
    if (!request)
        return reply(problemOf(request.error()));
    if (const auto trouble = schemaTrouble(request->schema))
        return reply(*trouble);
    Ask about = ask;
    about.path.insert(QStringLiteral("book"), request->book);
    if (const auto trouble = bookTrouble(about))
        return reply(*trouble);
    const Account account{.id = ask.caller.user, .name = ask.caller.name, .role = ask.caller.role};
    m_sessions.admit({.account = account,
                      .request = {.schema = request->schema, .deviceName = request->deviceName},
                      .goesOn = *request},
                     reply);
}

} // namespace ringbook::hub
