#pragma once

#include "model/core/Clock.h"
#include "sync/calls/ami/AmiParser.h"
#include "sync/calls/ami/AmiTap.h"
#include "sync/calls/recording/NumberMask.h"

#include <QIODevice>

#include <deque>

namespace ringbook::calls {

constexpr TimeMs holdRecordedMs = 60 * secondMs; ///< a number may turn out to be hidden after it was said
constexpr qsizetype maxHeldLines = 200'000;      ///< then the oldest are written earlier

/// Writes what a connection carries as the lines of a Recording. Secrets, login keys, dialled digits and
/// variables are never in it, hidden numbers neither, and with a mask for everybody nobody outside is.
class CallRecorder final : public AmiTap
{
public:
    /// `file` is open and outlives it; what cannot be written there is told by problem().
    CallRecorder(QIODevice &file, const Clock &clock, const PbxSettings &settings, bool masksEverybody);

    void connected() override;
    void came(QByteArrayView bytes) override;
    void went(QByteArrayView bytes) override;
    void ended() override;

    void writeOld(); ///< now and then: what is held long enough
    void finish();   ///< all of it

    qint64 written() const { return m_written; } ///< bytes
    int connections() const { return m_connection; }
    QString problem() const { return m_problem; } ///< a sentence; nothing is written any more

private:
    struct Line
    {
        TimeMs at = 0;
        int connection = 0;
        const char *direction = "";
        int read = 0; ///< 0: none
        QString text = {};
    };
    /// Lines of one direction, cut anywhere, into messages.
    struct Side
    {
        const char *direction = "";
        QByteArray rest = {};
        QVector<Line> message = {};
    };

    void take(Side &side, QByteArrayView bytes);
    void takeLine(Side &side, QByteArrayView line);
    void endMessage(Side &side);
    void notice(const AmiMessage &message, bool isFromPbx);
    void hold(const Line &line);
    QString withoutPeople(const QString &line);
    void write(const Line &line);
    void writeWhile(const std::function<bool(const Line &)> &isDue);

    QIODevice &m_file;
    const Clock &m_clock;
    NumberMask m_mask;
    Side m_in{"in"};
    Side m_out{"out"};
    std::deque<Line> m_held;
    QHash<QString, std::pair<QString, QString>> m_callers; ///< by channel: number and name
    QHash<QString, QString> m_asked;                       ///< ActionID -> channel
    std::optional<qint64> m_beganNs;
    bool m_isGreeted = false;
    bool m_isOpen = false;
    int m_connection = 0;
    int m_read = 0;
    qint64 m_written = 0;
    QString m_problem;
};

} // namespace ringbook::calls
