#include "app/agent/Options.h"

#include <QCommandLineParser>
#include <QDir>
#include <QStandardPaths>
#include <QUrl>

namespace ringbook::app {

namespace {

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription("Ringbook: the call-centre agent's desk.");
    parser.addOptions({
        {{"h", "help"}, "Shows this text."},
        {"version", "Shows the version."},
        {"hub", "The hub to sign in to, such as http://127.0.0.1:8750.", "URL"},
        {"hub-certificate",
         "Trusts the hub by this certificate alone, from now on: a PEM file, the company authority's or the "
         "hub's; \"system\" trusts what this machine trusts again.",
         "FILE"},
        {"profile", "The folder of this desk's files; one desk runs on it at a time.", "DIR"},
        {"ring", "Shows who is calling from NUMBER; handed to the desk that runs already.", "NUMBER"},
        {"practice-call", "Lets the hub's simulated phone ring here, as if NUMBER called.", "NUMBER"},
        {"login", "Signs in as this user at start.", "NAME"},
        {"password-file", "The password for --login: the first line of this file.", "FILE"},
        {"theme", "light, dark or contrast; otherwise as the platform says.", "NAME"},
        {"events", "Appends what happens (rings, saves, changes) to FILE, one JSON object a line.", "FILE"},
    });
}

} // namespace

Result<Options> readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    describe(parser);
    if (!parser.parse(arguments))
        return Error{Fault::Invalid, parser.errorText()};
    if (!parser.positionalArguments().isEmpty())
        return Error{Fault::Invalid,
                     "ringbook takes options only; '" + parser.positionalArguments().first() + "' is none"};

    Options options{.hub = parser.value("hub"),
                    .hubCertificate = parser.value("hub-certificate"),
                    .profile = parser.value("profile"),
                    .ring = parser.value("ring"),
                    .practiceCall = parser.value("practice-call"),
                    .login = parser.value("login"),
                    .passwordFile = parser.value("password-file"),
                    .theme = parser.value("theme"),
                    .events = parser.value("events"),
                    .help = parser.isSet("help"),
                    .version = parser.isSet("version")};
    const QUrl hub(options.hub, QUrl::StrictMode);
    if (!options.hub.isEmpty() &&
        (!hub.isValid() || hub.host().isEmpty() || !hub.scheme().startsWith("http")))
        return Error{Fault::Invalid, "--hub wants an address such as http://127.0.0.1:8750"};
    for (const auto &[option, number] :
         {std::pair("--ring", options.ring), std::pair("--practice-call", options.practiceCall)})
        if (number.size() > maxRingNumberLength || (number.isEmpty() && parser.isSet(QString(option).mid(2))))
            return Error{Fault::Invalid, QString("%1 wants a telephone number").arg(option)};
    if (!QStringList{"", "light", "dark", "contrast"}.contains(options.theme))
        return Error{Fault::Invalid, "--theme is light, dark or contrast"};
    if (options.profile.isEmpty())
        options.profile = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    options.profile = QDir(options.profile).absolutePath();
    return options;
}

QString usage()
{
    QCommandLineParser parser;
    describe(parser);
    return parser.helpText();
}

} // namespace ringbook::app
