#pragma once

#include "model/core/Clock.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// That the hub is up, and which.
class Health final : public Verb
{
public:
    explicit Health(const Clock &clock) : m_clock(clock) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    const Clock &m_clock;
};

/// The description of everything that can be asked.
class OpenApi final : public Verb
{
public:
    void answer(const Ask &ask, Reply reply) override;
};

} // namespace ringbook::hub
