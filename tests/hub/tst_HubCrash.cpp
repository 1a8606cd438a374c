#include "tests/hub/Asking.h"
#include "tests/support/HubOnLoopback.h"

using namespace ringbook;
using namespace ringbook::test;

class tst_HubCrash : public QObject
{
    Q_OBJECT

    static QVector<model::Change> everything(Http &http)
    {
        QVector<model::Change> all;
        for (;;) {
            const QByteArray after = QByteArray::number(all.isEmpty() ? 0 : all.last().seq);
            const auto page =
                *sync::readChangesPage(http.send("GET", "/v1/books/main/changes?after=" + after + "&epoch=" +
                                                            http.session.books.first().epoch.toUtf8())
                                           .body);
            all += page.changes;
            if (page.to == page.head)
                return all;
        }
    }

private Q_SLOTS:
    /// Power cuts in the middle of pushes: what was acknowledged is there, once; the numbers have no holes.
    void nothingAcknowledgedIsLostWhenTheHubIsKilled()
    {
        const HubData data(1);
        HubProcess hub(data);
        Http http(hub.url());
        http.signIn("anna");
        qint64 acknowledged = 0;
        for (int round = 0; round < 5; ++round) {
            for (int i = 0; i < 3 + round; ++i) {
                QVector<model::Op> ops;
                for (int j = 0; j < 20; ++j)
                    ops.append(newCustomer(http.session.device, acknowledged + 1 + j, "Ana"));
                const auto reply = http.push(ops);
                acknowledged = reply.answers.last().counter;
            }
            QVector<model::Op> ops; // in flight when the power goes
            for (int j = 0; j < 200; ++j)
                ops.append(newCustomer(http.session.device, acknowledged + 1 + j, "Bia"));
            const sync::PushRequest push{.schema = 1, .epoch = http.session.books.first().epoch, .ops = ops};
            const std::unique_ptr<QNetworkReply> reply(
                http.network().post(http.request("/v1/books/main/ops"), sync::encode(push)));
            QTest::qWait(round * 2);
            hub.kill();
            QTRY_VERIFY(reply->isFinished());
            if (reply->error() == QNetworkReply::NoError)
                acknowledged = sync::readPushReply(reply->readAll())->answers.last().counter;

            hub.start();

            qint64 seq = 0;
            QMap<qint64, int> seen;
            for (const model::Change &change : everything(http)) {
                QCOMPARE(change.seq, ++seq);
                if (change.device == http.session.device)
                    ++seen[change.counter];
            }
            QVERIFY(seen.size() >= acknowledged);
            for (qint64 n = 1; n <= seen.size(); ++n)
                QCOMPARE(seen.value(n), 1);
            acknowledged = seen.size();
        }
    }
};

QTEST_GUILESS_MAIN(tst_HubCrash)
#include "tst_HubCrash.moc"
