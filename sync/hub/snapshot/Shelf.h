#pragma once

#include "model/core/Result.h"
#include "sync/protocol/Messages.h"

#include <QHash>
#include <QSaveFile>

#include <mutex>

namespace ringbook::hub {

/// The snapshots there are, of each book the newest two: a file with all frames, and beside it the manifest
/// that makes it count. For any thread.
class Shelf
{
public:
    explicit Shelf(QString folder) : m_folder(std::move(folder)) {}

    // What a book's folder has beside finished snapshots.
    static constexpr char mirrorName[] = "mirror.db";
    static constexpr char unfinishedName[] = "new.db";
    static constexpr char unfinishedHotName[] = "new.db-hot";

    /// Of these books: what is whole is offered again, what was being made is thrown away.
    void open(const QStringList &books);

    QString file(const QString &book, const char *name) const;
    QStringList books() const; ///< that somebody has asked for

    std::optional<sync::SnapshotManifest> newest(const QString &book, const QString &epoch) const;
    /// Fault::NotFound: no snapshot of this log has it any more.
    Result<QByteArray> frame(const QString &book, const QString &epoch, const QString &digest) const;

    QString nextFrames(const QString &book) const; ///< where the frames of the next one go
    /// `frames` is what was written there. Older ones than the one before go. Fault::Busy: it was withdrawn
    /// before it was there.
    Status put(const QString &book, const sync::SnapshotManifest &manifest, QSaveFile &frames);
    void withdraw(const QString &book, const QString &epoch); ///< those of other logs than this
    /// Those from before this seq, also one that is being made: somebody was erased.
    void withdrawBefore(const QString &book, qint64 seq);

private:
    struct Place
    {
        qint64 at = 0;
        qint64 bytes = 0;
    };
    struct Generation
    {
        int number = 0;
        sync::SnapshotManifest manifest = {};
        QHash<QString, Place> frames = {};
    };

    static Generation placed(int number, const sync::SnapshotManifest &manifest);
    std::optional<Generation> read(const QString &book, int number) const;
    void open(const QString &book);
    QString fileOf(const QString &book, int number, const char *suffix) const;
    void remove(const QString &book, int number);
    void keepNewest(const QString &book, int most);

    const QString m_folder;
    mutable std::mutex m_mutex;
    QHash<QString, QVector<Generation>> m_books; ///< oldest first
    QHash<QString, qint64> m_least;              ///< seq of what may be offered
};

} // namespace ringbook::hub
