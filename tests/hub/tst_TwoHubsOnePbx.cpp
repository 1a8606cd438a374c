#include "model/domain/Case.h"
#include "model/domain/Interaction.h"
#include "sync/hub/store/Books.h"
#include "tests/hub/Asking.h"
#include "tests/support/EslPlayer.h"
#include "tests/support/HubOnLoopback.h"

using namespace ringbook;
using namespace ringbook::test;
using model::AgentCall;
using tests::EslPlayer;

namespace {

constexpr int patienceMs = 20'000;
const QString caller = "+493023125901";

/// A call that rings at three phones until the caller gives up.
QVector<QJsonObject> missedCall()
{
    QFile script(RINGBOOK_ESL_DATA "/three-phones.jsonl");
    if (!script.open(QIODevice::ReadOnly))
        qFatal("no script");
    QVector<QJsonObject> events;
    bool isAnswered = false;
    while (!script.atEnd()) {
        const QJsonObject line = QJsonDocument::fromJson(script.readLine()).object();
        QJsonObject event = line["event"].toObject();
        isAnswered |= line["t_ms"].toInt() > 80;
        const bool isEnd = event["Event-Name"].toString().startsWith("CHANNEL_HANGUP");
        if (event.isEmpty() || (isAnswered && !isEnd))
            continue;
        if (isEnd)
            event["Hangup-Cause"] = "ORIGINATOR_CANCEL";
        events.append(event);
    }
    return events;
}

/// The same again; channels and calls have ids of their own.
QVector<QJsonObject> asAnother(const QVector<QJsonObject> &events)
{
    QVector<QJsonObject> renamed;
    for (const QJsonObject &event : events)
        renamed += QJsonDocument::fromJson(EslPlayer::bytesOf(event).replace("\"a1b2", "\"b1b2")).object();
    return renamed;
}

QStringList following(const EslPlayer &pbx, const QTemporaryDir &folder)
{
    QFile given(RINGBOOK_ESL_DATA "/pbx.json");
    if (!given.open(QIODevice::ReadOnly))
        qFatal("no settings");
    QJsonObject settings = QJsonDocument::fromJson(given.readAll()).object();
    settings["port"] = pbx.serverPort();
    QFile file(folder.filePath(QString::number(pbx.serverPort()) + ".json"));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(settings).toJson()) < 0)
        qFatal("no settings");
    return {"--pbx", file.fileName()};
}

/// One telephone system, as each of the hubs that follow it sees it. It says the same to both.
struct Line
{
    EslPlayer pbx;
    qsizetype said = 0;

    Line()
    {
        pbx.setList("channels", {});
        pbx.setList("calls", {});
    }

    bool isHeard() const { return pbx.commands.contains("api show calls as json"); }

    void say(const QVector<QJsonObject> &events, const QString &until = {})
    {
        while (said < events.size() &&
               (until.isEmpty() || !events[said]["Event-Name"].toString().startsWith(until)))
            pbx.send(events[said++]);
    }
};

/// The calls that this desk was shown.
QSet<QString> popped(const DeskStream &stream)
{
    QSet<QString> ids;
    for (const AgentCall &call : stream.calls())
        ids.insert(call.callId);
    return ids;
}

bool isOver(const DeskStream &stream)
{
    const auto calls = stream.calls();
    return !calls.isEmpty() && calls.last().state == AgentCall::State::Over;
}

/// Two hubs, each a process of its own, on one database and at one telephone system; Anna's desk at the
/// first, Ben's at the second.
struct Company
{
    QTemporaryDir folder;
    HubData data;
    Line here, there;
    HubProcess first{data, following(here.pbx, folder)};
    HubProcess second{data, following(there.pbx, folder)};
    Http anna{first.url()};
    Http ben{second.url()};
    std::unique_ptr<DeskStream> annas, bens;

    Company()
    {
        anna.signIn("anna");
        ben.signIn("ben");
        annas = std::make_unique<DeskStream>(anna);
        bens = std::make_unique<DeskStream>(ben);
        const auto isReady = [this] {
            return here.isHeard() && there.isHeard() && !annas->events.isEmpty() && !bens->events.isEmpty();
        };
        if (!QTest::qWaitFor(isReady, patienceMs))
            qFatal("the hubs do not follow the telephone system");
    }

    /// What the hubs wrote into the book, as every desk reads it.
    QVector<model::Change> written(const QString &kind)
    {
        const QByteArray epoch = "&epoch=" + anna.session.books.first().epoch.toUtf8();
        const auto page =
            sync::readChangesPage(anna.send("GET", "/v1/books/main/changes?after=0" + epoch).body);
        QVector<model::Change> changes;
        for (const model::Change &change : page->changes)
            if (change.record.kind == kind)
                changes.append(change);
        return changes;
    }

    /// It rings at both desks.
    bool ring(const QVector<QJsonObject> &events)
    {
        const auto before = popped(*annas);
        here.said = there.said = 0;
        here.say(events, "CHANNEL_HANGUP");
        there.say(events, "CHANNEL_HANGUP");
        return QTest::qWaitFor([&] { return popped(*annas) != before && popped(*annas) == popped(*bens); },
                               patienceMs);
    }

    /// Both hubs have been at the book since the call ended: what they had to write is written.
    bool haveBothWritten()
    {
        anna.push({newCustomer(anna.session.device, ++m_pushed, "Ana")});
        ben.push({newCustomer(ben.session.device, m_pushed, "Ben")});
        return !written("follow_up").isEmpty();
    }

private:
    qint64 m_pushed = 0;
};

} // namespace

class tst_TwoHubsOnePbx : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!HubPlace::isPostgres())
            QSKIP("only one hub serves a folder");
    }

    void aCallNobodyTookIsWrittenDownOnce_data()
    {
        QTest::addColumn<bool>("isSlow");
        QTest::newRow("both hear of its end at once") << false;
        QTest::newRow("one hears of it when the other has written") << true;
    }
    void aCallNobodyTookIsWrittenDownOnce()
    {
        QFETCH(bool, isSlow);
        Company company;
        const auto events = missedCall();
        QVERIFY(company.ring(events));

        company.here.say(events);
        if (isSlow)
            QTRY_VERIFY_WITH_TIMEOUT(!company.written("follow_up").isEmpty(), patienceMs);
        company.there.say(events);

        QTRY_VERIFY_WITH_TIMEOUT(isOver(*company.annas) && isOver(*company.bens), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(company.haveBothWritten(), patienceMs);
        QCOMPARE(company.written("interaction").size(), 1);
        QCOMPARE(company.written("follow_up").size(), 1);
        const auto callBack = company.written("follow_up").first().fields;
        QCOMPARE(callBack["e164"].toString(), caller);
        QCOMPARE(callBack["calls"].toInt(), 1);
        QCOMPARE(popped(*company.annas).size(), 1);
        QCOMPARE(popped(*company.annas), popped(*company.bens));
        QCOMPARE(company.annas->calls().last().result, AgentCall::Result::CallerHangup);
    }

    /// Twice the same caller is one who waits, who called twice.
    void theNextCallIsCountedOnce()
    {
        Company company;
        auto events = missedCall();
        for (int call = 1; call <= 2; ++call) {
            QVERIFY(company.ring(events));
            company.here.say(events);
            company.there.say(events);
            QTRY_COMPARE_WITH_TIMEOUT(company.written("interaction").size(), call, patienceMs);
            events = asAnother(events);
        }

        QTRY_VERIFY_WITH_TIMEOUT(company.haveBothWritten(), patienceMs);
        const auto callBacks = company.written("follow_up"); // made, then counted
        QCOMPARE(callBacks.size(), 2);
        QCOMPARE(callBacks[0].record, callBacks[1].record);
        QCOMPARE(callBacks[1].fields["calls"].toInt(), 2);
        QCOMPARE(popped(*company.bens).size(), 2);
    }
};

QTEST_GUILESS_MAIN(tst_TwoHubsOnePbx)
#include "tst_TwoHubsOnePbx.moc"
