#pragma once

#include <QMap>
#include <QStringList>

namespace ringbook::sim {

/// What a checker saw that may not be. The names are those of the JSON line.
enum class Wrong {
    Lost,      ///< something that was saved is nowhere
    Doubled,   ///< an op had two effects
    Diverged,  ///< a desk or the hub's records are not what the log says
    Silent,    ///< a value was overwritten and no conflict record tells
    Gap,       ///< the log is not dense
    Flickered, ///< own work was not to be seen
    Stuck,     ///< an outbox or a desk that does not come to rest by itself
    Failed,    ///< something that may not fail did
    Remains,   ///< of somebody who was erased
};

inline constexpr Wrong allWrongs[] = {Wrong::Lost,   Wrong::Doubled, Wrong::Diverged,
                                      Wrong::Silent, Wrong::Gap,     Wrong::Flickered,
                                      Wrong::Stuck,  Wrong::Failed,  Wrong::Remains};

inline QString nameOf(Wrong wrong)
{
    static const char *const names[] = {"lost",      "doubled", "diverged", "silent", "gaps",
                                        "flickered", "stuck",   "failed",   "remains"};
    return QLatin1String(names[int(wrong)]);
}

/// How often something that was planted happened, or was survived, by name.
using Tally = QMap<QString, qint64>;

/// One run's findings; the first few in words.
class Findings
{
public:
    void add(Wrong wrong, const QString &what)
    {
        ++m_counts[wrong];
        if (m_words.size() < 12)
            m_words.append(nameOf(wrong) + ": " + what);
    }

    bool isEmpty() const { return m_counts.isEmpty(); }
    int count(Wrong wrong) const { return m_counts.value(wrong); }
    const QStringList &words() const { return m_words; }

private:
    QMap<Wrong, int> m_counts;
    QStringList m_words;
};

} // namespace ringbook::sim
