#include "sync/protocol/Routes.h"

#include <QFile>
#include <QSet>
#include <QTest>

using namespace ringbook::sync;

namespace {

/// "GET /v1/health health open", for each operation of openapi.yaml; read by its indentation.
QSet<QString> described()
{
    QFile file(QStringLiteral(":/openapi.yaml"));
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
        return {};
    QSet<QString> operations;
    QString path;
    QString method;
    QString operationId;
    bool open = false;
    const auto flush = [&] {
        if (!operationId.isEmpty())
            operations.insert(QStringList{method, path, operationId, open ? "open" : "token"}.join(u' '));
        operationId.clear();
        open = false;
    };
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    for (const QString &line :
         lines.mid(lines.indexOf("paths:") + 1, lines.indexOf("components:") - lines.indexOf("paths:"))) {
        if (line.startsWith("  /")) {
            flush();
            path = line.trimmed().chopped(1);
        } else if (line.startsWith("    ") && !line.startsWith("     ")) {
            flush();
            method = line.trimmed().chopped(1).toUpper();
        } else if (line.startsWith("      operationId: ")) {
            operationId = line.section(u' ', -1);
        } else if (line == "      security: []") {
            open = true;
        }
    }
    flush();
    return operations;
}

QSet<QString> routed()
{
    QSet<QString> operations;
    for (const Route &route : allRoutes())
        operations.insert(
            QStringList{route.method, route.path, route.operationId, route.needsToken ? "token" : "open"}
                .join(u' '));
    return operations;
}

} // namespace

class tst_Routes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRouteIsDescribed() { QCOMPARE(routed() - described(), QSet<QString>()); }
    void everyDescriptionIsRouted() { QCOMPARE(described() - routed(), QSet<QString>()); }

    void everyPathLeadsBackToItsRoute()
    {
        const PathParts parts{{"book", "main"},  {"kind", "case"},     {"id", "549755813889"},
                              {"call", "c 1/ü"}, {"bucket", "7"},      {"digest", "ab12"},
                              {"device", "4"},   {"source", "berlin"}, {"token", "a-b_c.d~"}};
        for (const Route &expected : allRoutes()) {
            const auto match = matchRoute(expected.method, pathOf(expected.operation, parts));

            QVERIFY2(match.kind == RouteMatch::Kind::Found, expected.path);
            QCOMPARE(match.route, &expected);
            for (auto part = match.parts.begin(); part != match.parts.end(); ++part)
                QCOMPARE(part.value(), parts.value(part.key()));
        }
    }

    void unknownPathsAreNotFound_data()
    {
        QTest::addColumn<QByteArray>("path");
        for (const char *path :
             {"", "/", "/v1", "/v1/health/", "/v1/healthy", "//v1/health", "/v1/books//ops",
              "/v1/books/main/case/1/2", "/V1/health", "/v1/simulator/calls//answer"})
            QTest::newRow(path) << QByteArray(path);
    }

    void unknownPathsAreNotFound()
    {
        QFETCH(QByteArray, path);
        QCOMPARE(matchRoute("GET", path).kind, RouteMatch::Kind::NoSuchPath);
    }

    void aWrongMethodIsToldTheRightOnes()
    {
        for (const char *path : {"/v1/books/main/case/1", "/v1/books/main/frames/1"}) {
            const auto match = matchRoute("DELETE", path);

            QCOMPARE(match.kind, RouteMatch::Kind::WrongMethod);
            QCOMPARE(match.allowed, "GET, PATCH");
        }
    }
};

QTEST_GUILESS_MAIN(tst_Routes)
#include "tst_Routes.moc"
