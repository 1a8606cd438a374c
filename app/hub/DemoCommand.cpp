#include "app/hub/Commands.h"
#include "app/hub/DataFolder.h"
#include "app/hub/DemoBook.h"
#include "model/core/Id.h"
#include "sync/hub/Administration.h"

#include <limits>

namespace ringbook::app {

namespace {

constexpr qsizetype recordsPerCommit = 2000;
constexpr int mostCustomers = 1'000'000;
const QString bookName = QStringLiteral("main");

constexpr const char *agents[][3] = {
    {"anna", "Anna Albers", "101"},
    {"ben", "Ben Brandt", "102"},
    {"cleo", "Cleo Chen", "103"},
    {"dora", "Dora Duval", "104"},
};

/// The four agents, who sign in with the password "demo".
Result<QVector<model::User>> addAgents(hub::Administration &admin)
{
    QVector<model::User> users;
    for (const auto &[login, name, extension] : agents) {
        const hub::NewUser user{.login = QLatin1String(login),
                                .password = QStringLiteral("demo"),
                                .name = QLatin1String(name),
                                .extension = QLatin1String(extension),
                                .books = {bookName}};
        const auto id = admin.addUser(user);
        if (!id)
            return id.error();
        users.append({.id = {*id}, .name = user.name, .login = user.login, .extension = user.extension});
    }
    return users;
}

/// Collects records and hands them on by the thousand.
class Batches
{
public:
    Batches(hub::Administration &admin, TimeMs now) : m_admin(admin), m_now(now) {}

    Status add(const model::RecordKey &key, const model::Fields &fields)
    {
        m_records.append(hub::NewRecord{.key = key, .fields = fields, .at = m_now});
        return m_records.size() < recordsPerCommit ? Done{} : flush();
    }

    Status flush()
    {
        const Status added = m_admin.addRecords(bookName, m_records);
        m_records.clear();
        return added;
    }

private:
    hub::Administration &m_admin;
    TimeMs m_now;
    QVector<hub::NewRecord> m_records;
};

Result<DemoCounts> makeDemo(const hub::Database &database, DemoSettings settings)
{
    const SystemClock clock;
    auto admin = hub::Administration::open(database, clock);
    if (!admin)
        return admin.error();
    if (const auto book = admin->addBook(bookName, QStringLiteral("DE")); !book)
        return book.error();
    const auto users = addAgents(*admin);
    if (!users)
        return users.error();
    const auto last = admin->lastRecordCounter();
    if (!last)
        return last.error();
    settings.now = clock.now();
    settings.device = hub::hubDevice;
    settings.firstCounter = *last + 1;
    settings.users = *users;
    settings.writeUsers = false;
    Batches batches(*admin, settings.now);
    const auto counts =
        writeDemoBook(settings, [&](const model::RecordKey &key, const model::Fields &fields) {
            return batches.add(key, fields);
        });
    if (!counts)
        return counts.error();
    if (const Status flushed = batches.flush(); !flushed)
        return flushed.error();
    return counts;
}

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
        json.beginObject().member("book", bookName).key("existing").boolean(true).endObject();
        terminal.say(QStringLiteral("There is a hub's database already; nothing was changed."), json);
        return ExitStatus::Success;
    }
    const auto counts = makeDemo(folder->unfinished(), *settings);
    if (!counts)
        return terminal.fail(counts.error());
    if (const Status finished = folder->finish(); !finished)
        return terminal.fail(finished.error());
    json.beginObject().member("book", bookName).key("existing").boolean(false);
    json.member("customers", settings->customers).member("records", counts->records).endObject();
    terminal.say(
        QStringLiteral("The book “%1” has %2 customers and %3 records. anna, ben, cleo and dora sign in with "
                       "the password “demo”.")
            .arg(bookName)
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
