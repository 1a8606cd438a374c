#pragma once

#include "model/domain/Record.h"
#include "tests/sim/Findings.h"

#include <QHash>
#include <QSet>

#include <map>
#include <optional>

namespace ringbook::sim {

/// What really happened, kept outside of all that is tested: the ops that desks kept and the logs the hub
/// wrote. Says what must be seen where, and notices what may not be. Shares no code with the merge and the
/// rebase.
class Ledger
{
public:
    explicit Ledger(Findings &findings) : m_findings(findings) {}

    using OpKey = std::pair<qint64, qint64>; ///< of whom (a desk here, a device in a log), counter
    struct Kept
    {
        qint64 device = 0; ///< under whose number it is sent
        model::Op op = {};
        bool acknowledged = false; ///< somebody was told "saved"
        bool isOld = false;        ///< done so long ago that its desk need not keep it for a restored hub
        bool isGivenUp = false;    ///< with the number: who has that offers it to a restored hub
    };

    // What happens.
    void kept(qint64 desk, qint64 device, const model::Op &op, bool acknowledged);
    void copied(qint64 desk, qint64 copy); ///< all that it keeps
    void copied(const QVector<std::pair<qint64, Kept>> &kept, qint64 copy);
    /// The desk has another number, under which it sends these ops from now on, and as others.
    void moved(qint64 desk, const QVector<qint64> &counters);
    void broughtAlong(qint64 desk, const QVector<qint64> &counters);
    void scrapped(qint64 desk) { m_scrapped.insert(desk); } ///< its disk is no more
    /// The hub has decided about these, as its log will say; with bases as the desk gave them this time.
    void pushed(const QString &epoch, qint64 device, const QVector<model::Op> &ops);
    /// An entry of the hub's log, as it is stored there; an old one was decided before, in another log.
    void logged(const QString &epoch, const model::Change &change, bool isOld);
    /// A restored hub has this log, all of it logged, and its desks have yet to come: what they read of it is
    /// theirs to show when they have read it.
    void began(const QString &epoch);
    /// Up to there a restored hub's log is as the one it was saved of, and no longer has it.
    void goesOn(const QString &epoch, const QString &savedOf, qint64 upTo);
    void tookForDone(qint64 desk, qint64 counter) { m_kept[{desk, counter}].isOld = true; }
    void grewOld(); ///< all that was done so far
    /// The log ends here; checks what its last entries need to have behind them.
    void committed(const QString &epoch, qint64 head);

    const std::map<OpKey, Kept> &allKept() const { return m_kept; }
    QVector<std::pair<qint64, Kept>> keptBy(qint64 desk) const; ///< by counter
    QVector<model::RecordKey> records() const { return m_records; }
    qint64 head(const QString &epoch) const { return m_logs.value(epoch).changes.size(); }
    int timesLogged(const QString &epoch, const Kept &kept) const;
    bool isAlsoKept(qint64 desk, const Kept &kept) const; ///< by a desk that has, or had, the same number
    /// Who gave the number up took it along, and sends it as an op of their own.
    bool isMovedAlong(const Kept &kept) const;
    /// It went with the number to a desk that has it, or has moved with it since.
    bool isHandedOn(qint64 desk, const Kept &kept) const;

    /// Where the log says that this was erased.
    std::optional<qint64> erasedAt(const model::RecordKey &key, const QString &epoch) const;
    /// It was erased, or somebody said that it is about what was: then an op of it may come to nothing.
    bool isNearErased(const model::RecordKey &key) const { return m_nearErased.contains(key); }
    const QVector<qint64> &erasedCustomers() const { return m_erasedCustomers; }

    using Record = std::optional<model::Fields>;
    /// As the log had it at `seq`; empty fields left out.
    Record confirmed(const model::RecordKey &key, const QString &epoch, qint64 seq) const;
    /// What a desk with this cursor has to show: the log up to there, then its own ops that are not in it,
    /// `without` some (those in its tray) and `with` others (that came back, which it has not noted; all that
    /// wait, while it has read nothing of any log).
    Record shown(const model::RecordKey &key, const model::Cursor &cursor, qint64 desk,
                 const QSet<qint64> &without, const QSet<qint64> &with = {}) const;

private:
    struct Written
    {
        qint64 seq = 0;
        qint64 device = 0;
    };
    struct Now
    {
        Record fields = {};
        bool isThere = false;
        Written made = {}; ///< by nobody, while only edits of it have come back to a restored hub
        QMap<QString, Written> edited = {};
    };
    struct Overwriting ///< that needs a conflict record right behind it
    {
        qint64 seq = 0;
        model::RecordKey record = {};
        QString field = {};
        QString one = {}; ///< both values, as JSON text
        QString other = {};
    };
    struct Log
    {
        qint64 begun = 0; ///< what was in it when it was restored
        QVector<model::Change> changes = {};
        QHash<model::RecordKey, QVector<qsizetype>> byRecord = {};
        QHash<model::RecordKey, Now> now = {};
        QHash<OpKey, model::Op> pushed = {};
        QHash<OpKey, int> times = {};
        QHash<OpKey, std::pair<qint64, model::Op>> ops = {}; ///< at which seq
        QVector<Overwriting> overwritings = {};
    };

    void noticeOverwriting(Log &log, const model::Change &change);
    void apply(Log &log, const model::Change &change);
    const Kept *keptOf(const Log &log, const model::Change &change) const;
    QVector<const Kept *> others(qint64 desk, const Kept &kept) const; ///< that keep the same
    static qint64 seqOf(const Log &log, const Kept &kept);             ///< 0: it is not in there
    void see(const model::RecordKey &key);
    void noticeErasure(const model::RecordKey &key);
    bool comesNear(const model::Op &op);

    Findings &m_findings;
    std::map<OpKey, Kept> m_kept;
    QSet<qint64> m_scrapped;
    QVector<Kept> m_movedAlong; ///< as they were before
    QSet<qint64> m_desks;
    QHash<QString, Log> m_logs;
    QVector<model::RecordKey> m_records; ///< in the order they were first seen
    QSet<model::RecordKey> m_seen;
    QSet<model::RecordKey> m_nearErased;
    QVector<qint64> m_erasedCustomers;
};

/// A word that is in the records of one customer only.
QString markerOf(qint64 customer);

QString print(const model::RecordKey &key);
QString print(const Ledger::Record &record);

} // namespace ringbook::sim
