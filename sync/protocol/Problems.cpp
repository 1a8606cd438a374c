#include "sync/protocol/Problems.h"

namespace ringbook::sync {

namespace {

Problem made(int status, const char *type, const QString &title, const QString &detail)
{
    return {.status = status, .type = QLatin1String(type), .title = title, .detail = detail};
}

} // namespace

Problem problemFrom(const Error &error)
{
    const QString &detail = error.detail;
    switch (error.fault) {
    case Fault::Invalid:
    case Fault::Protocol:
        return made(400, problem::invalid, QStringLiteral("The request is not valid"), detail);
    case Fault::NotFound:
        return made(404, problem::notFound, QStringLiteral("There is no such thing here"), detail);
    case Fault::Conflict:
        return made(412, problem::changed, QStringLiteral("It was changed in between"), detail);
    case Fault::Denied: return made(401, problem::unauthorized, QStringLiteral("Not signed in"), detail);
    case Fault::TooNew:
        return made(400, problem::schemaTooNew, QStringLiteral("This hub is older than the request"), detail);
    case Fault::Busy:
    case Fault::Unreachable: return made(503, problem::busy, QStringLiteral("Try again later"), detail);
    case Fault::DiskFull:
        return made(507, problem::diskFull, QStringLiteral("The hub's disk is full"), detail);
    case Fault::Damaged:
    case Fault::Failed: break;
    }
    return made(500, problem::failed, QStringLiteral("The hub could not do it"), detail);
}

Error errorFrom(const Problem &problem)
{
    const QString detail = problem.detail.isEmpty() ? problem.title : problem.detail;
    if (problem.type == QLatin1String(problem::schemaTooNew))
        return {Fault::TooNew, detail};
    switch (problem.status) {
    case 400:
    case 405:
    case 413:
    case 428: return {Fault::Invalid, detail};
    case 401:
    case 403: return {Fault::Denied, detail};
    case 404: return {Fault::NotFound, detail};
    case 409:
    case 412: return {Fault::Conflict, detail};
    case 429:
    case 502:
    case 503:
    case 504: return {Fault::Busy, detail};
    default: return {Fault::Failed, detail};
    }
}

} // namespace ringbook::sync
