#pragma once

#include "sync/calls/PbxSettings.h"
#include "sync/hub/HttpFront.h"
#include "sync/hub/snapshot/SnapshotMaker.h"
#include "sync/hub/store/Database.h"

namespace ringbook::hub {

struct HubSettings
{
    Database database;
    ListenAddress listen = {};
    std::optional<TlsFiles> tls = {};
    bool simulator = false;
    int leaseDays = defaultLeaseDays;
    QVector<calls::PbxSettings> pbxs = {}; ///< each with a source of its own
    SnapshotMaker::Settings snapshots = {};
};

/// The whole hub: storage, order, fan-out, calls, and HTTP in front. Runs on threads of its own.
class Hub
{
public:
    /// Opens everything and listens. An error is one sentence for the administrator.
    static Result<std::unique_ptr<Hub>> start(const HubSettings &settings, const Clock &clock);
    ~Hub(); ///< stops gracefully: bye, answers, then the writer's last commit

    quint16 port() const;
    QString url() const; ///< "http://127.0.0.1:8750", with TLS "https://…"

private:
    struct Parts;
    explicit Hub(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m;
};

} // namespace ringbook::hub
