#include "tests/bench/Bench.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QJsonDocument>
#include <QThread>

#include <cstdio>

using namespace ringbook;

namespace {

struct Benchmark
{
    Result<QJsonObject> (*run)(const bench::BenchOptions &) = nullptr;
    int rounds = 1000; ///< unless told otherwise
    qint64 customers = 200'000;
    int desks = 16;
};

const QMap<QString, Benchmark> benchmarks{{"pop", {bench::benchPop}},
                                          {"save", {bench::benchSave}},
                                          {"second-desk", {bench::benchSecondDesk}},
                                          {"push", {bench::benchPush}},
                                          {"ack", {bench::benchAck}},
                                          {"fanout", {bench::benchFanout, 500, 0, 2}},
                                          {"restart", {bench::benchRestart, 1, 0, 500}},
                                          {"idle", {bench::benchIdle, 20, 0, 5000}},
                                          {"feed", {bench::benchFeed, 5, 20'000}},
                                          {"catchup", {bench::benchCatchUp, 3, 20'000}},
                                          {"bootstrap", {bench::benchBootstrap, 3}},
                                          {"snapshot", {bench::benchSnapshot, 3, 20'000}},
                                          {"ring", {bench::benchRing, 200, 20'000}}};

/// On a machine without a screen the window is painted into memory.
void chooseScreen()
{
#ifdef Q_OS_LINUX
    const bool hasScreen =
        qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
    if (!hasScreen && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
#endif
}

} // namespace

/// ringbook-bench NAME [--customers N] [--rounds N] [--desks N] [--ops N] [--tls] [--database URL] [--folder
/// DIR]
/// [--json]
int main(int argc, char **argv)
{
    chooseScreen();
    QApplication app(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription("Measures Ringbook: " + QStringList(benchmarks.keys()).join(", ") + ".");
    parser.addHelpOption();
    parser.addPositionalArgument("name", "Which benchmark.");
    parser.addOptions({{"customers", "Customers in the book, ten interactions each.", "N"},
                       {"rounds", "How often to measure.", "N"},
                       {"desks", "That push or listen.", "N"},
                       {"ops", "In one push.", "N", "1"},
                       {"tls", "Idle desks speak TLS with the hub."},
                       {"database", "The hub's data in this PostgreSQL database, in a new book.", "URL"},
                       {"folder", "Where generated books are kept between runs.", "DIR",
                        QDir::temp().filePath("ringbook-bench")},
                       {"json", "Prints one JSON object."}});
    parser.process(app);
    const auto benchmark = benchmarks.value(parser.positionalArguments().value(0));
    const auto number = [&](const QString &name, qint64 otherwise) {
        return parser.isSet(name) ? parser.value(name).toLongLong() : otherwise;
    };
    const bench::BenchOptions options{.customers = number("customers", benchmark.customers),
                                      .rounds = int(number("rounds", benchmark.rounds)),
                                      .folder = parser.value("folder"),
                                      .database = parser.value("database"),
                                      .desks = int(number("desks", benchmark.desks)),
                                      .ops = int(number("ops", 1)),
                                      .tls = parser.isSet("tls")};
    const bool isSane = options.customers >= 0 && options.rounds > 0 && options.desks > 0 && options.ops > 0;
    if (!benchmark.run || !isSane) {
        std::fputs(qPrintable(parser.helpText()), stderr);
        return 2;
    }
    QDir().mkpath(options.folder);

    auto result = benchmark.run(options);
    if (!result) {
        std::fprintf(stderr, "ringbook-bench: %s\n", qPrintable(result.error().detail));
        return 1;
    }
    result->insert("benchmark", parser.positionalArguments().value(0));
    result->insert("cores", QThread::idealThreadCount());
    result->insert("platform", QGuiApplication::platformName());
    const auto format = parser.isSet("json") ? QJsonDocument::Compact : QJsonDocument::Indented;
    std::printf("%s\n", QJsonDocument(*result).toJson(format).trimmed().constData());
    return 0;
}
