#pragma once

#include "sync/hub/verbs/CreateSession.h"

namespace ringbook::hub {

/// Gives the desk that asks a device number of its own, because another one has the number it came with. Both
/// sessions stay good: nobody can tell which of the two is the copy.
class RegisterDevice final : public Verb
{
public:
    explicit RegisterDevice(CreateSession &sessions) : m_sessions(sessions) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    CreateSession &m_sessions;
};

} // namespace ringbook::hub
