#include "sync/hub/order/OpRules.h"

#include "model/core/Id.h"
#include "model/domain/Kinds.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QIODevice>
#include <QtEndian>

#include <algorithm>
#include <array>

namespace ringbook::hub {

namespace {

using model::Action;

constexpr std::array setUpKinds = {"user", "team", "queue", "category", "outcome_code"};

/// Which field says who made a record, and which of its fields are their words; none named: all.
struct Signature
{
    const char *kind;
    const char *author;
    bool isTheirWord = false; ///< nobody else takes it away
    std::array<const char *, 2> words = {};
};
constexpr std::array signatures = {
    Signature{"interaction", "agent", true, {"note", "outcome"}},
    Signature{"case_note", "author", true},
    Signature{"case", "opened_by"},
    Signature{"follow_up", "made_by"},
    Signature{"alert", "author"},
};

bool isName(const QString &text)
{
    const auto fits = [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'_';
    };
    return !text.isEmpty() && text.size() <= maxNameLength && std::all_of(text.begin(), text.end(), fits);
}

bool fits(const QVariant &value, model::FieldType type)
{
    if (!value.isValid())
        return true;
    const int is = value.typeId();
    switch (type) {
    case model::FieldType::Text: return is == QMetaType::QString;
    case model::FieldType::Integer: return is == QMetaType::LongLong;
    case model::FieldType::Reference: return is == QMetaType::LongLong && value.toLongLong() >= 0;
    case model::FieldType::Boolean: return is == QMetaType::Bool;
    }
    return false;
}

bool isMoment(const QString &name)
{
    return name.endsWith(QLatin1String("_at")) || name.endsWith(QLatin1String("_since")) ||
           name == QLatin1String("at") || name == QLatin1String("until");
}

std::optional<QString> wrongField(const model::KindSpec *kind, const QString &name, const QVariant &value)
{
    if (!isName(name))
        return QStringLiteral("“%1” cannot be the name of a field.").arg(name.left(maxNameLength));
    if (value.typeId() == QMetaType::QString && value.toString().toUtf8().size() > sync::maxFieldTextBytes)
        return QStringLiteral("The text in “%1” is longer than %2 bytes.")
            .arg(name)
            .arg(sync::maxFieldTextBytes);
    const model::FieldSpec *field = kind ? kind->field(name) : nullptr;
    if (field && !fits(value, field->type))
        return QStringLiteral("“%1” holds a value of another type.").arg(name);
    const bool isTime = field && field->type == model::FieldType::Integer && isMoment(name);
    const TimeMs at = value.toLongLong();
    if (isTime && value.isValid() && (at < earliestMoment || at > latestMoment))
        return QStringLiteral("“%1” lies before 1900 or after 2199.").arg(name);
    return std::nullopt;
}

bool isLead(const Author &author)
{
    return author.role == QLatin1String("lead") || author.role == QLatin1String("admin");
}

std::optional<QString> notAllowed(const model::Op &op, const Author &author)
{
    const auto isKind = [&](const char *kind) { return op.record.kind == QLatin1String(kind); };
    if (author.role == QLatin1String("admin"))
        return std::nullopt;
    if (op.action == Action::Erase)
        return QStringLiteral("Only an administrator erases a customer.");
    if (std::any_of(setUpKinds.begin(), setUpKinds.end(), isKind))
        return QStringLiteral("Only an administrator changes the set-up.");
    if (isKind("conflict") && (op.action != Action::Set || op.edits.keys() != QStringList("state")))
        return QStringLiteral("Of a conflict only the state can be changed.");
    if (isKind("customer") && op.action == Action::Delete && !isLead(author))
        return QStringLiteral("Only a lead or an administrator deletes a customer.");
    return std::nullopt;
}

/// Whether the op changes or takes away what its maker said.
bool isAboutWords(const model::Op &op, const Signature &signature)
{
    if (op.action == Action::Create || !signature.isTheirWord)
        return false;
    const bool all = op.action == Action::Delete || !signature.words.front();
    return all || std::ranges::any_of(signature.words, [&](const char *word) {
               return op.edits.contains(QLatin1String(word));
           });
}

std::optional<QString> notErasable(const model::Op &op)
{
    if (op.action != Action::Erase)
        return std::nullopt;
    if (op.record.kind != QLatin1String("customer"))
        return QStringLiteral("Only a customer is erased; what is about them goes with them.");
    if (!op.edits.isEmpty())
        return QStringLiteral("An erasure has no fields.");
    return std::nullopt;
}

} // namespace

std::optional<QString> reasonToRefuse(const model::Op &op, const Author &author)
{
    if (!isName(op.record.kind))
        return QStringLiteral("“%1” cannot be a kind of record.").arg(op.record.kind.left(maxNameLength));
    if (op.record.id <= 0)
        return QStringLiteral("A record's id is a positive number.");
    if (op.action == Action::Create && author.device != 0 && deviceOf(op.record.id) != author.device)
        return QStringLiteral("This id belongs to another device.");
    if (op.action == Action::Set && op.edits.isEmpty())
        return QStringLiteral("The op changes nothing.");
    if (op.edits.size() > maxFieldsPerRecord)
        return QStringLiteral("A record has at most %1 fields.").arg(maxFieldsPerRecord);
    if (auto reason = notAllowed(op, author))
        return reason;
    if (auto reason = notErasable(op))
        return reason;
    const model::KindSpec *kind = model::kindSpec(op.record.kind);
    for (auto edit = op.edits.begin(); edit != op.edits.end(); ++edit)
        if (auto reason = wrongField(kind, edit.key(), edit->value))
            return reason;
    return std::nullopt;
}

std::optional<QString> whoseElse(const model::Op &op, const Author &author, const RecordState &state)
{
    const auto *signature = std::ranges::find(signatures, op.record.kind,
                                              [](const Signature &one) { return QLatin1String(one.kind); });
    if (isLead(author) || signature == signatures.end())
        return std::nullopt;
    const QString by = QLatin1String(signature->author);
    const bool signs = op.action != Action::Delete && op.edits.contains(by);
    const qint64 signer = signs ? op.edits[by].value.toLongLong() : 0;
    if (signer != 0 && signer != author.user)
        return QStringLiteral("“%1” names another user; only a lead files in another's name.").arg(by);
    const qint64 maker = state.fields.value(by).toLongLong();
    const bool isOthers = maker != 0 && maker != author.user;
    const bool isAboutWhatTheySaid = isAboutWords(op, *signature);
    if ((isOthers && (signs || isAboutWhatTheySaid)) || (!state.exists && isAboutWhatTheySaid))
        return QStringLiteral("Another agent wrote this; only they or a lead change it.");
    return std::nullopt;
}

qint64 contentHash(const model::Op &op)
{
    QByteArray content;
    QDataStream stream(&content, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4); // hashes are kept, and compared by every hub on the database
    stream << op.record.kind << op.record.id << int(op.action) << op.madeAt;
    for (auto edit = op.edits.begin(); edit != op.edits.end(); ++edit)
        stream << edit.key() << edit->value;
    const QByteArray digest = QCryptographicHash::hash(content, QCryptographicHash::Blake2s_128);
    return qFromLittleEndian<qint64>(digest.constData());
}

} // namespace ringbook::hub
