#include "app/hub/Commands.h"
#include "app/hub/Office.h"
#include "app/hub/TypedPassword.h"
#include "sync/hub/Sessions.h"

#include <iostream>
#include <string>

namespace ringbook::app {

namespace {

Result<QString> passwordFrom(const QCommandLineParser &parser)
{
    if (parser.isSet(QStringLiteral("password")))
        return parser.value(QStringLiteral("password"));
    if (!parser.isSet(QStringLiteral("password-stdin")))
        return typedPassword();
    std::string line;
    std::getline(std::cin, line);
    return QString::fromStdString(line);
}

ExitStatus addUser(const QCommandLineParser &parser, const Terminal &terminal)
{
    for (const auto &[option, sentence] : {std::pair("name", "Say with --name what people call them."),
                                           std::pair("book", "Say with --book which book they may use.")})
        if (parser.value(QLatin1String(option)).isEmpty())
            return Terminal::wrongUsage(QString::fromUtf8(sentence), QStringLiteral("user add "));
    auto admin = administration(existingPlaceFrom(parser));
    if (!admin)
        return terminal.fail(admin.error());
    const auto password = passwordFrom(parser);
    if (!password)
        return terminal.fail(password.error());
    const hub::NewUser user{
        .login = parser.positionalArguments().last(),
        .password = *password,
        .name = parser.value(QStringLiteral("name")),
        .extension = parser.value(QStringLiteral("extension")),
        .role = parser.value(QStringLiteral("role")),
        .books = parser.values(QStringLiteral("book")),
    };
    const auto id = admin->addUser(user);
    if (!id)
        return terminal.fail(id.error());
    sync::JsonWriter json;
    json.beginObject().id("user", *id).member("login", user.login).endObject();
    terminal.say(QStringLiteral("%1 can sign in as “%2”.").arg(user.name, user.login), json);
    return ExitStatus::Success;
}

using Change =
    std::function<Status(hub::Administration &admin, const QString &login, const QCommandLineParser &parser)>;

/// Does it to the login that is named, and says so.
ExitStatus changeUser(const QCommandLineParser &parser, const Terminal &terminal, const Change &change,
                      const QString &sentence)
{
    const QString login = parser.positionalArguments().last();
    auto admin = administration(existingPlaceFrom(parser));
    if (!admin)
        return terminal.fail(admin.error());
    if (const Status done = change(*admin, login, parser); !done)
        return terminal.fail(done.error());
    sync::JsonWriter json;
    json.beginObject().member("login", login).endObject();
    terminal.say(sentence.arg(login), json);
    return ExitStatus::Success;
}

Command changeCommand(const char *verb, const QString &purpose, const Change &change, const QString &sentence)
{
    return Command{
        .words = QStringLiteral("user ") + QLatin1String(verb),
        .purpose = purpose,
        .options = {dataOption(), databaseOption()},
        .argument = QStringLiteral("LOGIN"),
        .run = [=](const QCommandLineParser &parser,
                   const Terminal &terminal) { return changeUser(parser, terminal, change, sentence); },
    };
}

QString extensionText(const hub::KnownUser &user)
{
    const QString &own = user.account.extension;
    const QString text = own.isEmpty() ? QStringLiteral("none") : own;
    if (user.account.closedAt != 0 || user.extension == own)
        return text;
    return text + (user.extension.isEmpty() ? QStringLiteral(" (somebody else sits there today)")
                                            : QStringLiteral(" (sits at %1 today)").arg(user.extension));
}

void sayUser(const hub::KnownUser &user, const Terminal &terminal)
{
    const hub::Account &account = user.account;
    sync::JsonWriter json;
    json.beginObject().member("login", account.login).member("name", account.name);
    json.member("role", account.role).member("extension", account.extension);
    json.member("sits_at", user.extension)
        .key("open")
        .boolean(account.closedAt == 0)
        .key("books")
        .beginArray();
    for (const QString &book : user.books)
        json.text(book);
    json.endArray().key("devices").beginArray();
    QString devices;
    for (const hub::DeviceRow &device : user.devices) {
        const TimeMs since = device.signedInUntil ? device.signedInUntil - hub::sessionLifeMs : 0;
        json.beginObject().id("device", device.id).member("name", device.name);
        json.member("signed_in_at", since).endObject();
        devices +=
            QStringLiteral("\n    %1 %2: ").arg(device.id).arg(device.name) +
            (since ? QStringLiteral("signed in on ") + momentText(since) : QStringLiteral("not signed in"));
    }
    json.endArray().endObject();
    terminal.say(QStringLiteral("%1 (%2), %3, extension %4, %5, %6%7")
                     .arg(account.login, account.name, account.role, extensionText(user),
                          user.books.join(u' '),
                          account.closedAt ? QStringLiteral("closed") : QStringLiteral("open"), devices),
                 json);
}

ExitStatus listUsers(const QCommandLineParser &parser, const Terminal &terminal)
{
    const auto admin = administration(existingPlaceFrom(parser));
    if (!admin)
        return terminal.fail(admin.error());
    const auto users = admin->users();
    if (!users)
        return terminal.fail(users.error());
    for (const hub::KnownUser &user : *users)
        sayUser(user, terminal);
    return ExitStatus::Success;
}

/// What of a user was named; of the others nothing changes.
hub::UserChange changeFrom(const QCommandLineParser &parser)
{
    const auto given = [&](const char *option) {
        return parser.isSet(QLatin1String(option)) ? std::optional(parser.value(QLatin1String(option)))
                                                   : std::nullopt;
    };
    return {.name = given("name"),
            .extension = given("extension"),
            .role = given("role"),
            .books = parser.values(QStringLiteral("book"))};
}

QCommandLineOption passwordOption()
{
    return {QStringLiteral("password"),
            QStringLiteral("Seen by others on this machine; without it the terminal asks for it."),
            QStringLiteral("TEXT")};
}

QCommandLineOption passwordStdinOption()
{
    return {QStringLiteral("password-stdin"), QStringLiteral("Read the password from standard input.")};
}

} // namespace

Command addUserCommand()
{
    return Command{
        .words = QStringLiteral("user add"),
        .purpose = QStringLiteral("Let somebody sign in."),
        .options =
            {
                dataOption(),
                databaseOption(),
                {QStringLiteral("name"), QStringLiteral("Needed: as people call them."),
                 QStringLiteral("NAME")},
                {QStringLiteral("extension"), QStringLiteral("Of their phone; without it none."),
                 QStringLiteral("NUMBER")},
                {QStringLiteral("role"), QStringLiteral("agent, lead or admin."), QStringLiteral("ROLE"),
                 QStringLiteral("agent")},
                passwordOption(),
                passwordStdinOption(),
                {QStringLiteral("book"), QStringLiteral("Needed: a book they may use; can be said again."),
                 QStringLiteral("BOOK")},
            },
        .argument = QStringLiteral("LOGIN"),
        .run = addUser,
    };
}

Command changePasswordCommand()
{
    Command command = changeCommand(
        "password", QStringLiteral("Give somebody another password; all their desks have to sign in anew."),
        [](hub::Administration &admin, const QString &login, const QCommandLineParser &parser) -> Status {
            const auto password = passwordFrom(parser);
            return password ? admin.setPassword(login, *password) : password.error();
        },
        QStringLiteral("“%1” has another password now; all their desks have to sign in anew."));
    command.options += {passwordOption(), passwordStdinOption()};
    return command;
}

Command changeUserCommand()
{
    Command command = changeCommand(
        "change", QStringLiteral("Change somebody's name, extension or role, or let them use one more book."),
        [](hub::Administration &admin, const QString &login, const QCommandLineParser &parser) -> Status {
            const hub::UserChange change = changeFrom(parser);
            if (change == hub::UserChange())
                return Error{Fault::Invalid,
                             QStringLiteral("Say what changes: --name, --extension, --role or --book.")};
            return admin.changeUser(login, change);
        },
        QStringLiteral("“%1” is changed; nobody has to sign in anew, but for a new book."));
    command.options += {
        {QStringLiteral("name"), QStringLiteral("As people call them."), QStringLiteral("NAME")},
        {QStringLiteral("extension"), QStringLiteral("Of their phone; \"\" takes it away."),
         QStringLiteral("NUMBER")},
        {QStringLiteral("role"), QStringLiteral("agent, lead or admin."), QStringLiteral("ROLE")},
        {QStringLiteral("book"), QStringLiteral("One more book they may use; can be said again."),
         QStringLiteral("BOOK")},
    };
    return command;
}

Command closeUserCommand()
{
    return changeCommand(
        "close", QStringLiteral("Let somebody in no more; what they wrote stays."),
        [](hub::Administration &admin, const QString &login, const QCommandLineParser &) {
            return admin.closeUser(login);
        },
        QStringLiteral("“%1” is out and cannot sign in any more; what they wrote stays."));
}

Command openUserCommand()
{
    return changeCommand(
        "open", QStringLiteral("Let somebody in again who was closed."),
        [](hub::Administration &admin, const QString &login, const QCommandLineParser &) {
            return admin.openUser(login);
        },
        QStringLiteral("“%1” can sign in again."));
}

Command listUsersCommand()
{
    return Command{
        .words = QStringLiteral("user list"),
        .purpose = QStringLiteral("Say who may sign in, and with which devices they do."),
        .options = {dataOption(), databaseOption()},
        .run = listUsers,
    };
}

} // namespace ringbook::app
