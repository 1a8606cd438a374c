#include "sync/hub/store/ErasureReport.h"

namespace ringbook::hub {

namespace {

struct Ack
{
    qint64 seq = 0;
    TimeMs at = 0;
};

/// What was erased at one moment by one person was one erasure. What came too late about them is none.
Result<QVector<ErasureReport>> erasuresOf(const model::Connection &db, qint64 book)
{
    const auto rows = db.all(R"(
        SELECT MAX(record.seq) AS seq, made_at, COALESCE(account.login, '') AS login, COUNT(*) AS records
        FROM record LEFT JOIN account ON account.id = made_by
        WHERE book = :book AND deleted = 2 AND made_at > 0 GROUP BY made_by, made_at, account.login ORDER BY 1)",
                             {{":book", book}});
    if (!rows)
        return rows.error();
    QVector<ErasureReport> reports;
    for (const model::Row &row : *rows)
        reports.append({.seq = row.number("seq"),
                        .at = row.number("made_at"),
                        .by = row.text("login"),
                        .records = int(row.number("records"))});
    return reports;
}

Result<QVector<ErasureAtDevice>> devicesOf(const model::Connection &db, qint64 book)
{
    const auto rows = db.all(R"(
        SELECT device.id AS id, device.name AS name, login, closed_at, seen_at, lease_until
        FROM device JOIN account ON account.id = device.account
        JOIN book_grant ON book_grant.account = account.id
        WHERE book_grant.book = :book ORDER BY device.id)",
                             {{":book", book}});
    if (!rows)
        return rows.error();
    QVector<ErasureAtDevice> devices;
    for (const model::Row &row : *rows)
        devices.append({.device = row.number("id"),
                        .name = row.text("name"),
                        .login = row.text("login"),
                        .isClosed = row.number("closed_at") != 0,
                        .seenAt = row.number("seen_at"),
                        .leaseUntil = row.number("lease_until")});
    return devices;
}

/// By device, in the order they came.
Result<QHash<qint64, QVector<Ack>>> acksOf(const model::Connection &db, qint64 book)
{
    const auto rows = db.all(R"(
        SELECT device, seq, at FROM erasure_ack JOIN book ON book.id = erasure_ack.book
        WHERE book.id = :book AND erasure_ack.epoch = book.epoch ORDER BY seq)",
                             {{":book", book}});
    if (!rows)
        return rows.error();
    QHash<qint64, QVector<Ack>> acks;
    for (const model::Row &row : *rows)
        acks[row.number("device")].append({row.number("seq"), row.number("at")});
    return acks;
}

TimeMs firstBehind(const QVector<Ack> &acks, qint64 seq)
{
    for (const Ack &ack : acks)
        if (ack.seq >= seq)
            return ack.at;
    return 0;
}

} // namespace

Result<QVector<ErasureReport>> erasureReports(const model::Connection &db, const QString &name)
{
    const auto book = db.one("SELECT id FROM book WHERE name = :name", {{":name", name}});
    if (!book)
        return book.error();
    auto reports = erasuresOf(db, book->number("id"));
    const auto devices = devicesOf(db, book->number("id"));
    const auto acks = acksOf(db, book->number("id"));
    if (!reports || !devices || !acks)
        return !reports ? reports.error() : !devices ? devices.error() : acks.error();
    for (ErasureReport &report : *reports) {
        report.devices = *devices;
        for (ErasureAtDevice &device : report.devices)
            device.acknowledgedAt = firstBehind(acks->value(device.device), report.seq);
    }
    return reports;
}

} // namespace ringbook::hub
