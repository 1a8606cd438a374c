#include "ui/card/CallWork.h"

#include <QStringList>

#include <algorithm>

namespace ringbook::ui {

using model::CallDraft;

namespace {

const QString casePrefix = QStringLiteral("case-");

} // namespace

bool hasContent(const CallDraft &draft)
{
    return !draft.note.trimmed().isEmpty() || !draft.outcome.isEmpty() || !draft.caseType.isEmpty() ||
           !draft.remedySought.trimmed().isEmpty() || draft.attachTo || !draft.promises.isEmpty();
}

QString draftKey(Id<model::Customer> customer)
{
    return QStringLiteral("customer-%1").arg(customer.value);
}

QString draftKey(Id<model::Case> ofNobody)
{
    return casePrefix + QString::number(ofNobody.value);
}

Id<model::Case> caseOfNobody(const QString &key)
{
    return {key.startsWith(casePrefix) ? key.mid(casePrefix.size()).toLongLong() : 0};
}

QString subjectFrom(const QString &note)
{
    const QString line = note.trimmed().section(QLatin1Char('\n'), 0, 0).simplified();
    if (line.size() <= maxSubjectLength)
        return line;
    const qsizetype space = line.lastIndexOf(QLatin1Char(' '), maxSubjectLength);
    return line.left(space > 0 ? space : maxSubjectLength);
}

CallWork &CallStack::open(const CallWork &work)
{
    m_current = indexOf(work.draft.callId);
    if (m_current < 0) {
        m_works.append(work);
        m_current = int(m_works.size()) - 1;
    }
    return m_works[m_current];
}

CallWork *CallStack::current()
{
    return m_current < 0 ? nullptr : &m_works[m_current];
}

const CallWork *CallStack::current() const
{
    return m_current < 0 ? nullptr : &m_works.at(m_current);
}

CallWork *CallStack::find(const QString &key)
{
    const int index = indexOf(key);
    return index < 0 ? nullptr : &m_works[index];
}

bool CallStack::step(int by)
{
    const int to = m_current + by;
    if (to < 0 || to >= m_works.size())
        return false;
    m_current = to;
    return true;
}

bool CallStack::drop(const QString &key)
{
    const int index = indexOf(key);
    if (index < 0)
        return false;
    m_works.removeAt(index);
    if (m_current > index)
        --m_current;
    m_current = std::min(m_current, int(m_works.size()) - 1);
    return true;
}

void CallStack::endAllBut(const QStringList &callIds)
{
    const auto end = [&callIds](model::AgentCall &call) {
        if (!call.callId.isEmpty() && !callIds.contains(call.callId))
            call.state = model::AgentCall::State::Over;
    };
    for (CallWork &work : m_works) {
        end(work.draft.call);
        if (work.leftBy)
            end(*work.leftBy);
    }
}

int CallStack::indexOf(const QString &key) const
{
    const auto found = std::find_if(m_works.begin(), m_works.end(),
                                    [&](const CallWork &work) { return work.draft.callId == key; });
    return found == m_works.end() ? -1 : int(found - m_works.begin());
}

} // namespace ringbook::ui
