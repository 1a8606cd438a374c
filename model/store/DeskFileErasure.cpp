#include "model/domain/Erasure.h"
#include "model/store/DeskFile.h"
#include "model/store/FieldsText.h"

#include <QRegularExpression>

#include <algorithm>

namespace ringbook::model {

namespace {

bool names(const QString &text, const QSet<qint64> &ids)
{
    static const QRegularExpression number(QStringLiteral("[0-9]+"));
    for (auto match = number.globalMatch(text); match.hasNext();)
        if (ids.contains(match.next().captured().toLongLong()))
            return true;
    return false;
}

/// A refused one is not offered again. Of one that made a record its key stays: a hub that never heard of the
/// record learns so that what names it is about somebody erased.
QString blanking(const Row &op)
{
    if (op.text("state") == QLatin1String("refused"))
        return QStringLiteral("DELETE FROM op ");
    return op.text("action") == name(Action::Create)
               ? QStringLiteral("UPDATE op SET edits = '{}' ")
               : QStringLiteral("UPDATE op SET kind = 'void', id = 1, action = 'set', edits = '{}' ");
}

Status blank(Connection &db, const Row &row)
{
    const auto blanked = db.run(blanking(row) + "WHERE book = :book AND counter = :counter",
                                {{":book", row.text("book")}, {":counter", row.number("counter")}});
    return blanked ? Status(Done{}) : blanked.error();
}

/// The records that are gone, and what was made here about them and nobody else has seen.
class Gone
{
public:
    explicit Gone(const QVector<RecordKey> &records)
    {
        for (const RecordKey &key : records)
            add(key);
    }

    /// Whether this op goes with them.
    bool take(const Row &op)
    {
        const RecordKey key{op.text("kind"), op.number("id")};
        const auto owners = ownersOf(Op{.record = key, .edits = editsFromText(op.text("edits"))});
        const bool isAbout =
            std::ranges::any_of(owners, [this](const RecordKey &owner) { return m_records.contains(owner); });
        const bool isOnlyHere =
            op.text("action") == name(Action::Create) && op.text("state") != QLatin1String("confirmed");
        if (isAbout && isOnlyHere)
            add(key);
        return isAbout || m_records.contains(key);
    }

    const QSet<qint64> &ids() const { return m_ids; }

private:
    void add(const RecordKey &key)
    {
        m_records.insert(key);
        m_ids.insert(key.id);
    }

    QSet<RecordKey> m_records;
    QSet<qint64> m_ids;
};

Status eraseDrafts(DeskFile &desk, const QSet<qint64> &ids)
{
    const auto drafts = desk.drafts();
    if (!drafts)
        return drafts.error();
    for (const auto &[key, body] : *drafts)
        if (names(key, ids) || names(body, ids))
            if (const auto dropped = desk.dropDraft(key); !dropped)
                return dropped;
    return Done{};
}

} // namespace

Status DeskFile::erase(const QString &book, const QVector<RecordKey> &records)
{
    return m_db->atomically([&]() -> Status {
        const auto rows = m_db->all("SELECT * FROM op WHERE (book = :book OR book LIKE :moved) "
                                    "AND kind <> 'void' ORDER BY counter",
                                    {{":book", book}, {":moved", book + "@%"}});
        if (!rows)
            return rows.error();
        Gone gone(records);
        for (const Row &row : *rows)
            if (gone.take(row))
                if (const auto blanked = blank(*m_db, row); !blanked)
                    return blanked;
        return eraseDrafts(*this, gone.ids());
    });
}

Status DeskFile::forget(const QString &book, qint64 counter)
{
    const auto gone =
        m_db->run("DELETE FROM op WHERE book = :book AND counter = :counter AND state = 'pending'",
                  {{":book", book}, {":counter", counter}});
    return gone ? Status(Done{}) : gone.error();
}

} // namespace ringbook::model
