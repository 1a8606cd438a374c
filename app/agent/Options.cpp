#include "app/agent/Options.h"

#include "app/handover/Links.h"
#include "app/handover/Profiles.h"

#include <QCommandLineParser>
#include <QDir>
#include <QUrl>

#include <array>

namespace ringbook::app {

namespace {

void describe(QCommandLineParser &parser)
{
    parser.setApplicationDescription("Ringbook: the call-centre agent's desk.");
    parser.addPositionalArgument(
        "link", "A link to open at the desk that runs already: ringbook:, tel:, callto: or sip:.", "[link]");
    parser.addOptions({
        {{"h", "help"}, "Shows this text."},
        {"version", "Shows the version."},
        {"hub",
         "The hub to sign in to, such as http://127.0.0.1:8750. Default: the one of the last sign-in with "
         "this "
         "profile; at the first start the sign-in page asks.",
         "URL"},
        {"hub-certificate",
         "Trusts the hub by this certificate alone, from now on: a PEM file, the company authority's or the "
         "hub's; \"system\" trusts what this machine trusts again, which is the default.",
         "FILE"},
        {"profile",
         "The folder of this desk's files; one desk runs on it at a time. Default: " +
             QDir::toNativeSeparators(usualProfile()) + '.',
         "DIR"},
        {"ring", "Shows who is calling from NUMBER; handed to the desk that runs already.", "NUMBER"},
        {"answered", "The call of --ring from NUMBER was answered.", "NUMBER"},
        {"ended", "The call of --ring from NUMBER is over; with an empty NUMBER the newest one.", "NUMBER"},
        {"practice-call",
         "Lets the hub's simulated phone ring at the desk that runs, as if NUMBER called. The hub needs "
         "--simulator.",
         "NUMBER"},
        {"login", "Signs in as this user at start; needs --password-file. Default: the sign-in page asks.",
         "NAME"},
        {"password-file", "The password for --login: the first line of this file.", "FILE"},
        {"phone",
         "The phone at this place: whoever signs in sits there. Default: where they sat before, or else "
         "their own.",
         "EXTENSION"},
        {"theme", "light, dark or contrast. Default: as the platform says.", "NAME"},
        {"register-links",
         "Lets links that begin with ringbook: open this program, for this user; with =tel also those that "
         "begin with tel: and callto:.",
         "KIND", "ringbook"},
        {"events",
         "Appends what happens (rings, saves, changes) to FILE, one JSON object a line. Default: nowhere.",
         "FILE"},
    });
}

struct RequestOption
{
    const char *name;
    Request::Kind kind;
    bool mayBeEmpty = false;
};

constexpr std::array requestOptions = {
    RequestOption{"ring", Request::Kind::Ring},
    RequestOption{"answered", Request::Kind::Answered},
    RequestOption{"ended", Request::Kind::Ended, true},
    RequestOption{"practice-call", Request::Kind::PracticeCall},
};

/// QCommandLineParser knows no option that may have a value and need not.
QStringList spelledOut(QStringList arguments)
{
    const qsizetype end = arguments.indexOf("--");
    for (qsizetype i = 1; i < (end < 0 ? arguments.size() : end); ++i)
        if (arguments[i] == "--register-links")
            arguments[i] += "=ringbook";
    return arguments;
}

Result<Request> requestOfOption(const RequestOption &option, const QString &number)
{
    if (number.size() > maxRingNumberLength || (number.isEmpty() && !option.mayBeEmpty))
        return Error{Fault::Invalid, QString("--%1 wants a telephone number").arg(option.name)};
    const bool isPractice = option.kind == Request::Kind::PracticeCall; // at the hub, which looks for itself
    if (isPractice && callerNumber(number).isEmpty())
        return Error{Fault::Invalid, "--practice-call wants a telephone number; '" + number + "' is none"};
    return Request{.kind = option.kind, .number = isPractice ? number : callerNumber(number)};
}

/// What is asked of a desk, which is one thing at a time.
Result<Request> requestOf(const QCommandLineParser &parser)
{
    Result<Request> request = Request{};
    int asked = 0;
    for (const RequestOption &option : requestOptions) {
        if (!parser.isSet(option.name))
            continue;
        request = requestOfOption(option, parser.value(option.name));
        ++asked;
    }
    const QStringList links = parser.positionalArguments();
    if (!links.isEmpty() && !isLink(links.first()))
        return Error{Fault::Invalid,
                     "ringbook takes options and one link; '" + links.first() + "' is neither"};
    if (!links.isEmpty())
        request = requestOfLink(links.first());
    if (asked + links.size() > 1)
        return Error{Fault::Invalid, "ringbook takes one call or one link at a time"};
    return request;
}

Result<LinkKinds> linkKindsOf(const QCommandLineParser &parser)
{
    if (!parser.isSet("register-links"))
        return LinkKinds::None;
    const QString kind = parser.value("register-links");
    if (kind == "ringbook")
        return LinkKinds::Own;
    if (kind == "tel")
        return LinkKinds::OwnAndPhone;
    return Error{Fault::Invalid, "--register-links is ringbook or tel"};
}

/// The first thing that is wrong with what is not a request.
Status check(const Options &options)
{
    const QUrl hub(options.hub, QUrl::StrictMode);
    if (!options.hub.isEmpty() &&
        (!hub.isValid() || hub.host().isEmpty() || !hub.scheme().startsWith("http")))
        return Error{Fault::Invalid, "--hub wants an address such as http://127.0.0.1:8750"};
    if (!QStringList{"", "light", "dark", "contrast"}.contains(options.theme))
        return Error{Fault::Invalid, "--theme is light, dark or contrast"};
    return Done{};
}

} // namespace

Result<Options> readOptions(const QStringList &arguments)
{
    QCommandLineParser parser;
    describe(parser);
    if (!parser.parse(spelledOut(arguments)))
        return Error{Fault::Invalid, parser.errorText()};
    const auto request = requestOf(parser);
    if (!request)
        return request.error();
    const auto links = linkKindsOf(parser);
    if (!links)
        return links.error();

    Options options{.hub = parser.value("hub"),
                    .hubCertificate = parser.value("hub-certificate"),
                    .profile = parser.value("profile"),
                    .request = *request,
                    .registerLinks = *links,
                    .login = parser.value("login"),
                    .passwordFile = parser.value("password-file"),
                    .phone = parser.value("phone"),
                    .theme = parser.value("theme"),
                    .events = parser.value("events"),
                    .help = parser.isSet("help"),
                    .version = parser.isSet("version")};
    if (const Status fine = check(options); !fine)
        return fine.error();
    if (!options.profile.isEmpty())
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
