#pragma once

#include "model/core/Result.h"

#include <QByteArray>
#include <QString>

#include <memory>

namespace ringbook::bench {

/// The floor under a push: the rows that ops become at the hub (record, log, answer, the book's head), so
/// many in one durable commit, by the engine's own interface.
class RawStore
{
public:
    virtual ~RawStore() = default;
    virtual Status commit(int ops) = 0;

    static Result<std::unique_ptr<RawStore>> inFile(const QString &path);
    static Result<std::unique_ptr<RawStore>> atUrl(const QString &url);

    static QByteArray rawBody(); ///< as long as the columns of such an op
    static QByteArray rawWire();

    /// By the one that fits.
    static Result<std::unique_ptr<RawStore>> open(const QString &folder, const QString &url);
};

} // namespace ringbook::bench
