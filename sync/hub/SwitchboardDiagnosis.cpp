#include "sync/calls/PbxTrust.h"
#include "sync/calls/ami/PbxDoctor.h"
#include "sync/calls/webhook/HookNotes.h"
#include "sync/hub/Switchboard.h"

#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>

namespace ringbook::hub {

// Why nothing pops.

using model::AgentCall;
using model::TelephonySource;

namespace {

constexpr int examinationMs = 8'000;
constexpr int replayMs = 8'000; ///< a replayed call rings so long
constexpr int toldApart = 6;    ///< hexadecimal digits after an id without its numbers

QString nameOf(calls::Link::State state)
{
    switch (state) {
    case calls::Link::State::Off: return QStringLiteral("off");
    case calls::Link::State::Connecting: return QStringLiteral("connecting");
    case calls::Link::State::LoggingIn: return QStringLiteral("logging_in");
    case calls::Link::State::Listing: return QStringLiteral("listing");
    case calls::Link::State::Live: return QStringLiteral("live");
    case calls::Link::State::Waiting: return QStringLiteral("waiting");
    }
    return {};
}

/// Channels of some lines are named after who calls: "DAHDI/i1/01709998887".
QString withoutLongNumbers(QString endpoint)
{
    static const QRegularExpression number(QStringLiteral("\\+?\\d{4,}(?=\\d\\d)"));
    return endpoint.replace(number, QStringLiteral("…"));
}

QVector<model::Unassigned> unassignedOf(const calls::CallSource &source)
{
    QVector<model::Unassigned> unassigned;
    const auto seen = source.unassigned();
    for (auto one = seen.begin(); one != seen.end() && unassigned.size() < model::mostUnassigned; ++one)
        unassigned.append({withoutLongNumbers(one.key()), *one});
    return unassigned;
}

/// Hosted telephone systems make ids as they like, also of the caller's number: without it, and with a few
/// digits that tell calls apart and lead nowhere, as no two hubs have the same.
QVector<model::TelephonyStep> hostedStepsOf(const calls::CallSource &source)
{
    static const QByteArray salt = QByteArray::number(QRandomGenerator::system()->generate64());
    auto steps = source.diary().steps();
    for (model::TelephonyStep &step : steps) {
        const auto hash = QCryptographicHash::hash(salt + step.call.toUtf8(), QCryptographicHash::Sha256);
        step.call =
            calls::withoutNumbers(step.call) + u' ' + QString::fromLatin1(hash.toHex().first(toldApart));
    }
    return steps;
}

} // namespace

QVector<model::TelephoneAt> Switchboard::telephonesOf(const calls::CallSource &source,
                                                      const calls::PbxSettings &settings) const
{
    QVector<model::TelephoneAt> phones;
    for (const calls::Agent &agent : settings.agents) {
        if (phones.size() >= model::mostTelephones)
            break;
        const calls::CallDiary::Rings rings = source.diary().rings(agent.extension);
        phones.append({.extension = agent.extension,
                       .name = agent.name,
                       .endpoint = agent.endpoint,
                       .user = m_board.nameAt(agent.extension),
                       .rings = rings.count,
                       .rangAt = rings.lastAt});
    }
    return phones;
}

TelephonySource Switchboard::told(const calls::CallSource &source) const
{
    TelephonySource told{.state = nameOf(source.link().state),
                         .problem = source.link().problem,
                         .clockAhead = source.clockAhead(),
                         .unassigned = unassignedOf(source),
                         .steps = source.diary().steps(),
                         .requests = source.requests()};
    const auto settings = m_settings.constFind(&source);
    if (settings == m_settings.constEnd()) {
        told.source = told.kind = QStringLiteral("simulator");
        return told;
    }
    told.source = settings->source;
    told.kind = calls::name(settings->kind);
    told.protection = calls::protectionOf(*settings);
    told.phones = telephonesOf(source, *settings);
    if (settings->kind == calls::PbxSettings::Kind::Webhook)
        told.steps = hostedStepsOf(source);
    return told;
}

void Switchboard::tellTelephony(const QSet<QString> &books,
                                const std::function<void(const QVector<TelephonySource> &)> &tell)
{
    QMetaObject::invokeMethod(
        m_here.get(),
        [this, books, tell] {
            QVector<TelephonySource> sources;
            for (const calls::CallSource *source : std::as_const(m_sources))
                if (sources.size() < model::mostTelephonySources && isFor(*source, books))
                    sources.append(told(*source));
            tell(sources);
        },
        Qt::QueuedConnection);
}

bool Switchboard::isFor(const calls::CallSource &source, const QSet<QString> &books) const
{
    const auto settings = m_settings.constFind(&source);
    return books.contains(settings == m_settings.constEnd() ? m_simulatedBook : settings->book);
}

calls::CallSource *Switchboard::sourceNamed(const QString &name, const QSet<QString> &books) const
{
    const auto found = std::ranges::find_if(m_sources, [&](const calls::CallSource *source) {
        return isFor(*source, books) && told(*source).source == name;
    });
    return found == m_sources.end() ? nullptr : *found;
}

void Switchboard::examine(const QString &name, const QSet<QString> &books,
                          const std::function<void(const Findings &)> &tell)
{
    QMetaObject::invokeMethod(
        m_here.get(),
        [this, name, books, tell] {
            const calls::CallSource *source = sourceNamed(name, books);
            const auto settings = m_settings.constFind(source);
            if (!source || settings == m_settings.constEnd() ||
                settings->kind != calls::PbxSettings::Kind::Asterisk)
                return tell(
                    Error{Fault::NotFound,
                          QStringLiteral("There is no Asterisk of that name; others cannot be asked.")});
            if (std::exchange(m_isExamining, true))
                return tell(
                    Error{Fault::Busy, QStringLiteral("Somebody examines a telephone system just now.")});
            auto *doctor = new calls::PbxDoctor(m_clock, *settings);
            doctor->setParent(m_here.get());
            doctor->start();
            QTimer::singleShot(examinationMs, doctor, [this, doctor, tell] {
                m_isExamining = false;
                tell(doctor->findings());
                doctor->stop();
                doctor->deleteLater();
            });
        },
        Qt::QueuedConnection);
}

void Switchboard::replay(const QString &name, const Caller &caller, const calls::Obeyed &tell)
{
    QMetaObject::invokeMethod(
        m_here.get(),
        [this, name, caller, tell] {
            const QString extension = m_board.extensionOf(caller.user);
            if (extension.isEmpty())
                return tell(Error{Fault::Invalid, QStringLiteral("You have no extension that could ring.")});
            const auto last = m_lastRings.constFind(sourceNamed(name, caller.books));
            if (last == m_lastRings.constEnd())
                return tell(Error{Fault::NotFound,
                                  QStringLiteral("No call from outside has rung since the hub began.")});
            AgentCall call = *last;
            call.callId = QStringLiteral("replay-%1-%2").arg(m_clock.now()).arg(++m_replays);
            call.revision = 1;
            call.startedAt = call.ringingSince = m_clock.now();
            call.can = {};
            m_board.apply(extension, call);
            QTimer::singleShot(replayMs, m_here.get(), [this, extension, call]() mutable {
                call.revision = 2;
                call.state = AgentCall::State::Over;
                call.result = AgentCall::Result::AnsweredElsewhere; // nobody has missed it
                call.endedAt = m_clock.now();
                m_board.apply(extension, call);
            });
            tell(Done{});
        },
        Qt::QueuedConnection);
}

} // namespace ringbook::hub
