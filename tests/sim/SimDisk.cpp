#include "tests/sim/SimDisk.h"

#include "tests/sim/SimVfs.h"
#include "tests/sim/StoredFile.h"

namespace ringbook::sim {

namespace {

constexpr qint64 sectorBytes = 512;

QString machineOf(const QString &path)
{
    return path.section(u'/', 1, 1);
}

QString prefixOf(const QString &machine)
{
    return u'/' + machine + u'/';
}

} // namespace

void StoredFile::write(qint64 at, const char *bytes, qint64 count)
{
    unsynced.append({at, content.mid(at, count), content.size()});
    if (content.size() < at + count) {
        content.reserve(std::max<qint64>(at + count, content.size() + content.size() / 2));
        content.append(at + count - content.size(), '\0');
    }
    std::copy_n(bytes, count, content.begin() + at);
}

void StoredFile::truncate(qint64 size)
{
    if (size >= content.size())
        return;
    unsynced.append({size, content.mid(size), content.size()});
    content.truncate(size);
}

void StoredFile::forgetLocks()
{
    shared = 0;
    reserved = pending = exclusive = nullptr;
    regions.clear();
    regionUsers = 0;
    sharedSlots = {};
    exclusiveSlots = {};
}

SimDisk::SimDisk(Dice &dice) : m_dice(dice)
{
    registerVfs(this);
}

SimDisk::~SimDisk()
{
    unregisterVfs();
}

SimDisk::Image SimDisk::imageOf(const QString &machine) const
{
    Image image;
    const QString prefix = prefixOf(machine);
    for (auto file = m_files.begin(); file != m_files.end(); ++file)
        if (file.key().startsWith(prefix))
            image.insert(file.key().mid(prefix.size()), file.value()->content);
    return image;
}

void SimDisk::install(const QString &machine, const Image &image)
{
    const QString prefix = prefixOf(machine);
    m_files.removeIf([&](const auto &file) { return file.key().startsWith(prefix); });
    m_folders.removeIf([&](const QString &folder) { return folder.startsWith(prefix); });
    m_machines[machine].unsyncedRenames.clear();
    for (auto file = image.begin(); file != image.end(); ++file) {
        auto stored = std::make_shared<StoredFile>();
        stored->content = file.value();
        m_files.insert(prefix + file.key(), stored);
    }
}

void SimDisk::setFull(const QString &machine, bool full)
{
    m_machines[machine].full = full;
}

void SimDisk::dieAtWrite(const QString &machine, int n)
{
    m_machines[machine].writesLeft = n;
}

void SimDisk::die(const QString &machine)
{
    m_machines[machine].dead = true;
}

void SimDisk::calm()
{
    for (Machine &machine : m_machines) {
        machine.full = false;
        machine.writesLeft.reset();
    }
}

bool SimDisk::isDead(const QString &machine) const
{
    return m_machines.value(machine).dead;
}

void SimDisk::revive(const QString &machine, Death death)
{
    const QString prefix = prefixOf(machine);
    for (auto file = m_files.begin(); file != m_files.end(); ++file) {
        if (!file.key().startsWith(prefix))
            continue;
        if (death == Death::Power)
            losePower(**file);
        (*file)->forgetLocks();
    }
    ++m_happened[death == Death::Power ? "power cuts" : "processes killed"];
    if (death == Death::Power)
        loseRenames(m_machines[machine]);
    m_machines[machine] = {.full = m_machines[machine].full};
}

/// The last one first, and none of those before that is kept.
void SimDisk::loseRenames(const Machine &machine)
{
    for (auto name = machine.unsyncedRenames.crbegin(); name != machine.unsyncedRenames.crend(); ++name) {
        if (m_dice.chance(0.5) || !m_files.contains(name->second) || m_files.contains(name->first))
            return;
        m_files.insert(name->first, m_files.take(name->second));
        ++m_happened["renames lost"];
    }
}

/// Writes reach a disk in any order; of one that was under way some sectors may be there.
void SimDisk::losePower(StoredFile &file)
{
    const double lost = m_dice.fraction();
    for (auto undo = file.unsynced.crbegin(); undo != file.unsynced.crend(); ++undo) {
        if (!m_dice.chance(lost))
            continue;
        ++m_happened["writes lost"];
        const qint64 kept =
            m_dice.chance(0.2) ? m_dice.upTo(undo->before.size() / sectorBytes) * sectorBytes : 0;
        m_happened["writes torn"] += kept > 0 ? 1 : 0;
        const QByteArray before = undo->before.mid(kept);
        if (file.content.size() < undo->at + kept + before.size())
            file.content.append(undo->at + kept + before.size() - file.content.size(), '\0');
        std::copy(before.begin(), before.end(), file.content.begin() + undo->at + kept);
        if (undo->size < file.content.size() && m_dice.chance(0.8))
            file.content.truncate(undo->size);
    }
    file.unsynced.clear();
}

std::shared_ptr<StoredFile> SimDisk::open(const QString &path, bool create)
{
    const auto found = m_files.constFind(path);
    if (found != m_files.constEnd())
        return *found;
    if (!create || m_machines.value(machineOf(path)).dead)
        return nullptr;
    return *m_files.insert(path, std::make_shared<StoredFile>());
}

bool SimDisk::remove(const QString &path)
{
    return mayWrite(path) && m_files.remove(path) > 0;
}

bool SimDisk::rename(const QString &from, const QString &to)
{
    if (!m_files.contains(from) || m_files.contains(to) || !mayWrite(from))
        return false;
    m_files.insert(to, m_files.take(from));
    m_machines[machineOf(from)].unsyncedRenames.append({from, to});
    return true;
}

bool SimDisk::isOn(const QString &path) const
{
    return path.startsWith(u'/') && m_machines.contains(machineOf(path));
}

bool SimDisk::isFolder(const QString &path) const
{
    const auto below = m_files.lowerBound(path + u'/');
    return m_folders.contains(path) || (below != m_files.end() && below.key().startsWith(path + u'/'));
}

bool SimDisk::makeFolder(const QString &path)
{
    if (!mayWrite(path))
        return false;
    m_folders.insert(path);
    return true;
}

bool SimDisk::removeFolder(const QString &path)
{
    return mayWrite(path) && m_folders.remove(path);
}

QStringList SimDisk::namesIn(const QString &folder) const
{
    QStringList names;
    const QString prefix = folder + u'/';
    for (auto file = m_files.lowerBound(prefix); file != m_files.end() && file.key().startsWith(prefix);
         ++file)
        if (const QString name = file.key().mid(prefix.size()); !name.contains(u'/'))
            names.append(name);
    return names;
}

bool SimDisk::sync(const QString &path)
{
    if (!mayWrite(path))
        return false;
    if (const auto file = m_files.constFind(path); file != m_files.constEnd())
        (*file)->unsynced.clear();
    else
        m_machines[machineOf(path)].unsyncedRenames.clear();
    return true;
}

bool SimDisk::mayWrite(const QString &path)
{
    Machine &machine = m_machines[machineOf(path)];
    if (machine.writesLeft && (*machine.writesLeft)-- <= 0 && !std::exchange(machine.dead, true))
        ++m_happened["deaths at a write"];
    return !machine.dead;
}

bool SimDisk::isFull(const QString &path)
{
    const bool isFull = m_machines.value(machineOf(path)).full;
    m_happened["writes to a full disk"] += isFull ? 1 : 0;
    return isFull;
}

} // namespace ringbook::sim
