#include "app/agent/LinkRegistration.h"

#include "app/handover/Links.h"

#include <QDir>
#include <QProcess>
#include <QSaveFile>
#include <QSettings>
#include <QStandardPaths>

#include <algorithm>

namespace ringbook::app {

namespace {

/// As the specification wants an argument that holds anything but letters.
QString quotedForExec(const QString &argument)
{
    const auto isPlain = [](QChar c) { return c.isLetterOrNumber() || QStringView(u"/-_.").contains(c); };
    if (std::ranges::all_of(argument, isPlain))
        return argument;
    QString quoted;
    for (const QChar c : argument) {
        if (c == u'"' || c == u'`' || c == u'$' || c == u'\\')
            quoted += u'\\';
        quoted += c;
    }
    quoted.replace(u'\\', QStringLiteral("\\\\")).replace(u'%', QStringLiteral("%%"));
    return u'"' + quoted + u'"';
}

QString mimeType(const QString &scheme)
{
    return "x-scheme-handler/" + scheme;
}

#if defined(Q_OS_WIN)

Status writeRegistry(const QString &program, const QStringList &schemes)
{
    QSettings user("HKEY_CURRENT_USER", QSettings::NativeFormat);
    for (const auto &[name, value] : registryValues(program, schemes))
        user.setValue(name, value);
    user.sync();
    if (user.status() != QSettings::NoError)
        return Error{Fault::Failed, "the registry of this user cannot be written"};
    return Done{};
}

#elif !defined(Q_OS_MACOS)

const QString entryName = QStringLiteral("ringbook.desktop");
constexpr int toolTimeoutMs = 5'000;

/// One of the system's own tools, where there is one; it knows what it is told only by its arguments.
void runTool(const QString &name, const QStringList &arguments)
{
    const QString path = QStandardPaths::findExecutable(name);
    if (path.isEmpty())
        return;
    QProcess tool;
    tool.setStandardOutputFile(QProcess::nullDevice());
    tool.setStandardErrorFile(QProcess::nullDevice());
    tool.start(path, arguments);
    if (!tool.waitForFinished(toolTimeoutMs) || tool.exitCode() != 0)
        qWarning("%s did not do its part; choose Ringbook for these links in the system's settings",
                 qPrintable(name));
}

Status writeDesktopEntry(const QString &program, const QStringList &schemes)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::ApplicationsLocation);
    QDir().mkpath(folder);
    QSaveFile file(folder + '/' + entryName);
    const QByteArray entry = desktopEntry(program, schemes).toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(entry) != entry.size() || !file.commit())
        return Error{Fault::Failed, "the file " + file.fileName() + " cannot be written"};
    runTool("update-desktop-database", {folder});
    for (const QString &scheme : schemes)
        runTool("xdg-mime", {"default", entryName, mimeType(scheme)});
    return Done{};
}

#endif

} // namespace

QStringList schemesOf(LinkKinds kinds)
{
    switch (kinds) {
    case LinkKinds::None: return {};
    case LinkKinds::Own: return linkSchemes().mid(0, 1);
    case LinkKinds::OwnAndPhone: return linkSchemes().mid(0, 1) + QStringList{"tel", "callto"};
    }
    return {};
}

/// The link comes behind "--": whatever is in it, it is no option.
QString desktopEntry(const QString &program, const QStringList &schemes)
{
    QString types;
    for (const QString &scheme : schemes)
        types += mimeType(scheme) + u';';
    return "[Desktop Entry]\n"
           "Type=Application\n"
           "Version=1.5\n"
           "Name=Ringbook\n"
           "Comment=Shows who is calling, and what was said before\n"
           "Categories=Office;ContactManagement;\n"
           "Exec=" +
           quotedForExec(program) + " -- %u\nMimeType=" + types + "\nTerminal=false\n";
}

QVector<QPair<QString, QString>> registryValues(const QString &program, const QStringList &schemes)
{
    const QString path = QDir::toNativeSeparators(program);
    const QString capabilities = "Software/Ringbook/Capabilities";
    QVector<QPair<QString, QString>> values{
        {"Software/Classes/Ringbook.Link/Default", "Ringbook link"},
        {"Software/Classes/Ringbook.Link/URL Protocol", ""},
        {"Software/Classes/Ringbook.Link/shell/open/command/Default", u'"' + path + "\" -- \"%1\""},
        {capabilities + "/ApplicationName", "Ringbook"},
        {capabilities + "/ApplicationDescription", "Shows who is calling, and what was said before"},
        {"Software/RegisteredApplications/Ringbook", "Software\\Ringbook\\Capabilities"},
    };
    for (const QString &scheme : schemes)
        values.append({capabilities + "/URLAssociations/" + scheme, "Ringbook.Link"});
    // Its own scheme is nobody else's: it needs no choice of the user's.
    const QString own = "Software/Classes/" + schemes.value(0);
    values.append({own + "/Default", "URL:Ringbook"});
    values.append({own + "/URL Protocol", ""});
    values.append({own + "/shell/open/command/Default", u'"' + path + "\" -- \"%1\""});
    return values;
}

Status registerLinks(LinkKinds kinds, const QString &program)
{
#if defined(Q_OS_WIN)
    return writeRegistry(program, schemesOf(kinds));
#elif defined(Q_OS_MACOS)
    Q_UNUSED(kinds);
    Q_UNUSED(program);
    return Error{Fault::Failed, "on macOS links are registered by the application's bundle; see README.md"};
#else
    return writeDesktopEntry(program, schemesOf(kinds));
#endif
}

} // namespace ringbook::app
