#pragma once

#include "sync/calls/PbxSettings.h"

#include <QHash>
#include <QStringList>

namespace ringbook::calls {

/// Whom a sender means. It calls people by extension, name, login, the address of their phone or its number,
/// in any case and with any marks between; what the settings call them decides.
class HookAgents
{
public:
    explicit HookAgents(const PbxSettings &settings);

    QString extension(const QString &word) const;           ///< empty: nobody's
    QStringList extensions(const QStringList &words) const; ///< of those who are known, each once

    /// Who is offered a call that names nobody: those of its queue, or else of its line.
    QStringList subscribers(const QString &queue, const QString &called) const;

private:
    void add(const QString &word, const QString &extension);

    const NumberPlan m_plan;
    QHash<QString, QString> m_words;   ///< bare word -> extension
    QHash<QString, QString> m_numbers; ///< full number -> extension
    QHash<QString, QStringList> m_queues;
    QHash<QString, QStringList> m_lines;
};

} // namespace ringbook::calls
