#include "sync/protocol/RecordJson.h"
#include "tests/hub/Asking.h"
#include "tests/support/HubOnLoopback.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace ringbook;
using namespace ringbook::test;
using model::AgentCall;

namespace {

/// The telephone a stream was told last that its user sits at.
std::optional<model::AgentPhone> phoneIn(const DeskStream &stream)
{
    for (auto event = stream.events.crbegin(); event != stream.events.crend(); ++event) {
        if (event->name == sync::phoneEvent)
            return *sync::readPhone(event->data);
        if (event->name == sync::helloEvent)
            return sync::readHello(event->data)->phone;
    }
    return std::nullopt;
}

QString extensionIn(const DeskStream &stream)
{
    const auto phone = phoneIn(stream);
    return phone ? phone->extension : QStringLiteral("not told");
}

struct Office
{
    explicit Office(const QVector<calls::PbxSettings> &pbxs = {}) : hub(3, pbxs)
    {
        anna.signIn("anna");
        ben.signIn("ben");
    }

    void ring(const QByteArray &extension)
    {
        anna.send("POST", "/v1/simulator/calls",
                  R"({"number":"+493023125901","to":[")" + extension + R"("]})");
    }

    hub::Administration admin() const { return *hub::Administration::open(hub.data().database(), clock); }

    QString inTheBook(const QString &field, const Http &of)
    {
        const auto record = anna.send("GET", "/v1/books/main/user/" + QByteArray::number(of.session.user));
        return QJsonDocument::fromJson(record.body)["fields"][field].toString();
    }

    SystemClock clock;
    HubOnLoopback hub;
    Http anna{hub.url()};
    Http ben{hub.url()};
};

} // namespace

class tst_Seats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callsComeToWhoeverSitsThere()
    {
        Office office;
        const DeskStream annas(office.anna);
        QTRY_COMPARE(extensionIn(annas), QString("101"));

        office.ben.signIn("ben", "101");
        const DeskStream bens(office.ben);

        QTRY_COMPARE(extensionIn(bens), QString("101"));
        QTRY_COMPARE(extensionIn(annas), QString());
        QVERIFY(phoneIn(annas)->can.whyNot.contains("Ben Brandt sits at your phone 101"));
        office.ring("101");
        QTRY_COMPARE(bens.calls().size(), 1);
        office.ring("102");
        office.ring("103");
        QTest::qWait(100);
        QVERIFY(annas.calls().isEmpty());
        QCOMPARE(bens.calls().size(), 1);
        QCOMPARE(office.inTheBook("extension", office.anna), QString());
        QCOMPARE(office.inTheBook("extension", office.ben), QString("101"));
    }

    void ownPhoneIsTheirsAgainWhenTheOtherLeaves()
    {
        Office office;
        const DeskStream annas(office.anna);
        office.ben.signIn("ben", "101");
        QTRY_COMPARE(extensionIn(annas), QString());

        office.ben.signIn("ben", "102");

        QTRY_COMPARE(extensionIn(annas), QString("101"));
        QCOMPARE(office.inTheBook("extension", office.anna), QString("101"));
        QCOMPARE(office.inTheBook("extension", office.ben), QString("102"));
    }

    void theirOwnPhoneIsTakenBackByAskingForIt()
    {
        Office office;
        office.ben.signIn("ben", "101");
        const DeskStream bens(office.ben);
        QTRY_COMPARE(extensionIn(bens), QString("101"));

        office.anna.signIn("anna", "101");
        const DeskStream annas(office.anna);

        QTRY_COMPARE(extensionIn(bens), QString("102")); // back at his own, which is nobody else's
        QTRY_COMPARE(extensionIn(annas), QString("101"));
    }

    void whoNamesNoPhoneStaysWhereTheyWere()
    {
        Office office;
        office.ben.signIn("ben", "103");
        office.ben.signIn("ben");

        const DeskStream bens(office.ben);
        QTRY_COMPARE(extensionIn(bens), QString("103"));
    }

    void phonesThatNobodyKnowsAreRefusedAndNobodyMoves()
    {
        Office office;
        const auto asked = [&](const QString &extension) {
            const sync::SessionRequest request{
                .schema = 1, .login = "ben", .password = "demo", .extension = extension};
            return office.ben.send("POST", "/v1/session", sync::encode(request));
        };
        const auto devices = [&] {
            return office.hub.data()
                .database()
                .open()
                ->one("SELECT last_device FROM hub")
                ->number("last_device");
        };
        const qint64 before = devices();

        for (const QString &strange : {QString("999"), QString("101'"), QString(5000, '1')}) {
            const Fetched answer = asked(strange);
            QCOMPARE(answer.status, 400);
            QVERIFY2(answer.body.size() < 400 && !answer.body.contains("103"), answer.body);
        }

        QCOMPARE(devices(), before);
        const DeskStream bens(office.ben); // signed in as before
        QTRY_COMPARE(extensionIn(bens), QString("102"));
    }

    void aPhoneOfATelephoneSystemNeedsNoOwner()
    {
        Office office({{.kind = calls::PbxSettings::Kind::Webhook,
                        .source = "hosted",
                        .plan = {.country = "DE"},
                        .agents = {{"150", "Window seat", "150"}}}});

        office.ben.signIn("ben", "150");

        const DeskStream bens(office.ben);
        QTRY_COMPARE(extensionIn(bens), QString("150"));
    }

    void whatRingsGoesOverToWhoSitsDown()
    {
        Office office;
        const DeskStream annas(office.anna);
        QTRY_VERIFY(!annas.events.isEmpty());
        office.ring("101");
        QTRY_COMPARE(annas.calls().size(), 1);
        QVERIFY(!annas.calls().last().isOver());

        office.ben.signIn("ben", "101");
        const DeskStream bens(office.ben);

        QTRY_VERIFY(annas.calls().last().isOver());
        QCOMPARE(annas.calls().last().answeredBy, QString("Ben Brandt"));
        QTRY_VERIFY(!bens.events.isEmpty());
        const auto hello = sync::readHello(bens.events.first().data);
        QVERIFY(!hello->calls.isEmpty() || !bens.calls().isEmpty());
    }

    void nobodyIsPutOffTheirPhoneInMidTalk()
    {
        Office office;
        const DeskStream annas(office.anna);
        QTRY_VERIFY(!annas.events.isEmpty());
        office.ring("101");
        QTRY_COMPARE(annas.calls().size(), 1);
        const QByteArray call = annas.calls().last().callId.toUtf8();
        office.anna.send("POST", "/v1/simulator/calls/" + call + "/answer", R"({"extension":"101"})");
        QTRY_VERIFY(annas.calls().last().answeredAt);
        const sync::SessionRequest request{
            .schema = 1, .login = "ben", .password = "demo", .extension = "101"};

        const auto meanwhile = office.ben.send("POST", "/v1/session", sync::encode(request));

        QCOMPARE(meanwhile.status, 409);
        QVERIFY(!annas.calls().last().isOver());
        office.anna.send("POST", "/v1/simulator/calls/" + call + "/hangup", R"({"extension":"101"})");
        QTRY_VERIFY(annas.calls().last().isOver());
        QCOMPARE(office.ben.send("POST", "/v1/session", sync::encode(request)).status, 200);
    }

    void phonesOfTeamsThatShareNoBookAreNobodysToTake()
    {
        Office office;
        auto admin = office.admin();
        QVERIFY(admin.addBook("south", "DE"));
        QVERIFY(admin.addUser({.login = "mallory",
                               .password = "demo",
                               .name = "Mallory",
                               .extension = "199",
                               .books = {"south"}}));
        Http mallory(office.hub.url());
        const sync::SessionRequest request{
            .schema = 1, .login = "mallory", .password = "demo", .extension = "101"};

        const auto taken = mallory.send("POST", "/v1/session", sync::encode(request));

        QCOMPARE(taken.status, 400);
        QVERIFY(!taken.body.contains("Anna"));
        const DeskStream annas(office.anna);
        QTRY_COMPARE(extensionIn(annas), QString("101"));
    }

    /// After a shift everybody has their own telephone again.
    void aSeatIsForOneShift()
    {
        Office office;
        office.ben.signIn("ben", "101");
        auto db = office.hub.data().database().open();
        QVERIFY(db->run("UPDATE seat SET taken_at = taken_at - :shift", {{":shift", hub::seatLifeMs}}));

        QCOMPARE(hub::Seats(*db).all(office.clock.now() - hub::seatLifeMs)->at(0).extension, QString("101"));
        office.hub.stop();
        office.hub.start();
        const DeskStream annas(office.anna);
        QTRY_COMPARE(extensionIn(annas), QString("101"));
        office.anna.signIn("anna", "103"); // whoever sits down next tidies up
        QCOMPARE(office.inTheBook("extension", office.ben), QString("102"));
    }

    void aClosedUserLeavesTheirSeat()
    {
        Office office;
        const DeskStream annas(office.anna);
        office.ben.signIn("ben", "101");
        QTRY_COMPARE(extensionIn(annas), QString());

        QVERIFY(office.admin().closeUser("ben"));

        QTRY_COMPARE(extensionIn(annas), QString("101"));
        QVERIFY(office.admin().openUser("ben"));
        QCOMPARE(office.inTheBook("extension", office.ben), QString("102"));
    }

    void anAdministratorChangesWhoHasWhichPhone()
    {
        Office office;
        office.ben.signIn("ben", "103");
        const DeskStream bens(office.ben);
        const DeskStream annas(office.anna);
        QTRY_COMPARE(extensionIn(bens), QString("103"));

        QVERIFY(office.admin().changeUser("ben", {.extension = "110"}));

        QTRY_COMPARE(extensionIn(bens), QString("110"));
        QCOMPARE(office.inTheBook("extension", office.ben), QString("110"));
        QCOMPARE(office.admin().changeUser("anna", {.extension = "110"}).error().fault, Fault::Conflict);
        QVERIFY(office.admin().changeUser("anna", {.extension = ""}));
        QTRY_COMPARE(extensionIn(annas), QString());
        QVERIFY(!phoneIn(annas)->can.whyNot.contains("sits at"));
    }

    void namesAndRolesChangeWhileTheyAreSignedIn()
    {
        Office office;
        QCOMPARE(office.anna.send("GET", "/v1/telephony").status, 403);

        QVERIFY(office.admin().changeUser("anna", {.name = "Anna Berg", .role = "lead"}));

        QTRY_COMPARE(office.anna.send("GET", "/v1/telephony").status, 200);
        QCOMPARE(office.inTheBook("name", office.anna), QString("Anna Berg"));
        QCOMPARE(office.inTheBook("role", office.anna), QString("lead"));
        for (const hub::UserChange &wrong :
             {hub::UserChange{.name = " "}, hub::UserChange{.extension = "12a"},
              hub::UserChange{.role = "king"}, hub::UserChange{.books = {"nowhere"}}})
            QVERIFY(!office.admin().changeUser("anna", wrong));
        QCOMPARE(office.admin().changeUser("nobody", {.name = "X"}).error().fault, Fault::NotFound);
        QCOMPARE(office.inTheBook("name", office.anna), QString("Anna Berg"));
    }

    void oneMoreBookIsOpenToThem()
    {
        Office office;
        QVERIFY(office.admin().addBook("south", "DE"));
        QCOMPARE(office.anna.send("GET", "/v1/books/south/changes?after=0").status, 403);

        QVERIFY(office.admin().changeUser("anna", {.books = {"south"}}));

        QTRY_COMPARE(office.anna.send("GET", "/v1/books/south/changes?after=0").status, 200);
        QVERIFY(office.admin().changeUser("anna", {.books = {"south"}})); // as it is
    }
};

QTEST_GUILESS_MAIN(tst_Seats)
#include "tst_Seats.moc"
