#include "tests/support/FakeClock.h"
#include "ui/shell/StatusLine.h"
#include "ui/text/Numbers.h"

#include <QDateTime>
#include <QTest>

using namespace ringbook;
using namespace ringbook::ui;
using tests::FakeClock;
using Link = ConnectionStatus::Link;

namespace {

const QTimeZone berlin("Europe/Berlin");

TimeMs at(int hour, int minute, int day = 21)
{
    return QDateTime(QDate(2026, 11, day), QTime(hour, minute), berlin).toMSecsSinceEpoch();
}

QString said(const ConnectionStatus &status)
{
    const StatusWords words = statusWords(status, {at(14, 7), berlin});
    QStringList parts = {words.link, words.work, words.trouble};
    parts.removeAll(QString());
    return parts.join(QStringLiteral(" | ")).replace(QChar(0x202f), u' ');
}

} // namespace

class tst_StatusLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsTrue_data()
    {
        QTest::addColumn<ConnectionStatus>("status");
        QTest::addColumn<QString>("words");

        QTest::newRow("live") << ConnectionStatus{.link = Link::Live} << "Live | everything saved and sent";
        QTest::newRow("live, one waiting")
            << ConnectionStatus{.link = Link::Live, .waiting = 1, .waitingSince = at(14, 2)}
            << "Live | 1 change waiting since 14:02";
        QTest::newRow("live, three waiting")
            << ConnectionStatus{.link = Link::Live, .waiting = 3, .waitingSince = at(14, 2)}
            << "Live | 3 changes waiting since 14:02";
        QTest::newRow("offline") << ConnectionStatus{.link = Link::Offline, .offlineSince = at(13, 40)}
                                 << "Offline since 13:40 | everything is kept here · F5 tries now";
        QTest::newRow("offline, three kept")
            << ConnectionStatus{.link = Link::Offline, .offlineSince = at(13, 40), .waiting = 3}
            << "Offline since 13:40 | 3 changes kept here, sent when the hub is back · F5 tries now";
        QTest::newRow("offline, tried again")
            << ConnectionStatus{.link = Link::Offline, .offlineSince = at(13, 40), .triedAt = at(14, 6)}
            << "Offline since 13:40 | everything is kept here · tried 14:06:00, F5 tries again";
        QTest::newRow("offline, and why")
            << ConnectionStatus{.link = Link::Offline,
                                .offlineSince = at(13, 40),
                                .offlineReason = "Nothing answers at http://hub:8750."}
            << "Offline since 13:40 | everything is kept here · F5 tries now";
        QTest::newRow("offline for weeks")
            << ConnectionStatus{.link = Link::Offline, .offlineSince = at(13, 40), .locksAt = at(15, 0)}
            << "Offline since 13:40 | everything is kept here · F5 tries now | Locks today 15:00 unless it "
               "reaches the hub";
        QTest::newRow("offline for a day")
            << ConnectionStatus{.link = Link::Offline, .offlineSince = at(13, 40, 20)}
            << "Offline since yesterday 13:40 | everything is kept here · F5 tries now";
        QTest::newRow("catching up") << ConnectionStatus{.link = Link::CatchingUp, .behind = 1240}
                                     << "Catching up, 1 240 to go";
        QTest::newRow("a whole book comes")
            << ConnectionStatus{.link = Link::CatchingUp, .fetched = 120'000'000, .toFetch = 310'400'000}
            << "Getting the book: 120 of 311 MB";
        QTest::newRow("the rest of the book comes")
            << ConnectionStatus{.link = Link::Live, .fetched = 400'000, .toFetch = 2'000'000}
            << "Live | Getting the book: 1 of 2 MB";
        QTest::newRow("connecting") << ConnectionStatus{.link = Link::Connecting}
                                    << "Connecting | everything is kept here";
        QTest::newRow("signed out") << ConnectionStatus{}
                                    << "Not signed in | sign in again in the menu under your name";
        QTest::newRow("signed out with work")
            << ConnectionStatus{.waiting = 2}
            << "Not signed in | 2 changes kept here; sign in again in the menu under your name";
        QTest::newRow("refused")
            << ConnectionStatus{.link = Link::Live, .refused = 1}
            << "Live | everything saved and sent | 1 change was not accepted and waits under To do";
        QTest::newRow("refused and a problem")
            << ConnectionStatus{.link = Link::Live, .refused = 2, .problem = "The disk is nearly full."}
            << QString::fromUtf8("Live | everything saved and sent | 2 changes were not accepted and wait "
                                 "under To do · The disk is nearly full.");
    }

    void saysWhatIsTrue()
    {
        QFETCH(ConnectionStatus, status);
        QFETCH(QString, words);

        QCOMPARE(said(status), words);
    }

    void onlyLiveIsGreenAndOfflineHasItsOwnShape()
    {
        const Reading reading{at(14, 7), berlin};

        QCOMPARE(statusWords({.link = Link::Live}, reading).tone, Tone::Good);
        for (const Link link : {Link::SignedOut, Link::Connecting, Link::CatchingUp, Link::Offline})
            QVERIFY(statusWords({.link = link}, reading).tone != Tone::Good);
        QCOMPARE(statusWords({.link = Link::Offline}, reading).shape, StatusWords::Shape::Triangle);
        QCOMPARE(statusWords({.link = Link::Live}, reading).shape, StatusWords::Shape::Dot);
    }

    void figuresAreGroupedAndNameTheBook()
    {
        const Reading reading{at(14, 7), berlin};
        const DeskFigures figures{.ringToPaintUs = 4137, .book = "main", .customers = 204118};

        QCOMPARE(figureWords(figures, reading).replace(QChar(0x202f), u' '),
                 QString::fromUtf8("main · 204 118 customers"));
        QCOMPARE(ringToPaintWords(figures), "Shown 4.1 ms after the ring");
        QCOMPARE(ringToPaintWords({}), QString());
        QCOMPARE(figureWords({.book = "main", .customers = 1}, reading),
                 QString::fromUtf8("main · 1 customer"));
    }

    void assistantsHearTheWholeLine()
    {
        FakeClock clock;
        StatusLine line(clock);

        line.setStatus({.link = Link::Live});

        QCOMPARE(line.accessibleName(), "Live, everything saved and sent");
    }

    void whyTheHubIsAwayIsForWhoAsks()
    {
        FakeClock clock;
        StatusLine line(clock);
        line.setStatus({.link = Link::Offline});
        const QString heard = line.accessibleName();

        line.setStatus({.link = Link::Offline, .offlineReason = "Nothing answers at http://hub:8750."});

        QCOMPARE(line.accessibleName(), heard);
        QVERIFY(line.toolTip().contains("http://hub:8750"));
    }
};

QTEST_MAIN(tst_StatusLine)
#include "tst_StatusLine.moc"
