#pragma once

#include "model/core/Clock.h"
#include "sync/calls/webhook/HookSettings.h"

#include <QString>
#include <QVector>

namespace ringbook::calls {

constexpr qsizetype maxHookNotes = 50;

/// What became of one request, for whoever looks why nothing pops. No number beyond its last two digits, no
/// token, no signature, nothing of a body but the sender's words for the event and the call.
struct HookNote
{
    TimeMs at = 0; ///< of reception
    HookSettings::Form form = HookSettings::Form::Generic;
    QString event = {};
    QString call = {};
    QString outcome = {}; ///< "taken", "ignored: …", "refused: …"

    bool operator==(const HookNote &) const = default;
};

/// The last fifty, oldest first.
class HookNotes
{
public:
    void add(HookNote note);
    const QVector<HookNote> &all() const { return m_notes; }

private:
    QVector<HookNote> m_notes;
};

/// Plain text in which each number shows its last two digits only: "call-…47".
QString withoutNumbers(const QString &text);

} // namespace ringbook::calls
