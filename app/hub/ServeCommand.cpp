#include "app/hub/Commands.h"
#include "app/hub/Office.h"
#include "app/hub/StopSignal.h"
#include "sync/hub/Hub.h"

#include <QCoreApplication>

#include <algorithm>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

namespace ringbook::app {

namespace {

constexpr int mostFiles = 65'536;

QCommandLineOption snapshotsOption()
{
    return {QStringLiteral("snapshots"),
            QStringLiteral("Where to keep the files that new desks begin with, a folder of this hub's own. "
                           "Without it they are in the folder of --data; with --database there are none."),
            QStringLiteral("DIR")};
}

QCommandLineOption leaseDaysOption()
{
    return {QStringLiteral("lease-days"),
            QStringLiteral("How long a desk shows its book without reaching the hub, %1 to %2 days; then it "
                           "locks until it does. Nothing saved there is lost.")
                .arg(hub::leastLeaseDays)
                .arg(hub::mostLeaseDays),
            QStringLiteral("N"), QString::number(hub::defaultLeaseDays)};
}

std::optional<int> leaseDaysFrom(const QCommandLineParser &parser)
{
    bool isNumber = false;
    const int days = parser.value(leaseDaysOption().names().first()).toInt(&isNumber);
    const bool isAllowed = isNumber && days >= hub::leastLeaseDays && days <= hub::mostLeaseDays;
    return isAllowed ? std::optional(days) : std::nullopt;
}

/// Two may issue the same ids of calls; they are told apart by the source.
Result<QVector<calls::PbxSettings>> telephoneSystems(const QStringList &files)
{
    QVector<calls::PbxSettings> pbxs;
    for (const QString &file : files) {
        const auto pbx = calls::loadPbxSettings(file);
        if (!pbx)
            return pbx.error();
        const auto isSame = [&](const calls::PbxSettings &other) { return other.source == pbx->source; };
        if (std::ranges::any_of(pbxs, isSame))
            return Error{
                Fault::Invalid,
                QStringLiteral(
                    "“%1” has the \"source\" of another telephone system: “%2”. Give each a name of its own.")
                    .arg(file, pbx->source)};
        pbxs.append(*pbx);
    }
    return pbxs;
}

Result<hub::HubSettings> settingsFrom(const QCommandLineParser &parser, const Place &place,
                                      const hub::ListenAddress &listen)
{
    hub::HubSettings settings{.database = place.database, .listen = listen};
    settings.snapshots.folder = parser.value(snapshotsOption());
    if (settings.snapshots.folder.isEmpty() && place.folder)
        settings.snapshots.folder = place.folder->snapshots();
    if (parser.isSet(QStringLiteral("tls-certificate")))
        settings.tls = hub::TlsFiles{parser.value(QStringLiteral("tls-certificate")),
                                     parser.value(QStringLiteral("tls-key"))};
    settings.leaseDays = *leaseDaysFrom(parser);
    settings.simulator = parser.isSet(QStringLiteral("simulator"));
    const auto pbxs = telephoneSystems(parser.values(QStringLiteral("pbx")));
    if (!pbxs)
        return pbxs.error();
    settings.pbxs = *pbxs;
    return settings;
}

/// What is wrong with how it is said that bytes are kept from strangers; mostly empty.
QString privacyTrouble(const QCommandLineParser &parser, const hub::ListenAddress &listen)
{
    const bool hasTls = parser.isSet(QStringLiteral("tls-certificate"));
    if (hasTls != parser.isSet(QStringLiteral("tls-key")))
        return QStringLiteral("--tls-certificate and --tls-key go together.");
    if (hasTls && parser.isSet(QStringLiteral("plain")))
        return QStringLiteral("--plain and --tls-certificate exclude each other.");
    if (hasTls || parser.isSet(QStringLiteral("plain")) || hub::isLoopback(listen))
        return {};
    return QStringLiteral("Passwords and customers would cross the network for all to read on %1; give "
                          "--tls-certificate and --tls-key, or say --plain if a proxy in front speaks TLS.")
        .arg(listen.host);
}

/// Each desk takes two connections; what a shell hands on is often enough for 500 desks only.
void openAsManyFilesAsAllowed()
{
#ifdef Q_OS_UNIX
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0)
        return;
    files.rlim_cur = std::max(files.rlim_cur, std::min<rlim_t>(files.rlim_max, mostFiles));
    ::setrlimit(RLIMIT_NOFILE, &files);
#endif
}

ExitStatus serveUntilStopped(const hub::HubSettings &settings, const Terminal &terminal)
{
    const SystemClock clock;
    StopSignal stop;
    QObject::connect(&stop, &StopSignal::stopWanted, qApp, &QCoreApplication::quit);
    auto hub = hub::Hub::start(settings, clock);
    if (!hub)
        return terminal.fail(hub.error());
    sync::JsonWriter json;
    json.beginObject().member("listening", (*hub)->url()).endObject();
    terminal.say(QStringLiteral("listening on %1").arg((*hub)->url()), json);
    QCoreApplication::exec();
    hub->reset();
    const TimeMs now = clock.now();
    sync::JsonWriter end;
    end.beginObject().member("stopped_at", now).endObject();
    terminal.say(QStringLiteral("stopped at %1").arg(momentText(now)), end);
    return ExitStatus::Success;
}

ExitStatus serve(const QCommandLineParser &parser, const Terminal &terminal)
{
    const auto listen = hub::readListenAddress(parser.value(QStringLiteral("listen")));
    if (!listen)
        return Terminal::wrongUsage(listen.error().detail, QStringLiteral("serve "));
    if (const QString trouble = privacyTrouble(parser, *listen); !trouble.isEmpty())
        return Terminal::wrongUsage(trouble, QStringLiteral("serve "));
    const auto leaseDays = leaseDaysFrom(parser);
    if (!leaseDays)
        return Terminal::wrongUsage(QStringLiteral("--lease-days is a whole number from %1 to %2.")
                                        .arg(hub::leastLeaseDays)
                                        .arg(hub::mostLeaseDays),
                                    QStringLiteral("serve "));
    if (*leaseDays < hub::defaultLeaseDays)
        terminal.warn(QStringLiteral("Desks that do not reach this hub for %1 days lock their book; with "
                                     "less than %2 days some may be on holiday.")
                          .arg(*leaseDays)
                          .arg(hub::defaultLeaseDays));
    const auto place = madePlaceFrom(parser);
    if (!place)
        return terminal.fail(place.error());
    const auto settings = settingsFrom(parser, *place, *listen);
    if (!settings)
        return terminal.fail(settings.error());
    const auto lock = place->folder ? place->folder->lock() : std::shared_ptr<QLockFile>();
    if (!lock)
        return terminal.fail(lock.error());

    openAsManyFilesAsAllowed();
    return serveUntilStopped(*settings, terminal);
}

} // namespace

Command serveCommand()
{
    return Command{
        .words = QStringLiteral("serve"),
        .purpose = QStringLiteral("Serve desks until told to stop."),
        .options =
            {
                dataOption(),
                databaseOption(),
                snapshotsOption(),
                leaseDaysOption(),
                {QStringLiteral("listen"), QStringLiteral("Where to listen; port 0 is any free one."),
                 QStringLiteral("ADDRESS"), QStringLiteral("127.0.0.1:8750")},
                {QStringLiteral("tls-certificate"),
                 QStringLiteral(
                     "Speak TLS with this certificate, a PEM file: the hub's own first, then those "
                     "that vouch for it. Renewed files are taken within two minutes."),
                 QStringLiteral("FILE")},
                {QStringLiteral("tls-key"), QStringLiteral("The certificate's key, a PEM file."),
                 QStringLiteral("FILE")},
                {QStringLiteral("plain"),
                 QStringLiteral(
                     "Speak plain HTTP although others can connect: a proxy in front speaks TLS, or "
                     "the network is trusted.")},
                {QStringLiteral("simulator"), QStringLiteral("Let phones ring by /v1/simulator/calls.")},
                {QStringLiteral("pbx"),
                 QStringLiteral(
                     "Settings of a telephone system, a JSON file; can be said again. Without it none "
                     "rings."),
                 QStringLiteral("FILE")},
            },
        .run = serve,
    };
}

} // namespace ringbook::app
