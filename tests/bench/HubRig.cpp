#include "tests/bench/HubRig.h"

#include "app/hub/DemoHub.h"
#include "sync/hub/store/Books.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Routes.h"
#include "tests/bench/Used.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <cstdio>

namespace ringbook::bench {

namespace {

constexpr int makingTimeoutMs = 30 * 60'000;

void sayMaking(qint64 customers)
{
    std::fprintf(stderr, "Making a hub's book of %lld customers …\n", static_cast<long long>(customers));
}

Status makeBook(const QString &data, qint64 customers)
{
    sayMaking(customers);
    tests::Program program("ringbook-hub",
                           {"demo", "--data", data, "--customers", QString::number(customers)});
    if (program.waitForEnd(makingTimeoutMs) != 0)
        return Error{Fault::Failed, "no book was made: " + program.everything()};
    return Done{};
}

Status makeBookAt(const QString &url, qint64 customers)
{
    const auto database = hub::Database::atUrl(url);
    if (const Status prepared = database.prepare(); !prepared)
        return prepared;
    auto db = database.open();
    if (!db)
        return db.error();
    const auto book = hub::Books(*db).book(app::demoBookName);
    if (book || book.error().fault != Fault::NotFound)
        return book ? Status(Done{}) : book.error();
    sayMaking(customers);
    const auto made = app::makeDemo(database, {.customers = int(customers), .cases = int(customers * 3 / 5)});
    return made ? Status(Done{}) : made.error();
}

} // namespace

Result<std::unique_ptr<HubRig>> HubRig::start(const QString &folder, qint64 customers,
                                              const QString &database)
{
    qputenv("RINGBOOK_BIN", QCoreApplication::applicationDirPath().toUtf8());
    const bool isFolder = database.isEmpty();
    auto rig = std::make_unique<HubRig>();
    rig->m_data = QStringLiteral("%1/hub%2-%3").arg(folder, isFolder ? "" : "-at-url").arg(customers);
    const Status made = !isFolder                        ? makeBookAt(database, customers)
                        : QFile::exists(rig->database()) ? Status(Done{})
                                                         : makeBook(rig->m_data, customers);
    if (!made)
        return made.error();
    const QStringList place = isFolder ? QStringList{"--data", rig->m_data}
                                       : QStringList{"--database", database, "--snapshots", rig->snapshots()};
    rig->m_hub = std::make_unique<tests::Program>("ringbook-hub",
                                                  QStringList{"serve", "--listen", "127.0.0.1:0"} + place);
    rig->m_url = rig->m_hub->waitFor("listening on").section(' ', -1);
    if (rig->m_url.isEmpty())
        return Error{Fault::Failed, "the hub did not start: " + rig->m_hub->everything()};
    return rig;
}

double HubRig::cpuSeconds() const
{
    return bench::cpuSeconds(m_hub->pid());
}

Result<sync::SessionReply> signIn(Asker &asker)
{
    const auto reply = sync::readSessionReply(
        asker.ask("POST", sync::pathOf(sync::Operation::SignIn),
                  sync::encode(sync::SessionRequest{.schema = 1, .login = "anna", .password = "demo"})));
    if (reply)
        asker.setToken(reply->token.toLatin1());
    return reply;
}

double median(QVector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.isEmpty() ? 0 : values[values.size() / 2];
}

} // namespace ringbook::bench
