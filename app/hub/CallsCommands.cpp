#include "app/hub/CallReport.h"
#include "app/hub/Commands.h"
#include "app/hub/StopSignal.h"
#include "model/core/OwnFiles.h"
#include "sync/calls/ami/AmiConnector.h"
#include "sync/calls/recording/CallRecorder.h"
#include "sync/calls/recording/Replay.h"

#include <QCoreApplication>
#include <QFile>
#include <QTimer>

namespace ringbook::app {

namespace {

constexpr int longestRecordingSeconds = 7 * 24 * 60 * 60;

ExitStatus replayCalls(const QCommandLineParser &parser, const Terminal &terminal)
{
    const QString pbx = parser.value(QStringLiteral("pbx"));
    if (pbx.isEmpty())
        return Terminal::wrongUsage(
            QStringLiteral("Say with --pbx which settings name its phones and lines."),
            QStringLiteral("calls replay "));
    const auto settings = calls::loadReplaySettings(pbx);
    const auto recording = calls::Recording::load(parser.positionalArguments().last());
    if (!settings || !recording)
        return terminal.fail(settings ? recording.error() : settings.error());
    const auto replayed = calls::replay(*recording, *settings);
    if (!replayed)
        return terminal.fail(replayed.error());

    sync::JsonWriter json;
    QStringList texts;
    json.beginObject().key("calls").beginArray();
    for (const model::Call &call : replayed->calls) {
        writeCall(json, call, settings->source);
        texts += callText(call);
    }
    json.endArray().member("unfinished", qint64(replayed->unfinished)).endObject();
    if (texts.isEmpty())
        texts += QStringLiteral("Nobody was called.");
    if (replayed->unfinished > 0)
        texts += QStringLiteral("Calls that still went on at the end: %1.").arg(replayed->unfinished);
    terminal.say(texts.join(u'\n'), json);
    return ExitStatus::Success;
}

/// As long as nobody ends it, and the connection is made again and again as a hub does.
class RecordingRun : public QObject
{
public:
    RecordingRun(QFile &file, const calls::PbxSettings &settings, bool masks)
        : m_recorder(file, m_clock, settings, masks),
          m_connector(m_clock, settings)
    {
        m_connector.setTap(&m_recorder);
        connect(&m_connector, &calls::CallSource::linkChanged, this, [](const calls::Link &link) {
            if (!link.problem.isEmpty())
                Terminal::warn(link.problem);
        });
        connect(&m_connector, &calls::CallSource::callEnded, this, [this] { ++m_calls; });
        connect(&m_look, &QTimer::timeout, this, [this] {
            m_recorder.writeOld();
            if (!m_recorder.problem().isEmpty())
                QCoreApplication::quit();
        });
        connect(&m_stop, &StopSignal::stopWanted, qApp, &QCoreApplication::quit);
    }

    Status run(std::optional<int> seconds)
    {
        if (const Status started = m_connector.start(); !started)
            return started;
        m_look.start(1000);
        if (seconds)
            QTimer::singleShot(std::chrono::seconds(*seconds), qApp, &QCoreApplication::quit);
        QCoreApplication::exec();
        m_connector.stop();
        m_recorder.finish();
        if (!m_recorder.problem().isEmpty())
            return Error{Fault::Failed, m_recorder.problem()};
        return Done{};
    }

    int connections() const { return m_recorder.connections(); }
    int calls() const { return m_calls; }

private:
    SystemClock m_clock;
    calls::CallRecorder m_recorder;
    calls::AmiConnector m_connector;
    QTimer m_look;
    StopSignal m_stop;
    int m_calls = 0;
};

ExitStatus recordCalls(const QCommandLineParser &parser, const Terminal &terminal)
{
    const QString words = QStringLiteral("calls record ");
    const QString pbx = parser.value(QStringLiteral("pbx"));
    if (pbx.isEmpty())
        return Terminal::wrongUsage(QStringLiteral("Say with --pbx how the telephone system is reached."),
                                    words);
    std::optional<int> seconds;
    if (parser.isSet(QStringLiteral("seconds"))) {
        bool isNumber = false;
        seconds = parser.value(QStringLiteral("seconds")).toInt(&isNumber);
        if (!isNumber || *seconds < 1 || *seconds > longestRecordingSeconds)
            return Terminal::wrongUsage(
                QStringLiteral("--seconds is between 1 and %1.").arg(longestRecordingSeconds), words);
    }
    const auto settings = calls::loadAsteriskSettings(pbx);
    if (!settings)
        return terminal.fail(settings.error());
    keepNewFilesToOurselves();
    QFile file(parser.positionalArguments().last());
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly))
        return terminal.fail(
            {Fault::Failed, QStringLiteral("“%1” cannot be begun: %2.")
                                .arg(file.fileName(), file.exists() ? QStringLiteral("it is there already")
                                                                    : file.errorString())});
    RecordingRun recording(file, *settings, parser.isSet(QStringLiteral("mask-numbers")));
    if (const Status done = recording.run(seconds); !done)
        return terminal.fail(done.error());
    sync::JsonWriter json;
    json.beginObject()
        .member("file", file.fileName())
        .member("bytes", file.size())
        .member("connections", qint64(recording.connections()))
        .member("calls", qint64(recording.calls()))
        .endObject();
    terminal.say(QStringLiteral("Recorded %1 finished calls over %2 connections in “%3”.")
                     .arg(recording.calls())
                     .arg(recording.connections())
                     .arg(file.fileName()),
                 json);
    return ExitStatus::Success;
}

} // namespace

Command recordCallsCommand()
{
    return Command{
        .words = QStringLiteral("calls record"),
        .purpose = QStringLiteral("Write what a telephone system says into FILE, until it is ended (Ctrl+C). "
                                  "Secrets, dialled digits and withheld numbers are never in it."),
        .options = {{QStringLiteral("pbx"),
                     QStringLiteral("Needed: the settings of that telephone system, as “serve” takes them."),
                     QStringLiteral("FILE")},
                    {QStringLiteral("mask-numbers"),
                     QStringLiteral("Put others in the place of all numbers and names from outside.")},
                    {QStringLiteral("seconds"), QStringLiteral("End after so long; without it at Ctrl+C."),
                     QStringLiteral("N")}},
        .argument = QStringLiteral("FILE"),
        .needsPlace = false,
        .run = recordCalls,
    };
}

Command replayCallsCommand()
{
    return Command{
        .words = QStringLiteral("calls replay"),
        .purpose = QStringLiteral("Say what the hub makes of a recording of a telephone system."),
        .options = {{QStringLiteral("pbx"),
                     QStringLiteral("Needed: the settings of that telephone system, as “serve” takes them."),
                     QStringLiteral("FILE")}},
        .argument = QStringLiteral("FILE"),
        .needsPlace = false,
        .run = replayCalls,
    };
}

} // namespace ringbook::app
