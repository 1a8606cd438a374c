#include "sync/client/DeskFiles.h"

#include "model/domain/CaseCode.h"

#include <QFileInfo>

namespace ringbook::sync {

using During = input::StorageFailed::During;

namespace {

constexpr int longPage = 500; ///< of so many changes that freeing it takes a millisecond

QString sentenceFor(const Error &error)
{
    switch (error.fault) {
    case Fault::DiskFull: return QStringLiteral("The disk of this computer is full.");
    case Fault::Damaged: return QStringLiteral("The book file of this desk is damaged.");
    default: return QStringLiteral("This desk's files cannot be written: ") + error.detail;
    }
}

bool isFrom(const model::Op &op, const model::Change &change)
{
    if (change.record != op.record || change.action != op.action || change.fields.size() != op.edits.size())
        return false;
    const auto holds = [&](const auto &edit) { // one that clears a field holds not where it is not named
        const auto field = change.fields.constFind(edit.first);
        return field != change.fields.constEnd() && *field == edit.second.value;
    };
    return std::all_of(op.edits.constKeyValueBegin(), op.edits.constKeyValueEnd(), holds);
}

/// Takes out of `own` what came back, and says which counters that were. It must be the very same: a copy of
/// this profile on another machine uses the same device number, counters and ids. Whether one that was merged
/// is ours, the answer to its push says. Until then later ones of its record stay too: alone, it would show
/// again what they have changed.
QVector<qint64> takeArrived(model::Unconfirmed &own, const QVector<model::Change> &changes, qint64 device)
{
    QHash<qint64, const model::Change *> arrived;
    for (const model::Change &change : changes)
        if (change.device == device)
            arrived.insert(change.counter, &change);
    QVector<qint64> counters;
    QSet<model::RecordKey> waiting;
    own.ops.removeIf([&](const model::Op &op) {
        const model::Change *change = arrived.value(op.counter);
        if (!change || !isFrom(op, *change) || waiting.contains(op.record)) {
            waiting.insert(op.record);
            return false;
        }
        counters.append(op.counter);
        return true;
    });
    return counters;
}

/// For the agent, who may have told somebody a code.
QString noticeOf(const model::DeskFile::Moved &moved)
{
    QStringList codes;
    for (const auto &file : moved.cases)
        codes.append(QStringLiteral("%1 is now %2")
                         .arg(model::groupedCaseCode(file.before), model::groupedCaseCode(file.now)));
    const QString copied =
        QStringLiteral("This desk's folder is a copy of another desk's, so it was given a number of its own");
    const QString cases =
        codes.isEmpty() ? QString() : QStringLiteral("; case ") + codes.join(QStringLiteral(", "));
    return copied + cases + u'.';
}

} // namespace

DeskFiles::DeskFiles(Places places, const Clock &clock, Listener listener)
    : m_places(std::move(places)),
      m_clock(clock),
      m_listener(std::move(listener)),
      m_bookFiles(m_places.book)
{
}

bool DeskFiles::isOtherHub() const
{
    return !m_places.hub.isEmpty() && m_places.hub != QUrl(m_identity.hubUrl);
}

Result<input::Start> DeskFiles::open()
{
    auto desk = model::DeskFile::open(m_places.desk);
    if (!desk)
        return desk.error();
    const auto identity = desk->identity();
    if (!identity)
        return identity.error();
    m_desk = std::move(*desk);
    m_identity = *identity;
    if (isOtherHub())
        m_identity.token.clear(); // nobody else may see it

    const auto notice = openBook();
    if (!notice)
        return notice.error();
    removeOldBooks();
    model::Book::removeFile(cleanCopy());
    const auto cursor = m_book->place();
    const auto isPartial = m_book->isPartial();
    const auto lease = m_desk->lease();
    if (!cursor || !isPartial || !lease)
        return !cursor ? cursor.error() : !isPartial ? isPartial.error() : lease.error();
    if (cursor->epoch.isEmpty()) // a new book does not say which log has what was confirmed: the hub shall
        if (const auto offered = m_desk->offerAgain(m_identity.book, 1); !offered)
            return offered.error();
    if (const auto settled = settleBook(); !settled)
        return settled.error();
    if (const auto forgotten = m_desk->forgetConfirmed(m_clock.now() - keepConfirmedMs); !forgotten)
        return forgotten.error();
    return input::Start{.book = m_identity.book,
                        .token = m_identity.token,
                        .deviceName = m_places.deviceName,
                        .user = m_identity.user,
                        .cursor = *cursor,
                        .isPartial = *isPartial,
                        .hasLeftovers = QFileInfo::exists(snapshotFolder(m_places.book)),
                        .lease = *lease,
                        .ownHub = isOtherHub() ? m_identity.hubUrl : QString(),
                        .notice = *notice};
}

/// After a damaged file could not be replaced.
Status DeskFiles::noBook()
{
    return Error{Fault::Failed, QStringLiteral("the book file is not open")};
}

void DeskFiles::failed(During during, const Error &error)
{
    if (error.fault == Fault::Damaged && during == During::Feed && m_next.book)
        return snapshotFailed(error);
    m_listener.say(input::StorageFailed{.during = during, .error = {error.fault, sentenceFor(error)}});
    if (error.fault == Fault::Damaged && during == During::Feed)
        m_listener.damaged();
}

/// A short page at once, for the sake of live changes. Of a long one each piece waits until others have had
/// their turn: calls and saves, and the question for the next page, which leaves only then.
void DeskFiles::carryOut(const effect::ApplyPage &apply)
{
    m_page = apply.page;
    m_pageAt = 0;
    if (m_page->changes.size() >= longPage)
        return m_listener.moreToApply();
    applyChunk();
}

void DeskFiles::applyChunk()
{
    if (!m_page)
        return;
    const qint64 begun = nowMs();
    const auto chunk = m_page->changes.mid(m_pageAt, m_chunk);
    m_pageAt += chunk.size();
    const bool last = m_pageAt == m_page->changes.size();
    const model::Cursor upTo{m_page->epoch, last ? m_page->to : chunk.last().seq,
                             m_page->rows && !(last && m_page->isLastOfRows())};
    if (const auto applied = applyChanges(chunk, upTo); !applied) {
        m_page.reset();
        return failed(During::Feed, applied.error());
    }
    const qint64 took = std::max<qint64>(1, nowMs() - begun);
    if (chunk.size() == m_chunk || took > chunkAimMs)
        m_chunk = int(std::clamp<qint64>(qint64(chunk.size()) * chunkAimMs / took, 10, maxChunk));
    if (!last)
        return m_listener.moreToApply();
    if (m_page->changes.size() >= longPage)
        m_listener.aside([page = std::move(*m_page)] {}, [] {});
    m_page.reset();
    const auto isPartial = m_book ? m_book->isPartial() : false;
    if (!isPartial)
        return failed(During::Feed, isPartial.error());
    m_listener.say(input::PageApplied{upTo, *isPartial});
}

Status DeskFiles::applyChanges(const QVector<model::Change> &changes, const model::Cursor &upTo)
{
    auto &book = m_next.book ? m_next.book : m_book;
    if (!book)
        return noBook();
    wrote();
    if (const auto erased = eraseOwn(changes); !erased)
        return erased;
    auto own = m_next.book ? ownOnNext() : m_desk->unconfirmed(m_identity.book);
    if (!own)
        return own.error();
    const auto arrived = takeArrived(*own, changes, m_identity.device);
    const auto records =
        m_page->rows ? book->applyRows(changes, upTo, *own) : book->applyFeed(changes, upTo, *own);
    if (!records)
        return records.error();
    if (m_next.book) { // nobody sees it: nothing of what people see is confirmed by it
        m_next.arrived.unite(QSet<qint64>(arrived.begin(), arrived.end()));
        return Done{};
    }
    if (!records->isEmpty())
        m_listener.changed(*records);
    if (arrived.isEmpty())
        return Done{};
    if (const auto confirmed = confirm(arrived); !confirmed)
        failed(During::Outbox, confirmed.error()); // the page is in the book: nobody may apply it again
    return Done{};
}

/// Also while another book takes the changes: the agent looks at this one.
void DeskFiles::carryOut(const effect::AddFound &add)
{
    if (!m_book)
        return;
    const auto own = m_desk->unconfirmed(m_identity.book);
    if (!own)
        return failed(During::Feed, own.error());
    wrote();
    const auto records = m_book->addFound(add.page.changes, {add.page.epoch, add.page.head}, *own);
    if (records)
        return m_listener.changed(*records);
    if (records.error().fault == Fault::Busy)
        return m_listener.say(input::FoundTooLate{add.number});
    failed(During::Feed, records.error());
}

void DeskFiles::carryOut(const effect::MoveDesk &move)
{
    m_move = move.reply;
    m_page.reset();
    stopCleaning();
    m_listener.copied();
}

void DeskFiles::takeOwnNumber()
{
    if (!m_move)
        return;
    const SessionReply reply = *std::exchange(m_move, {});
    const auto moved = m_desk->moveTo({reply.device, reply.deviceSecret, reply.token}, m_clock.now());
    const auto identity = moved ? m_desk->identity() : moved.error();
    if (identity) {
        m_identity = *identity;
        if (const auto settled = settleBook(); !settled)
            failed(During::Feed, settled.error());
        m_listener.say(input::Moved{reply.token, noticeOf(*moved)});
    } else {
        failed(During::Outbox, identity.error());
    }
    m_listener.replaced();
}

/// First the outbox: what the hub has lost of us waits in it again before the only other copy goes.
void DeskFiles::carryOut(const effect::ClearBook &clear)
{
    dropNext();
    m_page.reset();
    auto cleared = m_book ? meetAnotherLog(clear.reset) : noBook();
    if (cleared)
        cleared = restoreOwn();
    if (cleared) // once more: somebody may have saved just before the book was emptied
        cleared = m_desk->limitBases(m_identity.book, clear.reset.sameUpTo);
    if (!cleared)
        return failed(During::Feed, cleared.error());
    m_listener.cleared();
    m_listener.say(input::BookCleared{.cursor = {clear.reset.epoch, 0}});
}

/// Empties the book but for what is ours: nobody sees it without.
Status DeskFiles::restoreOwn()
{
    const auto ops = m_desk->pending(m_identity.book);
    if (!ops)
        return ops.error();
    return m_book->db().atomically([&]() -> Status {
        if (const auto cleared = m_book->clear(); !cleared)
            return cleared;
        for (const model::Op &op : *ops)
            if (const auto applied = m_book->applyOwn(op); !applied)
                return applied;
        return Done{};
    });
}

Status DeskFiles::keepSession(const effect::KeepSession &keep)
{
    m_identity.device = keep.reply.device;
    m_identity.deviceSecret = keep.reply.deviceSecret;
    m_identity.login = keep.login;
    m_identity.userName = keep.reply.userName;
    m_identity.user = keep.reply.user;
    m_identity.token = keep.reply.token;
    m_identity.book = keep.book;
    if (!m_places.hub.isEmpty())
        m_identity.hubUrl = m_places.hub.toString();
    for (const BookGrant &grant : keep.reply.books)
        if (grant.book == keep.book)
            m_identity.region = grant.region;
    return m_desk->setIdentity(m_identity);
}

void DeskFiles::carryOut(const effect::DropToken &)
{
    m_identity.token.clear();
    if (const auto kept = m_desk->setIdentity(m_identity); !kept)
        failed(During::Outbox, kept.error());
}

void DeskFiles::carryOut(const effect::KeepLease &keep)
{
    if (const auto kept = m_desk->setLease(keep.lease); !kept)
        failed(During::Outbox, kept.error());
}

/// What to tell the agent, if the book had to be made anew.
Result<QString> DeskFiles::openBook()
{
    auto book = model::Book::open(m_bookFiles.current());
    if (!book && book.error().fault == Fault::Damaged)
        return replaceBook();
    if (!book)
        return book.error();
    m_book = std::move(*book);
    return QString();
}

Result<QString> DeskFiles::replaceBook()
{
    dropNext();
    m_book.reset();
    const QString path = m_bookFiles.current();
    const auto aside = model::Book::setAside(path);
    if (!aside)
        return aside.error();
    auto fresh = model::Book::open(path);
    if (!fresh)
        return fresh.error();
    m_book = std::move(*fresh);
    if (const auto offered = m_desk->offerAgain(m_identity.book, 1); !offered)
        return offered.error();
    if (const auto restored = restoreOwn(); !restored)
        return restored.error();
    m_listener.replaced();
    return QStringLiteral("The book file was damaged. It was set aside as %1 and is fetched again.")
        .arg(*aside);
}

void DeskFiles::rebuildBook()
{
    m_page.reset();
    const auto notice = replaceBook();
    if (!notice)
        return m_listener.say(
            input::StorageFailed{.error = {notice.error().fault, sentenceFor(notice.error())}});
    m_listener.say(input::BookCleared{.notice = *notice});
}

} // namespace ringbook::sync
