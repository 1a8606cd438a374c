#include "model/store/Book.h"
#include "model/store/FieldsText.h"
#include "model/store/Rebase.h"
#include "model/store/RecordTables.h"

namespace ringbook::model {

namespace {

constexpr int recordsPerCount = 2000;

Status addKeys(const Result<Rows> &rows, QVector<RecordKey> &keys)
{
    if (!rows)
        return rows.error();
    for (const Row &row : *rows)
        keys.append({row.text("kind"), row.number("id")});
    return Done{};
}

} // namespace

bool SumsSoFar::cover(const RecordKey &key) const
{
    if (!kinds)
        return true;
    const KindSpec *kind = kindSpec(key.kind);
    const auto number = kind ? kind - allKinds().data() : qsizetype(allKinds().size());
    return number < *kinds || (number == *kinds && key.id <= last);
}

/// A book that nothing was ever read into sums up to nothing.
Result<SumsSoFar> Book::keptSums() const
{
    const auto row = m_db->one("SELECT sums, kinds, last FROM bucket_sum");
    if (row)
        return SumsSoFar{.sums = BucketSums::fromBytes(row->bytes("sums")).value_or(BucketSums()),
                         .kinds = row->maybeNumber("kinds"),
                         .last = row->number("last")};
    if (row.error().fault != Fault::NotFound)
        return row.error();
    const auto here = cursor();
    if (!here)
        return here.error();
    return SumsSoFar{.kinds = here->epoch.isEmpty() ? std::nullopt : std::optional<qint64>(0)};
}

Status Book::keepSums(const SumsSoFar &sums)
{
    const auto kept =
        m_db->run("INSERT INTO bucket_sum (one, sums, kinds, last) VALUES (1, :sums, :kinds, :last) "
                  "ON CONFLICT (one) DO UPDATE SET sums = excluded.sums, kinds = excluded.kinds, "
                  "last = excluded.last",
                  {{":sums", sums.sums.bytes()},
                   {":kinds", sums.kinds ? QVariant(*sums.kinds) : QVariant()},
                   {":last", sums.last}});
    return kept ? Status(Done{}) : kept.error();
}

/// Of what own ops lie on, the confirmed state counts instead of what is shown.
Status Book::countShadows(const SumsSoFar &from, SumsSoFar &to) const
{
    const auto shadows = m_db->all("SELECT * FROM shadow");
    if (!shadows)
        return shadows.error();
    for (const Row &row : *shadows) {
        const RecordKey key{row.text("kind"), row.number("id")};
        if (from.cover(key) || !to.cover(key))
            continue;
        const auto shown = m_tables->read(key);
        if (!shown)
            return shown.error();
        to.sums.replace(key, *shown,
                        row.isNull("fields") ? std::nullopt
                                             : std::optional(fieldsFromText(row.text("fields"))));
    }
    return Done{};
}

Status Book::countOthers(SumsSoFar &sums) const
{
    const auto others = m_db->all("SELECT * FROM other_record");
    if (!others)
        return others.error();
    for (const Row &row : *others)
        sums.sums.replace({row.text("kind"), row.number("id")}, std::nullopt,
                          fieldsFromText(row.text("fields")));
    sums.kinds = std::nullopt;
    return Done{};
}

/// The next bit, or all that is left if it is little.
Status Book::countOn(SumsSoFar &sums) const
{
    const SumsSoFar from = sums;
    for (int left = recordsPerCount; sums.kinds && left > 0;) {
        if (*sums.kinds == qint64(allKinds().size())) {
            if (const Status counted = countOthers(sums); !counted)
                return counted;
            continue;
        }
        const KindSpec &kind = allKinds()[size_t(*sums.kinds)];
        const auto rows =
            m_db->all(QStringLiteral("SELECT * FROM %1 WHERE id > :last ORDER BY id LIMIT :limit")
                          .arg(QLatin1String(kind.table)),
                      {{":last", sums.last}, {":limit", left}});
        if (!rows)
            return rows.error();
        for (const Row &row : *rows) {
            sums.last = row.number("id");
            sums.sums.replace({QLatin1String(kind.kind), sums.last}, std::nullopt, fieldsOf(row, kind));
        }
        if (rows->size() < left) {
            ++*sums.kinds;
            sums.last = 0;
        }
        left -= int(rows->size());
    }
    return countShadows(from, sums);
}

Result<std::optional<BucketSums>> Book::sums()
{
    std::optional<BucketSums> all;
    const auto done = m_db->atomically([&]() -> Status {
        auto sums = keptSums();
        if (!sums)
            return sums.error();
        const bool wasWhole = !sums->kinds;
        if (const Status counted = wasWhole ? Done{} : countOn(*sums); !counted)
            return counted;
        if (!sums->kinds)
            all = sums->sums;
        return wasWhole ? Status(Done{}) : keepSums(*sums);
    });
    return done ? Result<std::optional<BucketSums>>(all) : done.error();
}

Result<QVector<RecordKey>> Book::keysIn(int bucket) const
{
    QVector<RecordKey> keys;
    const QString where = QStringLiteral(" WHERE (id & %1) = %2").arg(bucketCount - 1).arg(bucket);
    for (const KindSpec &kind : allKinds())
        if (const auto added =
                addKeys(m_db->all(QStringLiteral("SELECT '%1' AS kind, id FROM %2")
                                      .arg(QLatin1String(kind.kind), QLatin1String(kind.table)) +
                                  where),
                        keys);
            !added)
            return added.error();
    for (const QString table : {"other_record", "shadow"})
        if (const auto added = addKeys(m_db->all("SELECT kind, id FROM " + table + where), keys); !added)
            return added.error();
    return keys;
}

Result<QVector<RecordKey>> Book::repair(const Cursor &at, int bucket, const Records &records,
                                        const Unconfirmed &own)
{
    QSet<RecordKey> different;
    const auto done = m_db->atomically([&]() -> Status {
        const auto here = place();
        auto sums = keptSums();
        if (!here || !sums)
            return here ? sums.error() : here.error();
        if (*here != at || sums->kinds)
            return Error{Fault::Busy, "the book is at another seq, or is still being counted"};
        Rebase rebase(*m_db, *m_tables);
        if (const auto taken = rebase.takeOwn(own); !taken)
            return taken;
        const auto keys = keysIn(bucket);
        if (!keys)
            return keys.error();

        QHash<RecordKey, std::optional<Fields>> wanted;
        for (const RecordKey &key : *keys)
            wanted.insert(key, std::nullopt);
        for (const auto &[key, fields] : records)
            wanted.insert(key, fields);
        sums->sums.empty(bucket);
        for (auto one = wanted.cbegin(); one != wanted.cend(); ++one) {
            const auto corrected = rebase.correct(one.key(), *one);
            if (!corrected)
                return corrected.error();
            if (*corrected)
                different.insert(one.key());
            sums->sums.replace(one.key(), std::nullopt, *one);
        }
        const auto settled = rebase.settle();
        if (!settled)
            return settled.error();
        different.unite(*settled);
        return keepSums(*sums);
    });
    if (!done)
        return done.error();
    return QVector<RecordKey>(different.begin(), different.end());
}

} // namespace ringbook::model
