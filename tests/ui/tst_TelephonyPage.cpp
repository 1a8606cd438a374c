#include "tests/support/FakeClock.h"
#include "ui/card/Row.h"
#include "ui/phone/TelephonyPage.h"
#include "ui/text/Numbers.h"
#include "ui/widgets/Button.h"
#include "ui/widgets/Painted.h"

#include <QApplication>
#include <QListView>
#include <QSignalSpy>
#include <QtTest>

using namespace ringbook;
using namespace ringbook::model;

namespace {

struct Look
{
    tests::FakeClock clock;
    ui::TelephonyPage page{clock, tests::berlin};
    QSignalSpy examined{&page, &ui::TelephonyPage::examinationWanted};
    QSignalSpy replayed{&page, &ui::TelephonyPage::replayWanted};

    void bringUp(const QVector<TelephonySource> &sources)
    {
        page.resize(1310, 698);
        page.show(sources);
        page.show();
        QApplication::setActiveWindow(&page);
        if (!QTest::qWaitForWindowActive(&page))
            qFatal("the page does not come up");
        page.setFocus();
    }

    void press(Qt::Key key)
    {
        QTest::keyClick(page.focusWidget() ? page.focusWidget() : &page, key, Qt::AltModifier);
    }

    /// The rows of the list of this name; none where it is not shown.
    QVector<ui::Row> rows(const QString &name) const
    {
        QVector<ui::Row> rows;
        for (const auto *list : page.findChildren<QListView *>()) {
            if (list->accessibleName() != name || !list->isVisible())
                continue;
            for (int row = 0; row < list->model()->rowCount(); ++row)
                rows.append(list->model()->index(row, 0).data(ui::RowRole).value<ui::Row>());
        }
        return rows;
    }

    bool shows(const QString &name) const
    {
        const auto lists = page.findChildren<QListView *>();
        return std::ranges::any_of(lists, [&](const QListView *list) {
            return list->accessibleName() == name && list->isVisible();
        });
    }

    bool offers(const QString &text) const
    {
        const auto buttons = page.findChildren<ui::Button *>();
        return std::ranges::any_of(
            buttons, [&](const ui::Button *button) { return button->isVisible() && button->text() == text; });
    }

    TelephonySource hosted() const
    {
        const TimeMs at = clock.now() - minuteMs;
        return {.source = "hosted",
                .kind = "webhook",
                .state = "live",
                .requests = {{at, "newCall", "…47", "taken"},
                             {at + 1, "", "", "refused: the token in its address is not right"},
                             {at + 2, "dtmf", "…47", "ignored: nobody here needs to know"}}};
    }
};

const QString posted = "What was posted to the hub";

} // namespace

class tst_TelephonyPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasPostedIsShownWithWhyItWasRefused()
    {
        Look look;
        look.bringUp({look.hosted()});

        const auto rows = look.rows(posted);

        QCOMPARE(rows.size(), 3);
        QCOMPARE(ui::withoutMarks(rows[0].title), "dtmf"); // the newest first
        QCOMPARE(rows[0].badge, "Ignored");
        QCOMPARE(rows[0].text, "nobody here needs to know");
        QCOMPARE(ui::withoutMarks(rows[1].title), "A request");
        QCOMPARE(rows[1].badge, "Refused");
        QCOMPARE(rows[1].text, "the token in its address is not right");
        QCOMPARE(rows[2].badge, QString());
        QCOMPARE(ui::withoutMarks(rows[2].rightBelow), "…47");
    }

    void whoPostsNothingIsToldWhereTo()
    {
        Look look;
        TelephonySource silent = look.hosted();
        silent.requests.clear();

        look.bringUp({silent});

        QVERIFY(look.shows(posted));
        QVERIFY(look.rows(posted).isEmpty());
    }

    void onlyWhatPostsHasAListOfRequests()
    {
        Look look;

        look.bringUp({{.source = "berlin", .kind = "asterisk", .state = "live"}});

        QVERIFY(!look.shows(posted));
        QVERIFY(look.offers("Examine now"));
    }

    void keysWalkExamineAndRing()
    {
        Look look;
        TelephonySource berlin{.source = "berlin", .kind = "asterisk", .state = "waiting"};
        berlin.steps = {{look.clock.now(), "berlin-1", "rings at 102 (Ben Brandt)"}};
        look.bringUp({berlin, look.hosted()});

        look.press(Qt::Key_E);
        QCOMPARE(look.examined.last()[0].toString(), "berlin");
        look.press(Qt::Key_E); // one at a time
        QCOMPARE(look.examined.size(), 1);
        look.page.showFindings({{TelephonyFinding::Grade::Bad, "It does not get in.", "Mend the secret."}});
        QCOMPARE(look.rows("What was found").size(), 1);
        look.press(Qt::Key_R);
        QCOMPARE(look.replayed.last()[0].toString(), "berlin");
        look.press(Qt::Key_N);

        QVERIFY(look.shows(posted));
        QVERIFY(!look.offers("Examine now"));
        look.press(Qt::Key_E); // only an Asterisk can be
        QCOMPARE(look.examined.size(), 1);
        QVERIFY(look.rows("What was found").isEmpty());
    }

    void aSourceThatIsGoneIsNotShownAnyMore()
    {
        Look look;
        look.bringUp({look.hosted()});

        look.page.show(QVector<TelephonySource>{});

        QVERIFY(!look.shows(posted));
        QVERIFY(!look.offers("Ring here as the last call did"));
    }
};

QTEST_MAIN(tst_TelephonyPage)
#include "tst_TelephonyPage.moc"
