#pragma once

#include "model/domain/CallStep.h"
#include "model/domain/Telephony.h"

#include <QHash>

namespace ringbook::calls {

/// The step in words, for an administrator; no number and no name of a caller is in them. Empty for what says
/// nothing. `names` of agents by extension.
QString wordsFor(const model::CallStep &step, const QHash<QString, QString> &names);

/// What was made of the last events, and which phones rang. Bounded; a value.
class CallDiary
{
public:
    struct Rings
    {
        int count = 0;
        std::optional<TimeMs> lastAt = {};
    };

    explicit CallDiary(QHash<QString, QString> names) : m_names(std::move(names)) {}

    void note(const QString &call, const model::CallStep &step, TimeMs at);

    QVector<model::TelephonyStep> steps() const { return m_steps; } ///< oldest first
    Rings rings(const QString &extension) const { return m_rings.value(extension); }

private:
    QHash<QString, QString> m_names;
    QVector<model::TelephonyStep> m_steps;
    QHash<QString, Rings> m_rings;
};

} // namespace ringbook::calls
