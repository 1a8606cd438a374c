#include "sync/calls/webhook/HookNotes.h"

#include "model/domain/PlainText.h"

#include <QRegularExpression>

namespace ringbook::calls {

namespace {

constexpr int maxNotedText = 60;

} // namespace

QString withoutNumbers(const QString &text)
{
    static const QRegularExpression number(QStringLiteral("\\+?\\d[\\d ./()-]*(?=\\d\\d)"));
    return model::plainText(text, maxNotedText).replace(number, QStringLiteral("…"));
}

void HookNotes::add(model::TelephonyRequest note)
{
    note.event = withoutNumbers(note.event);
    note.call = withoutNumbers(note.call);
    const bool isRefusedAgain = !m_notes.isEmpty() && m_notes.last().outcome == note.outcome &&
                                note.outcome.startsWith(QLatin1String("refused")) && note.call.isEmpty();
    if (isRefusedAgain) { // a stranger who knocks often does not push the others out
        m_notes.last().at = note.at;
        return;
    }
    m_notes.append(note);
    if (m_notes.size() > model::mostTelephonyRequests)
        m_notes.removeFirst();
}

} // namespace ringbook::calls
