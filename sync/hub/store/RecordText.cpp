#include "sync/hub/store/RecordText.h"

#include "sync/protocol/RecordJson.h"

#include <QStringList>

namespace ringbook::hub {

QString bodyText(const QString &kind, const model::Fields &fields)
{
    return QString::fromUtf8(sync::encodeFields(kind, fields));
}

Result<model::Fields> readBody(const QString &kind, const QString &text)
{
    return sync::readFields(kind, text.toUtf8());
}

QString valueText(const QString &kind, const QString &field, const QVariant &value)
{
    return QString::fromUtf8(sync::encodeValue(kind, field, value));
}

QString stampsText(const QMap<QString, Stamp> &stamps)
{
    QStringList lines;
    for (auto stamp = stamps.begin(); stamp != stamps.end(); ++stamp)
        lines.append(QStringLiteral("%1 %2 %3 %4 %5")
                         .arg(stamp.key())
                         .arg(stamp->seq)
                         .arg(stamp->device)
                         .arg(stamp->author)
                         .arg(stamp->at));
    return lines.join(u'\n');
}

QMap<QString, Stamp> readStamps(const QString &text)
{
    QMap<QString, Stamp> stamps;
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        const QStringList words = line.split(u' ');
        if (words.size() == 5)
            stamps.insert(words[0], Stamp{words[1].toLongLong(), words[2].toLongLong(), words[3].toLongLong(),
                                          words[4].toLongLong()});
    }
    return stamps;
}

Result<RecordState> readState(const QString &kind, const model::Row &row)
{
    const auto fields = readBody(kind, row.text("body"));
    if (!fields)
        return fields.error();
    return RecordState{
        .exists = true,
        .deleted = row.flag("deleted"),
        .erased = row.number("deleted") == erasedMark,
        .seq = row.number("seq"),
        .fields = *fields,
        .made = {row.number("made_seq"), row.number("made_device"), row.number("made_by"),
                 row.number("made_at")},
        .edited = readStamps(row.text("edited")),
    };
}

Result<model::Change> readWhole(const model::Row &row)
{
    model::Change change{.seq = row.number("seq"), .record = {row.text("kind"), row.number("id")}};
    const auto fields = readBody(change.record.kind, row.text("body"));
    if (!fields)
        return fields.error();
    const bool isNew = row.number("made_seq") == change.seq;
    change.action = row.flag("deleted") ? model::Action::Delete
                    : isNew             ? model::Action::Create
                                        : model::Action::Set;
    if (!row.flag("deleted"))
        change.fields = *fields;
    if (row.number("deleted") == erasedMark) {
        change.action = model::Action::Erase;
        change.author = row.number("made_by");
        change.madeAt = row.number("made_at");
    }
    return change;
}

} // namespace ringbook::hub
