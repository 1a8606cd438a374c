#include "sync/calls/PbxSettings.h"
#include "tests/support/Certificates.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace ringbook;
using namespace ringbook::calls;
using ringbook::test::Authority;

namespace {

const NumberPlan berlin{.country = "DE", .countryCode = "49", .areaCode = "30", .nationalPrefix = "0"};

QJsonObject good()
{
    return {
        {"host", "10.0.0.5"},
        {"port", 5038},
        {"user", "hub"},
        {"secret", "letmein"},
        {"country", "DE"},
        {"country_code", "49"},
        {"area_code", "30"},
        {"national_prefix", "0"},
        {"agents",
         QJsonArray{QJsonObject{{"extension", "101"}, {"name", "Anna"}, {"endpoint", "PJSIP/101"}}}},
        {"trunk", QJsonObject{{"endpoint", "PJSIP/trunk"}}},
        {"queues", QJsonObject{{"support", QJsonObject{{"label", "Support"}}}, {"sales", QJsonObject{}}}}};
}

Result<PbxSettings> read(const QJsonObject &object)
{
    return readPbxSettings(QJsonDocument(object).toJson());
}

} // namespace

class tst_PbxSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsRead()
    {
        const auto settings = read(good());

        QVERIFY(settings.has_value());
        QCOMPARE(settings->host, "10.0.0.5");
        QCOMPARE(settings->secret, "letmein");
        QCOMPARE(settings->agentAt("PJSIP/101")->name, "Anna");
        QVERIFY(!settings->agentAt("PJSIP/1"));
        QCOMPARE(settings->trunks, QVector<QString>{"PJSIP/trunk"});
        QCOMPARE(settings->queues.value("support").label, "Support");
        QCOMPARE(settings->queues.value("sales").label, "sales");
        QVERIFY(!settings->allowPlainText);
    }

    void aFreeSwitchHasAPortOfItsOwn()
    {
        QJsonObject object = good();
        object.remove("port");
        object["kind"] = "freeswitch";
        object["phones_answer"] = true;

        const auto settings = read(object);

        QVERIFY(settings.has_value());
        QCOMPARE(settings->kind, PbxSettings::Kind::FreeSwitch);
        QCOMPARE(settings->port, 8021);
        QVERIFY(settings->phonesAnswer);
    }

    void whatOnlyAsteriskCanIsNotAskedOfAnother()
    {
        const QTemporaryDir folder;
        const auto loaded = [&](const QString &kind) {
            QJsonObject object = good();
            object["kind"] = kind;
            QFile file(folder.filePath(kind));
            if (file.open(QIODevice::WriteOnly))
                file.write(QJsonDocument(object).toJson());
            file.close();
            return loadAsteriskSettings(file.fileName());
        };

        QVERIFY(loaded("asterisk"));
        QVERIFY(!loaded("freeswitch"));
        QVERIFY(loaded("freeswitch").error().detail.contains("an Asterisk only"));
        QVERIFY(!loadAsteriskSettings(folder.filePath("nowhere")));
    }

    void linesAndQueuesHaveLabelsAndSubscribers()
    {
        QJsonObject object = good();
        object["lines"] =
            QJsonObject{{"+493023125500", "Front desk"},
                        {"+493023125501", QJsonObject{{"label", "Sales"}, {"agents", QJsonArray{"101"}}}}};
        object["queues"] = QJsonObject{{"support", QJsonObject{{"agents", QJsonArray{"101"}}}}};

        const auto settings = read(object);

        QVERIFY2(settings, qPrintable(settings ? QString() : settings.error().detail));
        QCOMPARE(settings->lines.value("+493023125500").label, "Front desk");
        QVERIFY(settings->lines.value("+493023125500").agents.isEmpty());
        QCOMPARE(settings->lines.value("+493023125501").label, "Sales");
        QCOMPARE(settings->lines.value("+493023125501").agents, QStringList{"101"});
        QCOMPARE(settings->queues.value("support").label, "support");
        QCOMPARE(settings->queues.value("support").agents, QStringList{"101"});
    }

    void tlsHasAPortOfItsOwn()
    {
        QJsonObject object = good();
        object.remove("port");
        QCOMPARE(read(object)->port, 5038);
        object["tls"] = true;
        object["tls_fingerprint"] = QString("AB:").repeated(31) + "0c";

        const auto settings = read(object);

        QVERIFY2(settings, qPrintable(settings ? QString() : settings.error().detail));
        QVERIFY(settings->tls);
        QCOMPARE(settings->port, 5039);
        QCOMPARE(settings->tlsFingerprint, QByteArray(31, '\xab') + '\x0c');
    }

    void aCertificateIsLookedForBesideTheSettings()
    {
        const QTemporaryDir folder;
        QJsonObject object = good();
        object["tls"] = true;
        object["tls_certificate"] = "pbx.pem";
        QFile file(folder.filePath("pbx.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QJsonDocument(object).toJson());
        file.close();
        const auto without = loadPbxSettings(file.fileName());
        QVERIFY(QFile::copy(Authority().certificate(), folder.filePath("pbx.pem")));

        const auto with = loadPbxSettings(file.fileName());

        QVERIFY(!without);
        QVERIFY(without.error().detail.contains(folder.filePath("pbx.pem")));
        QVERIFY2(with, qPrintable(with ? QString() : with.error().detail));
        QCOMPARE(with->tlsCertificate, folder.filePath("pbx.pem"));
    }

    void whatIsWrongIsNamed_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QJsonValue>("value");
        QTest::newRow("port 0") << "port" << QJsonValue(0);
        QTest::newRow("port 65536") << "port" << QJsonValue(65536);
        QTest::newRow("port text") << "port" << QJsonValue("5038");
        QTest::newRow("host number") << "host" << QJsonValue(7);
        QTest::newRow("user of two lines") << "user" << QJsonValue("hub\r\nAction: Originate");
        QTest::newRow("country name") << "country" << QJsonValue("Germany");
        QTest::newRow("agents text") << "agents" << QJsonValue("101");
        QTest::newRow("agent without endpoint")
            << "agents" << QJsonValue(QJsonArray{QJsonObject{{"extension", "1"}}});
        QTest::newRow("nobody") << "agents" << QJsonValue(QJsonArray());
        QTest::newRow("a certificate without TLS") << "tls_certificate" << QJsonValue("pbx.pem");
        QTest::newRow("a fingerprint without TLS")
            << "tls_fingerprint" << QJsonValue(QString("ab:").repeated(31) + "ab");
        QTest::newRow("half a fingerprint") << "tls_fingerprint" << QJsonValue("AB:CD");
        QTest::newRow("no fingerprint") << "tls_fingerprint" << QJsonValue(QString(64, u'x'));
        QTest::newRow("phones answer text") << "phones_answer" << QJsonValue("yes");
        QTest::newRow("a subscriber who is nobody")
            << "queues" << QJsonValue(QJsonObject{{"support", QJsonObject{{"agents", QJsonArray{"102"}}}}});
        QTest::newRow("subscribers as text")
            << "lines" << QJsonValue(QJsonObject{{"030", QJsonObject{{"agents", "101"}}}});
        QTest::newRow("a line that is a number") << "lines" << QJsonValue(QJsonObject{{"030", 7}});
        QTest::newRow("queues list") << "queues" << QJsonValue(QJsonArray());
    }

    void whatIsWrongIsNamed()
    {
        QFETCH(QString, name);
        QFETCH(QJsonValue, value);
        QJsonObject object = good();
        object[name] = value;

        const auto settings = read(object);

        QVERIFY(!settings.has_value());
        QCOMPARE(settings.error().fault, Fault::Invalid);
        QVERIFY2(settings.error().detail.contains('"' + name + '"'), qPrintable(settings.error().detail));
        QVERIFY(!settings.error().detail.contains("letmein"));
    }

    void nonsenseIsRefused()
    {
        QVERIFY(!readPbxSettings("not json").has_value());
        QVERIFY(!readPbxSettings("[]").has_value());
        QVERIFY(!loadPbxSettings("/nowhere/pbx.json").has_value());
    }

    void numbersAreReadInTheLinesOwnPlan_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("e164");
        QTest::newRow("plus") << "+493023125902"
                              << "+493023125902";
        QTest::newRow("national") << "03023125903"
                                  << "+493023125903";
        QTest::newRow("international") << "00442079460126"
                                       << "+442079460126";
        QTest::newRow("no plus") << "493023125904"
                                 << "+493023125904";
        QTest::newRow("local") << "23125905"
                               << "+493023125905";
        QTest::newRow("formatted") << "+1 (212) 555-0154"
                                   << "+12125550154";
        QTest::newRow("extension") << "102"
                                   << "";
        QTest::newRow("empty") << ""
                               << "";
        QTest::newRow("word") << "anonymous"
                              << "";
        QTest::newRow("endless") << QString(10'000, '5') << "";
    }

    void numbersAreReadInTheLinesOwnPlan()
    {
        QFETCH(QString, text);
        QFETCH(QString, e164);

        QCOMPARE(lineNumberToE164(text, berlin), e164);
    }
};

QTEST_GUILESS_MAIN(tst_PbxSettings)
#include "tst_PbxSettings.moc"
