#include "sync/protocol/Codec.h"
#include "sync/protocol/MessageParts.h"
#include "sync/protocol/RecordParts.h"

namespace ringbook::sync {

namespace {

constexpr int maxSumsBytes = 4096; ///< as base64

model::BucketSums readSums(const JsonReader &reader)
{
    const auto bytes = QByteArray::fromBase64Encoding(reader.text("sums", maxSumsBytes).toLatin1(),
                                                      QByteArray::AbortOnBase64DecodingErrors);
    const auto sums = model::BucketSums::fromBytes(bytes ? *bytes : QByteArray());
    if (!sums)
        reader.refuse(QStringLiteral("has sums that are not 256 numbers of 64 bits in base64"));
    return sums.value_or(model::BucketSums());
}

} // namespace

QByteArray encode(const SumsReply &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("epoch", message.epoch).member("seq", message.seq);
        writer.member("sums", QString::fromLatin1(message.sums.bytes().toBase64()));
    });
}

Result<SumsReply> readSumsReply(QByteArrayView json)
{
    return readJson(json, maxPageBytes, [](const JsonReader &reader) {
        return SumsReply{.epoch = reader.text("epoch", maxNameBytes),
                         .seq = reader.count("seq"),
                         .sums = readSums(reader)};
    });
}

QByteArray encode(const BucketReply &message)
{
    return jsonObject([&](JsonWriter &writer) {
        writer.member("epoch", message.epoch).member("seq", message.seq).member("bucket", message.bucket);
        writer.key("records").beginArray();
        for (const auto &[key, fields] : message.records) {
            writer.beginObject().member("kind", key.kind).id("id", key.id).key("fields");
            writeFields(writer, key.kind, fields);
            writer.endObject();
        }
        writer.endArray();
    });
}

Result<BucketReply> readBucketReply(QByteArrayView json)
{
    return readJson(json, maxPageBytes, [](const JsonReader &reader) {
        BucketReply message{.epoch = reader.text("epoch", maxNameBytes),
                            .seq = reader.count("seq"),
                            .bucket = int(reader.count("bucket") & (model::bucketCount - 1))};
        reader.each("records", maxRecordsPerBucket, [&](const JsonReader &entry) {
            const model::RecordKey key = readRecordKey(entry);
            if (model::bucketOf(key.id) != message.bucket)
                entry.refuse(QStringLiteral("belongs to another bucket"));
            entry.object("fields", [&](const JsonReader &fields) {
                message.records.append({key, readFields(fields, key.kind, maxChangeTextBytes)});
            });
        });
        return message;
    });
}

} // namespace ringbook::sync
