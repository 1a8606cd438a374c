#pragma once

#include "model/domain/Call.h"
#include "sync/hub/BookWriter.h"

namespace ringbook::hub {

/// What an ended call means for those who wait to be called back.
enum class CallBack {
    None,
    Wanted,     ///< nobody took a call from outside
    Done,       ///< we have spoken with them
    TriedInVain ///< we called, and they did not take it
};
CallBack callBackAfter(const model::Call &call);

/// Who is whose desk, and in which book the calls of a telephone system are written.
struct CallPlace
{
    QString book = {};
    QString queue = {};                ///< as people call it; empty: none
    QHash<QString, qint64> users = {}; ///< by extension
};

/// The calls that nobody's desk files: those that nobody took become interactions and a list of whom to call
/// back, and leave it when somebody has spoken with them. Each call once, whichever hubs hear it and however
/// often: it is claimed in the transaction that writes it. Any thread.
class UnansweredCalls
{
public:
    explicit UnansweredCalls(BookWriter &writer) : m_writer(writer) {}

    void file(const model::Call &ended, const CallPlace &place);

private:
    BookWriter &m_writer;
};

/// The work of it, inside a batch of the writer. A book that is not there is no failure.
Status fileCall(WriteBatch &batch, const model::Call &ended, const CallPlace &place);

} // namespace ringbook::hub
