#include "app/agent/Run.h"

#include "app/agent/Agent.h"
#include "app/agent/HubCertificate.h"
#include "app/agent/LinkRegistration.h"
#include "app/agent/OpenedLinks.h"
#include "app/agent/SingleInstance.h"
#include "app/handover/HandOver.h"
#include "app/handover/Profiles.h"
#include "model/core/OwnFiles.h"
#include "ui/text/Wording.h"
#include "ui/widgets/StrayChords.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QMessageBox>

#include <cstdio>

namespace ringbook::app {

namespace {

int complain(const QString &sentence, int status)
{
    std::fprintf(stderr, "ringbook: %s\n", qPrintable(sentence));
    return status;
}

ui::ThemeChoice themeOf(const QString &name)
{
    if (name == "light")
        return ui::ThemeChoice::Light;
    if (name == "dark")
        return ui::ThemeChoice::Dark;
    return name == "contrast" ? ui::ThemeChoice::HighContrast : ui::ThemeChoice::System;
}

/// Qt would end the program with words of its own.
bool hasDisplay()
{
#ifdef Q_OS_LINUX
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        if (qEnvironmentVariableIsSet(name))
            return true;
    return false;
#else
    return true;
#endif
}

/// Where nobody named a profile, what is to be told or shown is meant for the desk that runs.
QString profileOf(const Options &options)
{
    if (!options.profile.isEmpty())
        return options.profile;
    if (options.request.kind == Request::Kind::Show)
        return usualProfile();
    const QStringList likely = likelyProfiles();
    for (const QString &profile : likely)
        if (isDeskListening(profile))
            return profile;
    return likely.first();
}

/// Which call it is about, or whose phone, a desk that starts does not know.
bool isForRunningDesk(Request::Kind kind)
{
    return kind == Request::Kind::Answered || kind == Request::Kind::Ended ||
           kind == Request::Kind::PracticeCall;
}

int noDeskRuns(const Request &request)
{
    return complain(request.kind == Request::Kind::PracticeCall
                        ? "no desk runs with this profile; start it first, then let its phone ring"
                        : "no desk runs with this profile; start it first",
                    1);
}

/// No window, no display: a later start is gone in milliseconds.
int handOverTo(const SingleInstance &instance, int argc, char **argv, const Request &request)
{
    const QCoreApplication application(argc, argv);
    if (const Status handed = instance.handOver(request); !handed)
        return complain(handed.error().detail, 1);
    if (request.kind == Request::Kind::Show)
        std::puts("Ringbook runs with this profile already; its window was brought to the front.");
    return 0;
}

int openLinksFromNowOn(int argc, char **argv, LinkKinds kinds)
{
    const QCoreApplication application(argc, argv); // which knows where the program is
    const Status done = registerLinks(kinds, QCoreApplication::applicationFilePath());
    return done ? 0 : complain(done.error().detail, 1);
}

/// The desk, once it is known that this profile is ours.
int runDesk(int argc, char **argv, const Options &options, SingleInstance &instance)
{
    QApplication application(argc, argv);
    QApplication::setApplicationDisplayName("Ringbook");
    ui::ThemeSwitch themes(application, themeOf(options.theme));
    ui::StrayChords strayChords;
    application.installEventFilter(&strayChords);
    Agent agent(options, themes);
    instance.listen([&agent](const Request &request) { return agent.obey(request); });
    OpenedLinks links([&agent](const Request &request) {
        if (const Status obeyed = agent.obey(request); !obeyed)
            qWarning("%s", qPrintable(obeyed.error().detail));
    });
    application.installEventFilter(&links);
    rememberProfile(options.profile);
    if (const auto started = agent.start(); !started) {
        complain(started.error().detail, 1);
        // The one dialog there is: without its files there is no desk, and no window to say so in.
        auto *box =
            new QMessageBox(QMessageBox::Critical, "Ringbook", started.error().detail, QMessageBox::Close);
        box->setTextFormat(Qt::PlainText);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->show();
        QApplication::exec();
        return 1;
    }
    return QApplication::exec();
}

/// On this profile, whose desk this is or which another one has.
int runOn(int argc, char **argv, const Options &options)
{
    if (isForRunningDesk(options.request.kind) && !QFileInfo::exists(options.profile))
        return noDeskRuns(options.request);
    if (!QDir().mkpath(options.profile))
        return complain("the folder " + options.profile + " cannot be made; choose another with --profile",
                        1);

    SingleInstance instance(options.profile);
    const auto isOurs = instance.claim();
    if (!isOurs && isOurs.error().fault == Fault::DiskFull)
        return complain(ui::sentence(ui::Doing::Starting, Fault::DiskFull), 1);
    if (!isOurs)
        return complain("the folder " + options.profile + " cannot be written; choose another with --profile",
                        1);
    if (*isOurs && isForRunningDesk(options.request.kind))
        return noDeskRuns(options.request);
    if (*isOurs && !hasDisplay())
        return complain("there is no display here; start it where windows can be shown", 1);
    if (*isOurs && !options.hubCertificate.isEmpty())
        if (const Status kept = keepHubCertificate(options.hubCertificate, options.profile); !kept)
            return complain(kept.error().detail, kept.error().fault == Fault::Invalid ? 2 : 1);
    if (*isOurs)
        return runDesk(argc, argv, options, instance);
    return handOverTo(instance, argc, argv, options.request);
}

} // namespace

int run(int argc, char **argv)
{
    keepNewFilesToOurselves();
    QCoreApplication::setApplicationName("ringbook");
    QCoreApplication::setApplicationVersion(RINGBOOK_VERSION);
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));

    auto options = readOptions(arguments);
    if (!options)
        return complain(options.error().detail, 2);
    if (options->version)
        return std::puts("ringbook " RINGBOOK_VERSION) < 0;
    if (options->help) {
        const QCoreApplication application(argc, argv); // the parser asks it for the program's name
        return std::puts(qPrintable(usage())) < 0;
    }
    if (options->registerLinks != LinkKinds::None)
        return openLinksFromNowOn(argc, argv, options->registerLinks);
    if (!options->passwordFile.isEmpty() && !QFileInfo(options->passwordFile).isReadable())
        return complain("the password file " + options->passwordFile + " cannot be read", 2);
    options->profile = profileOf(*options);
    return runOn(argc, argv, *options);
}

} // namespace ringbook::app
