#pragma once

#include "model/desk/CallDesk.h"
#include "model/desk/Card.h"

#include <QVector>

#include <optional>

namespace ringbook::ui {

/// What the agent is doing for one call, or for a customer opened without one.
struct CallWork
{
    model::CallDraft draft = {};
    model::Confidence confidence = model::Confidence::Unknown;
    int cursor = 0; ///< in the note
    int anchor = 0;
    bool isSomebodyElse = false; ///< not who the number says, and not found yet
    bool hasOwnSubject = false;  ///< the subject was typed and no longer follows the note
    /// The customer stayed on the screen when this call was saved; nothing else was asked for.
    std::optional<model::AgentCall> leftBy = {};
};

/// Whether anything was typed or chosen that would be lost.
bool hasContent(const model::CallDraft &draft);

/// The keys under which the entries for a customer without a call and for a case of nobody's are kept.
QString draftKey(Id<model::Customer> customer);
QString draftKey(Id<model::Case> ofNobody);
Id<model::Case> caseOfNobody(const QString &key); ///< none: it is another key

/// A subject made of the note: its first line with text, cut at a word.
QString subjectFrom(const QString &note);
constexpr int maxSubjectLength = 120;

/// Everything that is begun and not saved, in the order it came; one of it is on the screen.
class CallStack
{
public:
    /// Puts the work with this key on the screen; what is already there under the key stays as it is.
    CallWork &open(const CallWork &work);
    CallWork *current();
    const CallWork *current() const;
    CallWork *find(const QString &key);
    bool step(int by);                          ///< false at the ends
    bool drop(const QString &key);              ///< its neighbour comes up if it was on the screen
    void endAllBut(const QStringList &callIds); ///< the other calls are over

    int currentIndex() const { return m_current; }
    const QVector<CallWork> &works() const { return m_works; }

private:
    int indexOf(const QString &key) const;

    QVector<CallWork> m_works;
    int m_current = -1;
};

} // namespace ringbook::ui
