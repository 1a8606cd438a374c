// Makes the files of this version that later versions must be able to open: a hub, and a desk that was signed
// in, sent something, was refused something, and has more to say of every kind. Usage: ringbook-make-archive
// FOLDER.

#include "model/core/Id.h"
#include "tests/support/DeskOnFiles.h"
#include "tests/support/HubOnLoopback.h"

using namespace ringbook;
using namespace ringbook::test;
using model::Action;
using model::Fields;
using model::RecordKey;

namespace {

void must(bool done, const char *what)
{
    if (!done)
        qFatal("%s failed", what);
}

void addSetUp(const HubData &data)
{
    SystemClock clock;
    auto admin = hub::Administration::open(data.database(), clock);
    const qint64 first = makeId(1, *admin->lastRecordCounter() + 1);
    must(bool(admin->addRecords(
             "main", {{.key = {"team", first}, .fields = {{"name", "Day"}}, .at = clock.now()},
                      {.key = {"queue", first + 1}, .fields = {{"name", "support"}}, .at = clock.now()},
                      {.key = {"category", first + 2}, .fields = {{"name", "Heating"}}, .at = clock.now()},
                      {.key = {"outcome_code", first + 3},
                       .fields = {{"code", "done"}, {"label", "Done"}, {"position", qlonglong(1)}},
                       .at = clock.now()}})),
         "the set-up");
}

RecordKey make(DeskOnFiles &desk, const QString &kind, const Fields &fields)
{
    const RecordKey key{kind, *desk.writer->newId()};
    must(bool(desk.writer->save({{.record = key, .action = Action::Create, .fields = fields}})), "a save");
    return key;
}

/// One of every kind that a desk makes, and of one that only a newer program would know.
void makeOneOfEach(DeskOnFiles &desk)
{
    const qint64 at = desk.clock.now();
    const qint64 customer = make(desk, "customer", {{"name", "Ana Costa"}, {"nickname", "Nita"}}).id;
    make(desk, "contact_point",
         {{"customer", customer}, {"channel", "phone"}, {"value", "030 23125 147"}, {"verified", true}});
    const qint64 call = make(desk, "interaction", {{"customer", customer}, {"channel", "phone"}}).id;
    const qint64 file = make(desk, "case",
                             {{"code", *desk.writer->newCaseCode()},
                              {"type", "complaint"},
                              {"customer", customer},
                              {"subject", "Valve leaks “again”"},
                              {"status", "new"},
                              {"opened_at", at},
                              {"interaction", call}})
                            .id;
    make(desk, "case_note", {{"case", file}, {"text", "first\nline"}, {"at", at}});
    make(desk, "follow_up",
         {{"customer", customer},
          {"case", file},
          {"what", "call back"},
          {"due_at", at},
          {"zone", "Europe/Berlin"}});
    make(desk, "alert", {{"customer", customer}, {"text", "Speak slowly"}, {"until", at}});
    make(desk, "gift", {{"customer", customer}, {"what", "flowers"}});
}

/// Sent and confirmed, refused, and kept while the hub is away.
void work(HubOnLoopback &hub, DeskOnFiles &anna, DeskOnFiles &ben)
{
    const auto settled = [](DeskOnFiles &desk) {
        must(QTest::qWaitFor([&] { return desk.isLive() && desk.state.waiting == 0; }), "going live");
    };
    anna.signIn("anna");
    ben.signIn("ben");
    settled(anna);
    settled(ben);
    const RecordKey sent = anna.saveCustomer("Kessler");
    const RecordKey gone = make(anna, "alert", {{"customer", sent.id}, {"text", "Owes us a reply"}});
    make(anna, "team", {{"name", "Night"}});
    must(QTest::qWaitFor([&] { return anna.state.refused == 1; }), "being refused");
    settled(anna);
    must(QTest::qWaitFor([&] { return ben.text(sent, "name") == "Kessler"; }), "arriving");

    anna.client.reset();
    must(anna.set(sent, "name", "Kessler & Co") && ben.set(sent, "name", "Keßler"), "two edits");
    must(QTest::qWaitFor([&] { return ben.desk->pending("main")->isEmpty(); }), "sending");
    hub.stop();
    makeOneOfEach(anna);
    must(anna.set(sent, "shoe_size", qlonglong(44)), "a field of tomorrow");
    must(bool(anna.writer->save({{.record = gone, .action = Action::Delete}})), "a deletion");
    must(bool(anna.desk->keepDraft("call:1", "{\"note\":\"half a sen\"}", anna.clock.now())), "a draft");
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc != 2 || !QDir().mkpath(app.arguments().at(1)))
        qFatal("say into which folder");
    const QDir folder(app.arguments().at(1));
    HubOnLoopback hub;
    addSetUp(hub.data());
    hub.stop();
    hub.start();
    DeskOnFiles anna(hub.url());
    DeskOnFiles ben(hub.url());
    work(hub, anna, ben);
    anna.close();
    must(QFile::copy(hub.data().place().folder() + "/hub.db", folder.filePath("hub.db")), "the hub's file");
    must(QFile::copy(anna.path("desk.db"), folder.filePath("desk.db")), "the desk's file");
    must(QFile::copy(anna.path("main.db"), folder.filePath("main.db")), "the book's file");
    return 0;
}
