#pragma once

#include "model/core/Result.h"

#include <QJsonObject>
#include <QString>

namespace ringbook::bench {

struct BenchOptions
{
    qint64 customers = 200'000;
    int rounds = 1000;
    QString folder = {};   ///< where generated books are kept between runs
    QString database = {}; ///< of the hub, as a URL; empty: a folder
    int desks = 16;
    int ops = 1;      ///< in one push
    bool tls = false; ///< between desks and hub
};

// One function a benchmark; each returns what is printed.
Result<QJsonObject> benchPop(const BenchOptions &options);
Result<QJsonObject> benchSave(const BenchOptions &options);
Result<QJsonObject> benchSecondDesk(const BenchOptions &options);
Result<QJsonObject> benchPush(const BenchOptions &options);
Result<QJsonObject> benchAck(const BenchOptions &options);
Result<QJsonObject> benchFanout(const BenchOptions &options);
Result<QJsonObject> benchRestart(const BenchOptions &options);
Result<QJsonObject> benchIdle(const BenchOptions &options);
Result<QJsonObject> benchSnapshot(const BenchOptions &options);
Result<QJsonObject> benchFeed(const BenchOptions &options);
Result<QJsonObject> benchCatchUp(const BenchOptions &options);
Result<QJsonObject> benchBootstrap(const BenchOptions &options);
Result<QJsonObject> benchRing(const BenchOptions &options);

} // namespace ringbook::bench
