#include "tests/sim/Simulation.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QHashSeed>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>

#include <cstdio>

using namespace ringbook;

namespace {

struct Totals
{
    QMap<QString, int> wrong = {};
    qint64 ops = 0;
    qint64 deaths = 0;
    qint64 erased = 0;
    sim::Tally happened = {};
    QVector<quint64> failing = {};

    void add(const sim::Report &report)
    {
        ops += report.ops;
        deaths += report.deaths;
        erased += report.erased;
        for (auto what = report.happened.begin(); what != report.happened.end(); ++what)
            happened[what.key()] += *what;
        for (const sim::Wrong kind : sim::allWrongs)
            wrong[sim::nameOf(kind)] += report.findings.count(kind);
        if (!report.findings.isEmpty())
            failing.append(report.seed);
    }
};

QJsonObject asJson(const Totals &totals, int seeds, qint64 ms)
{
    QJsonObject json{{"seeds", seeds},
                     {"ops", totals.ops},
                     {"deaths", totals.deaths},
                     {"erased", totals.erased},
                     {"ms", ms}};
    for (auto count = totals.wrong.begin(); count != totals.wrong.end(); ++count)
        json.insert(count.key(), count.value());
    QJsonObject happened;
    for (auto count = totals.happened.begin(); count != totals.happened.end(); ++count)
        happened.insert(count.key(), count.value());
    json.insert("happened", happened);
    json.insert("failing", qint64(totals.failing.size()));
    return json;
}

/// Many desks work as long and save as much as few do: it is what they are told that grows.
sim::Scenario scenarioOf(quint64 seed, int desks)
{
    sim::Scenario scenario = sim::Scenario::bySeed(seed);
    if (desks > 0) {
        scenario.savesPerMinute *= double(scenario.desks) / desks;
        scenario.desks = desks;
    }
    return scenario;
}

} // namespace

/// ringbook-sim [--seeds N] [--seed FIRST] [--desks N] [--trace] [--json]
int main(int argc, char **argv)
{
    QHashSeed::setDeterministicGlobalSeed(); // the same seed does the same
    QCoreApplication app(argc, argv);
    QLoggingCategory::setFilterRules("ringbook.*=false");
    QCommandLineParser parser;
    parser.setApplicationDescription(
        "Desks and a hub on simulated networks, disks and clocks; one seed after the other.");
    parser.addHelpOption();
    parser.addOptions({{"seeds", "How many.", "N", "1"},
                       {"seed", "The first.", "SEED", "1"},
                       {"desks", "How many, instead of what the seed chooses.", "N", "0"},
                       {"trace", "Prints what happens, to read why a seed fails."},
                       {"json", "Prints one JSON object."}});
    parser.process(app);
    const int seeds = parser.value("seeds").toInt();
    const quint64 first = parser.value("seed").toULongLong();
    const int desks = parser.value("desks").toInt();
    if (seeds < 1 || first < 1 || desks < 0) {
        std::fputs(qPrintable(parser.helpText()), stderr);
        return 2;
    }

    QElapsedTimer timer;
    timer.start();
    Totals totals;
    for (quint64 seed = first; seed < first + quint64(seeds); ++seed) {
        sim::Scenario scenario = scenarioOf(seed, desks);
        scenario.trace = parser.isSet("trace");
        const sim::Report report = sim::Simulation(seed, scenario).run();
        totals.add(report);
        if (report.findings.isEmpty())
            continue;
        std::fprintf(stderr, "seed %llu fails; again: ringbook-sim --seed %llu\n", seed, seed);
        for (const QString &words : report.findings.words())
            std::fprintf(stderr, "  %s\n", qPrintable(words));
    }
    const auto json = asJson(totals, seeds, timer.elapsed());
    const bool plain = !parser.isSet("json");
    std::printf(
        "%s",
        QJsonDocument(json).toJson(plain ? QJsonDocument::Indented : QJsonDocument::Compact).constData());
    std::printf(plain ? "" : "\n");
    return totals.failing.isEmpty() ? 0 : 1;
}
