#include "app/hub/Commands.h"
#include "app/hub/Office.h"

namespace ringbook::app {

namespace {

constexpr int mostDays = int(hub::keepPhoneOrdersMs / dayMs);

void sayOrder(const hub::PhoneOrder &order, const QString &login, const Terminal &terminal)
{
    sync::JsonWriter json;
    json.beginObject().member("at", order.at).member("login", login).member("command", order.command);
    json.member("number", order.number).endObject();
    terminal.say(QStringLiteral("%1 %2 %3 %4").arg(momentText(order.at), login, order.command, order.number),
                 json);
}

ExitStatus listOrders(const QCommandLineParser &parser, const Terminal &terminal)
{
    bool isNumber = false;
    const int days = parser.value(QStringLiteral("days")).toInt(&isNumber);
    if (!isNumber || days < 1 || days > mostDays)
        return Terminal::wrongUsage(QStringLiteral("--days is a whole number from 1 to %1.").arg(mostDays),
                                    QStringLiteral("calls orders "));
    const auto admin = administration(existingPlaceFrom(parser));
    if (!admin)
        return terminal.fail(admin.error());
    const auto users = admin->users();
    if (!users)
        return terminal.fail(users.error());
    QHash<qint64, QString> logins;
    for (const hub::KnownUser &user : *users)
        logins.insert(user.account.id, user.account.login);
    const auto orders = admin->phoneOrders(SystemClock().now() - days * dayMs);
    if (!orders)
        return terminal.fail(orders.error());
    for (const hub::PhoneOrder &order : *orders)
        sayOrder(order, logins.value(order.account), terminal);
    return ExitStatus::Success;
}

} // namespace

Command listOrdersCommand()
{
    return Command{
        .words = QStringLiteral("calls orders"),
        .purpose =
            QStringLiteral("List which numbers agents had dialled and passed calls on to, the newest first."),
        .options = {dataOption(),
                    databaseOption(),
                    {QStringLiteral("days"), QStringLiteral("How far back, 1 to %1.").arg(mostDays),
                     QStringLiteral("N"), QString::number(mostDays)}},
        .run = listOrders,
    };
}

} // namespace ringbook::app
