#include "sync/calls/recording/Recording.h"
#include "tests/fuzz/Spoiler.h"
#include "tests/fuzz/Targets.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QLoggingCategory>

#include <cstdio>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#endif

using namespace ringbook::fuzz;

namespace {

QByteArray underWay; ///< what the decoder has right now

void keepInput()
{
    QFile file("fuzz-failure");
    if (file.open(QIODevice::WriteOnly))
        file.write(underWay);
    std::fprintf(stderr, "the input is kept in %s\n", qPrintable(QFileInfo(file).absoluteFilePath()));
}

bool feed(const QByteArray &input)
{
    underWay = input;
    for (const Target &target : allTargets()) {
        if (target.takes(input))
            continue;
        std::fprintf(stderr, "%s took something that it does not take again\n", target.name);
        keepInput();
        return false;
    }
    return true;
}

/// What a telephone system said on each connection of a recording.
QVector<QByteArray> saidIn(const QString &recordingFile)
{
    QVector<QByteArray> said;
    if (const auto recording = ringbook::calls::Recording::load(recordingFile))
        for (const auto &connection : recording->connections) {
            said.append(connection.greeting + "\r\n" + connection.booted);
            for (const auto &piece : connection.pieces)
                said.last() += piece.bytes;
        }
    return said;
}

QVector<QByteArray> read(const QStringList &paths)
{
    QVector<QByteArray> inputs;
    for (const QString &path : paths) {
        const QFileInfoList files = QFileInfo(path).isDir()
                                        ? QDir(path).entryInfoList(QDir::Files, QDir::Name)
                                        : QFileInfoList{QFileInfo(path)};
        for (const QFileInfo &info : files) {
            const auto said =
                info.suffix() == QLatin1String("jsonl") ? saidIn(info.filePath()) : QVector<QByteArray>();
            if (!said.isEmpty()) {
                inputs += said;
                continue;
            }
            QFile file(info.filePath());
            if (file.open(QIODevice::ReadOnly))
                inputs.append(file.readAll());
        }
    }
    return inputs;
}

} // namespace

/// ringbook-fuzz [--seconds N] [--seed S] EXAMPLES …: each example as it is, then spoiled ones until the time
/// is over.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{"seconds", "How long.", "N", "60"}, {"seed", "Of the spoiling.", "S", "1"}});
    parser.process(app);
    QLoggingCategory::setFilterRules(QStringLiteral("ringbook.*=false"));
    const auto examples = read(parser.positionalArguments());
    if (examples.isEmpty()) {
        std::fputs("ringbook-fuzz: there are no examples\n", stderr);
        return 2;
    }
#ifdef __SANITIZE_ADDRESS__
    __sanitizer_set_death_callback(keepInput);
#endif
    for (const QByteArray &example : examples)
        if (!feed(example))
            return 1;
    Spoiler spoiler(parser.value("seed").toULongLong(), examples);
    qint64 inputs = 0;
    QElapsedTimer timer;
    for (timer.start(); timer.elapsed() < parser.value("seconds").toInt() * 1000; ++inputs)
        if (!feed(spoiler.next()))
            return 1;
    std::printf("%lld inputs\n", inputs);
    return 0;
}
