#include "tests/fuzz/Targets.h"

#include "model/store/FieldsText.h"
#include "sync/hub/store/RecordText.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/EventStream.h"
#include "sync/protocol/RecordJson.h"
#include "sync/protocol/Routes.h"
#include "tests/fuzz/TelephoneSystem.h"

namespace ringbook::fuzz {

namespace {

using namespace ringbook::sync;

template <typename Read>
Target message(const char *name, Read read)
{
    return {name, [read](const QByteArray &input) {
                const auto message = read(QByteArrayView(input));
                if (!message)
                    return true;
                const QByteArray written = encode(*message);
                const auto again = read(QByteArrayView(written));
                return again.has_value() && encode(*again) == written;
            }};
}

/// However it is cut, a stream says the same.
bool stream(const QByteArray &input)
{
    EventStreamParser whole;
    EventStreamParser pieces;
    const auto events = whole.feed(input);
    QVector<StreamEvent> collected;
    for (qsizetype at = 0, size = 1; at < input.size(); at += size, size = size % 7 + 1) {
        const auto some = pieces.feed(QByteArrayView(input).sliced(at, qMin(size, input.size() - at)));
        if (!some)
            return !events;
        collected += *some;
    }
    return events && *events == collected;
}

bool fieldsInAFile(const QByteArray &input)
{
    const auto fields = model::fieldsFromText(QString::fromUtf8(input));
    const auto edits = model::editsFromText(QString::fromUtf8(input));
    return model::fieldsFromText(model::textOf(fields)) == fields &&
           model::editsFromText(model::textOf(edits)) == edits;
}

/// Its own writing, which a disk may have spoiled: taking it is all that is asked.
bool recordAtTheHub(const QByteArray &input)
{
    const QString text = QString::fromUtf8(input);
    (void)hub::readStamps(text);
    (void)hub::readBody("case", text);
    return true;
}

bool address(const QByteArray &input)
{
    (void)matchRoute("GET", input);
    (void)matchRoute("POST", input);
    const auto query = readChangesQuery(input);
    return !query || readChangesQuery(encode(*query)).has_value();
}

} // namespace

const std::vector<Target> &allTargets()
{
    static const std::vector<Target> targets{
        message("session-request", readSessionRequest),
        message("device-request", readDeviceRequest),
        message("session-reply", readSessionReply),
        message("push-request", readPushRequest),
        message("push-reply", readPushReply),
        message("changes-page", readChangesPage),
        message("hello", readHello),
        message("poke", readPoke),
        message("bye", readBye),
        message("presence-share", readPresenceShare),
        message("presence", readPresenceNews),
        message("erasure-ack", readErasureAck),
        message("snapshot", readSnapshotManifest),
        message("record", readRecordReply),
        message("problem", readProblem),
        message("call", readAgentCall),
        message("simulated-call", readSimulatedCall),
        message("op", readOp),
        message("change", readChange),
        {"stream", stream},
        {"fields-in-a-file", fieldsInAFile},
        {"record-at-the-hub", recordAtTheHub},
        {"address", address},
        {"ami-messages", amiMessages},
        {"ami-calls", amiCalls},
        {"esl-frames", eslFrames},
        {"esl-calls", eslCalls},
        {"hook-requests", hookRequests},
    };
    return targets;
}

} // namespace ringbook::fuzz
