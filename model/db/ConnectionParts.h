#pragma once

#include "model/db/Connection.h"
#include "model/db/Driver.h"

#include <QHash>

namespace ringbook::model {

/// Texts built at run time could otherwise grow without end.
constexpr int maxKeptStatements = 512;

struct Connection::Implementation
{
    std::unique_ptr<Driver> driver;
    QHash<QString, std::shared_ptr<Statement>> statements = {};
    Gate gate = {};
    int depth = 0;                    ///< of nested atomically()
    std::optional<Error> nested = {}; ///< why an inner atomically() failed
    bool lost = false;

    template <typename T>
    Result<T> watched(Result<T> result)
    {
        lost = lost || (!result && result.error().fault == Fault::Unreachable);
        return result;
    }

    Status mayRun(const QString &sql) const
    {
        if (gate && !gate(sql))
            return Error{Fault::Failed, "the gate refused: " + sql.left(80)};
        if (depth > 0 && !driver->inTransaction())
            return Error{Fault::Failed, "the transaction was ended by the database"};
        return Done{};
    }

    Result<std::shared_ptr<Statement>> prepared(const QString &sql)
    {
        if (const auto kept = statements.constFind(sql); kept != statements.constEnd())
            return *kept;
        const auto translated = inDialect(sql, driver->engine());
        if (!translated)
            return translated.error();
        auto statement = watched(driver->prepare(*translated));
        if (!statement)
            return statement.error();
        if (statements.size() >= maxKeptStatements) {
            statements.clear();
            driver->forgetStatements();
        }
        return *statements.insert(sql, std::move(*statement));
    }

    Result<int> run(const QString &sql, const Bindings &bindings)
    {
        if (const auto allowed = mayRun(sql); !allowed)
            return allowed.error();
        const auto statement = prepared(sql);
        return statement ? watched((*statement)->run(bindings)) : statement.error();
    }

    /// Outside of a transaction nobody would hear what came of it.
    Status send(const QString &sql, const Bindings &bindings)
    {
        return depth > 0 ? sendOnly(sql, bindings) : withoutCount(run(sql, bindings));
    }

    Status sendOnly(const QString &sql, const Bindings &bindings)
    {
        if (const auto allowed = mayRun(sql); !allowed)
            return allowed.error();
        const auto statement = prepared(sql);
        return statement ? watched((*statement)->send(bindings)) : statement.error();
    }

    Awaited ask(const QString &sql, const Bindings &bindings)
    {
        const auto failed = [](const Error &error) -> Awaited { return [error] { return error; }; };
        if (const auto allowed = mayRun(sql); !allowed)
            return failed(allowed.error());
        const auto statement = prepared(sql);
        if (!statement)
            return failed(statement.error());
        return [this, statement = *statement, answer = (*statement)->ask(bindings)] {
            return watched(answer());
        };
    }

    Result<Rows> rows(const QString &sql, const Bindings &bindings, int atMost)
    {
        if (const auto allowed = mayRun(sql); !allowed)
            return allowed.error();
        const auto statement = prepared(sql);
        return statement ? watched((*statement)->rows(bindings, atMost)) : statement.error();
    }

    /// Not through the gate: undoing must not be prevented.
    void rollBack()
    {
        if (!driver->inTransaction())
            return;
        if (const auto statement = prepared("ROLLBACK"))
            (void)(*statement)->run({});
    }
};

} // namespace ringbook::model
