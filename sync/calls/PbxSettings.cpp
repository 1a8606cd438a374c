#include "sync/calls/PbxSettings.h"

#include "model/domain/Names.h"
#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"
#include "sync/calls/SettingsReader.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSslCertificate>

#include <algorithm>

namespace ringbook::calls {

namespace {

constexpr qint64 maxSettingsBytes = 1 << 20;
constexpr qsizetype fingerprintBytes = 32;
constexpr std::array kinds = {"asterisk", "freeswitch", "webhook"};
constexpr std::array pops = {"rung", "answered", "all"};
constexpr std::array dialForms = {"national", "international", "plus"};
constexpr int maxLabelLength = 80;
constexpr int shortestFullNumber = 5; ///< digits; anything shorter is an extension or a service

Error wrong(const QString &what)
{
    return {Fault::Invalid, QStringLiteral("PBX settings: %1").arg(what)};
}

using Reader = SettingsReader;

void readTls(Reader &reader, PbxSettings &settings)
{
    settings.tls = reader.flag("tls", false);
    settings.tlsCertificate = reader.text("tls_certificate");
    const QString fingerprint = reader.text("tls_fingerprint").remove(u':').toLower();
    settings.tlsFingerprint = QByteArray::fromHex(fingerprint.toLatin1());
    if (settings.tlsFingerprint.toHex() != fingerprint.toUtf8() ||
        (!fingerprint.isEmpty() && settings.tlsFingerprint.size() != fingerprintBytes))
        reader.complain("tls_fingerprint",
                        "must be the SHA-256 of a certificate, such as \"AB:CD:…\", 32 bytes");
    for (const char *name : {"tls_certificate", "tls_fingerprint"})
        if (!settings.tls && !reader.text(name).isEmpty())
            reader.complain(name, "counts only where \"tls\" is true");
}

void readKind(Reader &reader, PbxSettings &settings)
{
    const auto kind =
        model::valueAmong<PbxSettings::Kind>(kinds, reader.text("kind", QLatin1String(kinds.front())));
    if (!kind)
        reader.complain("kind", "must be asterisk, freeswitch or webhook");
    settings.kind = kind.value_or(PbxSettings::Kind::Asterisk);
}

quint16 usualPort(const PbxSettings &settings)
{
    if (settings.kind == PbxSettings::Kind::FreeSwitch)
        return eslPort;
    return settings.tls ? amiTlsPort : amiPort;
}

void readConnection(Reader &reader, PbxSettings &settings)
{
    settings.source = reader.text("source", settings.source);
    settings.book = reader.text("book");
    settings.host = reader.text("host", settings.host);
    readTls(reader, settings);
    const int port = reader.number("port", usualPort(settings));
    if (port < 1 || port > 65535)
        reader.complain("port", "must be between 1 and 65535");
    settings.port = quint16(port);
    settings.user = reader.text("user");
    settings.secret = reader.text("secret");
    settings.allowPlainText = reader.flag("allow_plain_text", false);
    settings.phonesAnswer = reader.flag("phones_answer", false);
    settings.internalCalls = reader.flag("internal_calls", true);
    settings.showUntold = reader.flag("show_untold_numbers", true);
}

void readPlan(Reader &reader, NumberPlan &plan)
{
    plan.country = reader.text("country");
    plan.countryCode = reader.text("country_code");
    plan.areaCode = reader.text("area_code");
    plan.nationalPrefix = reader.text("national_prefix");
    plan.internationalPrefix = reader.text("international_prefix", plan.internationalPrefix);
    if (plan.country.size() != 2)
        reader.complain("country", "must be two letters, such as \"DE\"");
}

void readDialRules(Reader &reader, DialRules &rules)
{
    Reader dial(reader.members("dial"));
    rules.context = dial.text("context");
    rules.prefix = dial.text("prefix");
    rules.allow = dial.texts("allow");
    rules.deny = dial.texts("deny");
    rules.ringSeconds = dial.number("ring_seconds", rules.ringSeconds);
    const auto form =
        model::valueAmong<DialRules::Form>(dialForms, dial.text("form", QLatin1String(dialForms.front())));
    rules.form = form.value_or(DialRules::Form::National);
    const bool hasPrefix = std::ranges::all_of(rules.prefix, [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (!form)
        dial.complain("form", "must be national, international or plus");
    if (!hasPrefix)
        dial.complain("prefix", "must be digits");
    if (rules.ringSeconds < 1 || rules.ringSeconds > mostRingSeconds)
        dial.complain("ring_seconds", "must be between 1 and 120");
    if (!dial.problem().isEmpty())
        reader.complain("dial", qPrintable(dial.problem()));
}

void readAgents(Reader &reader, PbxSettings &settings)
{
    const auto agents = reader.list("agents");
    for (const QJsonValue &value : agents) {
        Reader agent(value.toObject());
        settings.agents += Agent{agent.text("extension"), agent.text("name"), agent.text("endpoint")};
        const Agent &read = settings.agents.last();
        const bool hasEndpoint = !read.endpoint.isEmpty() || settings.kind == PbxSettings::Kind::Webhook;
        if (read.extension.isEmpty() || !hasEndpoint || !agent.problem().isEmpty())
            reader.complain("agents", "must each have an extension, a name and an endpoint");
    }
    if (settings.agents.isEmpty())
        reader.complain("agents", "must name at least one agent");
}

void readTrunks(Reader &reader, PbxSettings &settings)
{
    const QJsonObject one = reader.members("trunk");
    auto trunks = reader.list("trunks");
    if (!one.isEmpty())
        trunks.prepend(one);
    for (const QJsonValue &value : std::as_const(trunks)) {
        const QString endpoint = value.toObject().value(QStringLiteral("endpoint")).toString();
        if (endpoint.isEmpty())
            reader.complain("trunk", "must have an endpoint");
        settings.trunks += endpoint;
    }
}

/// Extensions of the settings' own agents.
QStringList readSubscribers(Reader &reader, const char *where, const QJsonObject &of,
                            const PbxSettings &settings)
{
    Reader members(of);
    const QStringList subscribers = members.texts("agents");
    const bool isKnown = std::ranges::all_of(
        subscribers, [&](const QString &extension) { return settings.agentWith(extension) != nullptr; });
    if (!isKnown || !members.problem().isEmpty())
        reader.complain(where, "may each have \"agents\": a list of extensions that are in \"agents\"");
    return subscribers;
}

void readLines(Reader &reader, PbxSettings &settings)
{
    const QJsonObject lines = reader.members("lines");
    for (auto line = lines.begin(); line != lines.end(); ++line) {
        if (!line->isString() && !line->isObject())
            reader.complain("lines", "must each be a label, or an object with one");
        const QString label =
            line->isString() ? line->toString() : line->toObject().value(QStringLiteral("label")).toString();
        settings.lines[line.key()] = {.label = model::plainText(label, maxLabelLength),
                                      .agents = readSubscribers(reader, "lines", line->toObject(), settings)};
    }
}

void readQueues(Reader &reader, PbxSettings &settings)
{
    const QJsonObject queues = reader.members("queues");
    for (auto queue = queues.begin(); queue != queues.end(); ++queue) {
        const QString label = queue->toObject().value(QStringLiteral("label")).toString();
        const auto pop = model::valueAmong<QueueSettings::Pop>(
            pops, queue->toObject().value(QStringLiteral("pop")).toString(QLatin1String(pops.front())));
        if (!pop)
            reader.complain("queues", "may each have \"pop\": \"rung\", \"answered\" or \"all\"");
        settings.queues[queue.key()] = {
            .pop = pop.value_or(QueueSettings::Pop::Rung),
            .label = label.isEmpty() ? queue.key() : model::plainText(label, maxLabelLength),
            .agents = readSubscribers(reader, "queues", queue->toObject(), settings)};
        if (pop == QueueSettings::Pop::All && settings.queues[queue.key()].agents.isEmpty())
            reader.complain("queues", "must name their \"agents\" where \"pop\" is \"all\"");
    }
}

Result<PbxSettings> readFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Error{Fault::NotFound,
                     QStringLiteral("PBX settings: cannot read %1: %2").arg(path, file.errorString())};
    return readPbxSettings(file.read(maxSettingsBytes + 1));
}

Result<PbxSettings> ofAsteriskOnly(Result<PbxSettings> settings, const QString &path)
{
    if (settings && settings->kind != PbxSettings::Kind::Asterisk)
        return wrong(QStringLiteral("this works with an Asterisk only, and %1 is for another").arg(path));
    return settings;
}

} // namespace

QString name(PbxSettings::Kind kind)
{
    return model::nameAmong(kinds, kind);
}

QHash<QString, QString> PbxSettings::agentNames() const
{
    QHash<QString, QString> names;
    for (const Agent &agent : agents)
        names[agent.extension] = agent.name;
    return names;
}

const Agent *PbxSettings::agentAt(const QString &endpoint) const
{
    const auto found =
        std::ranges::find_if(agents, [&](const Agent &agent) { return agent.endpoint == endpoint; });
    return found == agents.end() ? nullptr : &*found;
}

const Agent *PbxSettings::agentWith(const QString &extension) const
{
    const auto found =
        std::ranges::find_if(agents, [&](const Agent &agent) { return agent.extension == extension; });
    return found == agents.end() ? nullptr : &*found;
}

Result<PbxSettings> readPbxSettings(const QByteArray &json)
{
    if (json.size() > maxSettingsBytes)
        return wrong(QStringLiteral("the file is larger than 1 MB"));
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject())
        return wrong(QStringLiteral("not a JSON object (%1)").arg(error.errorString()));

    Reader reader(document.object());
    PbxSettings settings;
    readKind(reader, settings);
    readConnection(reader, settings);
    readPlan(reader, settings.plan);
    readDialRules(reader, settings.dial);
    if (settings.kind == PbxSettings::Kind::Webhook)
        settings.hook = readHookSettings(reader);
    readAgents(reader, settings);
    readTrunks(reader, settings);
    readLines(reader, settings);
    readQueues(reader, settings);
    if (!reader.problem().isEmpty())
        return wrong(reader.problem());
    return settings;
}

Result<PbxSettings> loadPbxSettings(const QString &path)
{
    auto settings = readFile(path);
    if (!settings || settings->tlsCertificate.isEmpty())
        return settings;
    settings->tlsCertificate = QFileInfo(path).dir().filePath(settings->tlsCertificate);
    if (QSslCertificate::fromPath(settings->tlsCertificate).isEmpty())
        return wrong(QStringLiteral("there is no certificate in %1").arg(settings->tlsCertificate));
    return settings;
}

Result<PbxSettings> loadAsteriskSettings(const QString &path)
{
    return ofAsteriskOnly(loadPbxSettings(path), path);
}

Result<PbxSettings> loadReplaySettings(const QString &path)
{
    return ofAsteriskOnly(readFile(path), path);
}

QString lineNumberToE164(const QString &text, const NumberPlan &plan)
{
    if (text.size() > model::maxPhoneTextLength)
        return {};
    QString digits;
    std::ranges::copy_if(text, std::back_inserter(digits), [](QChar c) { return c >= u'0' && c <= u'9'; });
    if (digits.size() < shortestFullNumber)
        return {};
    const QString trimmed = text.trimmed();
    if (trimmed.startsWith(u'+'))
        return model::toE164(trimmed, plan.country);
    const auto international = [&](const QString &number) {
        return model::toE164(u'+' + number, plan.country);
    };
    if (!plan.internationalPrefix.isEmpty() && digits.startsWith(plan.internationalPrefix))
        return international(digits.sliced(plan.internationalPrefix.size()));
    if (!plan.nationalPrefix.isEmpty() && digits.startsWith(plan.nationalPrefix))
        return international(plan.countryCode + digits.sliced(plan.nationalPrefix.size()));
    if (!plan.countryCode.isEmpty() && digits.startsWith(plan.countryCode)) {
        if (const QString full = international(digits); !full.isEmpty())
            return full;
    }
    if (!plan.areaCode.isEmpty())
        return international(plan.countryCode + plan.areaCode + digits);
    return model::toE164(trimmed, plan.country);
}

} // namespace ringbook::calls
