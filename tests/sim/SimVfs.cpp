#include "tests/sim/SimVfs.h"

#include "tests/sim/SimDisk.h"
#include "tests/sim/StoredFile.h"

#include <algorithm>
#include <cstring>
#include <sqlite3.h>

namespace ringbook::sim {

namespace {

SimDisk *theDisk = nullptr;

/// What SQLite allocates for us; `open` points to what C++ has of it.
struct Handle
{
    sqlite3_file base;
    struct Open *open;
};

struct Open
{
    QString path; ///< empty: a temporary file
    std::shared_ptr<StoredFile> file;
    int lock = SQLITE_LOCK_NONE;
    bool hasShm = false;
    unsigned sharedMask = 0;
    unsigned exclusiveMask = 0;
};

Open &of(sqlite3_file *file)
{
    return *reinterpret_cast<Handle *>(file)->open;
}

int close(sqlite3_file *file);
int shmUnmap(sqlite3_file *file, int remove);

int read(sqlite3_file *file, void *to, int count, sqlite3_int64 at)
{
    const QByteArray &content = of(file).file->content;
    const qint64 there = std::clamp<qint64>(content.size() - at, 0, count);
    std::memcpy(to, content.constData() + at * (there > 0), size_t(there));
    std::memset(static_cast<char *>(to) + there, 0, size_t(count - there));
    return there == count ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write(sqlite3_file *file, const void *from, int count, sqlite3_int64 at)
{
    Open &open = of(file);
    if (!open.path.isEmpty()) {
        if (!theDisk->mayWrite(open.path))
            return SQLITE_IOERR_WRITE;
        if (theDisk->isFull(open.path) && at + count > open.file->content.size())
            return SQLITE_FULL;
    }
    open.file->write(at, static_cast<const char *>(from), count);
    return SQLITE_OK;
}

int truncate(sqlite3_file *file, sqlite3_int64 size)
{
    Open &open = of(file);
    if (!open.path.isEmpty() && !theDisk->mayWrite(open.path))
        return SQLITE_IOERR_TRUNCATE;
    open.file->truncate(size);
    return SQLITE_OK;
}

int sync(sqlite3_file *file, int)
{
    Open &open = of(file);
    if (!open.path.isEmpty() && !theDisk->mayWrite(open.path))
        return SQLITE_IOERR_FSYNC;
    open.file->unsynced.clear();
    return SQLITE_OK;
}

int fileSize(sqlite3_file *file, sqlite3_int64 *size)
{
    *size = of(file).file->content.size();
    return SQLITE_OK;
}

/// As SQLite's documentation of its locks has it: shared, reserved, pending, exclusive.
int lock(sqlite3_file *file, int wanted)
{
    Open &open = of(file);
    StoredFile &stored = *open.file;
    if (open.lock >= wanted)
        return SQLITE_OK;
    const auto others = [&](const void *holder) { return holder && holder != &open; };
    if (wanted == SQLITE_LOCK_SHARED) {
        if (others(stored.pending) || others(stored.exclusive))
            return SQLITE_BUSY;
        ++stored.shared;
    } else if (wanted == SQLITE_LOCK_RESERVED) {
        if (others(stored.reserved) || others(stored.pending) || others(stored.exclusive))
            return SQLITE_BUSY;
        stored.reserved = &open;
    } else {
        if (others(stored.reserved) || others(stored.pending))
            return SQLITE_BUSY;
        stored.pending = &open;
        if (stored.shared > 1) {
            open.lock = SQLITE_LOCK_PENDING;
            return SQLITE_BUSY;
        }
        stored.exclusive = &open;
    }
    open.lock = wanted;
    return SQLITE_OK;
}

int unlock(sqlite3_file *file, int wanted)
{
    Open &open = of(file);
    StoredFile &stored = *open.file;
    if (open.lock <= wanted)
        return SQLITE_OK;
    for (const void **holder : {&stored.reserved, &stored.pending, &stored.exclusive})
        if (*holder == &open)
            *holder = nullptr;
    if (wanted == SQLITE_LOCK_NONE && open.lock >= SQLITE_LOCK_SHARED)
        --stored.shared;
    open.lock = wanted;
    return SQLITE_OK;
}

int checkReserved(sqlite3_file *file, int *held)
{
    const StoredFile &stored = *of(file).file;
    *held = stored.reserved || stored.pending || stored.exclusive;
    return SQLITE_OK;
}

int fileControl(sqlite3_file *, int, void *)
{
    return SQLITE_NOTFOUND;
}

int sectorSize(sqlite3_file *)
{
    return 512;
}

int characteristics(sqlite3_file *)
{
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int shmMap(sqlite3_file *file, int region, int bytes, int extend, void volatile **at)
{
    Open &open = of(file);
    StoredFile &stored = *open.file;
    if (!std::exchange(open.hasShm, true))
        ++stored.regionUsers;
    *at = nullptr;
    if (bytes != 32768)
        return SQLITE_IOERR_SHMMAP;
    while (extend && int(stored.regions.size()) <= region)
        stored.regions.push_back(std::make_unique<std::array<char, 32768>>());
    if (region < int(stored.regions.size()))
        *at = stored.regions[size_t(region)]->data();
    return SQLITE_OK;
}

int shmLock(sqlite3_file *file, int offset, int count, int flags)
{
    Open &open = of(file);
    StoredFile &stored = *open.file;
    const bool exclusive = flags & SQLITE_SHM_EXCLUSIVE;
    unsigned &mask = exclusive ? open.exclusiveMask : open.sharedMask;
    for (int pass = 0; pass < 2; ++pass) { // first only look
        for (int slot = offset; slot < offset + count; ++slot) {
            const unsigned bit = 1U << unsigned(slot);
            auto &holder = stored.exclusiveSlots[size_t(slot)];
            int &sharers = stored.sharedSlots[size_t(slot)];
            const int othersSharing = sharers - ((open.sharedMask & bit) ? 1 : 0);
            if (flags & SQLITE_SHM_LOCK) {
                if ((holder && holder != &open) || (exclusive && othersSharing > 0))
                    return SQLITE_BUSY;
                if (pass == 0 || (mask & bit))
                    continue;
                mask |= bit;
                exclusive ? void(holder = &open) : void(++sharers);
            } else if (pass == 1 && (mask & bit)) {
                mask &= ~bit;
                exclusive ? void(holder = nullptr) : void(--sharers);
            }
        }
    }
    return SQLITE_OK;
}

void shmBarrier(sqlite3_file *) {}

int shmUnmap(sqlite3_file *file, int)
{
    Open &open = of(file);
    if (std::exchange(open.hasShm, false) && --open.file->regionUsers <= 0) {
        open.file->regions.clear();
        open.file->regionUsers = 0;
    }
    return SQLITE_OK;
}

int close(sqlite3_file *file)
{
    unlock(file, SQLITE_LOCK_NONE);
    shmUnmap(file, 0);
    delete reinterpret_cast<Handle *>(file)->open;
    return SQLITE_OK;
}

const sqlite3_io_methods methods = {
    2,        close,         read,        write,      truncate,        sync,   fileSize, lock,
    unlock,   checkReserved, fileControl, sectorSize, characteristics, shmMap, shmLock,  shmBarrier,
    shmUnmap, nullptr,       nullptr};

int openFile(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    auto *handle = reinterpret_cast<Handle *>(file);
    handle->base.pMethods = nullptr;
    const QString path = name ? QString::fromUtf8(name) : QString();
    auto stored = name ? theDisk->open(path, flags & SQLITE_OPEN_CREATE) : std::make_shared<StoredFile>();
    if (!stored)
        return SQLITE_CANTOPEN;
    handle->open = new Open{.path = path, .file = std::move(stored)};
    handle->base.pMethods = &methods;
    if (outFlags)
        *outFlags = flags;
    return SQLITE_OK;
}

int removeFile(sqlite3_vfs *, const char *name, int)
{
    const QString path = QString::fromUtf8(name);
    if (!theDisk->exists(path))
        return SQLITE_IOERR_DELETE_NOENT;
    return theDisk->remove(path) ? SQLITE_OK : SQLITE_IOERR_DELETE;
}

int access(sqlite3_vfs *, const char *name, int, int *there)
{
    *there = theDisk->exists(QString::fromUtf8(name));
    return SQLITE_OK;
}

int fullPath(sqlite3_vfs *, const char *name, int size, char *full)
{
    qstrncpy(full, name, size_t(size));
    return SQLITE_OK;
}

int randomness(sqlite3_vfs *, int count, char *bytes)
{
    for (int i = 0; i < count; ++i)
        bytes[i] = char(theDisk->dice().upTo(255));
    return count;
}

int sleep(sqlite3_vfs *, int microseconds)
{
    theDisk->waited();
    return microseconds;
}

int now(sqlite3_vfs *, double *julianDay)
{
    *julianDay = 2'461'000.5;
    return SQLITE_OK;
}

int lastError(sqlite3_vfs *, int, char *)
{
    return 0;
}

sqlite3_vfs vfs = {1,      sizeof(Handle), 512,     nullptr, "ringbook-sim", nullptr, openFile,   removeFile,
                   access, fullPath,       nullptr, nullptr, nullptr,        nullptr, randomness, sleep,
                   now,    lastError,      nullptr, nullptr, nullptr,        nullptr};

} // namespace

void registerVfs(SimDisk *disk)
{
    theDisk = disk;
    sqlite3_vfs_register(&vfs, 1);
}

void unregisterVfs()
{
    sqlite3_vfs_unregister(&vfs);
    theDisk = nullptr;
}

} // namespace ringbook::sim
