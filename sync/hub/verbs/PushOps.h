#pragma once

#include "sync/hub/BookWriter.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// Takes a device's ops, in counter order, and answers each by itself after the commit.
class PushOps final : public Verb
{
public:
    explicit PushOps(BookWriter &writer) : m_writer(writer) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    BookWriter &m_writer;
};

} // namespace ringbook::hub
