#include "sync/hub/snapshot/Shelf.h"

#include "model/core/OwnFiles.h"
#include "model/core/OwnLock.h"
#include "sync/protocol/Codec.h"

#include <QDir>
#include <QRegularExpression>

#include <algorithm>

namespace ringbook::hub {

namespace {

constexpr int generationsKept = 2; // a desk that began with the one before may go on with it
constexpr char framesSuffix[] = ".frames";
constexpr char manifestSuffix[] = ".json";

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

qint64 packedBytes(const sync::SnapshotManifest &manifest)
{
    qint64 sum = 0;
    for (const sync::SnapshotFrame &frame : manifest.book.frames)
        sum += frame.bytes;
    for (const sync::SnapshotFrame &frame : manifest.hot.value_or(sync::SnapshotFile()).frames)
        sum += frame.bytes;
    return sum;
}

Error gone()
{
    return {Fault::NotFound, QStringLiteral("No snapshot here has this frame; read the manifest again.")};
}

} // namespace

Shelf::Generation Shelf::placed(int number, const sync::SnapshotManifest &manifest)
{
    Generation made{.number = number, .manifest = manifest};
    qint64 at = 0;
    const auto place = [&](const sync::SnapshotFile &file) {
        for (const sync::SnapshotFrame &frame : file.frames) {
            made.frames.insert(frame.digest, {at, frame.bytes});
            at += frame.bytes;
        }
    };
    place(manifest.book);
    if (manifest.hot)
        place(*manifest.hot);
    return made;
}

QString Shelf::file(const QString &book, const char *name) const
{
    return QDir(m_folder).filePath(book + u'/' + QLatin1String(name));
}

QString Shelf::fileOf(const QString &book, int number, const char *suffix) const
{
    return file(book, (QByteArray::number(number) + suffix).constData());
}

std::optional<Shelf::Generation> Shelf::read(const QString &book, int number) const
{
    const auto manifest = sync::readSnapshotManifest(contentOf(fileOf(book, number, manifestSuffix)));
    if (!manifest || QFileInfo(fileOf(book, number, framesSuffix)).size() != packedBytes(*manifest))
        return std::nullopt;
    return placed(number, *manifest);
}

void Shelf::open(const QStringList &books)
{
    const std::lock_guard lock(m_mutex);
    for (const QString &book : books)
        if (QFile::exists(file(book, mirrorName)))
            open(book);
}

void Shelf::open(const QString &book)
{
    static const QRegularExpression ours(QStringLiteral("^([0-9]+)\\.(frames|json)(\\.\\w+)?$"));
    QVector<Generation> &kept = m_books[book];
    QDir folder(QFileInfo(file(book, mirrorName)).path());
    QStringList leftOver = folder.entryList({QLatin1String(unfinishedName) + u'*'}, QDir::Files);
    for (const QString &name : folder.entryList(QDir::Files)) {
        const auto match = ours.match(name);
        if (name.endsWith(QLatin1String(manifestSuffix)) && match.hasMatch())
            if (auto generation = read(book, match.captured(1).toInt()))
                kept.append(std::move(*generation));
        if (match.hasMatch())
            leftOver.append(name);
    }
    std::ranges::sort(kept, {}, &Generation::number);
    keepNewest(book, generationsKept);
    for (const Generation &generation : std::as_const(kept))
        for (const char *suffix : {framesSuffix, manifestSuffix})
            leftOver.removeOne(QString::number(generation.number) + QLatin1String(suffix));
    for (const QString &name : std::as_const(leftOver))
        folder.remove(name);
}

QStringList Shelf::books() const
{
    const std::lock_guard lock(m_mutex);
    return m_books.keys();
}

std::optional<sync::SnapshotManifest> Shelf::newest(const QString &book, const QString &epoch) const
{
    const std::lock_guard lock(m_mutex);
    const auto kept = m_books.value(book);
    if (kept.isEmpty() || kept.last().manifest.at.epoch != epoch)
        return std::nullopt;
    return kept.last().manifest;
}

Result<QByteArray> Shelf::frame(const QString &book, const QString &epoch, const QString &digest) const
{
    std::unique_lock lock(m_mutex);
    const auto kept = m_books.value(book);
    const auto has = std::ranges::find_if(kept, [&](const Generation &generation) {
        return generation.manifest.at.epoch == epoch && generation.frames.contains(digest);
    });
    if (has == kept.end())
        return gone();
    QFile frames(fileOf(book, has->number, framesSuffix));
    const bool isOpen = frames.open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    lock.unlock(); // what is open can be read, also when it is removed
    const Place place = has->frames.value(digest);
    if (!isOpen || !frames.seek(place.at))
        return gone();
    const QByteArray bytes = frames.read(place.bytes);
    return bytes.size() == place.bytes ? Result<QByteArray>(bytes) : gone();
}

QString Shelf::nextFrames(const QString &book) const
{
    const std::lock_guard lock(m_mutex);
    const auto kept = m_books.value(book);
    return fileOf(book, kept.isEmpty() ? 1 : kept.last().number + 1, framesSuffix);
}

Status Shelf::put(const QString &book, const sync::SnapshotManifest &manifest, QSaveFile &frames)
{
    const int number = QFileInfo(frames.fileName()).baseName().toInt();
    QSaveFile beside(fileOf(book, number, manifestSuffix));
    const QByteArray text = sync::encode(manifest);
    const bool isWritten = commitWhole(frames) && beside.open(QIODevice::WriteOnly) &&
                           beside.write(text) == text.size() && commitWhole(beside);
    if (!isWritten)
        return Error{whyUnwritable(m_folder), QStringLiteral("the frames cannot be written")};
    const std::lock_guard lock(m_mutex);
    if (manifest.at.seq < m_least.value(book)) {
        remove(book, number);
        return Error{Fault::Busy, QStringLiteral("somebody was erased while it was made")};
    }
    m_books[book].append(placed(number, manifest));
    keepNewest(book, generationsKept);
    return Done{};
}

void Shelf::withdraw(const QString &book, const QString &epoch)
{
    const std::lock_guard lock(m_mutex);
    const auto kept = m_books.find(book);
    if (kept != m_books.end() && !kept->isEmpty() && kept->last().manifest.at.epoch != epoch)
        keepNewest(book, 0);
}

void Shelf::withdrawBefore(const QString &book, qint64 seq)
{
    const std::lock_guard lock(m_mutex);
    qint64 &least = m_least[book];
    least = std::max(least, seq);
    const auto kept = m_books.find(book);
    while (kept != m_books.end() && !kept->isEmpty() && kept->first().manifest.at.seq < least)
        remove(book, kept->takeFirst().number);
}

/// The manifest first: without it the frames are nothing.
void Shelf::remove(const QString &book, int number)
{
    QFile::remove(fileOf(book, number, manifestSuffix));
    QFile::remove(fileOf(book, number, framesSuffix));
}

void Shelf::keepNewest(const QString &book, int most)
{
    QVector<Generation> &kept = m_books[book];
    while (kept.size() > most)
        remove(book, kept.takeFirst().number);
}

} // namespace ringbook::hub
