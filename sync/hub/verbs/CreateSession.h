#pragma once

#include "sync/hub/BookWriter.h"
#include "sync/hub/CallBoard.h"
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
        CallBoard &calls;
        Guesses &guesses;
        bool simulator = false;
    };
    explicit CreateSession(const Parts &parts) : m(parts) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    void signIn(model::Connection &db, const QString &address, const sync::SessionRequest &request,
                const Reply &reply);
    void admit(const Account &account, const sync::SessionRequest &request, const Reply &reply);

    Parts m;
};

} // namespace ringbook::hub
