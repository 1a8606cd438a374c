#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

#include <span>

namespace ringbook::sync {

/// Everything that can be asked of a hub.
enum class Operation {
    Health,
    OpenApi,
    Metrics,
    SignIn,
    RegisterDevice,
    PushOps,
    PushFormerOps,
    ReadChanges,
    ReadRows,
    LookUp,
    ReadSnapshot,
    ReadFrame,
    Stream,
    SharePresence,
    AcknowledgeErasures,
    ReadSums,
    ReadBucket,
    ReadRecord,
    ChangeRecord,
    OrderPhone,
    ReadTelephony,
    ExamineTelephony,
    ReplayCall,
    SimulateCall,
    AnswerSimulatedCall,
    HangUpSimulatedCall,
    TakeWebhook,
};

struct Route
{
    Operation operation;
    const char *method;
    const char *path;        ///< "/v1/books/{book}/ops"
    const char *operationId; ///< its name in openapi.yaml
    bool needsToken = true;
};

/// The one table that the hub's front, the client and openapi.yaml are held against.
std::span<const Route> allRoutes();
const Route &route(Operation operation);

/// In every request of a desk: the number of its set of kinds and fields.
inline constexpr char schemaHeader[] = "Ringbook-Schema";

using PathParts = QMap<QString, QString>; ///< {"book": "main"}

struct RouteMatch
{
    enum class Kind { Found, NoSuchPath, WrongMethod };

    Kind kind = Kind::NoSuchPath;
    const Route *route = nullptr; ///< only if found
    PathParts parts = {};         ///< decoded
    QByteArray allowed = {};      ///< for the Allow header of a wrong method: "GET, PATCH"
};

/// `path` as it stands in the request line, without the query; percent-encoded.
RouteMatch matchRoute(const QByteArray &method, const QByteArray &path);

/// The path of an operation with its parts filled in, percent-encoded.
QByteArray pathOf(Operation operation, const PathParts &parts = {});

} // namespace ringbook::sync
