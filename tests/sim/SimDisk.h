#pragma once

#include "tests/sim/Dice.h"
#include "tests/sim/Findings.h"
#include "tests/sim/SimFiles.h"

#include <QByteArray>
#include <QMap>
#include <QSet>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace ringbook::sim {

struct StoredFile;

/// The disks of all simulated machines, as SQLite and Qt see them: a VFS over memory, the default one of this
/// process while it exists, and Qt's files. A file belongs to the machine that its path begins with:
/// "/anna/desk.db".
class SimDisk
{
public:
    explicit SimDisk(Dice &dice);
    ~SimDisk();
    Q_DISABLE_COPY_MOVE(SimDisk)

    using Image = QMap<QString, QByteArray>; ///< by path within the machine

    Image imageOf(const QString &machine) const;
    void install(const QString &machine, const Image &image); ///< nothing may have its files open

    void setFull(const QString &machine, bool full); ///< no file can grow
    /// The machine dies at its n-th write from now on: that write and all after it fail.
    void dieAtWrite(const QString &machine, int n);
    void die(const QString &machine);
    void calm(); ///< no more of this, for all who live
    bool isDead(const QString &machine) const;

    enum class Death {
        Killed, ///< the process: what it wrote is there
        Power,  ///< what was not synced may be there, in part, or torn
    };
    /// After everything that had files open is gone.
    void revive(const QString &machine, Death death);

    const Tally &happened() const { return m_happened; }
    qint64 busyWaits() const { return m_busyWaits; } ///< in one thread nobody may have to wait

    // For the VFS and Qt's files.
    struct Machine
    {
        bool full = false;
        bool dead = false;
        std::optional<int> writesLeft = {};
        QVector<std::pair<QString, QString>> unsyncedRenames = {}; ///< from, to
    };
    std::shared_ptr<StoredFile> open(const QString &path, bool create);
    bool exists(const QString &path) const { return m_files.contains(path); }
    bool remove(const QString &path);
    bool rename(const QString &from,
                const QString &to);       ///< a power cut may undo it until its folder is synced
    bool isOn(const QString &path) const; ///< below a machine there is
    bool isFolder(const QString &path) const;
    bool makeFolder(const QString &path);
    bool removeFolder(const QString &path);
    QStringList namesIn(const QString &folder) const;
    bool sync(const QString &path); ///< a file, or the names in a folder
    /// False: the machine is dead, or dies of it.
    bool mayWrite(const QString &path);
    bool isFull(const QString &path); ///< now, that it should grow
    Dice &dice() { return m_dice; }
    void waited() { ++m_busyWaits; }

private:
    void losePower(StoredFile &file);
    void loseRenames(const Machine &machine);

    Dice &m_dice;
    QMap<QString, std::shared_ptr<StoredFile>> m_files;
    QMap<QString, Machine> m_machines;
    QSet<QString> m_folders; ///< that were made, beside those that have files
    SimFiles m_qtFiles{*this};
    qint64 m_busyWaits = 0;
    Tally m_happened;
};

} // namespace ringbook::sim
