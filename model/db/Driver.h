#pragma once

#include "model/core/Result.h"
#include "model/db/Dialect.h"
#include "model/db/Row.h"
#include "model/db/WithoutCount.h"

#include <functional>
#include <memory>
#include <span>
#include <utility>

namespace ringbook::model {

/// What a statement is given: values by name, or, where there are no names, in the order of the parameters.
struct Bindings
{
    std::span<const std::pair<const char *, QVariant>> named = {};
    std::span<const QVariant> ordered = {};
};

/// A prepared statement of one engine. Holds no lock and no row between two calls.
class Statement
{
public:
    static constexpr int allRows = -1;

    virtual ~Statement() = default;
    virtual Result<int> run(const Bindings &bindings) = 0;
    virtual Result<Rows> rows(const Bindings &bindings, int atMost) = 0;

    // In a transaction and where that spares waiting for the server it is only on its way then: the next one
    // that is waited for says if it failed.

    virtual Status send(const Bindings &bindings) { return withoutCount(run(bindings)); }
    virtual std::function<Result<Rows>()> ask(const Bindings &bindings)
    {
        return [answer = rows(bindings, allRows)] { return answer; };
    }
};

/// One engine, as Connection uses it: an open database of that kind.
class Driver
{
public:
    virtual ~Driver() = default;
    virtual Engine engine() const = 0;
    virtual Result<std::unique_ptr<Statement>> prepare(const QString &sql) = 0;
    virtual void forgetStatements() {} ///< that were prepared before
    virtual Status script(const QString &sql) = 0;
    virtual bool inTransaction() const = 0; ///< engines end transactions by themselves when they must
    virtual void *handle() const { return nullptr; }
    virtual Status listen(const QString &, std::function<void(const QString &)>) { return Done{}; }
};

} // namespace ringbook::model
