#include "app/hub/Commands.h"
#include "app/hub/DataFolder.h"
#include "app/hub/DemoHub.h"

#include <limits>

namespace ringbook::app {

namespace {

constexpr int mostCustomers = 1'000'000;

/// Fault::Invalid with a sentence if a number is none, or too small or large.
Result<int> numberOption(const QCommandLineParser &parser, const QString &option, int least, int most)
{
    bool isNumber = false;
    const int number = parser.value(option).toInt(&isNumber);
    if (!isNumber || number < least || number > most)
        return Error{Fault::Invalid,
                     QStringLiteral("--%1 takes a number from %2 to %3.").arg(option).arg(least).arg(most)};
    return number;
}

Result<DemoSettings> settingsFrom(const QCommandLineParser &parser)
{
    const auto customers = numberOption(parser, QStringLiteral("customers"), minDemoCustomers, mostCustomers);
    if (!customers)
        return customers.error();
    const auto seed = numberOption(parser, QStringLiteral("seed"), 0, std::numeric_limits<int>::max());
    if (!seed)
        return seed.error();
    const DemoSettings usual;
    const int cases = int(qint64(usual.cases) * *customers / usual.customers);
    return DemoSettings{.customers = *customers, .cases = cases, .seed = quint32(*seed)};
}

ExitStatus demo(const QCommandLineParser &parser, const Terminal &terminal)
{
    const auto settings = settingsFrom(parser);
    if (!settings)
        return Terminal::wrongUsage(settings.error().detail, QStringLiteral("demo "));
    const auto folder = DataFolder::open(parser.value(dataOption()));
    if (!folder)
        return terminal.fail(folder.error());
    sync::JsonWriter json;
    if (folder->hasDatabase()) {
        json.beginObject().member("book", demoBookName).key("existing").boolean(true).endObject();
        terminal.say(QStringLiteral("There is a hub's database already; nothing was changed."), json);
        return ExitStatus::Success;
    }
    const auto counts = makeDemo(folder->unfinished(), *settings);
    if (!counts)
        return terminal.fail(counts.error());
    if (const Status finished = folder->finish(); !finished)
        return terminal.fail(finished.error());
    json.beginObject().member("book", demoBookName).key("existing").boolean(false);
    json.member("customers", settings->customers).member("records", counts->records).endObject();
    terminal.say(
        QStringLiteral("The book “%1” has %2 customers and %3 records. anna, ben, cleo and dora sign in with "
                       "the password “demo”.")
            .arg(demoBookName)
            .arg(settings->customers)
            .arg(counts->records),
        json);
    return ExitStatus::Success;
}

} // namespace

Command demoCommand()
{
    return Command{
        .words = QStringLiteral("demo"),
        .purpose = QStringLiteral("Make a book to try things with."),
        .options =
            {
                dataOption(),
                {QStringLiteral("customers"), QStringLiteral("How many."), QStringLiteral("N"),
                 QStringLiteral("5000")},
                {QStringLiteral("seed"), QStringLiteral("Another number makes another book."),
                 QStringLiteral("N"), QStringLiteral("1")},
            },
        .run = demo,
    };
}

} // namespace ringbook::app
