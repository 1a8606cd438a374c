#include "app/agent/LocalRings.h"
#include "tests/support/FakeClock.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringbook;
using app::Request;
using model::AgentCall;
using Kind = app::Request::Kind;

class tst_LocalRings : public QObject
{
    Q_OBJECT

    tests::FakeClock m_clock;
    std::optional<app::LocalRings> m_rings;
    QVector<AgentCall> m_told;

    Status take(Kind kind, const QString &number) { return m_rings->take({kind, number}, "DE"); }

private Q_SLOTS:
    void init()
    {
        m_told.clear();
        m_rings.emplace(m_clock);
        connect(&*m_rings, &app::LocalRings::changed, this,
                [this](const AgentCall &call) { m_told += call; });
    }

    void aNumberIsReadAsItIsDialledHere()
    {
        QVERIFY(take(Kind::Ring, "030 23125 147"));

        QCOMPARE(m_told.size(), 1);
        QCOMPARE(m_told.first().state, AgentCall::State::Ringing);
        QCOMPARE(m_told.first().party.e164, "+493023125147");
        QCOMPARE(m_told.first().ringingSince, m_clock.now());
        QVERIFY(m_told.first().isLocal); // no telephone could answer it
    }

    void aHiddenNumberIsNotShown()
    {
        QVERIFY(take(Kind::Ring, "anonymous"));

        QVERIFY(m_told.first().party.withheld);
        QVERIFY(m_told.first().party.raw.isEmpty());
    }

    void hangingUpEndsThatCallAndNoOther()
    {
        QVERIFY(take(Kind::Ring, "030 23125 147"));
        m_clock.advance(1);
        QVERIFY(take(Kind::Ring, "030 23125 118"));
        const AgentCall first = m_told.first();

        QVERIFY(m_rings->hangUp(first.callId));

        QCOMPARE(m_told.size(), 3);
        QCOMPARE(m_told.last().callId, first.callId);
        QCOMPARE(m_told.last().state, AgentCall::State::Over);
        QVERIFY(m_told.last().revision > first.revision);
        QCOMPARE(m_rings->calls().size(), 1);
        QVERIFY(!m_rings->hangUp(first.callId));
    }

    void anUnknownNumberIsCalledThatAndNobodysIsLookedFor()
    {
        QVERIFY(take(Kind::Ring, {}));

        const model::Party party = m_told.first().party;
        QCOMPARE(party.raw, "unknown number");
        QVERIFY(party.e164.isEmpty() && !party.withheld);
    }

    void aCallIsFollowedToItsEnd()
    {
        QVERIFY(take(Kind::Ring, "030 23125 147"));
        m_clock.advance(4'000);
        QVERIFY(take(Kind::Answered, "+493023125147"));
        m_clock.advance(60'000);
        m_rings->endOverdue(); // it does not ring any more
        QCOMPARE(m_rings->calls().size(), 1);
        QVERIFY(take(Kind::Ended, "3125147"));

        QCOMPARE(m_told.size(), 3);
        QCOMPARE(m_told[1].state, AgentCall::State::Connected);
        QCOMPARE(m_told[1].answeredAt, m_told[0].ringingSince + 4'000);
        QCOMPARE(m_told[2].result, AgentCall::Result::Answered);
        QCOMPARE(m_told[2].callId, m_told[0].callId);
    }

    void whatIsNotThereIsSaid()
    {
        for (const Kind kind : {Kind::Answered, Kind::Ended}) {
            const Status done = take(kind, "030 23125 147");

            QVERIFY(!done);
            QCOMPARE(done.error().fault, Fault::Denied);
        }
        QVERIFY(m_told.isEmpty());
    }

    void aRingThatNobodyEndsIsOverAfterAMinute()
    {
        QVERIFY(take(Kind::Ring, "030 23125 147"));
        m_clock.advance(app::localRingMs - 1);
        m_rings->endOverdue();
        QCOMPARE(m_told.size(), 1);

        m_clock.advance(1);
        m_rings->endOverdue();

        QCOMPARE(m_told.last().result, AgentCall::Result::NoAnswer);
    }

    void theHubsWordCountsOnceItTellsOfTheCall()
    {
        QVERIFY(take(Kind::Ring, "030 23125 147"));
        const AgentCall hubs{.callId = "hub-1", .party = {.e164 = "+493023125147"}};

        QCOMPARE(m_rings->heardFromHub(hubs, m_clock.now()), m_told.first().callId);
        QVERIFY(take(Kind::Answered, "030 23125 147"));
        QVERIFY(take(Kind::Ended, "030 23125 147"));

        QCOMPARE(m_told.size(), 1);
        QVERIFY(m_rings->calls().isEmpty());
    }

    void onlySoMuchIsShownInTenSeconds()
    {
        app::ShowAllowance mayShow;
        for (int i = 0; i < app::maxShownRequests; ++i)
            QVERIFY(mayShow.take(i));
        QVERIFY(!mayShow.take(app::maxShownRequests));
        QVERIFY(!mayShow.take(app::shownRequestsMs - 1));

        QVERIFY(mayShow.take(app::shownRequestsMs)); // the first is that long ago
        QVERIFY(!mayShow.take(app::shownRequestsMs));
        QVERIFY(mayShow.take(app::shownRequestsMs + 1));
    }

    void callsOfTheHubAreNotItsOwn()
    {
        QVERIFY(!m_rings->hangUp("sim-1"));
        QVERIFY(m_told.isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_LocalRings)
#include "tst_LocalRings.moc"
