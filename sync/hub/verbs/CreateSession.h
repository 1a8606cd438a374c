#pragma once

#include "sync/hub/BookWriter.h"
#include "sync/hub/Guesses.h"
#include "sync/hub/Sessions.h"
#include "sync/hub/Worker.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// Signs a desk in: checks the password, hands out the device number, makes a token.
class CreateSession final : public Verb
{
public:
    struct Parts
    {
        Worker &doorkeeper; ///< a thread of its own: checking a password is slow on purpose
        BookWriter &writer;
        Sessions &sessions;
        Guesses &guesses;
        bool simulator = false;
        qint64 leaseMs = 0;
        QSet<QString> telephones = {}; ///< extensions that telephone systems have
        std::function<bool(const QString &extension)> isTalkingAt = [](const QString &) { return false; };
        std::function<void()> seated = [] {}; ///< somebody signed in, perhaps at another telephone
    };
    explicit CreateSession(const Parts &parts) : m(parts) {}

    void answer(const Ask &ask, Reply reply) override;

    /// Somebody who has proved who they are.
    struct Guest
    {
        Account account = {};
        sync::SessionRequest request = {};
        std::optional<sync::DeviceRequest> goesOn = {}; ///< a new device whose ops do not begin at 1
    };
    void admit(const Guest &guest, const Reply &reply);

private:
    void signIn(model::Connection &db, const QString &address, const sync::SessionRequest &request,
                const Reply &reply);

    Parts m;
};

} // namespace ringbook::hub
