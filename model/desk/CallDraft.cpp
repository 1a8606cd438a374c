#include "model/desk/CallDraft.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace ringbook::model {

namespace {

QString idText(qint64 id)
{
    return id ? QString::number(id) : QString();
}

QJsonValue moment(const std::optional<TimeMs> &at)
{
    return at ? QJsonValue(*at) : QJsonValue();
}

std::optional<TimeMs> momentIn(const QJsonValue &value)
{
    return value.isDouble() ? std::optional<TimeMs>(value.toInteger()) : std::nullopt;
}

QJsonObject objectOf(const Party &party)
{
    return {{"raw", party.raw}, {"e164", party.e164}, {"name", party.name}, {"withheld", party.withheld}};
}

QJsonObject objectOf(const AgentCall &call)
{
    return {
        {"call", call.callId},
        {"revision", call.revision},
        {"direction", name(call.direction)},
        {"state", name(call.state)},
        {"result", name(call.result)},
        {"party", objectOf(call.party)},
        {"own_line", call.ownLine},
        {"queue", call.queue},
        {"answered_by", call.answeredBy},
        {"desks_ringing", call.desksRinging},
        {"started_at", call.startedAt},
        {"ringing_since", call.ringingSince},
        {"answered_at", moment(call.answeredAt)},
        {"ended_at", moment(call.endedAt)},
    };
}

Party partyFrom(const QJsonObject &object)
{
    return {.raw = object["raw"].toString(),
            .e164 = object["e164"].toString(),
            .name = object["name"].toString(),
            .withheld = object["withheld"].toBool()};
}

AgentCall callFrom(const QJsonObject &object)
{
    return {
        .callId = object["call"].toString(),
        .revision = object["revision"].toInteger(),
        .direction =
            directionFromName(object["direction"].toString()).value_or(AgentCall::Direction::Inbound),
        .state = stateFromName(object["state"].toString()).value_or(AgentCall::State::Over),
        .result = resultFromName(object["result"].toString()).value_or(AgentCall::Result::None),
        .party = partyFrom(object["party"].toObject()),
        .ownLine = object["own_line"].toString(),
        .queue = object["queue"].toString(),
        .answeredBy = object["answered_by"].toString(),
        .desksRinging = object["desks_ringing"].toInt(1),
        .startedAt = object["started_at"].toInteger(),
        .ringingSince = object["ringing_since"].toInteger(),
        .answeredAt = momentIn(object["answered_at"]),
        .endedAt = momentIn(object["ended_at"]),
    };
}

QJsonArray arrayOf(const QVector<Promise> &promises)
{
    QJsonArray array;
    for (const Promise &promise : promises)
        array.append(QJsonObject{{"what", promise.what},
                                 {"due_at", promise.dueAt},
                                 {"zone", promise.zone},
                                 {"by", idText(promise.by.value)}});
    return array;
}

QVector<Promise> promisesFrom(const QJsonArray &array)
{
    QVector<Promise> promises;
    for (const QJsonValue &value : array) {
        const QJsonObject object = value.toObject();
        if (promises.size() < mostPromises)
            promises.append({.what = object["what"].toString(),
                             .dueAt = object["due_at"].toInteger(),
                             .zone = object["zone"].toString(),
                             .by = {idFromText(object["by"].toString()).value_or(0)}});
    }
    return promises;
}

} // namespace

Missing missingIn(const CallDraft &draft)
{
    if (!draft.caseType.isEmpty() && draft.subject.trimmed().isEmpty())
        return Missing::Subject;
    if (hasCall(draft))
        return draft.outcome.isEmpty() ? Missing::Outcome : Missing::Nothing;
    const bool hasPlace = draft.attachTo || draft.filedAs;
    if (!draft.promises.isEmpty() && draft.customer && draft.caseType.isEmpty() &&
        draft.note.trimmed().isEmpty())
        return Missing::Nothing; // a promise needs no case
    if (draft.caseType.isEmpty() && !hasPlace)
        return Missing::Case;
    if (draft.caseType.isEmpty() && draft.note.trimmed().isEmpty())
        return Missing::Note;
    return Missing::Nothing;
}

bool hasCall(const CallDraft &draft)
{
    return !draft.call.callId.isEmpty();
}

QString draftText(const CallDraft &draft)
{
    const QJsonObject object = {
        {"call", objectOf(draft.call)},
        {"customer", idText(draft.customer.value)},
        {"note", draft.note},
        {"outcome", draft.outcome},
        {"case_type", draft.caseType},
        {"subject", draft.subject},
        {"remedy_sought", draft.remedySought},
        {"promises", arrayOf(draft.promises)},
        {"attach_to", idText(draft.attachTo.value)},
        {"filed_as", idText(draft.filedAs.value)},
        {"ring_to_paint_us", draft.ringToPaintUs},
        {"kept_at", draft.keptAt},
    };
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

CallDraft draftFrom(const QString &callId, const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isObject())
        return {.callId = callId, .note = text};
    const QJsonObject object = document.object();
    return {
        .callId = callId,
        .call = callFrom(object["call"].toObject()),
        .customer = {idFromText(object["customer"].toString()).value_or(0)},
        .note = object["note"].toString(),
        .outcome = object["outcome"].toString(),
        .caseType = object["case_type"].toString(),
        .subject = object["subject"].toString(),
        .remedySought = object["remedy_sought"].toString(),
        .promises = promisesFrom(object["promises"].toArray()),
        .attachTo = {idFromText(object["attach_to"].toString()).value_or(0)},
        .filedAs = {idFromText(object["filed_as"].toString()).value_or(0)},
        .ringToPaintUs = object["ring_to_paint_us"].toInteger(),
        .keptAt = object["kept_at"].toInteger(),
    };
}

} // namespace ringbook::model
