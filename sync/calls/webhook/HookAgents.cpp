#include "sync/calls/webhook/HookAgents.h"

#include <QRegularExpression>

namespace ringbook::calls {

namespace {

constexpr qsizetype maxWordLength = 250;

/// "sip:Anna.Albers@pbx.example" and "Anna Albers" are the same.
QString bareWord(const QString &word)
{
    static const QRegularExpression scheme(QStringLiteral("^(sips?|client|tel):"));
    static const QRegularExpression between(QStringLiteral("[\\s._-]+"));
    QString bare = word.left(maxWordLength).toCaseFolded().remove(scheme);
    if (const qsizetype at = bare.indexOf(u'@'); at > 0)
        bare.truncate(at);
    return bare.replace(between, QStringLiteral(" ")).trimmed();
}

} // namespace

HookAgents::HookAgents(const PbxSettings &settings) : m_plan(settings.plan)
{
    for (const Agent &agent : settings.agents)
        add(agent.extension, agent.extension);
    for (const Agent &agent : settings.agents)
        add(agent.endpoint, agent.extension);
    for (const Agent &agent : settings.agents) {
        add(agent.name, agent.extension);
        const QString number = lineNumberToE164(agent.endpoint, m_plan);
        if (!number.isEmpty() && !m_numbers.contains(number))
            m_numbers.insert(number, agent.extension);
    }
    for (auto queue = settings.queues.begin(); queue != settings.queues.end(); ++queue)
        for (const QString &word : {queue->label, queue.key()})
            if (!queue->agents.isEmpty())
                m_queues.insert(bareWord(word), queue->agents);
    for (auto line = settings.lines.begin(); line != settings.lines.end(); ++line)
        for (const QString &number : {line.key(), lineNumberToE164(line.key(), m_plan)})
            if (!number.isEmpty())
                m_lines.insert(number, line->agents);
}

void HookAgents::add(const QString &word, const QString &extension)
{
    const QString bare = bareWord(word);
    if (!bare.isEmpty() && !m_words.contains(bare))
        m_words.insert(bare, extension);
}

QString HookAgents::extension(const QString &word) const
{
    const auto named = m_words.constFind(bareWord(word));
    if (named != m_words.constEnd())
        return *named;
    const QString number = lineNumberToE164(word, m_plan);
    return number.isEmpty() ? QString() : m_numbers.value(number);
}

QStringList HookAgents::extensions(const QStringList &words) const
{
    QStringList extensions;
    for (const QString &word : words)
        if (const QString known = extension(word); !known.isEmpty())
            extensions += known;
    extensions.removeDuplicates();
    return extensions;
}

QStringList HookAgents::subscribers(const QString &queue, const QString &called) const
{
    const auto ofQueue = m_queues.constFind(bareWord(queue));
    if (ofQueue != m_queues.constEnd())
        return *ofQueue;
    const auto ofLine = m_lines.constFind(called);
    return ofLine == m_lines.constEnd() ? m_lines.value(lineNumberToE164(called, m_plan)) : *ofLine;
}

} // namespace ringbook::calls
