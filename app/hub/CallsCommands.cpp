#include "app/hub/CallReport.h"
#include "app/hub/Commands.h"
#include "sync/calls/Replay.h"

namespace ringbook::app {

namespace {

ExitStatus replayCalls(const QCommandLineParser &parser, const Terminal &terminal)
{
    const QString pbx = parser.value(QStringLiteral("pbx"));
    if (pbx.isEmpty())
        return Terminal::wrongUsage(
            QStringLiteral("Say with --pbx which settings name its phones and lines."),
            QStringLiteral("calls replay "));
    const auto settings = calls::loadPbxSettings(pbx);
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

} // namespace

Command replayCallsCommand()
{
    return Command{
        .words = QStringLiteral("calls replay"),
        .purpose = QStringLiteral("Say what the hub makes of a recording of a telephone system."),
        .options = {{QStringLiteral("pbx"),
                     QStringLiteral("The settings of that telephone system, as “serve” takes them."),
                     QStringLiteral("FILE")}},
        .argument = QStringLiteral("FILE"),
        .needsPlace = false,
        .run = replayCalls,
    };
}

} // namespace ringbook::app
