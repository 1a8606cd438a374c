#include "app/agent/Options.h"

#include <QTest>

using namespace ringbook;
using app::LinkKinds;
using app::Request;
using Kind = app::Request::Kind;

class tst_Options : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsNoNumberDoesNotRing_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("number");
        for (const QString option : {"--ring", "--answered", "--practice-call"}) {
            QTest::addRow("%s nothing", qPrintable(option)) << option << QString();
            QTest::addRow("%s 10 kB", qPrintable(option)) << option << QString(10'000, u'7');
        }
    }

    void whatIsNoNumberDoesNotRing()
    {
        QFETCH(QString, option);
        QFETCH(QString, number);

        const auto options = app::readOptions({"ringbook", option, number});

        QVERIFY(!options);
        QCOMPARE(options.error().detail, option + " wants a telephone number");
    }

    void noPracticeCallComesFromWhatIsNoNumber()
    {
        const auto options = app::readOptions({"ringbook", "--practice-call", "abc"});

        QVERIFY(!options);
        QCOMPARE(options.error().fault, Fault::Invalid);
        QVERIFY(options.error().detail.contains("'abc'"));
    }

    void whereSomebodySitsIsTaken()
    {
        QCOMPARE(app::readOptions({"ringbook", "--phone", "104"})->phone, "104");
        QCOMPARE(app::readOptions({"ringbook"})->phone, "");
    }

    void theHelpSaysWhatHoldsWithoutAnOption()
    {
        qputenv("RINGBOOK_PROFILE", "/somewhere/desk");

        const QString help = app::usage().simplified();

        QVERIFY2(help.contains("Default: /somewhere/desk."), qPrintable(help));
        QVERIFY2(help.contains("Default: as the platform says."), qPrintable(help));
        qunsetenv("RINGBOOK_PROFILE");
    }

    void withoutANumberNothingRings()
    {
        const auto options = app::readOptions({"ringbook"});

        QVERIFY(options);
        QVERIFY(options->request == Request{});
    }

    void oneThingIsAskedOfADesk_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<Request>("request");
        QTest::newRow("ring") << QStringList{"--ring", "030 1"}
                              << Request{.kind = Kind::Ring, .number = "030 1"};
        QTest::newRow("a hostile ring") << QStringList{"--ring", "$(reboot)"} << Request{.kind = Kind::Ring};
        QTest::newRow("answered") << QStringList{"--answered", "101"}
                                  << Request{.kind = Kind::Answered, .number = "101"};
        QTest::newRow("ended") << QStringList{"--ended", "101"}
                               << Request{.kind = Kind::Ended, .number = "101"};
        QTest::newRow("the newest ended") << QStringList{"--ended", ""} << Request{.kind = Kind::Ended};
        QTest::newRow("practice") << QStringList{"--practice-call", "101"}
                                  << Request{.kind = Kind::PracticeCall, .number = "101"};
        QTest::newRow("a link") << QStringList{"tel:101"} << Request{.kind = Kind::Dial, .number = "101"};
        QTest::newRow("a link as links come") << QStringList{"--", "ringbook://ring?number=101"}
                                              << Request{.kind = Kind::Ring, .number = "101"};
    }
    void oneThingIsAskedOfADesk()
    {
        QFETCH(QStringList, arguments);
        QFETCH(Request, request);

        const auto options = app::readOptions(QStringList{"ringbook"} + arguments);

        QVERIFY2(options, qPrintable(options ? QString() : options.error().detail));
        QVERIFY(options->request == request);
    }

    void whatIsNoLinkIsRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("a file") << QStringList{"/etc/passwd"};
        QTest::newRow("a page") << QStringList{"http://x.example"};
        QTest::newRow("a link that says too much") << QStringList{"ringbook://ring?url=x"};
        QTest::newRow("two links") << QStringList{"tel:1", "tel:2"};
        QTest::newRow("a link and a ring") << QStringList{"--ring", "101", "tel:2"};
        QTest::newRow("two calls") << QStringList{"--ring", "101", "--ended", "102"};
        QTest::newRow("an option behind a link") << QStringList{"--", "tel:1", "--hub=http://x.example"};
        QTest::newRow("others' links") << QStringList{"--register-links=http"};
    }
    void whatIsNoLinkIsRefused()
    {
        QFETCH(QStringList, arguments);

        const auto options = app::readOptions(QStringList{"ringbook"} + arguments);

        QVERIFY(!options);
        QCOMPARE(options.error().fault, Fault::Invalid);
    }

    void phoneLinksAreTakenOnlyIfTheUserSaysSo()
    {
        QCOMPARE(app::readOptions({"ringbook"})->registerLinks, LinkKinds::None);
        QCOMPARE(app::readOptions({"ringbook", "--register-links"})->registerLinks, LinkKinds::Own);
        QCOMPARE(app::readOptions({"ringbook", "--register-links=tel"})->registerLinks,
                 LinkKinds::OwnAndPhone);
    }
};

QTEST_GUILESS_MAIN(tst_Options)
#include "tst_Options.moc"
