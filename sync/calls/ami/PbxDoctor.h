#pragma once

#include "model/domain/Telephony.h"
#include "sync/calls/ami/AmiConnector.h"

#include <QMap>

namespace ringbook::calls {

using PbxFinding = model::TelephonyFinding;

constexpr TimeMs maxClockOffsetMs = 5 * secondMs; ///< more than that is told

/// Finds out why nothing pops: reaches a telephone system as a hub does, as a connection of its own, asks
/// what it may and which phones there are, listens, and compares it with the settings. No number and no name
/// of a caller is in what it finds. Lives on one thread with an event loop.
class PbxDoctor final : public QObject, private AmiTap
{
    Q_OBJECT

public:
    PbxDoctor(const Clock &clock, const PbxSettings &settings, AmiTiming timing = {});

    /// False: the settings forbid it; findings() says why.
    bool start();
    void stop();

    QVector<PbxFinding> findings() const; ///< so far, in the order in which they matter
    bool isDone() const;                  ///< all that can be asked was answered; calls may still be heard

    QMap<QString, int> heard() const { return m_heard; } ///< events about calls by name, how many
    int calls() const { return int(m_callIds.size()); }  ///< that agents had while it listened

Q_SIGNALS:
    void changed();

private:
    struct Asked
    {
        QByteArray action = {};
        bool isAnswered = false;
        bool isRefused = false;
    };

    void connected() override;
    void came(QByteArrayView bytes) override;
    void went(QByteArrayView bytes) override;
    void ended() override {}
    void takeAnswer(const AmiMessage &answer);
    void takeEvent(const AmiMessage &event);

    PbxFinding reached() const;
    PbxFinding protection() const;
    void addRights(QVector<PbxFinding> &findings) const;
    void addClock(QVector<PbxFinding> &findings) const;
    void addPhones(QVector<PbxFinding> &findings) const;
    void addUnnamed(QVector<PbxFinding> &findings) const;
    PbxFinding listening() const;
    const Asked *asked(const QByteArray &action) const; ///< null: not yet

    const Clock &m_clock;
    PbxSettings m_settings;
    AmiConnector m_connector;
    AmiParser m_parser;
    QHash<QString, Asked> m_asked; ///< by ActionID
    bool m_isLive = false;
    bool m_isBooted = false;
    bool m_hasDevices = false; ///< the whole list
    Status m_started = Done{};
    std::optional<TimeMs> m_ahead;    ///< of the telephone system's clock
    QMap<QString, QString> m_devices; ///< state by endpoint
    QMap<QString, int> m_heard;
    QMap<QString, int> m_rings;                     ///< by extension
    QMap<std::pair<QString, QString>, bool> m_rang; ///< extension and call
    QSet<QString> m_callIds;
    QSet<QString> m_classes; ///< of events that came and are not needed
};

} // namespace ringbook::calls
