#include "app/hub/Commands.h"

#include "app/hub/DataFolder.h"
#include "model/core/OwnFiles.h"

#include <algorithm>
#include <cstdio>

namespace ringbook::app {

namespace {

const QVector<Command> &commands()
{
    static const QVector<Command> all = {serveCommand(),          addUserCommand(),     changeUserCommand(),
                                         changePasswordCommand(), closeUserCommand(),   openUserCommand(),
                                         listUsersCommand(),      addBookCommand(),     backUpCommand(),
                                         restoreCommand(),        eraseCommand(),       listErasuresCommand(),
                                         replayCallsCommand(),    recordCallsCommand(), examineCallsCommand(),
                                         listOrdersCommand(),     webhookCommand(),     demoCommand()};
    return all;
}

int overview(std::FILE *stream, ExitStatus status)
{
    QString text =
        QStringLiteral("Usage: ringbook-hub COMMAND [options]\n\nThe central endpoint of Ringbook.\n\n");
    for (const Command &command : commands())
        text += QStringLiteral("  %1  %2\n").arg(command.words, -13).arg(command.purpose);
    text += QStringLiteral("\n“ringbook-hub COMMAND --help” says more.\n");
    std::fputs(text.toUtf8().constData(), stream);
    return int(status);
}

void setUp(QCommandLineParser &parser, const Command &command)
{
    parser.setApplicationDescription(command.purpose);
    parser.addOptions(command.options);
    parser.addOption({QStringLiteral("json"), QStringLiteral("Print one JSON object a line.")});
    parser.addHelpOption();
    parser.addPositionalArgument(command.words, command.purpose, command.words);
    if (!command.argument.isEmpty())
        parser.addPositionalArgument(command.argument, {}, command.argument);
}

int run(const Command &command, const QStringList &arguments)
{
    QCommandLineParser parser;
    setUp(parser, command);
    const QString hint = command.words + u' ';
    const bool isParsed = parser.parse(arguments);
    if (parser.isSet(QStringLiteral("help"))) {
        std::fputs(parser.helpText().toUtf8().constData(), stdout);
        return int(ExitStatus::Success);
    }
    if (!isParsed)
        return int(Terminal::wrongUsage(parser.errorText(), hint));
    const qsizetype words = command.words.split(u' ').size();
    const qsizetype expected = words + (command.argument.isEmpty() ? 0 : 1);
    if (parser.positionalArguments().size() < expected)
        return int(Terminal::wrongUsage(QStringLiteral("Say which %1.").arg(command.argument), hint));
    if (parser.positionalArguments().size() > expected)
        return int(Terminal::wrongUsage(
            QStringLiteral("“%1” is too much.").arg(parser.positionalArguments().at(expected)), hint));
    if (const QString trouble = command.needsPlace ? placeTrouble(parser) : QString(); !trouble.isEmpty())
        return int(Terminal::wrongUsage(trouble, hint));
    return int(command.run(parser, Terminal(parser.isSet(QStringLiteral("json")))));
}

} // namespace

int runHubProgram(const QStringList &arguments)
{
    keepNewFilesToOurselves();
    const QStringList words = arguments.mid(1);
    if (words.isEmpty())
        return overview(stderr, ExitStatus::WrongUsage);
    if (words.first() == u"--help" || words.first() == u"-h" || words.first() == u"help")
        return overview(stdout, ExitStatus::Success);
    const auto named = std::find_if(commands().begin(), commands().end(), [&](const Command &command) {
        const QStringList own = command.words.split(u' ');
        return words.mid(0, own.size()) == own;
    });
    if (named != commands().end())
        return run(*named, arguments);
    return int(
        Terminal::wrongUsage(QStringLiteral("There is no command “%1”.").arg(words.first().left(40)), {}));
}

} // namespace ringbook::app
