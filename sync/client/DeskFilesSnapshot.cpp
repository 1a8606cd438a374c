#include "sync/client/DeskFiles.h"

namespace ringbook::sync {

namespace {

QString sentenceFor(const Error &error)
{
    switch (error.fault) {
    case Fault::DiskFull: return QStringLiteral("The disk of this computer has no room for the book.");
    case Fault::TooNew: return QStringLiteral("The hub's ready-made book needs a newer Ringbook.");
    case Fault::Damaged: return QStringLiteral("The hub's ready-made book is damaged.");
    default: return QStringLiteral("This desk's files cannot be written: ") + error.detail;
    }
}

} // namespace

void DeskFiles::carryOut(const effect::MeetLog &meet)
{
    dropNext();
    m_page.reset();
    auto met = m_book ? meetAnotherLog(meet.reset) : noBook();
    if (met)
        met = m_book->limitCursor(meet.reset.sameUpTo);
    if (met) // once more: somebody may have saved just before
        met = m_desk->limitBases(m_identity.book, meet.reset.sameUpTo);
    if (!met)
        return failed(input::StorageFailed::During::Feed, met.error());
    m_listener.say(input::LogMet{meet.reset});
}

void DeskFiles::carryOut(const effect::GrowBook &)
{
    dropNext();
    m_page.reset();
    const auto begun = m_book ? m_book->grow() : noBook();
    const auto at = begun ? m_book->place() : begun.error();
    if (!at)
        return failed(input::StorageFailed::During::Feed, at.error());
    m_listener.say(input::BookGrows{*at});
}

void DeskFiles::carryOut(const effect::BeginSnapshot &begin)
{
    dropNext();
    m_next.round = begin.round;
    m_next.at = begin.manifest.at;
    m_next.hot = begin.hot;
    if (begin.manifest.schema > model::Book::latestSchema())
        return snapshotFailed({Fault::TooNew, {}});
    if (!m_next.folder)
        m_next.folder = std::make_shared<SnapshotFolder>(snapshotFolder(m_places.book));
    const auto wanted = std::make_shared<Result<QVector<int>>>(QVector<int>());
    m_listener.aside(
        [folder = m_next.folder, begin, wanted] {
            *wanted = folder->begin(begin.manifest, begin.hot ? *begin.manifest.hot : begin.manifest.book);
        },
        [this, wanted, round = begin.round] {
            *wanted ? m_listener.say(input::SnapshotBegun{round, **wanted})
                    : m_listener.say(input::SnapshotFailed{
                          round, {wanted->error().fault, sentenceFor(wanted->error())}});
        });
}

void DeskFiles::carryOut(const effect::KeepFrame &keep)
{
    const auto kept = std::make_shared<Status>(Done{});
    m_listener.aside(
        [folder = m_next.folder, keep, kept] { *kept = folder->keep(keep.frame, keep.packed); },
        [this, kept, round = keep.round, frame = keep.frame] {
            if (*kept || kept->error().fault == Fault::Damaged)
                return m_listener.say(input::FrameKept{round, frame, kept->has_value()});
            m_listener.say(input::SnapshotFailed{round, {kept->error().fault, sentenceFor(kept->error())}});
        });
}

/// Syncing takes a while, and so may bringing an older file up to date.
void DeskFiles::carryOut(const effect::MakeBook &make)
{
    const auto made = std::make_shared<Result<QString>>(QString());
    m_listener.aside(
        [folder = m_next.folder, made] {
            *made = folder->finish();
            if (*made)
                if (const auto book = model::Book::open(**made); !book)
                    *made = book.error();
        },
        [this, made, round = make.round] {
            if (round != m_next.round)
                return;
            const auto opened = *made ? openMade(**made) : made->error();
            if (!opened)
                return snapshotFailed(opened.error());
            m_listener.say(input::BookMade{round, m_next.at});
        });
}

/// With all that waits here on it.
Status DeskFiles::openMade(const QString &path)
{
    auto book = model::Book::open(path);
    const auto cursor = book ? book->cursor() : book.error();
    if (!cursor)
        return cursor.error();
    if (*cursor != m_next.at)
        return Error{Fault::Damaged, "the file is of another moment"};
    if (m_next.hot)
        if (const auto set = book->setPartial(); !set)
            return set;
    const auto own = m_desk->unconfirmed(m_identity.book);
    const auto shown = own ? book->followOutbox(*own) : own.error();
    if (!shown)
        return shown.error();
    m_next.arrived.clear();
    m_next.book = std::move(*book);
    return Done{};
}

Result<model::Unconfirmed> DeskFiles::ownOnNext() const
{
    auto own = m_desk->unconfirmed(m_identity.book);
    if (own)
        own->ops.removeIf([this](const model::Op &op) { return m_next.arrived.contains(op.counter); });
    return own;
}

void DeskFiles::carryOut(const effect::ShowBook &)
{
    if (const auto shown = showMade(); !shown)
        return snapshotFailed(shown.error());
    m_listener.moved(m_bookFiles.current());
    m_listener.say(input::BookShown{});
}

/// The file is whole, on disk and closed before it gets its name: whenever this is cut off, the next start
/// finds one of the two books. What came back in the new one is confirmed only then.
Status DeskFiles::showMade()
{
    if (!m_next.book)
        return Error{Fault::Failed, "there is no new book"};
    if (const auto erased = eraseWhatNextKnows(); !erased)
        return erased;
    const auto own = ownOnNext();
    if (!own)
        return own.error();
    if (const auto followed = m_next.book->followOutbox(*own); !followed)
        return followed.error();
    m_next.book.reset();
    if (const auto replaced = replaceBookBy(m_next.folder->filePath()); !replaced)
        return replaced;
    const QVector<qint64> arrived(m_next.arrived.begin(), m_next.arrived.end());
    m_next.arrived.clear();
    if (const auto confirmed = confirm(arrived); !confirmed)
        failed(input::StorageFailed::During::Outbox, confirmed.error());
    return Done{};
}

Status DeskFiles::replaceBookBy(const QString &finished)
{
    const auto path = m_bookFiles.replaceBy(finished);
    auto book = path ? model::Book::open(*path) : path.error();
    if (!book)
        return book.error();
    m_book = std::move(*book);
    return Done{};
}

void DeskFiles::removeOldBooks()
{
    m_bookFiles.removeOlder();
}

void DeskFiles::dropNext()
{
    stopCleaning();
    if (m_next.book)
        m_page.reset();
    m_next.book.reset();
    m_next.arrived.clear();
    m_next.round = 0;
}

void DeskFiles::snapshotFailed(const Error &error)
{
    const int round = m_next.round;
    dropNext();
    m_listener.say(input::SnapshotFailed{round, {error.fault, sentenceFor(error)}});
}

void DeskFiles::carryOut(const effect::DropSnapshot &)
{
    dropNext();
    const auto folder = m_next.folder ? std::exchange(m_next.folder, {})
                                      : std::make_shared<SnapshotFolder>(snapshotFolder(m_places.book));
    m_listener.aside([folder] { folder->remove(); }, [] {});
}

} // namespace ringbook::sync
