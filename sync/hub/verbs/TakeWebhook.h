#pragma once

#include "sync/hub/Switchboard.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// A hosted telephone system says what happens. Whoever has not the right token learns nothing, not even
/// whether there is such a source.
class TakeWebhook final : public Verb
{
public:
    explicit TakeWebhook(Switchboard &switchboard) : m_switchboard(switchboard) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    Switchboard &m_switchboard;
};

} // namespace ringbook::hub
