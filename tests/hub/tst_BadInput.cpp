#include "sync/protocol/Problems.h"
#include "sync/protocol/Routes.h"
#include "tests/hub/HubThreads.h"

using namespace ringbook;
using namespace ringbook::test;

namespace {

struct Named
{
    const char *name;
    QByteArray bytes;
};

QByteArray allBytes()
{
    QByteArray bytes;
    for (int i = 0; i < 256; ++i)
        bytes += char(i);
    return bytes;
}

/// What no route takes.
QVector<Named> nonsense()
{
    return {
        {"nothing", ""},
        {"null", "null"},
        {"a number", "1e999"},
        {"a list", "[]"},
        {"an empty object", "{}"},
        {"cut", R"({"schema":1,"ops":[{"n":1)"},
        {"every byte there is", allBytes()},
        {"half a letter", "{\"login\":\"\xc3"},
        {"lists in lists", QByteArray(10'000, '[')},
        {"objects in objects", QByteArray(R"({"fields":)").repeated(10'000)},
        {"as large as may be", '"' + QByteArray(sync::maxBodyBytes - 2, 'x') + '"'},
        {"ten megabytes", '"' + QByteArray(10 << 20, 'x') + '"'},
        {"wrong types",
         R"({"schema":"1","login":7,"password":[],"device":{},"epoch":1,"ops":{},"customer":true,"to":1})"},
        {"numbers beyond all limits",
         R"({"schema":9223372036854775808,"device":-1,"customer":"-1","epoch":"","ops":[{"n":-1}]})"},
    };
}

/// Ops that no hub takes, or not from this desk.
QVector<Named> wrongOps()
{
    return {
        {"of the future", R"({"n":1,"kind":"customer","id":"1099511627777","do":"explode","fields":{}})"},
        {"with a number for an id", R"({"n":1,"kind":"customer","id":7,"do":"create","at":1,"fields":{}})"},
        {"without an id", R"({"n":1,"kind":"customer","do":"create","at":1,"fields":{"name":"x"}})"},
        {"with the id nought", R"({"n":1,"kind":"customer","id":"0","do":"create","at":1,"fields":{}})"},
        {"counted from nought", R"({"n":0,"kind":"customer","id":"1099511627777","do":"create","at":1})"},
        {"counted beyond all limits",
         R"({"n":9223372036854775807,"kind":"customer","id":"1099511627777","do":"create","at":1})"},
        {"of a kind with a blank in it", R"({"n":1,"kind":"a b","id":"1099511627777","do":"create","at":1})"},
        {"with a list for a field",
         R"({"n":1,"kind":"customer","id":"1099511627777","do":"create","at":1,"fields":{"name":[[]]}})"},
        {"with a field of ten megabytes",
         R"({"n":1,"kind":"customer","id":"1099511627777","do":"create","at":1,"fields":{"name":")" +
             QByteArray(10 << 20, 'x') + R"("}})"},
    };
}

QByteArray pathTo(const sync::Route &route)
{
    return QByteArray(route.path)
        .replace("{book}", "main")
        .replace("{kind}", "customer")
        .replace("{id}", "1099511627777")
        .replace("{call}", "x")
        .replace("{digest}", QByteArray(64, 'a'));
}

struct Anna : Http
{
    explicit Anna(const HubOnLoopback &hub) : Http(hub.url()) { signIn("anna"); }
};

} // namespace

class tst_BadInput : public QObject
{
    Q_OBJECT

    HubOnLoopback m_hub;

    /// Everything that is in the hub's book.
    QByteArray book() const { return Anna(m_hub).send("GET", "/v1/books/main/changes?after=0").body; }

    /// A sentence, or a line that was cut; never anything else.
    static bool isTurnedDown(const Fetched &answer)
    {
        if (answer.status == 0)
            return true;
        const auto problem = sync::readProblem(answer.body);
        return answer.status >= 400 && answer.status < 500 && problem && !problem->detail.isEmpty();
    }

private Q_SLOTS:
    void nonsenseIsTurnedDownByEveryRoute_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        for (const sync::Route &route : sync::allRoutes())
            if (qstrcmp(route.method, "GET") != 0)
                QTest::newRow(route.operationId) << QByteArray(route.method) << pathTo(route);
    }

    void nonsenseIsTurnedDownByEveryRoute()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        const QByteArray before = book();
        Anna http(m_hub);
        http.headers = {{"If-Match", "\"1\""}};

        for (const Named &body : nonsense())
            QVERIFY2(isTurnedDown(http.send(method, path, body.bytes)), body.name);

        QCOMPARE(book(), before);
    }

    void wrongOpsDoNothing_data()
    {
        QTest::addColumn<QByteArray>("op");
        for (const Named &op : wrongOps())
            QTest::newRow(op.name) << op.bytes;
    }

    void wrongOpsDoNothing()
    {
        QFETCH(QByteArray, op);
        const QByteArray before = book();
        Anna http(m_hub);

        const Fetched answer =
            http.send("POST", "/v1/books/main/ops",
                      R"({"schema":1,"epoch":")" + http.session.books.first().epoch.toUtf8() +
                          R"(","sent_at":1,"ops":[)" + op + "]}");

        QVERIFY2(isTurnedDown(answer), answer.body.left(300).constData());
        QCOMPARE(book(), before);
    }

    void wrongPathsLeadNowhere_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const char *path :
             {"/v1/books/%00/changes", "/v1/books/..%2f..%2fetc/changes", "/v1/books/ma%ffin/changes",
              "/v1/books/main/customer/9223372036854775808", "/v1/books/main/customer/-1",
              "/v1/books/main/customer/01", "/v1/books/main/no%20kind/1", "/v1/books/main/frames/..%2fhub.db",
              "/v1/books/main/changes?after=x", "/v1/books/main/changes?after=-1",
              "/v1/books/main/changes?after=9223372036854775808", "/v1/books/main/changes?after=99999999999"})
            QTest::newRow(path) << QByteArray(path);
        QTest::newRow("long") << "/v1/books/" + QByteArray(15'000, 'x') + "/changes";
    }

    void wrongPathsLeadNowhere()
    {
        QFETCH(QByteArray, path);

        const Fetched answer = Anna(m_hub).send("GET", path);

        QVERIFY2(isTurnedDown(answer), QByteArray::number(answer.status) + ' ' + answer.body.left(300));
    }

    void aTimeInTheYear9999IsNotBelieved()
    {
        Anna http(m_hub);
        model::Op op = newCustomer(http.session.device, 1, "Ana");
        op.madeAt = 253'402'300'799'000;

        QCOMPARE(http.push({op}).answers[0].verdict, sync::Verdict::Applied);

        const auto page = sync::readChangesPage(book());
        QVERIFY(page->changes.last().madeAt <= QDateTime::currentMSecsSinceEpoch());
    }

    void kindsAndFieldsOfTheFutureAreKept()
    {
        Anna http(m_hub);
        const model::Op op{.counter = 1,
                           .record = {"widget", makeId(http.session.device, 1)},
                           .action = model::Action::Create,
                           .edits = {{"colour", {"green", 0}}},
                           .madeAt = 1};

        QCOMPARE(http.push({op}).answers[0].verdict, sync::Verdict::Applied);

        QCOMPARE(sync::readChangesPage(book())->changes.last().fields.value("colour").toString(), "green");
    }

    void aSchemaBeyondAllNumbersIsTurnedDown()
    {
        Anna http(m_hub);
        http.headers = {{sync::schemaHeader, QByteArray(1000, '9')}};

        QVERIFY(isTurnedDown(http.send("GET", "/v1/books/main/changes?after=0")));
    }
};

QTEST_GUILESS_MAIN(tst_BadInput)
#include "tst_BadInput.moc"
