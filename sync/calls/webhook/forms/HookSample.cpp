#include "sync/calls/webhook/forms/HookSample.h"

#include "sync/calls/webhook/HookSignature.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QUrl>

#include <algorithm>

namespace ringbook::calls {

namespace {

using Form = HookSettings::Form;
using What = HookSample::What;
using Field = HookFields::Field;

/// The word for what happens, in each form's own.
QString wordFor(Form form, What what)
{
    static const QHash<Form, QStringList> words = {
        {Form::Generic, {"ringing", "answered", "hangup"}},
        {Form::Zammad, {"newCall", "answer", "hangup"}},
        {Form::Sipgate, {"newCall", "answer", "hangup"}},
        {Form::Placetel, {"IncomingCall", "CallAccepted", "HungUp"}},
        {Form::ThreeCx, {"ringing", "pickupincoming", "incoming"}},
        {Form::Twilio, {"ringing", "in-progress", "completed"}}};
    return words.value(form).at(int(what));
}

QString agentWord(const PbxSettings &settings, const QString &extension)
{
    const Agent *agent = settings.agentWith(extension);
    return agent && !agent->endpoint.isEmpty() ? agent->endpoint : extension;
}

QString withoutPlus(const QString &number)
{
    return number.startsWith(u'+') ? number.sliced(1) : number;
}

QVector<Field> twilioFields(const HookSample &sample, const QString &agent)
{
    const bool isWhole = sample.what == What::HungUp;
    QVector<Field> fields = {{"AccountSid", "ACringbook"}, {"From", sample.number}};
    if (isWhole)
        fields += {{"CallSid", sample.call}, {"Direction", "inbound"}};
    else
        fields += {{"CallSid", sample.call + "-leg"},
                   {"ParentCallSid", sample.call},
                   {"To", agent},
                   {"Direction", "outbound-dial"}};
    fields.append(Field("CallStatus", wordFor(Form::Twilio, sample.what)));
    return fields;
}

/// At whom it rings is not said.
QVector<Field> placetelFields(const HookSample &sample, const QString &agent, const QString &line)
{
    QVector<Field> fields = {{"event", wordFor(Form::Placetel, sample.what)},
                             {"from", sample.number},
                             {"to", line},
                             {"call_id", sample.call}};
    if (sample.what == What::Answered)
        fields.append(Field("peer", agent));
    if (sample.what == What::HungUp)
        fields.append(Field("type", "missed"));
    return fields;
}

QVector<Field> fieldsOf(const PbxSettings &settings, const HookSample &sample)
{
    const Form form = settings.hook.form;
    const bool isEnd = sample.what == What::HungUp;
    const QString agent = agentWord(settings, sample.extension);
    const QString line = sampleLine(settings, sample.extension);
    const QString event = wordFor(form, sample.what);
    switch (form) {
    case Form::Generic:
        return {{"event", event}, {"call_id", sample.call}, {"from", sample.number}, {"to", line}};
    case Form::Zammad:
    case Form::Sipgate:
        return {{"event", event},
                {"from", form == Form::Sipgate ? withoutPlus(sample.number) : sample.number},
                {"to", form == Form::Sipgate ? withoutPlus(line) : line},
                {"direction", "in"},
                {"callId", sample.call},
                {isEnd ? "cause" : "user[]", isEnd ? QStringLiteral("cancel") : agent}};
    case Form::Placetel: return placetelFields(sample, agent, line);
    case Form::ThreeCx:
        return {
            {"event", event}, {"callerid", sample.number},  {"user", sample.extension}, {"usertype", "ext"},
            {"did", line},    {"id", sample.call + "_1-0"}, {"transfer", "False"}};
    case Form::Twilio: return twilioFields(sample, agent);
    }
    return {};
}

QByteArray asJson(const QVector<Field> &fields, const QString &agent)
{
    QJsonObject object;
    for (const auto &[name, value] : fields)
        object.insert(name, value);
    if (!agent.isEmpty())
        object.insert(QStringLiteral("agents"), QJsonArray{agent});
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray asForm(const QVector<Field> &fields)
{
    QByteArrayList pairs;
    for (const auto &[name, value] : fields)
        pairs += QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value);
    return pairs.join('&');
}

void sign(HookRequest &request, const HookSettings &hook, const QVector<Field> &fields, TimeMs now)
{
    if (hook.form == Form::Generic) {
        const QByteArray timestamp = QByteArray::number(now / secondMs);
        request.headers[hookTimestampHeader] = timestamp;
        request.headers[hookSignatureHeader] = genericSignature(hook.secret, timestamp, request.body);
    } else if (hook.form == Form::Placetel) {
        request.headers[placetelSignatureHeader] = placetelSignature(hook.secret, request.body);
    } else if (hook.form == Form::Twilio) {
        request.headers[twilioSignatureHeader] =
            twilioSignature(hook.secret, hook.publicUrl.toUtf8() + request.target, fields);
    }
}

} // namespace

QString sampleLine(const PbxSettings &settings, const QString &extension)
{
    QStringList numbers = settings.lines.keys();
    std::ranges::sort(numbers);
    for (const QString &number : std::as_const(numbers))
        if (settings.lines.value(number).agents.contains(extension))
            return number;
    return numbers.value(0);
}

HookRequest sampleRequest(const PbxSettings &settings, const HookSample &sample, const QByteArray &path,
                          TimeMs now)
{
    const HookSettings &hook = settings.hook;
    const bool isJson = hook.form == Form::Generic || hook.form == Form::ThreeCx;
    const QVector<Field> fields = fieldsOf(settings, sample);
    const bool namesAgents = hook.form == Form::Generic && sample.what != What::HungUp;
    HookRequest request{.token = hook.token, .target = path};
    request.body = isJson ? asJson(fields, namesAgents ? sample.extension : QString()) : asForm(fields);
    request.headers["content-type"] = isJson ? "application/json" : "application/x-www-form-urlencoded";
    sign(request, hook, fields, now);
    return request;
}

} // namespace ringbook::calls
