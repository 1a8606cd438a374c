#include "tests/bench/Rig.h"

#include "app/hub/DemoBook.h"

#include <QDateTime>
#include <QDir>
#include <QTest>

#include <cstdio>

namespace ringbook::bench {

namespace {

constexpr int liveTimeoutMs = 60'000;
constexpr int fillBatch = 5000;

Status administer(const QString &data, QStringList arguments)
{
    tests::Program program("ringbook-hub", arguments << "--data" << data);
    if (program.waitForEnd() != 0)
        return Error{Fault::Failed, program.everything()};
    return Done{};
}

Status makeHub(const QString &data)
{
    for (const QStringList &step :
         QVector<QStringList>{{"book", "add", "main", "--region", "DE"},
                              {"user", "add", "anna", "--name", "Anna Albers", "--extension", "101",
                               "--password", "demo", "--book", "main"},
                              {"user", "add", "ben", "--name", "Ben Brandt", "--extension", "102",
                               "--password", "demo", "--book", "main"}})
        if (const auto done = administer(data, step); !done)
            return done;
    return Done{};
}

} // namespace

Result<std::unique_ptr<Rig>> Rig::start(const QString &folder)
{
    qputenv("RINGBOOK_BIN", QCoreApplication::applicationDirPath().toUtf8());
    const QString data = folder + "/hub";
    if (!QDir(data).exists())
        if (const auto made = makeHub(data); !made)
            return made.error();
    auto rig = std::make_unique<Rig>();
    rig->m_folder = folder;
    rig->m_hub = std::make_unique<tests::Program>(
        "ringbook-hub", QStringList{"serve", "--data", data, "--listen", "127.0.0.1:0", "--simulator"});
    rig->m_url = rig->m_hub->waitFor("listening on").section(' ', -1);
    if (rig->m_url.isEmpty())
        return Error{Fault::Failed, "the hub did not start: " + rig->m_hub->everything()};
    return rig;
}

Result<std::unique_ptr<app::Agent>> Rig::desk(const QString &who, ui::ThemeSwitch &themes)
{
    QFile password(m_folder + "/password");
    if (!password.open(QIODevice::WriteOnly) || password.write("demo\n") < 0)
        return Error{Fault::Failed, password.errorString()};
    password.close();
    auto agent = std::make_unique<app::Agent>(
        app::Options{
            .hub = m_url, .profile = profile(who), .login = who, .passwordFile = password.fileName()},
        themes);
    if (const auto started = agent->start(); !started)
        return started.error();
    const auto isLive = [&] { return agent->syncState().link == sync::SyncState::Link::Live; };
    if (!QTest::qWaitFor(isLive, liveTimeoutMs))
        return Error{Fault::Unreachable, "the desk did not get live: " + agent->syncState().problem};
    if (!QTest::qWaitFor([&] { return agent->workplace()->calls().isWarm(); }, liveTimeoutMs))
        return Error{Fault::Failed, "the desk did not get warm"};
    return agent;
}

Status Rig::fill(const QString &who, qint64 customers)
{
    const QString marker = profile(who) + "/filled";
    if (QFile::exists(marker))
        return Done{};
    auto book = model::Book::open(profile(who) + "/book.db");
    if (!book)
        return book.error();
    const auto cursor = book->cursor();
    if (!cursor)
        return cursor.error();

    std::fprintf(stderr, "Making a book of %lld customers (some minutes for a large one) …\n",
                 static_cast<long long>(customers));
    QVector<model::Change> batch;
    const auto flush = [&]() -> Status {
        const auto applied = book->applyFeed(std::exchange(batch, {}), *cursor, {});
        return applied ? Status(Done{}) : Status(applied.error());
    };
    const auto written = app::writeDemoBook(
        {.customers = int(customers),
         .cases = int(customers / 2),
         .now = QDateTime::currentMSecsSinceEpoch(),
         .device = 3},
        [&](const model::RecordKey &key, const model::Fields &fields) -> Status {
            batch.append({.seq = 1, .record = key, .action = model::Action::Create, .fields = fields});
            return batch.size() < fillBatch ? Status(Done{}) : flush();
        });
    if (!written)
        return written.error();
    if (const auto flushed = flush(); !flushed)
        return flushed;
    return QFile(marker).open(QIODevice::WriteOnly) ? Status(Done{})
                                                    : Status(Error{Fault::Failed, "no marker"});
}

} // namespace ringbook::bench
