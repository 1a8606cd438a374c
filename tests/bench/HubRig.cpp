#include "tests/bench/HubRig.h"

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

Status makeBook(const QString &data, qint64 customers)
{
    std::fprintf(stderr, "Making a hub's book of %lld customers …\n", static_cast<long long>(customers));
    tests::Program program("ringbook-hub",
                           {"demo", "--data", data, "--customers", QString::number(customers)});
    if (program.waitForEnd(makingTimeoutMs) != 0)
        return Error{Fault::Failed, "no book was made: " + program.everything()};
    return Done{};
}

} // namespace

Result<std::unique_ptr<HubRig>> HubRig::start(const QString &folder, qint64 customers)
{
    qputenv("RINGBOOK_BIN", QCoreApplication::applicationDirPath().toUtf8());
    auto rig = std::make_unique<HubRig>();
    rig->m_data = QStringLiteral("%1/hub-%2").arg(folder).arg(customers);
    if (!QFile::exists(rig->database()))
        if (const auto made = makeBook(rig->m_data, customers); !made)
            return made.error();
    rig->m_hub = std::make_unique<tests::Program>(
        "ringbook-hub", QStringList{"serve", "--data", rig->m_data, "--listen", "127.0.0.1:0"});
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
