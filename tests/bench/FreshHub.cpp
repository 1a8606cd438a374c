#include "tests/bench/FreshHub.h"

#include "model/core/Id.h"
#include "sync/hub/Sessions.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/Routes.h"

#include <QCoreApplication>
#include <QDateTime>

namespace ringbook::bench {

Result<std::unique_ptr<FreshHub>> FreshHub::start(const BenchOptions &options, int desks)
{
    qputenv("RINGBOOK_BIN", QCoreApplication::applicationDirPath().toUtf8());
    auto hub = std::make_unique<FreshHub>();
    hub->m_folder = std::make_unique<QTemporaryDir>(options.folder + "/hub-XXXXXX");
    const bool isFolder = options.database.isEmpty();
    hub->m_database = isFolder ? hub::Database::inFile(hub->m_folder->filePath("hub.db"))
                               : hub::Database::atUrl(options.database);
    hub->m_place =
        isFolder ? QStringList{"--data", hub->m_folder->path()} : QStringList{"--database", options.database};
    if (options.tls) {
        hub->m_authority.vouchFor("hub");
        hub->m_place += {"--tls-certificate", hub->m_authority.path("hub.pem"), "--tls-key",
                         hub->m_authority.path("hub.key")};
    }
    if (const Status filled = hub->fill(desks); !filled)
        return filled.error();
    if (const Status serving = hub->serve(); !serving)
        return serving.error();
    return hub;
}

Status FreshHub::fill(int desks)
{
    const SystemClock clock;
    auto admin = hub::Administration::open(m_database, clock);
    if (!admin)
        return admin.error();
    const QString name = QStringLiteral("bench%1").arg(QDateTime::currentMSecsSinceEpoch());
    const auto book = admin->addBook(name, "DE");
    if (!book)
        return book.error();
    m_book = *book;
    const auto user =
        admin->addUser({.login = name, .password = "bench", .name = "Ana Costa", .books = {name}});
    auto db = m_database.open();
    if (!user || !db)
        return user ? db.error() : user.error();
    return db->atomically([&]() -> Status {
        hub::Accounts accounts(*db);
        for (int i = 0; i < desks; ++i) {
            const QByteArray token = hub::newSecret();
            const auto device = accounts.addDevice({}, name, *user, clock.now());
            if (!device)
                return device.error();
            const hub::Caller caller{
                .user = *user, .device = *device, .expiresAt = clock.now() + hub::sessionLifeMs};
            if (const Status added = accounts.addSession(hub::secretHash(token), caller); !added)
                return added;
            m_desks.push_back({*device, token});
        }
        return Done{};
    });
}

Status FreshHub::serve()
{
    const QString listen = m_url.isEmpty() ? "127.0.0.1:0" : url().authority();
    m_program =
        std::make_unique<tests::Program>("ringbook-hub", QStringList{"serve", "--listen", listen} + m_place);
    m_url = m_program->waitFor("listening on").section(' ', -1);
    if (m_url.isEmpty())
        return Error{Fault::Failed, "the hub did not start: " + m_program->everything()};
    return Done{};
}

QByteArray pushOfNewCustomers(const QString &epoch, qint64 device, qint64 counter, int count)
{
    sync::PushRequest push{.schema = 1, .epoch = epoch, .sentAt = QDateTime::currentMSecsSinceEpoch()};
    for (qint64 n = counter; n < counter + count; ++n)
        push.ops.append(
            {.counter = n,
             .record = {"customer", makeId(device, n)},
             .action = model::Action::Create,
             .edits = {{"name", {QStringLiteral("Ana Costa %1").arg(n), 0}},
                       {"notes",
                        {QStringLiteral("Prefers to be called in the afternoon, speaks Portuguese "
                                        "and German; the gate code is with the neighbour."),
                         0}}},
             .madeAt = push.sentAt});
    return sync::encode(push);
}

QByteArray FreshHub::opsPath() const
{
    return sync::pathOf(sync::Operation::PushOps, {{"book", m_book.name}});
}

} // namespace ringbook::bench
