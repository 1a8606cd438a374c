#include "app/agent/HubCertificate.h"
#include "tests/support/Certificates.h"

#include <QTest>

using namespace ringbook;
using namespace ringbook::test;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class tst_HubCertificate : public QObject
{
    Q_OBJECT

    const Authority company;

private Q_SLOTS:
    void aProfileKeepsTheOneItWasGivenLast()
    {
        const QTemporaryDir profile;
        const Authority other;
        QCOMPARE(app::keptHubCertificate(profile.path()), QString());

        QVERIFY(app::keepHubCertificate(other.certificate(), profile.path()));
        QVERIFY(app::keepHubCertificate(company.certificate(), profile.path()));

        QCOMPARE(contentOf(app::keptHubCertificate(profile.path())), contentOf(company.certificate()));
    }

    void theSystemsCountAgainOnDemand()
    {
        const QTemporaryDir profile;
        QVERIFY(app::keepHubCertificate(company.certificate(), profile.path()));

        QVERIFY(app::keepHubCertificate("system", profile.path()));
        QVERIFY(app::keepHubCertificate("system", profile.path()));

        QCOMPARE(app::keptHubCertificate(profile.path()), QString());
    }

    void whatIsNoCertificateIsSaidAndNotKept_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("no file") << company.path("none.pem");
        QTest::newRow("a key") << company.path("own.key");
        QTest::newRow("a folder") << company.path(".");
    }

    void whatIsNoCertificateIsSaidAndNotKept()
    {
        QFETCH(QString, file);
        company.makeKey("own.key", "ED25519");
        const QTemporaryDir profile;
        QVERIFY(app::keepHubCertificate(company.certificate(), profile.path()));

        const Status kept = app::keepHubCertificate(file, profile.path());

        QVERIFY(!kept && kept.error().fault == Fault::Invalid);
        QVERIFY2(kept.error().detail.contains(file), qPrintable(kept.error().detail));
        QCOMPARE(contentOf(app::keptHubCertificate(profile.path())), contentOf(company.certificate()));
    }
};

QTEST_GUILESS_MAIN(tst_HubCertificate)
#include "tst_HubCertificate.moc"
