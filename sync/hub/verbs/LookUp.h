#pragma once

#include "sync/hub/Worker.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// Who has a number, as a page by rows, empty if nobody has it; for a desk whose book is not whole yet.
class LookUp final : public Verb
{
public:
    explicit LookUp(Worker &reader) : m_reader(reader) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    Worker &m_reader;
};

} // namespace ringbook::hub
