#include "app/agent/LocalRings.h"
#include "tests/support/FakeClock.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringbook;
using model::AgentCall;

class tst_LocalRings : public QObject
{
    Q_OBJECT

    tests::FakeClock m_clock;
    std::optional<app::LocalRings> m_rings;
    QVector<AgentCall> m_told;

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
        m_rings->ring("030 23125 147", "DE");

        QCOMPARE(m_told.size(), 1);
        QCOMPARE(m_told.first().state, AgentCall::State::Ringing);
        QCOMPARE(m_told.first().party.e164, "+493023125147");
        QCOMPARE(m_told.first().ringingSince, m_clock.now());
        QVERIFY(m_told.first().isLocal); // no telephone could answer it
    }

    void aHiddenNumberIsNotShown()
    {
        m_rings->ring("anonymous", "DE");

        QVERIFY(m_told.first().party.withheld);
        QVERIFY(m_told.first().party.raw.isEmpty());
    }

    void hangingUpEndsThatCallAndNoOther()
    {
        m_rings->ring("030 23125 147", "DE");
        m_clock.advance(1);
        m_rings->ring("030 23125 118", "DE");
        const AgentCall first = m_told.first();

        QVERIFY(m_rings->hangUp(first.callId));

        QCOMPARE(m_told.size(), 3);
        QCOMPARE(m_told.last().callId, first.callId);
        QCOMPARE(m_told.last().state, AgentCall::State::Over);
        QVERIFY(m_told.last().revision > first.revision);
        QCOMPARE(m_rings->calls().size(), 1);
        QVERIFY(!m_rings->hangUp(first.callId));
    }

    void callsOfTheHubAreNotItsOwn()
    {
        QVERIFY(!m_rings->hangUp("sim-1"));
        QVERIFY(m_told.isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_LocalRings)
#include "tst_LocalRings.moc"
