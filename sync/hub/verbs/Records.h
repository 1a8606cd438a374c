#pragma once

#include "sync/hub/BookWriter.h"
#include "sync/hub/Worker.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// One record as it is now, with its version.
class ReadRecord final : public Verb
{
public:
    explicit ReadRecord(Worker &reader) : m_reader(reader) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    Worker &m_reader;
};

/// Changes fields of one record, if it is still at the version the caller saw. For programs that are no desk.
class PatchRecord final : public Verb
{
public:
    explicit PatchRecord(BookWriter &writer) : m_writer(writer) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    BookWriter &m_writer;
};

} // namespace ringbook::hub
