#include "app/hub/Commands.h"
#include "sync/calls/webhook/forms/HookSample.h"
#include "sync/protocol/Routes.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTimer>

namespace ringbook::app {

namespace {

using calls::HookSample;
using calls::HookSettings;
using calls::PbxSettings;

constexpr int usualSeconds = 5;
constexpr int longestSeconds = 60;
constexpr int answerMs = 10'000;
constexpr int maxSaid = 200; ///< of what the hub answers

QByteArray pathFor(const PbxSettings &settings)
{
    return sync::pathOf(sync::Operation::TakeWebhook, {{QStringLiteral("source"), settings.source},
                                                       {QStringLiteral("token"), settings.hook.token}});
}

/// For a POSIX shell, whatever is in it.
QString quoted(QString text)
{
    return u'\'' + text.replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

/// A body with the shell's own $call in it, for a POSIX shell.
QString bodyText(QJsonObject members)
{
    QString json = QString::fromUtf8(QJsonDocument(members).toJson(QJsonDocument::Compact));
    json.chop(1);
    return quoted(json + QStringLiteral(",\"call_id\":\"")) + QStringLiteral("\"$call\"") +
           quoted(QStringLiteral("\"}"));
}

/// Signs anew each time it runs, so that it can be kept.
QString curlExample(const PbxSettings &settings, const QString &url)
{
    const QString extension = settings.agents.first().extension;
    const QString ringing = bodyText({{QStringLiteral("event"), QStringLiteral("ringing")},
                                      {QStringLiteral("from"), QStringLiteral("+493023125001")},
                                      {QStringLiteral("to"), calls::sampleLine(settings, extension)},
                                      {QStringLiteral("agents"), QJsonArray{extension}}});
    const QString hangup = bodyText({{QStringLiteral("event"), QStringLiteral("hangup")},
                                     {QStringLiteral("cause"), QStringLiteral("cancel")}});
    return QStringLiteral(R"(url=%1
secret=%2
post() {
    at=$(date +%s)
    signature=$(printf '%s.%s' "$at" "$1" | openssl dgst -sha256 -hmac "$secret" -r | cut -d ' ' -f 1)
    curl -sS -H 'Content-Type: application/json' -H "Ringbook-Timestamp: $at" -H "Ringbook-Signature: $signature" \
        --data-binary "$1" "$url" && echo
}
call="try-$(date +%s)-$$"
post %3
sleep 5
post %4
)")
        .arg(quoted(url), quoted(QString::fromUtf8(settings.hook.secret)), ringing, hangup);
}

/// What the hub said, in a sentence; an error if it did not take it.
Result<QString> post(const QString &hub, const calls::HookRequest &sample)
{
    QNetworkRequest request(QUrl(hub + QString::fromUtf8(sample.target)));
    request.setTransferTimeout(answerMs);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    for (auto header = sample.headers.begin(); header != sample.headers.end(); ++header)
        request.setRawHeader(header.key(), header.value());
    QNetworkAccessManager network;
    const std::unique_ptr<QNetworkReply> reply(network.post(request, sample.body));
    QObject::connect(reply.get(), &QNetworkReply::finished, qApp, &QCoreApplication::quit);
    if (!reply->isFinished())
        QCoreApplication::exec();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QString said = QString::fromUtf8(reply->readAll()).simplified().left(maxSaid);
    if (status == 0)
        return Error{Fault::Unreachable,
                     QStringLiteral("The hub at %1 does not answer (%2); say with --url where it listens.")
                         .arg(hub, reply->errorString())};
    if (status == 404)
        return Error{
            Fault::NotFound,
            QStringLiteral("The hub at %1 has no such address: start it with these settings, and let "
                           "\"allowed_addresses\" have this machine if it is there.")
                .arg(hub)};
    if (status != 200)
        return Error{Fault::Denied, QStringLiteral("The hub refused it (%1): %2").arg(status).arg(said)};
    return said.isEmpty() ? QStringLiteral("200, and nothing more") : said;
}

void wait(int seconds)
{
    QTimer::singleShot(std::chrono::seconds(seconds), qApp, &QCoreApplication::quit);
    QCoreApplication::exec();
}

struct Try
{
    QString hub = {};
    QString number = {};
    QString extension = {};
    int seconds = usualSeconds;
};

ExitStatus tryOut(const PbxSettings &settings, const Try &wanted, const Terminal &terminal)
{
    const SystemClock clock;
    const QString call = QStringLiteral("try-%1").arg(clock.now());
    const auto send = [&](HookSample::What what) {
        return post(wanted.hub, sampleRequest(settings, {what, wanted.number, wanted.extension, call},
                                              pathFor(settings), clock.now()));
    };
    const auto rang = send(HookSample::What::Ringing);
    if (!rang)
        return terminal.fail(rang.error());
    wait(wanted.seconds);
    const auto ended = send(HookSample::What::HungUp);
    if (!ended)
        return terminal.fail(ended.error());
    sync::JsonWriter json;
    json.beginObject().member("ringing", *rang).member("hangup", *ended).endObject();
    terminal.say(QStringLiteral("The hub answered the ring: %1\nand the end: %2").arg(*rang, *ended), json);
    return ExitStatus::Success;
}

ExitStatus sayAddress(const PbxSettings &settings, const QString &hub, const Terminal &terminal)
{
    const QString base = settings.hook.publicUrl.isEmpty() ? hub : settings.hook.publicUrl;
    const QString url = base + QString::fromUtf8(pathFor(settings));
    const bool isOurs = settings.hook.form == HookSettings::Form::Generic;
    const QString example =
        isOurs ? curlExample(settings, hub + QString::fromUtf8(pathFor(settings))) : QString();
    sync::JsonWriter json;
    json.beginObject().member("url", url).member("form", name(settings.hook.form));
    json.member("example", example).endObject();
    terminal.say(isOurs ? url + QStringLiteral("\n\n") + example.trimmed() : url, json);
    return ExitStatus::Success;
}

/// What is wrong with how it was asked; mostly empty.
QString usageTrouble(const QCommandLineParser &parser, const Try &wanted)
{
    const QUrl url(wanted.hub, QUrl::StrictMode);
    if (!url.isValid() || !url.scheme().startsWith(QLatin1String("http")) || url.host().isEmpty())
        return QStringLiteral("--url is the hub's address, such as http://127.0.0.1:8750.");
    if (parser.isSet(QStringLiteral("test")) != parser.isSet(QStringLiteral("extension")))
        return QStringLiteral("--test and --extension go together: who calls, and where it rings.");
    if (wanted.seconds < 1 || wanted.seconds > longestSeconds)
        return QStringLiteral("--seconds is between 1 and %1.").arg(longestSeconds);
    return {};
}

ExitStatus webhook(const QCommandLineParser &parser, const Terminal &terminal)
{
    const QString words = QStringLiteral("calls webhook ");
    const QString pbx = parser.value(QStringLiteral("pbx"));
    if (pbx.isEmpty())
        return Terminal::wrongUsage(QStringLiteral("Say with --pbx which settings are meant."), words);
    Try wanted{.hub = parser.value(QStringLiteral("url")),
               .number = parser.value(QStringLiteral("test")),
               .extension = parser.value(QStringLiteral("extension")),
               .seconds = parser.value(QStringLiteral("seconds")).toInt()};
    while (wanted.hub.endsWith(u'/'))
        wanted.hub.chop(1);
    if (const QString trouble = usageTrouble(parser, wanted); !trouble.isEmpty())
        return Terminal::wrongUsage(trouble, words);
    const auto settings = calls::loadPbxSettings(pbx);
    if (!settings)
        return terminal.fail(settings.error());
    if (settings->kind != PbxSettings::Kind::Webhook)
        return terminal.fail(
            {Fault::Invalid, QStringLiteral("“%1” is of a telephone system that the hub calls "
                                            "itself: its \"kind\" is not webhook.")
                                 .arg(pbx)});
    if (!parser.isSet(QStringLiteral("test")))
        return sayAddress(*settings, wanted.hub, terminal);
    if (!settings->agentWith(wanted.extension))
        return terminal.fail(
            {Fault::NotFound,
             QStringLiteral("Extension %1 is not among the \"agents\" of “%2”.").arg(wanted.extension, pbx)});
    return tryOut(*settings, wanted, terminal);
}

} // namespace

Command webhookCommand()
{
    return Command{
        .words = QStringLiteral("calls webhook"),
        .purpose =
            QStringLiteral("Say which address a hosted telephone system shall post to, and try it out: "
                           "with --test a call rings at an extension and ends."),
        .options = {{QStringLiteral("pbx"),
                     QStringLiteral("Needed: the settings of that telephone system, as “serve” takes them."),
                     QStringLiteral("FILE")},
                    {QStringLiteral("url"), QStringLiteral("Where the hub listens."), QStringLiteral("URL"),
                     QStringLiteral("http://127.0.0.1:8750")},
                    {QStringLiteral("test"),
                     QStringLiteral(
                         "Post a call from NUMBER to the running hub, as that telephone system would."),
                     QStringLiteral("NUMBER")},
                    {QStringLiteral("extension"), QStringLiteral("Where it rings."), QStringLiteral("N")},
                    {QStringLiteral("seconds"), QStringLiteral("For how long."), QStringLiteral("N"),
                     QString::number(usualSeconds)}},
        .needsPlace = false,
        .run = webhook,
    };
}

} // namespace ringbook::app
