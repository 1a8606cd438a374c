#pragma once

#include "sync/hub/BookWriter.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// A desk says up to where nothing that was erased is in its files any more.
class AcknowledgeErasures final : public Verb
{
public:
    explicit AcknowledgeErasures(BookWriter &writer) : m_writer(writer) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    BookWriter &m_writer;
};

} // namespace ringbook::hub
