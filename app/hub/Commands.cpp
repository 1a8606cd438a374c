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

/// Those whose first word this is: "user add", "user list"; all of them for none.
QVector<Command> commandsOf(const QString &group)
{
    QVector<Command> those;
    for (const Command &command : commands())
        if (group.isEmpty() || command.words.startsWith(group + u' '))
            those.append(command);
    return those;
}

void overview(std::FILE *stream, const QString &group)
{
    QString text = QStringLiteral("Usage: ringbook-hub %1 [options]\n\nThe central endpoint of Ringbook.\n\n")
                       .arg(group.isEmpty() ? QStringLiteral("COMMAND") : group + QStringLiteral(" …"));
    for (const Command &command : commandsOf(group))
        text += QStringLiteral("  %1  %2\n").arg(command.words, -13).arg(command.purpose);
    text += QStringLiteral("\n“ringbook-hub COMMAND --help” says more.\n");
    std::fputs(text.toUtf8().constData(), stream);
}

bool asksForHelp(const QString &word)
{
    return word == u"--help" || word == u"-h" || word == u"help";
}

int unknownCommand(const QStringList &words)
{
    const QString group = words.first();
    const QVector<Command> those = commandsOf(group);
    if (those.isEmpty())
        return int(Terminal::wrongUsage(QStringLiteral("There is no command “%1”.").arg(group.left(40)), {}));
    if (words.size() == 1 || asksForHelp(words[1])) {
        overview(words.size() == 1 ? stderr : stdout, group);
        return int(words.size() == 1 ? ExitStatus::WrongUsage : ExitStatus::Success);
    }
    QStringList names;
    for (const Command &command : those)
        names.append(command.words);
    return int(Terminal::wrongUsage(QStringLiteral("There is no command “%1 %2”, but there is %3.")
                                        .arg(group, words[1].left(40), names.join(QStringLiteral(", "))),
                                    group + u' '));
}

/// With what holds if it is not said.
QList<QCommandLineOption> withDefaults(QList<QCommandLineOption> options)
{
    for (QCommandLineOption &option : options)
        if (!option.defaultValues().isEmpty())
            option.setDescription(
                QStringLiteral("%1 Default: %2.").arg(option.description(), option.defaultValues().first()));
    return options;
}

void setUp(QCommandLineParser &parser, const Command &command)
{
    parser.setApplicationDescription(command.purpose);
    parser.addOptions(withDefaults(command.options));
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
    if (words.isEmpty() || asksForHelp(words.first())) {
        overview(words.isEmpty() ? stderr : stdout, {});
        return int(words.isEmpty() ? ExitStatus::WrongUsage : ExitStatus::Success);
    }
    if (words.first() == u"--version")
        return std::puts("ringbook-hub " RINGBOOK_VERSION) < 0;
    const auto named = std::find_if(commands().begin(), commands().end(), [&](const Command &command) {
        const QStringList own = command.words.split(u' ');
        return words.mid(0, own.size()) == own;
    });
    return named != commands().end() ? run(*named, arguments) : unknownCommand(words);
}

} // namespace ringbook::app
