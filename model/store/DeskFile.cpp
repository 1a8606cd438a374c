#include "model/store/DeskFile.h"

#include "model/db/Migrator.h"
#include "model/db/WithoutCount.h"
#include "model/store/FieldsText.h"

namespace ringbook::model {

namespace {

constexpr qint32 deskApplicationId = 0x5242444B; ///< "RBDK"

/// Numbers are set aside in blocks, so that a new id does not cost a commit with fsync. What a crash leaves
/// of a block is never used.
constexpr qint64 counterBlock = 32;

constexpr int deskCacheMegabytes = 4;

QString opCounter(const QString &book)
{
    return "op:" + book;
}

Op readOp(const Row &row)
{
    return {.counter = row.number("counter"),
            .record = {row.text("kind"), row.number("id")},
            .action = actionFromName(row.text("action")).value_or(Action::Set),
            .edits = editsFromText(row.text("edits")),
            .madeAt = row.number("made_at")};
}

QVector<Op> readOps(const Rows &rows)
{
    QVector<Op> ops;
    ops.reserve(rows.size());
    for (const Row &row : rows)
        ops.append(readOp(row));
    return ops;
}

/// Moves a counter on by so many; its new value.
Result<qint64> advance(Connection &db, const QString &counter, qint64 by)
{
    const auto row = db.one("INSERT INTO counter VALUES (:name, :by) "
                            "ON CONFLICT (name) DO UPDATE SET value = value + excluded.value RETURNING value",
                            {{":name", counter}, {":by", by}});
    if (!row)
        return row.error();
    return row->number("value");
}

} // namespace

DeskFile::DeskFile(std::shared_ptr<Connection> db)
    : m_db(std::move(db)),
      m_blocks(std::make_shared<QHash<QString, Block>>())
{
}

Result<DeskFile> DeskFile::open(const QString &path)
{
    auto db =
        Connection::openSqlite(path, {.durability = Durability::Full, .cacheMegabytes = deskCacheMegabytes});
    if (!db)
        return db.error();
    if (const auto ready = migrate(*db, {":/sql/desk", deskApplicationId}); !ready)
        return ready.error();
    db->checkpoint(); // what a process left that died in a commit is shown from now on: onto the disk with it
    return DeskFile(std::make_shared<Connection>(std::move(*db)));
}

Status DeskFile::check() const
{
    const auto found = m_db->one("PRAGMA quick_check(1)");
    if (!found)
        return found.error();
    const QString verdict = found->text("quick_check");
    return verdict == "ok" ? Status(Done{}) : Error{Fault::Damaged, verdict};
}

Result<DeskFile::Identity> DeskFile::identity() const
{
    const auto row = m_db->one("SELECT * FROM identity");
    if (!row && row.error().fault == Fault::NotFound)
        return Identity{};
    if (!row)
        return row.error();
    return Identity{.device = row->number("device"),
                    .deviceSecret = row->text("device_secret"),
                    .hubUrl = row->text("hub_url"),
                    .login = row->text("login"),
                    .userName = row->text("user_name"),
                    .user = row->number("user"),
                    .token = row->text("token"),
                    .book = row->text("book"),
                    .region = row->text("region")};
}

Status DeskFile::setIdentity(const Identity &identity)
{
    return withoutCount(m_db->run(
        "INSERT INTO identity VALUES (1, :device, :device_secret, :hub_url, :login, :user_name, :user, "
        ":token, :book, "
        ":region) ON CONFLICT (one) DO UPDATE SET device = excluded.device, "
        "device_secret = excluded.device_secret, hub_url = excluded.hub_url, login = excluded.login, "
        "user_name = excluded.user_name, user = excluded.user, token = excluded.token, book = excluded.book, "
        "region = excluded.region",
        {{":device", identity.device},
         {":device_secret", identity.deviceSecret},
         {":hub_url", identity.hubUrl},
         {":login", identity.login},
         {":user_name", identity.userName},
         {":user", identity.user},
         {":token", identity.token},
         {":book", identity.book},
         {":region", identity.region}}));
}

Result<Lease> DeskFile::lease() const
{
    const auto row = m_db->one("SELECT * FROM lease");
    if (!row && row.error().fault == Fault::NotFound)
        return Lease{};
    if (!row)
        return row.error();
    return Lease{row->number("heard_at"), row->number("length_ms"), row->number("latest")};
}

Status DeskFile::setLease(const Lease &lease)
{
    return withoutCount(
        m_db->run("INSERT OR REPLACE INTO lease VALUES (1, :heard_at, :length_ms, :latest)",
                  {{":heard_at", lease.heardAt}, {":length_ms", lease.lengthMs}, {":latest", lease.latest}}));
}

/// Inside a transaction, which may be undone, a number is taken from the file at once and not from a block.
Result<qint64> DeskFile::next(const QString &counter)
{
    if (m_db->isInTransaction())
        return advance(*m_db, counter, 1);
    Block &block = (*m_blocks)[counter];
    if (block.next > block.last) {
        const auto last = advance(*m_db, counter, counterBlock);
        if (!last)
            return last.error();
        block = {*last - counterBlock + 1, *last};
    }
    return block.next++;
}

Result<qint64> DeskFile::keep(const QString &book, const Op &op)
{
    qint64 counter = 0;
    const auto kept = m_db->atomically([&]() -> Status {
        const auto number = advance(*m_db, opCounter(book), 1);
        if (!number)
            return number.error();
        counter = *number;
        return withoutCount(m_db->run("INSERT INTO op (book, counter, kind, id, action, edits, made_at) "
                                      "VALUES (:book, :counter, :kind, :id, :action, :edits, :made_at)",
                                      {{":book", book},
                                       {":counter", counter},
                                       {":kind", op.record.kind},
                                       {":id", op.record.id},
                                       {":action", name(op.action)},
                                       {":edits", textOf(op.edits)},
                                       {":made_at", op.madeAt}}));
    });
    return kept ? Result<qint64>(counter) : kept.error();
}

Result<QVector<Op>> DeskFile::pending(const QString &book, int limit) const
{
    const auto rows = m_db->all("SELECT counter, kind, id, action, edits, made_at FROM op "
                                "WHERE book = :book AND state = 'pending' ORDER BY counter LIMIT :limit",
                                {{":book", book}, {":limit", limit}});
    return rows ? Result(readOps(*rows)) : rows.error();
}

/// The newest number first: an op kept in between is then in the list and newer, which says the same twice.
Result<Unconfirmed> DeskFile::unconfirmed(const QString &book) const
{
    const auto newest = m_db->one("SELECT coalesce(max(value), 0) AS value FROM counter WHERE name = :name",
                                  {{":name", opCounter(book)}});
    if (!newest)
        return newest.error();
    auto ops = pending(book);
    if (!ops)
        return ops.error();
    return Unconfirmed{std::move(*ops), newest->number("value")};
}

Status DeskFile::confirm(const QString &book, const QVector<qint64> &counters, TimeMs now)
{
    return m_db->atomically([&]() -> Status {
        for (const qint64 counter : counters) {
            const auto done = m_db->run("UPDATE op SET state = 'confirmed', confirmed_at = :now "
                                        "WHERE book = :book AND counter = :counter AND state = 'pending'",
                                        {{":now", now}, {":book", book}, {":counter", counter}});
            if (!done)
                return done.error();
        }
        return Done{};
    });
}

Status DeskFile::refuse(const QString &book, qint64 counter, const QString &reason)
{
    return withoutCount(m_db->run("UPDATE op SET state = 'refused', reason = :reason "
                                  "WHERE book = :book AND counter = :counter AND state = 'pending'",
                                  {{":reason", reason}, {":book", book}, {":counter", counter}}));
}

Result<QVector<DeskFile::RefusedOp>> DeskFile::refused(const QString &book) const
{
    const auto rows = m_db->all("SELECT counter, kind, id, action, edits, made_at, reason FROM op "
                                "WHERE book = :book AND state = 'refused' ORDER BY counter",
                                {{":book", book}});
    if (!rows)
        return rows.error();
    QVector<RefusedOp> kept;
    for (const Row &row : *rows)
        kept.append({readOp(row), row.text("reason")});
    return kept;
}

Status DeskFile::dropRefused(const QString &book, qint64 counter)
{
    return withoutCount(
        m_db->run("DELETE FROM op WHERE book = :book AND counter = :counter AND state = 'refused'",
                  {{":book", book}, {":counter", counter}}));
}

Result<QVector<Op>> DeskFile::confirmed(const QString &book) const
{
    const auto rows = m_db->all("SELECT counter, kind, id, action, edits, made_at FROM op "
                                "WHERE book = :book AND state = 'confirmed' ORDER BY counter",
                                {{":book", book}});
    return rows ? Result(readOps(*rows)) : rows.error();
}

Status DeskFile::offerAgain(const QString &book, qint64 from)
{
    return withoutCount(m_db->run("UPDATE op SET state = 'pending', confirmed_at = NULL "
                                  "WHERE book = :book AND counter >= :from AND state = 'confirmed'",
                                  {{":book", book}, {":from", from}}));
}

Status DeskFile::offerLost(const QString &book, qint64 done)
{
    const auto first = m_db->one("SELECT min(counter) AS counter FROM (SELECT counter FROM op "
                                 "WHERE book = :book AND counter <= :done AND state = 'confirmed' "
                                 "ORDER BY counter DESC LIMIT :proof)",
                                 {{":book", book}, {":done", done}, {":proof", opsOfProof}});
    if (!first)
        return first.error();
    return offerAgain(book, first->isNull("counter") ? done + 1 : first->number("counter"));
}

Status DeskFile::limitBases(const QString &book, qint64 sameUpTo)
{
    return m_db->atomically([&]() -> Status {
        const auto ops = pending(book);
        if (!ops)
            return ops.error();
        for (const Op &op : *ops) {
            auto edits = op.edits;
            for (FieldEdit &edit : edits)
                edit.base = std::min(edit.base, sameUpTo);
            if (edits == op.edits)
                continue;
            const auto limited =
                m_db->run("UPDATE op SET edits = :edits WHERE book = :book AND counter = :counter",
                          {{":edits", textOf(edits)}, {":book", book}, {":counter", op.counter}});
            if (!limited)
                return limited.error();
        }
        return Done{};
    });
}

Status DeskFile::forgetConfirmed(TimeMs before)
{
    return withoutCount(m_db->run("DELETE FROM op WHERE confirmed_at < :before", {{":before", before}}));
}

Result<DeskFile::Waiting> DeskFile::waiting(const QString &book) const
{
    const auto row =
        m_db->one("SELECT count(*) AS count, count(DISTINCT made_at) AS saves, min(made_at) AS oldest, "
                  "(SELECT value FROM counter WHERE name = :counter) AS newest, "
                  "(SELECT count(*) FROM op WHERE book = :book AND state = 'refused') AS refused "
                  "FROM op WHERE state = 'pending' AND book IN "
                  "(SELECT :book UNION ALL SELECT :book || '@' || device FROM former_number)",
                  {{":counter", opCounter(book)}, {":book", book}});
    if (!row)
        return row.error();
    return Waiting{.count = int(row->number("count")),
                   .saves = int(row->number("saves")),
                   .oldest = row->maybeNumber("oldest"),
                   .newest = row->number("newest"),
                   .refused = int(row->number("refused"))};
}

Status DeskFile::keepDraft(const QString &key, const QString &body, TimeMs now)
{
    return withoutCount(
        m_db->run("INSERT INTO draft VALUES (:key, :body, :now, :now) "
                  "ON CONFLICT (key) DO UPDATE SET body = excluded.body, kept_at = excluded.kept_at",
                  {{":key", key}, {":body", body}, {":now", now}}));
}

Status DeskFile::dropDraft(const QString &key)
{
    return withoutCount(m_db->run("DELETE FROM draft WHERE key = :key", {{":key", key}}));
}

Result<QVector<std::pair<QString, QString>>> DeskFile::drafts() const
{
    const auto rows = m_db->all("SELECT key, body FROM draft ORDER BY begun_at, key");
    if (!rows)
        return rows.error();
    QVector<std::pair<QString, QString>> drafts;
    for (const Row &row : *rows)
        drafts.append({row.text("key"), row.text("body")});
    return drafts;
}

} // namespace ringbook::model
