#pragma once

#include "sync/hub/Worker.h"
#include "sync/hub/verbs/Page.h"

namespace ringbook::hub {

/// Who has a number, as a page by rows; empty if nobody has it.
Result<Page> lookUp(model::Connection &db, const QString &book, const sync::LookUpQuery &query);

/// The same, for a desk whose book is not whole yet.
class LookUp final : public Verb
{
public:
    explicit LookUp(Worker &reader) : m_reader(reader) {}

    void answer(const Ask &ask, Reply reply) override;

private:
    Worker &m_reader;
};

} // namespace ringbook::hub
