#pragma once

#include "model/domain/Record.h"
#include "sync/hub/store/Accounts.h"
#include "sync/protocol/Problems.h"
#include "sync/protocol/Routes.h"

#include <functional>
#include <variant>

namespace ringbook::hub {

/// What somebody asks of the hub, whatever carried it here.
struct Ask
{
    Caller caller = {};   ///< empty for what needs no token
    QString address = {}; ///< of the machine that asks, or of a proxy before it
    sync::PathParts path = {};
    QByteArray query = {};
    QByteArray body = {};
    QMap<QByteArray, QByteArray> headers = {}; ///< by name in lower case; only where no token is asked for
    std::optional<qint64> ifVersion = {};      ///< only if the record is still at this seq
};

struct Told
{
    QByteArray body = {};
    QByteArray contentType = "application/json";
    std::optional<qint64> version = {}; ///< the record's seq
    bool isImmutable = false;           ///< what this address tells for ever; may be told in parts
};

using Answer = std::variant<Told, sync::Problem>;
using Reply = std::function<void(Answer)>; ///< called exactly once, by any thread

/// One thing the hub does when asked. Never blocks the thread that asks.
class Verb
{
public:
    virtual ~Verb() = default;
    virtual void answer(const Ask &ask, Reply reply) = 0;
};

// What several verbs say.
sync::Problem problem(int status, const char *type, const QString &title, const QString &detail);
sync::Problem tooBusy();

/// Why it failed, for the one who asked. What a database said is for the log.
sync::Problem problemOf(const Error &error);

/// The book of the path, if the caller may see it.
std::optional<sync::Problem> bookTrouble(const Ask &ask);
std::optional<sync::Problem> schemaTrouble(int schema);
sync::Problem resetTo(const sync::Reset &reset);

} // namespace ringbook::hub
