#pragma once

#include "model/core/Result.h"
#include "sync/protocol/Messages.h"
#include "tests/bench/Asker.h"
#include "tests/support/Program.h"

#include <memory>

namespace ringbook::bench {

/// A hub as a process of its own with a demo book "main" of so many customers, kept between runs, in a folder
/// or in the database that was named; anna signs in with "demo". A database keeps the book it was first
/// given.
class HubRig
{
public:
    static Result<std::unique_ptr<HubRig>> start(const QString &folder, qint64 customers,
                                                 const QString &database = {});

    QString url() const { return m_url; }
    QString database() const
    {
        return m_data + "/hub.db";
    } ///< for raw reading beside it, if it is in a folder
    QString snapshots() const { return m_data + "/snapshots"; }
    double cpuSeconds() const; ///< it has used so far

private:
    QString m_data;
    QString m_url;
    std::unique_ptr<tests::Program> m_hub;
};

/// As anna, for all that is asked from here on.
Result<sync::SessionReply> signIn(Asker &asker);

/// The middle one.
double median(QVector<double> values);

} // namespace ringbook::bench
