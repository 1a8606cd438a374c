#pragma once

#include "model/core/Result.h"
#include "sync/calls/CallSource.h"

#include <QStringList>

namespace ringbook::calls {

/// What the simulator shall let ring.
struct SimulatedCall
{
    QString number = {}; ///< as a trunk would send it; "anonymous" and its like are withheld
    QString name = {};
    QStringList extensions = {};
    QString queue = {};
    QString called = {}; ///< our own line's number, or its label
    TimeMs ringFor = 60 * secondMs;
};

constexpr TimeMs simulatedPatience = 2 * secondMs; ///< until whoever is dialled answers

constexpr int maxSimulatedExtensions = 100;
constexpr TimeMs longestSimulatedRing = 170 * secondMs;

/// Rings without any PBX: for the demo, for practice, for benchmarks.
class Simulator final : public CallSource
{
    Q_OBJECT

public:
    /// `country` is where the numbers are read ("DE"); `agentNames` by extension, for "taken by …".
    Simulator(const Clock &clock, QString country, QHash<QString, QString> agentNames,
              QObject *parent = nullptr);

    Result<QString>
    ring(const SimulatedCall &call); ///< the call's id; every extension rings before it returns
    /// Does all there is. Whoever is dialled outside answers after simulatedPatience; a colleague rings.
    model::CallAbilities abilities(const QString &extension) const override;
    void obey(const model::CallCommand &command, const Obeyed &obeyed) override;

    Status answer(const QString &callId, const QString &extension);
    Status hangUp(const QString &callId, const QString &extension); ///< empty extension: the caller hangs up

private:
    Result<const model::Call *> liveCall(const QString &callId) const;
    Result<const model::Call *> talkOf(const model::CallCommand &command) const;
    Status dial(const QString &number, const QString &extension);
    Status hold(const model::CallCommand &command);
    Status transfer(const model::CallCommand &command);
    void letRing(const QString &callId, const QString &extension, TimeMs at);
    QString newId(TimeMs at) { return QStringLiteral("sim-%1-%2").arg(at).arg(++m_count); }
    void letRingOut(const QString &callId);

    QString m_country;
    QHash<QString, QString> m_agentNames; ///< by extension
    qint64 m_count = 0;
};

} // namespace ringbook::calls
