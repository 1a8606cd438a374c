#pragma once

#include "model/core/Result.h"
#include "sync/hub/Administration.h"
#include "tests/bench/Bench.h"
#include "tests/support/Certificates.h"
#include "tests/support/Program.h"

#include <QTemporaryDir>
#include <QUrl>

#include <memory>

namespace ringbook::bench {

/// A push of `count` new customers, the first of them with this counter.
QByteArray pushOfNewCustomers(const QString &epoch, qint64 device, qint64 counter, int count);

/// A hub as a process of its own with a new, empty book, in a folder that goes with it or in the database
/// that was named, and devices that are signed in: without passwords, which would take longer than the
/// benchmark.
class FreshHub
{
public:
    struct Desk
    {
        qint64 device = 0;
        QByteArray token;
    };

    static Result<std::unique_ptr<FreshHub>> start(const BenchOptions &options, int desks);

    QUrl url() const { return QUrl(m_url); }
    const hub::BookHead &book() const { return m_book; }
    const std::vector<Desk> &desks() const { return m_desks; }
    QString folder() const { return m_folder->path(); }
    tests::Program &program() { return *m_program; }

    QByteArray newCustomers(const Desk &desk, qint64 counter, int count) const
    {
        return pushOfNewCustomers(m_book.head.epoch, desk.device, counter, count);
    }
    QByteArray opsPath() const;

    Status serve(); ///< again, at the same address

private:
    Status fill(int desks);

    std::unique_ptr<QTemporaryDir> m_folder;
    test::Authority m_authority;
    QStringList m_place;
    hub::Database m_database = hub::Database::inFile({});
    QString m_url;
    hub::BookHead m_book;
    std::vector<Desk> m_desks;
    std::unique_ptr<tests::Program> m_program;
};

} // namespace ringbook::bench
