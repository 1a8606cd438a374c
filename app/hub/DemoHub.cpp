#include "app/hub/DemoHub.h"

#include "model/core/Id.h"
#include "sync/hub/Administration.h"

namespace ringbook::app {

namespace {

constexpr qsizetype recordsPerCommit = 2000;

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
                                .books = {demoBookName}};
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
        const Status added = m_admin.addRecords(demoBookName, m_records);
        m_records.clear();
        return added;
    }

private:
    hub::Administration &m_admin;
    TimeMs m_now;
    QVector<hub::NewRecord> m_records;
};

} // namespace

Result<DemoCounts> makeDemo(const hub::Database &database, DemoSettings settings)
{
    const SystemClock clock;
    auto admin = hub::Administration::open(database, clock);
    if (!admin)
        return admin.error();
    if (const auto book = admin->addBook(demoBookName, QStringLiteral("DE")); !book)
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

} // namespace ringbook::app
