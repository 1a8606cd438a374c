#include "sync/hub/snapshot/Mirror.h"

#include "model/domain/Kinds.h"
#include "sync/hub/snapshot/CompactCopy.h"
#include "sync/hub/verbs/Page.h"
#include "sync/protocol/RecordJson.h"

#include <QFileInfo>
#include <QStorageInfo>

#include <limits>

namespace ringbook::hub {

namespace {

constexpr qint64 unknown = std::numeric_limits<qint64>::max();

Result<QVector<model::Change>> changesOf(const Page &page)
{
    QVector<model::Change> changes;
    changes.reserve(page.wires.size());
    for (const QByteArray &wire : page.wires) {
        auto change = sync::readChange(wire);
        if (!change)
            return change.error();
        changes.append(std::move(*change));
    }
    return changes;
}

} // namespace

Mirror::Mirror(model::Book book, QString path, const std::atomic<bool> &isStopped)
    : m_book(std::move(book)),
      m_path(std::move(path)),
      m_isStopped(&isStopped)
{
    heed(m_book.db(), isStopped);
}

void Mirror::discard(const QString &path)
{
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(path + QLatin1String(suffix));
}

Result<Mirror> Mirror::open(const QString &path, const std::atomic<bool> &isStopped)
{
    auto book = model::Book::open(path);
    if (!book && (book.error().fault == Fault::Damaged || book.error().fault == Fault::TooNew)) {
        discard(path);
        book = model::Book::open(path);
    }
    if (!book)
        return book.error();
    return Mirror(std::move(*book), path, isStopped);
}

Result<model::Cursor> Mirror::follow(model::Connection &hub, const QString &book, qint64 spareBytes)
{
    auto at = m_book.place();
    // The head when it began: behind a busy writer the last one is never reached.
    qint64 enough = unknown;
    while (at) {
        if (*m_isStopped)
            return hubStops();
        if (QStorageInfo(QFileInfo(m_path).path()).bytesAvailable() < spareBytes)
            return Error{Fault::DiskFull, QStringLiteral("there is too little space left on the disk")};
        const PageWanted wanted{
            .book = book, .query = {.after = at->seq, .epoch = at->epoch, .limit = sync::maxChangesPerPage}};
        const auto read = at->byRows ? readRows(hub, wanted) : readPage(hub, wanted);
        if (!read)
            return read.error();
        const auto *page = std::get_if<Page>(&*read);
        const auto reset = page ? std::nullopt : std::get<sync::Problem>(*read).reset;
        if (reset && reset->reason == QLatin1String("too_old")) {
            at = model::Cursor{reset->epoch, at->seq, true};
            enough = unknown;
            continue;
        }
        if (!page) {
            if (const Status emptied = m_book.clear(); !emptied)
                return emptied.error();
            at = model::Cursor{};
            enough = unknown;
            continue;
        }
        const auto changes = changesOf(*page);
        if (!changes)
            return changes.error();
        const bool isThere = page->frame.to == page->frame.head;
        const model::Cursor upTo{page->frame.epoch, page->frame.to, page->frame.rows && !isThere};
        const auto applied =
            page->frame.rows ? m_book.applyRows(*changes, upTo, {}) : m_book.applyFeed(*changes, upTo, {});
        if (!applied)
            return *m_isStopped ? hubStops() : applied.error();
        if (enough == unknown && !page->frame.rows)
            enough = page->frame.head;
        if (isThere || page->frame.to >= enough)
            return upTo;
        at = upTo;
    }
    return at;
}

Status Mirror::clean()
{
    const auto unclean = m_book.isUnclean();
    return unclean && *unclean ? m_book.clean() : unclean ? Status(Done{}) : unclean.error();
}

Result<qint64> Mirror::rows() const
{
    QStringList counts;
    for (const model::KindSpec &kind : model::allKinds())
        counts.append(QStringLiteral("(SELECT count(*) FROM %1)").arg(QLatin1String(kind.table)));
    const auto row = m_book.db().one("SELECT " + counts.join(u'+') + " AS rows");
    return row ? Result<qint64>(row->number("rows")) : row.error();
}

qint64 Mirror::bytes() const
{
    return QFileInfo(m_path).size() + QFileInfo(m_path + QStringLiteral("-wal")).size();
}

} // namespace ringbook::hub
