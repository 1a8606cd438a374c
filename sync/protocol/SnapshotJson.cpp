#include "sync/protocol/Codec.h"
#include "sync/protocol/MessageParts.h"

#include <QCryptographicHash>

namespace ringbook::sync {

namespace {

constexpr int digestLetters = 64;

QString readDigest(const JsonReader &reader)
{
    const QString digest = reader.text("digest", digestLetters);
    const QByteArray hex = digest.toLatin1();
    if (hex.size() != digestLetters || QByteArray::fromHex(hex).toHex() != hex)
        reader.refuse(QStringLiteral("has a digest that is none"));
    return digest;
}

SnapshotFrame readFrame(const JsonReader &reader)
{
    const SnapshotFrame frame{.digest = readDigest(reader), .bytes = reader.count("bytes")};
    if (frame.bytes < 1 || frame.bytes > maxPackedFrameBytes)
        reader.refuse(QStringLiteral("is of a size that no frame has"));
    return frame;
}

SnapshotFile readFile(const JsonReader &reader)
{
    SnapshotFile file{.bytes = reader.count("bytes")};
    reader.each("frames", maxSnapshotFrames,
                [&](const JsonReader &frame) { file.frames.append(readFrame(frame)); });
    const qint64 needed = file.bytes / snapshotFrameBytes + (file.bytes % snapshotFrameBytes ? 1 : 0);
    if (file.bytes < 1 || file.frames.size() != needed)
        reader.refuse(QStringLiteral("has frames that do not make up its bytes"));
    else if (readDigest(reader) != digestOf(file))
        reader.refuse(QStringLiteral("has a digest that is not that of its frames"));
    return file;
}

void writeFile(JsonWriter &writer, const SnapshotFile &file)
{
    writer.member("bytes", file.bytes).key("frames").beginArray();
    for (const SnapshotFrame &frame : file.frames)
        writer.beginObject().member("digest", frame.digest).member("bytes", frame.bytes).endObject();
    writer.endArray().member("digest", digestOf(file));
}

} // namespace

QString digestOf(const SnapshotFile &file)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    for (const SnapshotFrame &frame : file.frames)
        hash.addData(QByteArray::fromHex(frame.digest.toLatin1()));
    return QString::fromLatin1(hash.result().toHex());
}

QByteArray encode(const SnapshotManifest &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("epoch", message.at.epoch).member("seq", message.at.seq);
        writer.member("schema", message.schema).member("made_at", message.madeAt);
        writer.member("frame_bytes", snapshotFrameBytes);
        writeFile(writer, message.book);
        if (!message.hot)
            return;
        writer.key("hot").beginObject().member("seq", message.at.seq);
        writeFile(writer, *message.hot);
        writer.endObject();
    });
}

Result<SnapshotManifest> readSnapshotManifest(QByteArrayView json)
{
    return readJson(json, maxPageBytes, [](const JsonReader &reader) {
        SnapshotManifest message{
            .at = {.epoch = reader.text("epoch", maxNameBytes), .seq = reader.count("seq")},
            .schema = readSchema(reader),
            .madeAt = reader.number("made_at")};
        if (reader.count("frame_bytes") != snapshotFrameBytes)
            reader.refuse(QStringLiteral("has frames of another size"));
        message.book = readFile(reader);
        if (!reader.has("hot"))
            return message;
        reader.object("hot", [&](const JsonReader &hot) {
            if (hot.count("seq") != message.at.seq)
                hot.refuse(QStringLiteral("is of another moment"));
            message.hot = readFile(hot);
        });
        return message;
    });
}

} // namespace ringbook::sync
