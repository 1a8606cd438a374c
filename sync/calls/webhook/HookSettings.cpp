#include "sync/calls/webhook/HookSettings.h"

#include "model/domain/Names.h"

#include <QCryptographicHash>
#include <QUrl>

#include <algorithm>

namespace ringbook::calls {

namespace {

using Form = HookSettings::Form;

constexpr std::array forms = {"generic", "zammad", "sipgate", "placetel", "3cx", "twilio"};

void readTokens(SettingsReader &reader, HookSettings &settings)
{
    settings.token = reader.text("token");
    settings.formerToken = reader.text("former_token");
    const auto isGood = [](const QString &token) {
        return token.size() >= shortestHookToken && token.size() <= longestHookToken &&
               isPlainInAddress(token);
    };
    if (!isGood(settings.token))
        reader.complain("token", "must be 24 to 128 random letters, digits, - or _");
    if (!settings.formerToken.isEmpty() && !isGood(settings.formerToken))
        reader.complain("former_token", "must be 24 to 128 letters, digits, - or _");
}

void readSecrets(SettingsReader &reader, HookSettings &settings)
{
    settings.secret = reader.text("secret").toUtf8();
    settings.formerSecret = reader.text("former_secret").toUtf8();
    if (settings.isSigned() && settings.secret.size() < shortestHookSecret)
        reader.complain("secret", "must be 16 characters or more: senders of this form sign with it");
    if (!settings.formerSecret.isEmpty() && settings.formerSecret.size() < shortestHookSecret)
        reader.complain("former_secret", "must be 16 characters or more");
}

void readPublicUrl(SettingsReader &reader, HookSettings &settings)
{
    settings.publicUrl = reader.text("public_url");
    while (settings.publicUrl.endsWith(u'/'))
        settings.publicUrl.chop(1);
    const bool isNeeded = settings.form == Form::Twilio || settings.form == Form::Sipgate;
    if (settings.publicUrl.isEmpty() && isNeeded)
        reader.complain("public_url", "must be the hub's address as the sender sees it, such as "
                                      "\"https://hub.example.org\"");
    const QUrl url(settings.publicUrl, QUrl::StrictMode);
    const bool isWeb = url.scheme() == QLatin1String("https") || url.scheme() == QLatin1String("http");
    const bool isBase = isWeb && !url.host().isEmpty() && !url.hasQuery() && !url.hasFragment();
    if (!settings.publicUrl.isEmpty() && !isBase)
        reader.complain("public_url", "must be an address such as \"https://hub.example.org\"");
}

void readAllowed(SettingsReader &reader, HookSettings &settings)
{
    const QStringList addresses = reader.texts("allowed_addresses");
    for (const QString &address : addresses) {
        settings.allowedAddresses.append(QHostAddress::parseSubnet(address));
        if (settings.allowedAddresses.last().first.isNull())
            reader.complain("allowed_addresses", "must be addresses or networks, such as \"192.0.2.0/24\"");
    }
}

QByteArray digestOf(const QString &text)
{
    return QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
}

} // namespace

bool isPlainInAddress(const QString &text)
{
    return !text.isEmpty() && std::ranges::all_of(text, [](QChar c) {
        const bool isWord = c.unicode() < 128 && c.isLetterOrNumber();
        return isWord || c == u'-' || c == u'_' || c == u'.' || c == u'~';
    });
}

bool isSameSecret(QByteArrayView one, QByteArrayView other)
{
    if (one.size() != other.size())
        return false;
    volatile unsigned char differs = 0;
    for (qsizetype i = 0; i < one.size(); ++i)
        differs = differs | static_cast<unsigned char>(one[i] ^ other[i]);
    return differs == 0;
}

bool HookSettings::knowsToken(const QString &shown) const
{
    const QByteArray digest = digestOf(shown);
    const bool isCurrent = isSameSecret(digest, digestOf(token));
    const bool isFormer = isSameSecret(digest, digestOf(formerToken));
    return !shown.isEmpty() && (isCurrent || isFormer);
}

bool HookSettings::takesFrom(const QString &address) const
{
    QHostAddress sender(address);
    bool isMapped = false;
    const quint32 four = sender.toIPv4Address(&isMapped);
    if (isMapped)
        sender = QHostAddress(four);
    return allowedAddresses.isEmpty() ||
           std::ranges::any_of(allowedAddresses, [&](const auto &net) { return sender.isInSubnet(net); });
}

bool HookSettings::isSigned() const
{
    return form == Form::Generic || form == Form::Placetel || form == Form::Twilio;
}

QString name(HookSettings::Form form)
{
    return model::nameAmong(forms, form);
}

HookSettings readHookSettings(SettingsReader &reader)
{
    HookSettings settings;
    const auto form = model::valueAmong<Form>(forms, reader.text("form"));
    if (!form)
        reader.complain("form", "must be generic, zammad, sipgate, placetel, 3cx or twilio");
    settings.form = form.value_or(Form::Generic);
    const QString source = reader.text("source");
    if (!isPlainInAddress(source) || source.size() > longestHookSource)
        reader.complain("source", "must be 1 to 40 letters, digits, - or _: it stands in the address");
    readTokens(reader, settings);
    readSecrets(reader, settings);
    readPublicUrl(reader, settings);
    readAllowed(reader, settings);
    return settings;
}

} // namespace ringbook::calls
