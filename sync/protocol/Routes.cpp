#include "sync/protocol/Routes.h"

#include <QUrl>
#include <QVector>

#include <algorithm>

namespace ringbook::sync {

namespace {

constexpr Route routes[] = {
    {Operation::Health, "GET", "/v1/health", "health", false},
    {Operation::OpenApi, "GET", "/openapi.yaml", "openApi", false},
    {Operation::Metrics, "GET", "/metrics", "metrics", false},
    {Operation::SignIn, "POST", "/v1/session", "signIn", false},
    {Operation::RegisterDevice, "POST", "/v1/device", "registerDevice"},
    {Operation::PushOps, "POST", "/v1/books/{book}/ops", "pushOps"},
    {Operation::PushFormerOps, "POST", "/v1/books/{book}/devices/{device}/ops", "pushFormerOps"},
    {Operation::ReadChanges, "GET", "/v1/books/{book}/changes", "readChanges"},
    {Operation::ReadSnapshot, "GET", "/v1/books/{book}/snapshot", "readSnapshot"},
    {Operation::ReadFrame, "GET", "/v1/books/{book}/frames/{digest}", "readFrame"},
    {Operation::ReadRows, "GET", "/v1/books/{book}/rows", "readRows"},
    {Operation::LookUp, "GET", "/v1/books/{book}/lookup", "lookUp"},
    {Operation::Stream, "GET", "/v1/stream", "stream"},
    {Operation::SharePresence, "POST", "/v1/books/{book}/presence", "sharePresence"},
    {Operation::AcknowledgeErasures, "POST", "/v1/books/{book}/erased", "acknowledgeErasures"},
    {Operation::ReadSums, "GET", "/v1/books/{book}/sums", "readSums"},
    {Operation::ReadBucket, "GET", "/v1/books/{book}/buckets/{bucket}", "readBucket"},
    {Operation::ReadRecord, "GET", "/v1/books/{book}/{kind}/{id}", "readRecord"},
    {Operation::ChangeRecord, "PATCH", "/v1/books/{book}/{kind}/{id}", "changeRecord"},
    {Operation::OrderPhone, "POST", "/v1/phone/orders", "orderPhone"},
    {Operation::ReadTelephony, "GET", "/v1/telephony", "readTelephony"},
    {Operation::ExamineTelephony, "POST", "/v1/telephony/{source}/examination", "examineTelephony"},
    {Operation::ReplayCall, "POST", "/v1/telephony/{source}/replay", "replayCall"},
    {Operation::SimulateCall, "POST", "/v1/simulator/calls", "simulateCall"},
    {Operation::AnswerSimulatedCall, "POST", "/v1/simulator/calls/{call}/answer", "answerSimulatedCall"},
    {Operation::HangUpSimulatedCall, "POST", "/v1/simulator/calls/{call}/hangup", "hangUpSimulatedCall"},
    {Operation::TakeWebhook, "POST", "/v1/webhooks/{source}/{token}", "takeWebhook", false},
};

bool isPart(const QByteArray &segment)
{
    return segment.startsWith('{');
}

QString partName(const QByteArray &segment)
{
    return QString::fromLatin1(segment.sliced(1, segment.size() - 2));
}

/// Nothing of ours has a name with anything else in it.
bool isPrintable(const QString &part)
{
    return !part.isEmpty() && std::ranges::all_of(part, [](QChar c) { return c.isPrint(); });
}

bool fits(const QByteArrayList &pattern, const QByteArrayList &segments, PathParts &parts)
{
    if (pattern.size() != segments.size())
        return false;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        if (!isPart(pattern[i])) {
            if (pattern[i] != segments[i])
                return false;
            continue;
        }
        const QString part = QString::fromUtf8(QByteArray::fromPercentEncoding(segments[i]));
        if (!isPrintable(part))
            return false;
        parts.insert(partName(pattern[i]), part);
    }
    return true;
}

} // namespace

std::span<const Route> allRoutes()
{
    return routes;
}

const Route &route(Operation operation)
{
    return *std::ranges::find(routes, operation, &Route::operation);
}

RouteMatch matchRoute(const QByteArray &method, const QByteArray &path)
{
    static const QVector<QByteArrayList> patterns = [] {
        QVector<QByteArrayList> split;
        for (const Route &route : routes)
            split.append(QByteArray(route.path).split('/'));
        return split;
    }();

    RouteMatch match;
    const QByteArrayList segments = path.split('/');
    for (qsizetype i = 0; i < patterns.size(); ++i) {
        PathParts parts;
        if (!fits(patterns[i], segments, parts))
            continue;
        if (method == routes[i].method)
            return {.kind = RouteMatch::Kind::Found, .route = &routes[i], .parts = parts};
        match.kind = RouteMatch::Kind::WrongMethod;
        if (match.allowed.contains(routes[i].method))
            continue;
        match.allowed += (match.allowed.isEmpty() ? "" : ", ") + QByteArray(routes[i].method);
    }
    return match;
}

QByteArray pathOf(Operation operation, const PathParts &parts)
{
    QByteArrayList segments = QByteArray(route(operation).path).split('/');
    for (QByteArray &segment : segments)
        if (isPart(segment))
            segment = QUrl::toPercentEncoding(parts.value(partName(segment)));
    return segments.join('/');
}

} // namespace ringbook::sync
