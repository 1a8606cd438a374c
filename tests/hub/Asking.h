#pragma once

#include "model/core/Id.h"
#include "sync/hub/verbs/Verb.h"
#include "sync/protocol/Codec.h"
#include "sync/protocol/EventStream.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QtTest>

#include <future>

namespace ringbook::test {

/// Asks a verb and waits for what it says.
inline hub::Answer ask(hub::Verb &verb, const hub::Ask &question)
{
    auto answered = std::make_shared<std::promise<hub::Answer>>();
    verb.answer(question, [answered](hub::Answer answer) { answered->set_value(std::move(answer)); });
    return answered->get_future().get();
}

inline hub::Told told(const hub::Answer &answer)
{
    if (const auto *problem = std::get_if<sync::Problem>(&answer))
        qFatal("refused: %s", qPrintable(problem->detail));
    return std::get<hub::Told>(answer);
}

inline sync::Problem refused(const hub::Answer &answer)
{
    if (std::holds_alternative<hub::Told>(answer))
        qFatal("answered: %s", std::get<hub::Told>(answer).body.constData());
    return std::get<sync::Problem>(answer);
}

/// What came back over HTTP.
struct Fetched
{
    int status = 0; ///< 0: no answer
    QByteArray body = {};
    QList<QNetworkReply::RawHeaderPair> headers = {};

    QByteArray header(const QByteArray &name) const
    {
        for (const auto &[key, value] : headers)
            if (key.toLower() == name.toLower())
                return value;
        return {};
    }
};

/// A small HTTP client for tests.
class Http
{
public:
    explicit Http(QString url) : m_url(std::move(url)) {}

    void signIn(const QString &login, const QString &extension = {})
    {
        const sync::SessionRequest request{
            .schema = 1, .login = login, .password = "demo", .extension = extension};
        session = *sync::readSessionReply(send("POST", "/v1/session", sync::encode(request)).body);
        token = session.token.toUtf8();
    }

    QNetworkRequest request(const QByteArray &path) const
    {
        QNetworkRequest request(QUrl(m_url + QString::fromUtf8(path)));
        request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
        if (!token.isEmpty())
            request.setRawHeader("Authorization", "Bearer " + token);
        for (const auto &[name, value] : headers)
            request.setRawHeader(name, value);
        return request;
    }

    Fetched send(const QByteArray &method, const QByteArray &path, const QByteArray &body = {})
    {
        const std::unique_ptr<QNetworkReply> reply(m_network.sendCustomRequest(request(path), method, body));
        QSignalSpy finished(reply.get(), &QNetworkReply::finished);
        if (!reply->isFinished())
            finished.wait(30'000);
        return {reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), reply->readAll(),
                reply->rawHeaderPairs()};
    }

    sync::PushReply push(const QVector<model::Op> &ops)
    {
        const sync::PushRequest push{.schema = 1,
                                     .epoch = session.books.first().epoch,
                                     .sentAt = QDateTime::currentMSecsSinceEpoch(),
                                     .ops = ops};
        return *sync::readPushReply(send("POST", "/v1/books/main/ops", sync::encode(push)).body);
    }

    QNetworkAccessManager &network() { return m_network; }

    QByteArray token = {};
    QVector<std::pair<QByteArray, QByteArray>> headers = {};
    sync::SessionReply session = {};

private:
    QString m_url;
    QNetworkAccessManager m_network;
};

/// The stream of one desk, taken apart.
class DeskStream
{
public:
    explicit DeskStream(Http &http) : m_reply(http.network().get(http.request("/v1/stream")))
    {
        QObject::connect(m_reply.get(), &QNetworkReply::readyRead, m_reply.get(),
                         [this] { events += *m_parser.feed(m_reply->readAll()); });
    }

    QVector<model::AgentCall> calls() const
    {
        QVector<model::AgentCall> calls;
        for (const sync::StreamEvent &event : events)
            if (event.name == sync::callEvent)
                calls.append(*sync::readAgentCall(event.data));
        return calls;
    }

    QVector<sync::StreamEvent> events;

private:
    sync::EventStreamParser m_parser;
    std::unique_ptr<QNetworkReply> m_reply;
};

/// Op `n` of a device: a new customer.
inline model::Op newCustomer(qint64 device, qint64 n, const QString &name)
{
    return model::Op{.counter = n,
                     .record = {"customer", makeId(device, n)},
                     .action = model::Action::Create,
                     .edits = {{"name", {name, 0}}},
                     .madeAt = 1'795'000'000'000};
}

} // namespace ringbook::test
