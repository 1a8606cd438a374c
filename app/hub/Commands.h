#pragma once

#include "app/hub/Terminal.h"

#include <QCommandLineParser>

#include <functional>

namespace ringbook::app {

/// One subcommand: its words, what it is for, its options, and what it does once they are read.
struct Command
{
    QString words = {}; ///< "user add"
    QString purpose = {};
    QList<QCommandLineOption> options = {};
    QString argument = {};  ///< the one positional argument, if it takes one: "LOGIN"
    bool needsPlace = true; ///< works on a hub's data, which the options name
    std::function<ExitStatus(const QCommandLineParser &, const Terminal &)> run = {};
};

Command serveCommand();
Command addUserCommand();
Command changePasswordCommand();
Command changeUserCommand();
Command closeUserCommand();
Command openUserCommand();
Command listUsersCommand();
Command addBookCommand();
Command backUpCommand();
Command restoreCommand();
Command eraseCommand();
Command listErasuresCommand();
Command demoCommand();
Command replayCallsCommand();
Command recordCallsCommand();
Command examineCallsCommand();
Command webhookCommand();
Command listOrdersCommand();

/// Runs the program with its arguments, the first being its own name.
int runHubProgram(const QStringList &arguments);

} // namespace ringbook::app
