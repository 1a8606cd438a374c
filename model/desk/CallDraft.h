#pragma once

#include "model/core/Clock.h"
#include "model/domain/AgentCall.h"
#include "model/domain/Case.h"

#include <QVector>

namespace ringbook::model {

/// What was promised in the call, and until when.
struct Promise
{
    QString what = {};
    TimeMs dueAt = 0;
    QString zone = {};       ///< IANA name of the wall-clock it was agreed in
    Id<struct User> by = {}; ///< who will do it; none: whoever promised

    bool operator==(const Promise &) const = default;
};

constexpr int mostPromises = 20; ///< of one call

/// What the agent has typed about one call and not saved yet; journaled so that a crash costs half a second.
/// A customer opened without a call has a draft too: its `call` has no callId, its own callId is any other
/// key.
struct CallDraft
{
    QString callId = {}; ///< the key it is kept under
    AgentCall call = {}; ///< as last known
    Id<Customer> customer = {};
    QString note = {};
    QString outcome = {};
    QString caseType = {}; ///< empty: no case begun
    QString subject = {};
    QString remedySought = {};
    QVector<Promise> promises = {};      ///< at most mostPromises
    Id<Case> attachTo = {};              ///< an open case the note belongs to
    Id<struct Interaction> filedAs = {}; ///< what the call was saved as; more of a note goes there
    qint64 ringToPaintUs = 0;
    TimeMs keptAt = 0;

    bool operator==(const CallDraft &) const = default;
};

/// Whether it is about a call at all, and not only about a customer.
bool hasCall(const CallDraft &draft);

/// The first thing that keeps the draft from being filed.
enum class Missing { Nothing, Outcome, Subject, Case, Note };
Missing missingIn(const CallDraft &draft);

/// As it is kept in the desk file: JSON text.
QString draftText(const CallDraft &draft);

/// The draft kept under `callId`; whatever cannot be understood becomes its note, so that nothing typed is
/// lost.
CallDraft draftFrom(const QString &callId, const QString &text);

} // namespace ringbook::model
