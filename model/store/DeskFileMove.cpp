#include "model/core/Id.h"
#include "model/domain/CaseCode.h"
#include "model/domain/Kinds.h"
#include "model/store/DeskFile.h"
#include "model/store/FieldsText.h"

#include <QRegularExpression>

namespace ringbook::model {

namespace {

/// What this device made and nobody else has, under its number of today.
class Renaming
{
public:
    Renaming(qint64 from, qint64 to) : m_from(from), m_to(to) {}

    void add(const Op &op)
    {
        if (op.action != Action::Create || deviceOf(op.record.id) != m_from)
            return;
        m_ids.insert(op.record.id, makeId(m_to, counterOf(op.record.id)));
        if (op.record.kind != QLatin1String("case"))
            return;
        const QString code = op.edits.value(QStringLiteral("code")).value.toString();
        if (const auto parts = readCaseCode(code); parts && parts->device == m_from)
            m_codes.insert(op.record.id, {code, caseCode(m_to, parts->caseCounter)});
    }

    Op renamed(Op op) const
    {
        if (m_codes.contains(op.record.id) && op.edits.contains(QStringLiteral("code")))
            op.edits[QStringLiteral("code")].value = m_codes.value(op.record.id).second;
        for (auto edit = op.edits.begin(); edit != op.edits.end(); ++edit)
            if (mayRefer(op.record.kind, edit.key()))
                edit->value = renamed(edit->value);
        op.record.id = m_ids.value(op.record.id, op.record.id);
        return op;
    }

    /// Ids as they stand in a draft.
    QString renamed(QString text) const
    {
        for (auto id = m_ids.begin(); id != m_ids.end(); ++id)
            text.replace(QRegularExpression(QStringLiteral("(?<!\\d)%1(?!\\d)").arg(id.key())),
                         QString::number(*id));
        return text;
    }

    DeskFile::Moved moved() const
    {
        DeskFile::Moved moved;
        for (auto code = m_codes.begin(); code != m_codes.end(); ++code)
            moved.cases.append({m_ids.value(code.key()), code->first, code->second});
        return moved;
    }

private:
    /// Of a field that only a newer program knows nobody can tell, so it may.
    static bool mayRefer(const QString &kind, const QString &name)
    {
        const KindSpec *spec = kindSpec(kind);
        const FieldSpec *field = spec ? spec->field(name) : nullptr;
        return !field || field->type == FieldType::Reference;
    }

    QVariant renamed(const QVariant &value) const
    {
        if (value.typeId() == QMetaType::QString) {
            const auto id = idFromText(value.toString());
            return id && m_ids.contains(*id) ? QVariant(QString::number(m_ids.value(*id))) : value;
        }
        return m_ids.contains(value.toLongLong()) ? QVariant(m_ids.value(value.toLongLong())) : value;
    }

    qint64 m_from;
    qint64 m_to;
    QMap<qint64, qint64> m_ids;
    QMap<qint64, std::pair<QString, QString>> m_codes; ///< by the id before
};

Status renameDrafts(DeskFile &desk, const Renaming &renaming)
{
    const auto drafts = desk.drafts();
    if (!drafts)
        return drafts.error();
    for (const auto &[key, body] : *drafts) {
        const auto renamed = desk.db().run(
            "UPDATE draft SET key = :new_key, body = :body WHERE key = :key",
            {{":new_key", renaming.renamed(key)}, {":body", renaming.renamed(body)}, {":key", key}});
        if (!renamed)
            return renamed.error();
    }
    return Done{};
}

Status renameRefused(DeskFile &desk, const QString &book, const Renaming &renaming,
                     const QVector<DeskFile::RefusedOp> &refused)
{
    for (const DeskFile::RefusedOp &kept : refused) {
        const Op op = renaming.renamed(kept.op);
        const auto renamed = desk.db().run(
            "UPDATE op SET id = :id, edits = :edits WHERE book = :book AND counter = :counter",
            {{":id", op.record.id}, {":edits", textOf(op.edits)}, {":book", book}, {":counter", op.counter}});
        if (!renamed)
            return renamed.error();
    }
    return Done{};
}

QString aside(const QString &book, qint64 device)
{
    return QStringLiteral("%1@%2").arg(book).arg(device);
}

/// Under counters that are new, so that a book that still shows the old ones knows them for gone.
Status keepAgain(DeskFile &desk, const QString &book, const Renaming &renaming, const QVector<Op> &ops)
{
    for (const Op &op : ops)
        if (const auto kept = desk.keep(book, renaming.renamed(op)); !kept)
            return kept.error();
    return Done{};
}

/// Whoever was told the code of before finds the case by it.
Status noteCodes(DeskFile &desk, const DeskFile::Identity &me, const DeskFile::Moved &moved, TimeMs now)
{
    for (const DeskFile::Moved::Case &file : moved.cases) {
        const auto number = desk.next(QStringLiteral("record"));
        if (!number)
            return number.error();
        const auto kept =
            desk.keep(me.book, {.record = {QStringLiteral("case_note"), makeId(me.device, *number)},
                                .action = Action::Create,
                                .edits = {{QStringLiteral("case"), {file.id}},
                                          {QStringLiteral("author"), {me.user}},
                                          {QStringLiteral("text"),
                                           {QStringLiteral("The code of this case was %1 before.")
                                                .arg(groupedCaseCode(file.before))}},
                                          {QStringLiteral("at"), {now}}},
                                .madeAt = now});
        if (!kept)
            return kept.error();
    }
    return Done{};
}

} // namespace

Result<DeskFile::Moved> DeskFile::moveTo(const NewNumber &number, TimeMs now)
{
    Moved moved;
    const auto done = m_db->atomically([&]() -> Status {
        auto me = identity();
        if (!me)
            return me.error();
        const auto ops = pending(me->book);
        const auto inTray = refused(me->book);
        if (!ops || !inTray)
            return ops ? inTray.error() : ops.error();
        Renaming renaming(me->device, number.device);
        for (const Op &op : *ops)
            renaming.add(op);
        for (const RefusedOp &kept : *inTray)
            renaming.add(kept.op);
        moved = renaming.moved();

        const auto put = m_db->run("UPDATE op SET book = :aside WHERE book = :book AND state = 'confirmed'",
                                   {{":aside", aside(me->book, me->device)}, {":book", me->book}});
        if (!put)
            return put.error();
        if (const auto remembered = m_db->run("INSERT INTO former_number VALUES (:device, :secret)",
                                              {{":device", me->device}, {":secret", me->deviceSecret}});
            !remembered)
            return remembered.error();
        if (const auto gone =
                m_db->run("DELETE FROM op WHERE book = :book AND state = 'pending'", {{":book", me->book}});
            !gone)
            return gone.error();
        me->device = number.device;
        me->deviceSecret = number.deviceSecret;
        me->token = number.token;
        if (const auto named = setIdentity(*me); !named)
            return named;
        if (const auto renamed = renameRefused(*this, me->book, renaming, *inTray); !renamed)
            return renamed;
        if (const auto kept = keepAgain(*this, me->book, renaming, *ops); !kept)
            return kept;
        if (const auto noted = noteCodes(*this, *me, moved, now); !noted)
            return noted;
        return renameDrafts(*this, renaming);
    });
    return done ? Result<Moved>(moved) : done.error();
}

Status DeskFile::offerFormer(const QString &book, qint64 sameUpTo)
{
    return m_db->atomically([&]() -> Status {
        const auto numbers = m_db->all("SELECT device FROM former_number");
        if (!numbers)
            return numbers.error();
        for (const Row &number : *numbers) {
            const QString ofThen = aside(book, number.number("device"));
            if (const auto offered = offerAgain(ofThen, 1); !offered)
                return offered;
            if (const auto limited = limitBases(ofThen, sameUpTo); !limited)
                return limited;
        }
        return Done{};
    });
}

Result<FormerOps> DeskFile::former(const QString &book, int limit) const
{
    const auto numbers = m_db->all("SELECT device, secret FROM former_number ORDER BY device");
    if (!numbers)
        return numbers.error();
    for (const Row &number : *numbers) {
        auto ops = pending(aside(book, number.number("device")), limit);
        if (!ops)
            return ops.error();
        if (!ops->isEmpty())
            return FormerOps{number.number("device"), number.text("secret"), std::move(*ops)};
    }
    return FormerOps{};
}

Status DeskFile::confirmFormer(const QString &book, qint64 device, const QVector<qint64> &counters,
                               TimeMs now)
{
    return confirm(aside(book, device), counters, now);
}

Result<DeskFile::Moved> DeskFile::bringAlong(const QString &book, qint64 device, qint64 from, qint64 to,
                                             TimeMs now)
{
    Moved moved;
    const auto done = m_db->atomically([&]() -> Status {
        const auto me = identity();
        auto ops = pending(aside(book, device));
        if (!me || !ops)
            return me ? ops.error() : me.error();
        ops->removeIf([&](const Op &op) { return op.counter < from || op.counter > to; });
        Renaming renaming(device, me->device);
        for (const Op &op : *ops)
            renaming.add(op);
        moved = renaming.moved();
        const auto gone = m_db->run("DELETE FROM op WHERE book = :book AND state = 'pending' "
                                    "AND counter BETWEEN :from AND :to",
                                    {{":book", aside(book, device)}, {":from", from}, {":to", to}});
        if (!gone)
            return gone.error();
        if (const auto kept = keepAgain(*this, book, renaming, *ops); !kept)
            return kept;
        return noteCodes(*this, *me, moved, now);
    });
    return done ? Result<Moved>(moved) : done.error();
}

} // namespace ringbook::model
