#pragma once

#include "model/domain/Telephony.h"

namespace ringbook::calls {

/// The last requests, for whoever looks why nothing pops; oldest first.
class HookNotes
{
public:
    void add(model::TelephonyRequest note); ///< its words may be as they came
    const QVector<model::TelephonyRequest> &all() const { return m_notes; }

private:
    QVector<model::TelephonyRequest> m_notes;
};

/// Plain text in which each number shows its last two digits only: "call-…47".
QString withoutNumbers(const QString &text);

} // namespace ringbook::calls
