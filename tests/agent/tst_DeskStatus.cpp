#include "app/agent/DeskStatus.h"
#include "tests/support/FakeClock.h"
#include "ui/shell/StatusLine.h"

#include <QSignalSpy>
#include <QTest>

using namespace ringbook;

class tst_DeskStatus : public QObject
{
    Q_OBJECT

    tests::FakeClock m_clock;
    ui::StatusLine m_line{m_clock};

private Q_SLOTS:
    void ownTroubleIsSaidBeforeThatOfSync()
    {
        app::DeskStatus status(m_line);
        status.setSync({.link = sync::SyncState::Link::Live, .problem = "The hub is slow."});

        status.say("The look-up failed.");

        QCOMPARE(m_line.accessibleName(), "Live, everything saved and sent, The look-up failed.");
    }

    void whatHasHappenedIsNotSaidForEver()
    {
        app::DeskStatus status(m_line, 1);
        status.setSync({.link = sync::SyncState::Link::Live});

        status.say("The look-up failed.");

        QTRY_COMPARE(m_line.accessibleName(), "Live, everything saved and sent");
    }

    void whatIsStillSoIsSaidOn()
    {
        app::DeskStatus status(m_line, 1);
        status.setSync({.link = sync::SyncState::Link::Live});
        status.say("The look-up failed.");

        status.keepSaying("The book is not open.");

        QTimer afterwards;
        afterwards.start(2);
        QVERIFY(QSignalSpy(&afterwards, &QTimer::timeout).wait());
        QCOMPARE(m_line.accessibleName(), "Live, everything saved and sent, The book is not open.");
    }
};

QTEST_MAIN(tst_DeskStatus)
#include "tst_DeskStatus.moc"
