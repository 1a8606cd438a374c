#include "app/hub/Commands.h"
#include "app/hub/StopSignal.h"
#include "sync/calls/ami/PbxDoctor.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>

namespace ringbook::app {

namespace {

using calls::PbxFinding;

constexpr int usualSeconds = 15;
constexpr int longestSeconds = 24 * 60 * 60;

QString lineOf(const PbxFinding &finding)
{
    const QString mark = finding.grade == PbxFinding::Grade::Good   ? QStringLiteral("  ok ")
                         : finding.grade == PbxFinding::Grade::Note ? QStringLiteral("note ")
                                                                    : QStringLiteral(" BAD ");
    return finding.todo.isEmpty() ? mark + finding.what
                                  : mark + finding.what + QStringLiteral("\n     → ") + finding.todo;
}

/// Until the time is over, or somebody ends it.
void listen(calls::PbxDoctor &doctor, int seconds)
{
    StopSignal stop;
    QObject::connect(&stop, &StopSignal::stopWanted, qApp, &QCoreApplication::quit);
    if (!doctor.start())
        return;
    QTimer::singleShot(std::chrono::seconds(seconds), qApp, &QCoreApplication::quit);
    QCoreApplication::exec();
}

/// Of one that the hub calls.
Result<calls::PbxSettings> loadExaminable(const QString &path)
{
    const auto settings = calls::loadPbxSettings(path);
    if (settings && settings->kind == calls::PbxSettings::Kind::Webhook)
        return Error{Fault::Invalid,
                     QStringLiteral("This telephone system posts to the hub: what came, and what was refused "
                                    "and why, is on a desk's page “Lines”; “calls webhook --pbx %1” says "
                                    "where it has to post and tries it out.")
                         .arg(path)};
    return calls::loadAsteriskSettings(path);
}

ExitStatus examine(const QCommandLineParser &parser, const Terminal &terminal)
{
    const QString words = QStringLiteral("calls doctor ");
    const QString pbx = parser.value(QStringLiteral("pbx"));
    if (pbx.isEmpty())
        return Terminal::wrongUsage(QStringLiteral("Say with --pbx how the telephone system is reached."),
                                    words);
    bool isNumber = true;
    const int seconds = parser.isSet(QStringLiteral("seconds"))
                            ? parser.value(QStringLiteral("seconds")).toInt(&isNumber)
                            : usualSeconds;
    if (!isNumber || seconds < 1 || seconds > longestSeconds)
        return Terminal::wrongUsage(QStringLiteral("--seconds is between 1 and %1.").arg(longestSeconds),
                                    words);
    const auto settings = loadExaminable(pbx);
    if (!settings)
        return terminal.fail(settings.error());

    Terminal::warn(QStringLiteral("Listening for %1 seconds. Call one of the phones now.").arg(seconds));
    const SystemClock clock;
    calls::PbxDoctor doctor(clock, *settings);
    listen(doctor, seconds);
    const auto findings = doctor.findings();
    doctor.stop();

    sync::JsonWriter json;
    QStringList lines;
    json.beginObject().key("findings").beginArray();
    for (const PbxFinding &finding : findings) {
        json.beginObject()
            .member("grade", name(finding.grade))
            .member("what", finding.what)
            .member("do", finding.todo)
            .endObject();
        lines.append(lineOf(finding));
    }
    json.endArray().member("calls", qint64(doctor.calls())).endObject();
    terminal.say(lines.join(u'\n'), json);
    const bool isWell = std::ranges::none_of(
        findings, [](const PbxFinding &finding) { return finding.grade == PbxFinding::Grade::Bad; });
    return isWell ? ExitStatus::Success : ExitStatus::Failure;
}

} // namespace

Command examineCallsCommand()
{
    return Command{
        .words = QStringLiteral("calls doctor"),
        .purpose =
            QStringLiteral("Find out why nothing pops: reach the telephone system as the hub does, listen, "
                           "and say what is wrong and what to do. Fails if something is."),
        .options = {{QStringLiteral("pbx"),
                     QStringLiteral("Needed: the settings of that telephone system, as “serve” takes them."),
                     QStringLiteral("FILE")},
                    {QStringLiteral("seconds"),
                     QStringLiteral("How long to listen for a call; 15 unless said."), QStringLiteral("N")}},
        .needsPlace = false,
        .run = examine,
    };
}

} // namespace ringbook::app
