#include "model/core/Id.h"
#include "model/domain/Kinds.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/RecordJson.h"

#include <QFile>
#include <QTest>

using namespace ringbook;
using namespace ringbook::sync;

namespace {

constexpr qint64 someId = (qint64(7) << counterBits) + 1;

QByteArray golden(const char *name)
{
    QFile file(QStringLiteral(TEST_DATA "/json/%1.json").arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

model::Op setSubject()
{
    return {
        .counter = 12,
        .record = {QStringLiteral("case"), someId},
        .action = model::Action::Set,
        .edits = {{QStringLiteral("assignee"), {.value = {}, .base = 41}},
                  {QStringLiteral("customer"), {.value = qlonglong(someId + 1), .base = 41}},
                  {QStringLiteral("severity"), {.value = qlonglong(2), .base = 40}},
                  {QStringLiteral("subject"), {.value = QStringLiteral("Kühlung \"aus\"\n☎"), .base = 41}}},
        .madeAt = 1795000000000};
}

model::Change createdCustomer()
{
    return {.seq = 123,
            .record = {QStringLiteral("customer"), someId},
            .action = model::Action::Create,
            .fields = {{QStringLiteral("is_organisation"), true},
                       {QStringLiteral("name"), QStringLiteral("Anna")}},
            .device = 5,
            .counter = 12,
            .author = someId + 9,
            .madeAt = 1795000000000};
}

model::AgentCall ringing()
{
    return {.callId = QStringLiteral("c-1"),
            .revision = 3,
            .state = model::AgentCall::State::Ringing,
            .party = {QStringLiteral("030 23125001"), QStringLiteral("+493023125001"), QStringLiteral("Anna"),
                      false},
            .ownLine = QStringLiteral("Service"),
            .queue = QStringLiteral("Repairs"),
            .desksRinging = 2,
            .startedAt = 1795000000000,
            .ringingSince = 1795000000500,
            .can = {.answer = true, .hangUp = true}};
}

const QVector<BookGrant> mainBook{{QStringLiteral("main"), QStringLiteral("DE"), QStringLiteral("e1"), 41}};

/// The message gives the golden text, and the golden text the message.
template <typename Message, typename Read>
void holds(const char *name, const Message &message, Read read)
{
    const QByteArray text = golden(name);
    QVERIFY2(!text.isEmpty(), name);
    QCOMPARE(encode(message), text);

    const auto back = read(text);
    QVERIFY2(back, qPrintable(back ? QString() : back.error().detail));
    QVERIFY2(*back == message, name);
}

/// SHA-256 of "a", "b" and "c".
const QString digestA = QStringLiteral("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
const QString digestB = QStringLiteral("3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d");
const QString digestC = QStringLiteral("2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6");

} // namespace

class tst_Messages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sessionsAreWrittenAndRead()
    {
        holds("session-request",
              SessionRequest{.schema = 1,
                             .login = QStringLiteral("anna"),
                             .password = QStringLiteral("demo"),
                             .device = 5,
                             .deviceSecret = QStringLiteral("s3"),
                             .deviceName = QStringLiteral("front desk"),
                             .extension = QStringLiteral("105")},
              readSessionRequest);
        holds("device-request",
              DeviceRequest{.schema = 1,
                            .book = QStringLiteral("main"),
                            .last = 41,
                            .deviceName = QStringLiteral("desk 7")},
              readDeviceRequest);
        holds("session-reply",
              SessionReply{.token = QStringLiteral("t"),
                           .device = 5,
                           .deviceSecret = QStringLiteral("s3"),
                           .user = someId,
                           .userName = QStringLiteral("Anna Albers"),
                           .books = mainBook,
                           .hubTime = 1795000000000,
                           .simulator = true,
                           .leaseMs = 2592000000},
              readSessionReply);
    }

    void pushesAreWrittenAndRead()
    {
        holds("push-request",
              PushRequest{
                  .schema = 1, .epoch = QStringLiteral("e1"), .sentAt = 1795000000900, .ops = {setSubject()}},
              readPushRequest);
        holds("push-reply",
              PushReply{.epoch = QStringLiteral("e1"),
                        .head = 44,
                        .answers = {{.counter = 11, .verdict = Verdict::Conflict, .seq = 42},
                                    {.counter = 12,
                                     .verdict = Verdict::Refused,
                                     .reason = QStringLiteral("a closed case cannot wait")}}},
              readPushReply);
    }

    void pagesAreWrittenAndRead()
    {
        const ChangesPage page{.book = QStringLiteral("main"),
                               .epoch = QStringLiteral("e1"),
                               .from = 122,
                               .to = 123,
                               .head = 150,
                               .changes = {createdCustomer()}};
        holds("changes-page", page, readChangesPage);
        QCOMPARE(encodePage(page, {encode(createdCustomer())}), golden("changes-page"));
    }

    void acknowledgementsOfErasuresAreWrittenAndRead()
    {
        holds("erasure-ack", ErasureAck{.schema = 1, .epoch = QStringLiteral("e1"), .seq = 44},
              readErasureAck);
    }

    void aLeaseThatMakesNoSenseIsCut()
    {
        const auto page = [](const QByteArray &lease) {
            return readChangesPage(R"({"book":"main","epoch":"e1","from":0,"to":0,"head":0,"changes":[],)"
                                   R"("lease_ms":)" +
                                   lease + "}");
        };
        QCOMPARE(page("9223372036854775807")->leaseMs, maxLeaseMs);
        QCOMPARE(page("-1")->leaseMs, 0);
        QCOMPARE(page("1000")->leaseMs, 1000);
        QVERIFY(!page("true"));
    }

    void streamEventsAreWrittenAndRead()
    {
        holds("hello",
              Hello{.hubTime = 1795000000000,
                    .books = mainBook,
                    .calls = {ringing()},
                    .leaseMs = 2592000000,
                    .phone = {.extension = QStringLiteral("101"), .can = {.dial = true, .transfer = true}}},
              readHello);
        holds("poke", Poke{.book = QStringLiteral("main"), .epoch = QStringLiteral("e1"), .head = 44},
              readPoke);
        holds("bye", Bye{2500}, readBye);
        holds("call", ringing(), readAgentCall);
        holds("phone",
              model::AgentPhone{.extension = QStringLiteral("101"),
                                .can = {.hangUp = true,
                                        .whyNot = QStringLiteral("Dialling from desks is not set up here.")}},
              readPhone);
        holds("presence",
              PresenceNews{.book = QStringLiteral("main"),
                           .customer = {someId},
                           .people = {{.user = {someId},
                                       .name = QStringLiteral("Ben"),
                                       .doing = model::Presence::Doing::Phone}}},
              readPresenceNews);
        holds("presence-share", PresenceShare{.customer = {someId}, .doing = model::Presence::Doing::Editing},
              readPresenceShare);
    }

    void whatAPhoneShallDoIsWrittenAndRead()
    {
        holds("phone-order",
              model::CallCommand{.what = model::CallCommand::What::Transfer,
                                 .callId = QStringLiteral("c-1"),
                                 .number = QStringLiteral("+493023125001")},
              readPhoneOrder);
        QVERIFY(!readPhoneOrder(R"({"command":"explode"})"));
        QVERIFY(!readPhoneOrder(R"({"call":"c-1"})"));
    }

    void anOlderHubSaysOfNoPhoneWhatItDoes()
    {
        const auto hello = readHello(R"({"hub_time":1,"books":[],"calls":[]})");
        const auto call = readAgentCall(golden("call").replace(R"(,"can":["answer","hang_up"])", ""));

        QVERIFY(hello);
        QCOMPARE(hello->phone, model::AgentPhone());
        QVERIFY(call);
        QCOMPARE(call->can, model::CallAbilities());
    }

    void snapshotsAreWrittenAndRead()
    {
        holds("snapshot",
              SnapshotManifest{
                  .at = {QStringLiteral("e1"), 44},
                  .schema = 1,
                  .madeAt = 1795000000000,
                  .book = {.bytes = snapshotFrameBytes + 1, .frames = {{digestA, 70000}, {digestB, 14}}},
                  .hot = SnapshotFile{.bytes = 8192, .frames = {{digestC, 900}}}},
              readSnapshotManifest);
    }

    void aSnapshotThatDoesNotFitTogetherIsRefused_data()
    {
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<QByteArray>("otherwise");
        const auto row = [](const char *name, const QByteArray &part, const QByteArray &otherwise) {
            QTest::newRow(name) << part << otherwise;
        };
        row("another frame", digestA.toLatin1(), digestC.toLatin1());
        row("no digest", digestB.toLatin1(), QByteArray(64, 'g'));
        row("a path", digestB.toLatin1(), "../../hub.db");
        row("too few frames", "4194305", "8388609");
        row("too many frames", "4194305", "4194304");
        row("nothing", R"("bytes":8192)", R"("bytes":0)");
        row("a huge frame", "70000", "4259841");
        row("an empty frame", "70000", "0");
        row("other frames", R"("frame_bytes":4194304)", R"("frame_bytes":4096)");
        row("two moments", R"("hot":{"seq":44)", R"("hot":{"seq":45)");
    }

    void aSnapshotThatDoesNotFitTogetherIsRefused()
    {
        QFETCH(QByteArray, part);
        QFETCH(QByteArray, otherwise);
        QByteArray manifest = golden("snapshot");
        QVERIFY(manifest.contains(part));

        const auto read = readSnapshotManifest(manifest.replace(part, otherwise));

        QVERIFY(!read);
        QCOMPARE(read.error().fault, Fault::Protocol);
    }

    void sumsAndBucketsAreWrittenAndRead()
    {
        SumsReply sums{.epoch = QStringLiteral("e1"), .seq = 7};
        sums.sums.replace({QStringLiteral("team"), 5}, std::nullopt, model::Fields{});
        const BucketReply bucket{
            .epoch = QStringLiteral("e1"),
            .seq = 7,
            .bucket = 5,
            .records = {{{QStringLiteral("team"), 5}, {{QStringLiteral("name"), QStringLiteral("A")}}}}};

        QCOMPARE(*readSumsReply(encode(sums)), sums);
        QVERIFY(*readBucketReply(encode(bucket)) == bucket);
    }

    void aRecordOfAnotherBucketIsRefused()
    {
        const BucketReply bucket{
            .epoch = QStringLiteral("e1"), .bucket = 6, .records = {{{QStringLiteral("team"), 5}, {}}}};

        QVERIFY(!readBucketReply(encode(bucket)));
        QVERIFY(!readSumsReply(R"({"epoch":"e1","seq":7,"sums":"AAAA"})"));
        QVERIFY(!readSumsReply(R"({"epoch":"e1","seq":7,"sums":"?"})"));
    }

    void recordsAndSimulatedCallsAreWrittenAndRead()
    {
        holds("record",
              RecordReply{.record = {QStringLiteral("customer"), someId},
                          .seq = 41,
                          .fields = {{QStringLiteral("name"), QStringLiteral("Anna")}}},
              readRecordReply);
        holds("simulated-call",
              SimulatedCall{.number = QStringLiteral("+493023125001"), .to = {QStringLiteral("101")}},
              readSimulatedCall);
    }

    void problemsAreWrittenAndRead()
    {
        holds("problem-reset",
              Problem{.status = 409,
                      .type = QStringLiteral("reset"),
                      .title = QStringLiteral("Start again"),
                      .reset = Reset{.reason = QStringLiteral("epoch"),
                                     .epoch = QStringLiteral("e2"),
                                     .head = 7,
                                     .done = 12,
                                     .sameUpTo = 5}},
              readProblem);
        holds("problem-cloned",
              Problem{.status = 409,
                      .type = QStringLiteral("cloned-profile"),
                      .title = QStringLiteral("Another desk has this number"),
                      .differs = 3},
              readProblem);
        holds("problem-gap",
              Problem{.status = 409,
                      .type = QStringLiteral("gap"),
                      .title = QStringLiteral("An op is missing"),
                      .detail = QStringLiteral("op 4 came, 3 should have"),
                      .expected = 3},
              readProblem);
    }

    void everyFieldOfEveryKindSurvives()
    {
        for (const auto &spec : model::allKinds()) {
            model::Change change{.seq = 1, .record = {QLatin1String(spec.kind), someId}};
            for (const auto &field : spec.fields) {
                using enum model::FieldType;
                const QVariant value = field.type == Text      ? QVariant(QStringLiteral("text"))
                                       : field.type == Boolean ? QVariant(true)
                                                               : QVariant(qlonglong(someId));
                change.fields.insert(QLatin1String(field.name), value);
            }
            const auto back = readChange(encode(change));
            QVERIFY2(back, spec.kind);
            QVERIFY2(*back == change, spec.kind);
        }
    }

    void whatANewerProgramWroteIsKept()
    {
        const QByteArray text =
            R"({"seq":9,"kind":"drone","id":"77","do":"set","fields":{"flies":true,"name":"x",)"
            R"("owner":"88","rotors":4,"since":null},"device":5,"n":1,"at":3})";

        const auto change = readChange(text);

        QVERIFY(change);
        QCOMPARE(change->fields.value(QStringLiteral("rotors")), QVariant(qlonglong(4)));
        QCOMPARE(encode(*change), text);
    }

    void unknownMembersAreSkipped()
    {
        const auto poke = readPoke(R"({"book":"main","epoch":"e1","head":4,"mood":{"deep":[1,2.5,{}]}})");

        QVERIFY(poke);
        QCOMPARE(poke->head, 4);
    }

    void wrongPushesAreRefusedByName_data()
    {
        QTest::addColumn<QByteArray>("op");
        QTest::addColumn<QString>("sentence");
        const auto row = [](const char *name, const char *op, const char *sentence) {
            QTest::newRow(name) << QByteArray(op) << QString::fromLatin1(sentence);
        };
        row("no counter", R"({"kind":"case","id":"1","do":"set","at":1,"fields":{}})", "ops[0].n is missing");
        row("counter beyond", R"({"n":549755813888,"kind":"case","id":"1","do":"set","at":1,"fields":{}})",
            "ops[0] has a counter beyond 549755813887");
        row("counter 0", R"({"n":0,"kind":"case","id":"1","do":"set","at":1,"fields":{}})",
            "ops[0] has the counter 0; counters begin with 1");
        row("kind", R"({"n":1,"kind":"CASE; --","id":"1","do":"set","at":1,"fields":{}})",
            "ops[0] has a kind that is no name of small letters, digits and _");
        row("id is a number", R"({"n":1,"kind":"case","id":1,"do":"set","at":1,"fields":{}})",
            "ops[0].id is not text");
        row("id is negative", R"({"n":1,"kind":"case","id":"-1","do":"set","at":1,"fields":{}})",
            "ops[0].id is not the decimal text of an id");
        row("action", R"({"n":1,"kind":"case","id":"1","do":"drop","at":1,"fields":{}})",
            R"(ops[0] has a "do" that is none of create, set, delete, erase)");
        row("fields", R"({"n":1,"kind":"case","id":"1","do":"set","at":1,"fields":[]})",
            "ops[0].fields is not an object");
        row("text", R"({"n":1,"kind":"case","id":"1","do":"create","at":1,"fields":{"subject":5}})",
            "ops[0].fields has a subject that is not text");
        row("integer", R"({"n":1,"kind":"case","id":"1","do":"create","at":1,"fields":{"severity":1.5}})",
            "ops[0].fields has a severity that is not a whole number");
        row("boolean",
            R"({"n":1,"kind":"customer","id":"1","do":"create","at":1,"fields":{"is_organisation":1}})",
            "ops[0].fields has a is_organisation that is neither true nor false");
        row("reference", R"({"n":1,"kind":"case","id":"1","do":"create","at":1,"fields":{"customer":"0x1"}})",
            "ops[0].fields has a customer that is not the decimal text of an id");
        row("nested", R"({"n":1,"kind":"case","id":"1","do":"create","at":1,"fields":{"new":{"a":1}}})",
            "ops[0].fields has a new that is neither text, a whole number, true, false nor null");
        row("twice",
            R"({"n":1,"kind":"case","id":"1","do":"create","at":1,"fields":{"code":"a","code":"b"}})",
            "ops[0].fields names code twice");
        row("nul", R"({"n":1,"kind":"case","id":"1","do":"create","at":1,"fields":{"code":"a\u0000"}})",
            "ops[0].fields has a code that contains the character NUL");
        row("no base", R"({"n":1,"kind":"case","id":"1","do":"set","at":1,"fields":{"code":"a"}})",
            "ops[0].base is missing");
        row("half a base",
            R"({"n":1,"kind":"case","id":"1","do":"set","at":1,"fields":{"code":"a"},"base":{}})",
            "ops[0].base.code is missing");
        row("negative base",
            R"({"n":1,"kind":"case","id":"1","do":"set","at":1,"fields":{"code":"a"},"base":{"code":-1}})",
            "ops[0].base.code is negative");
    }

    void wrongPushesAreRefusedByName()
    {
        QFETCH(QByteArray, op);
        QFETCH(QString, sentence);

        const auto push = readPushRequest(R"({"schema":1,"epoch":"e","sent_at":1,"ops":[)" + op + "]}");

        QVERIFY(!push);
        QCOMPARE(push.error().fault, Fault::Protocol);
        QCOMPARE(push.error().detail, sentence);
    }

    void nonsenseIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("captive portal")
            << QByteArray("<!DOCTYPE html><html><body>Log in to the Wi-Fi</body></html>");
        QTest::newRow("number") << QByteArray("5");
        QTest::newRow("list") << QByteArray("[]");
        QTest::newRow("cut") << golden("changes-page").chopped(7);
        QTest::newRow("bad UTF-8") << QByteArray(
            "{\"book\":\"\xff\xfe\",\"epoch\":\"e\",\"from\":0,\"to\":0,\"head\":0}");
        QTest::newRow("lone surrogate")
            << QByteArray(R"({"book":"\ud800","epoch":"e","from":0,"to":0,"head":0,"changes":[]})");
        QTest::newRow("deep") << "{\"book\":" + QByteArray(5000, '[') + QByteArray(5000, ']') + '}';
        QTest::newRow("backwards") << QByteArray(
            R"({"book":"m","epoch":"e","from":5,"to":4,"head":9,"changes":[]})");
        QTest::newRow("head behind") << QByteArray(
            R"({"book":"m","epoch":"e","from":4,"to":5,"head":4,"changes":[]})");
        QTest::newRow("huge number") << QByteArray(
            R"({"book":"m","epoch":"e","from":0,"to":99999999999999999999,"head":1,"changes":[]})");
        QTest::newRow("out of order") << QByteArray(
            R"({"book":"m","epoch":"e","from":0,"to":2,"head":2,"changes":[)"
            R"({"seq":2,"kind":"team","id":"1","do":"set","fields":{}},{"seq":1,"kind":"team","id":"1","do":"set","fields":{}}]})");
    }

    void nonsenseIsRefused()
    {
        QFETCH(QByteArray, bytes);

        const auto page = readChangesPage(bytes);

        QVERIFY(!page);
        QCOMPARE(page.error().fault, Fault::Protocol);
        QVERIFY(!page.error().detail.isEmpty());
    }

    void everyCutOfEveryMessageIsRefusedWithoutACrash()
    {
        const QByteArray text = golden("push-request");
        for (qsizetype size = 0; size < text.size(); ++size)
            QVERIFY2(!readPushRequest(text.first(size)), qPrintable(QString::number(size)));
    }

    void everyFlippedBitIsReadOrRefusedWithoutACrash()
    {
        const QByteArray text = golden("hello");
        for (qsizetype bit = 0; bit < text.size() * 8; ++bit) {
            QByteArray flipped = text;
            flipped[bit / 8] = char(flipped[bit / 8] ^ (1 << (bit % 8)));
            const auto hello = readHello(flipped);
            QVERIFY(hello || !hello.error().detail.isEmpty());
        }
    }

    void textMayBeAsLongAsTheLimitAndNoLonger()
    {
        const auto push = [](int length) {
            model::Op op = setSubject();
            op.edits[QStringLiteral("subject")].value = QString(length, u'x');
            return bool(readPushRequest(encode(PushRequest{.schema = 1, .ops = {op}})));
        };

        QVERIFY(push(maxFieldTextBytes));
        QVERIFY(!push(maxFieldTextBytes + 1));
    }

    void aPushMayHaveAsManyOpsAsTheLimitAndNoMore()
    {
        const auto push = [](int count) {
            PushRequest request{.schema = 1};
            for (int n = 1; n <= count; ++n)
                request.ops.append({.counter = n, .record = {QStringLiteral("team"), n}});
            return bool(readPushRequest(encode(request)));
        };

        QVERIFY(push(maxOpsPerPush));
        QVERIFY(!push(maxOpsPerPush + 1));
    }

    void aBodyMayBeAsLongAsTheLimitAndNoLonger()
    {
        const QByteArray push = encode(PushRequest{.schema = 1});
        const QByteArray filled = push + QByteArray(maxBodyBytes - push.size(), ' ');

        QVERIFY(readPushRequest(filled));
        QVERIFY(!readPushRequest(filled + ' '));
    }

    void jsonMayBeAsDeepAsTheLimitAndNoDeeper()
    {
        const auto nested = [](int depth) {
            return R"({"after_ms":1,"x":)" + QByteArray(depth, '[') + QByteArray(depth, ']') + '}';
        };

        QVERIFY(readBye(nested(maxJsonDepth - 2)));
        QVERIFY(!readBye(nested(maxJsonDepth)));
    }

    void queriesAreWrittenAndRead()
    {
        const ChangesQuery query{.after = 41, .epoch = QStringLiteral("a&b=c"), .limit = 10, .wait = 25};

        const auto back = readChangesQuery(encode(query));

        QVERIFY(back);
        QVERIFY(*back == query);
    }

    void queriesAreCutToTheLimits()
    {
        const auto query = readChangesQuery("after=1&limit=5000&wait=900");

        QVERIFY(query);
        QCOMPARE(query->limit, maxChangesPerPage);
        QCOMPARE(query->wait, maxWaitSeconds);
        QVERIFY(!readChangesQuery("after=-1"));
        QVERIFY(!readChangesQuery("after=x"));
        QVERIFY(readChangesQuery(""));
    }
};

QTEST_GUILESS_MAIN(tst_Messages)
#include "tst_Messages.moc"
