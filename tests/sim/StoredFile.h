#pragma once

#include <QByteArray>
#include <QVector>

#include <array>
#include <map>
#include <memory>
#include <vector>

namespace ringbook::sim {

/// One file, with what it takes to forget what was not synced, and its locks.
struct StoredFile
{
    struct Undo ///< of one write or truncation since the last sync
    {
        qint64 at = 0;
        QByteArray before = {}; ///< what was there, as far as there was something
        qint64 size = 0;        ///< of the file before
    };

    QByteArray content = {};
    QVector<Undo> unsynced = {};

    // Locks, by handle.
    int shared = 0;
    const void *reserved = nullptr;
    const void *pending = nullptr;
    const void *exclusive = nullptr;

    // Shared memory of a WAL, gone when nobody has it open.
    static constexpr int slots = 8;
    std::vector<std::unique_ptr<std::array<char, 32768>>> regions = {};
    int regionUsers = 0;
    std::array<int, slots> sharedSlots = {};
    std::array<const void *, slots> exclusiveSlots = {};

    void write(qint64 at, const char *bytes, qint64 count);
    void truncate(qint64 size);
    void forgetLocks();
};

} // namespace ringbook::sim
