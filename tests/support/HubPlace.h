#pragma once

#include "tests/support/PostgresCluster.h"

#include <QTemporaryDir>

namespace ringbook::test {

/// Where the hub of a test keeps its data: a folder of its own, or, if RINGBOOK_TEST_ENGINE is `postgres`, a
/// new database in a cluster that this test program has for itself.
class HubPlace
{
public:
    explicit HubPlace(const QString &url = {})
        : m_url(url.isEmpty() && isPostgres() ? cluster().freshDatabase() : url)
    {
    }

    static bool isPostgres() { return qEnvironmentVariable("RINGBOOK_TEST_ENGINE") == "postgres"; }

    QString folder() const { return m_folder.path(); }
    QString url() const { return m_url; } ///< empty: the folder it is

    /// For a command of ringbook-hub.
    QStringList arguments() const
    {
        return m_url.isEmpty() ? QStringList{"--data", m_folder.path()} : QStringList{"--database", m_url};
    }

private:
    /// Never destroyed: it notices by itself that the program is over.
    static PostgresCluster &cluster()
    {
        static PostgresCluster *const cluster = [] {
            auto *made = new PostgresCluster;
            if (!made->start())
                qFatal("no PostgreSQL: %s", qPrintable(made->error()));
            return made;
        }();
        return *cluster;
    }

    QTemporaryDir m_folder;
    QString m_url;
};

} // namespace ringbook::test
