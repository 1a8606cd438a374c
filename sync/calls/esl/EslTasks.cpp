#include "sync/calls/DialPlan.h"
#include "sync/calls/esl/EslConnector.h"
#include "sync/calls/esl/EslOrders.h"

#include <QUuid>

#include <algorithm>

namespace ringbook::calls {

// What the connector asks and orders: lists, details, what agents want.

using What = model::CallCommand::What;

namespace {

constexpr TimeMs askAgainAfter = 60 * secondMs; ///< a leg without news so long is looked for in a list
constexpr qsizetype maxJobs = 1'000;
constexpr qint64 usPerMs = 1'000;
constexpr TimeMs lastYear = 253'402'300'800'000; ///< the year 10000

const QString backgroundCommand = QStringLiteral("bgapi");

QString newId()
{
    return QUuid::createUuid().toString(QUuid::WithoutBraces);
}

Error unreached()
{
    return {Fault::Unreachable, QStringLiteral("The telephone system does not answer; use the phone.")};
}

/// For the agent, of what FreeSWITCH said.
Error refusal(const model::CallCommand &command, const QString &said)
{
    if (said.contains(QLatin1String("No such channel"), Qt::CaseInsensitive))
        return {Fault::NotFound, QStringLiteral("This call is over, or somebody else has it.")};
    if (command.what == What::Dial && (said.contains(QLatin1String("USER_NOT_REGISTERED")) ||
                                       said.contains(QLatin1String("SUBSCRIBER_ABSENT"))))
        return {Fault::Failed, QStringLiteral("Your phone is not signed in to the telephone system.")};
    return {Fault::Failed, QStringLiteral("The telephone system did not do it; use the phone.")};
}

} // namespace

// Lists

void EslConnector::beginListing()
{
    if (m_isListing)
        return;
    m_isListing = true;
    ++m_listingNumber;
    m_listing = {};
    m_listing.isFirst = !m_isListed;
    if (link().state != Link::State::Live)
        setLink({Link::State::Listing, m_problem});
    m_step.start(m_timing.answerWaitMs);
    send({.what = Asked::What::Channels, .listing = m_listingNumber}, "api show channels as json");
    send({.what = Asked::What::Bridges, .listing = m_listingNumber}, "api show calls as json");
}

void EslConnector::answerToList(const Asked &asked, const EslFrame &frame)
{
    if (!m_isListing || asked.listing != m_listingNumber)
        return;
    const auto rows = eslRowsFromJson(frame.body);
    if (!rows) {
        m_problem =
            QStringLiteral("the FreeSWITCH at %1 does not tell what is up (esl-allowed-api show): calls "
                           "from before the connection are not seen")
                .arg(m_settings.host);
        return endListing(false);
    }
    if (asked.what == Asked::What::Channels) {
        m_listing.channels = *rows;
        return;
    }
    m_listing.bridges = *rows;
    askDetails();
}

/// A row does not say whose a channel is and whether its number may be shown.
void EslConnector::askDetails()
{
    const auto unknown = m_interpreter.unknownOf(m_listing.channels);
    m_detailsMissing = 0;
    for (const QString &uuid : unknown.first(std::min(unknown.size(), maxEslDetails))) {
        if (const auto question = eslQuestion(uuid)) {
            send({Asked::What::Detail, uuid, m_listingNumber}, "api " + question->toUtf8());
            ++m_detailsMissing;
        }
    }
    if (m_detailsMissing == 0)
        endListing(true);
}

void EslConnector::takeDetail(const Asked &asked, const EslFrame &frame)
{
    if (!m_isListing || asked.listing != m_listingNumber)
        return;
    if (const auto event = eslEventFromJson(frame.body))
        m_listing.details[asked.id] = *event;
    else if (frame.body.startsWith("-ERR No"))
        m_listing.gone += asked.id;
    if (--m_detailsMissing == 0)
        endListing(true);
}

void EslConnector::endListing(bool complete)
{
    m_step.stop();
    m_isListing = false;
    m_isListed = true;
    if (complete)
        m_interpreter.takeListing(std::exchange(m_listing, {}), now());
    const auto later = std::exchange(m_later, {});
    for (const auto &[event, at] : later)
        m_interpreter.take(event, at);
    m_attempt = 0;
    setLink({Link::State::Live, m_problem});
}

void EslConnector::askQuestions()
{
    if (!m_isListed || m_isListing || m_retry.isActive())
        return;
    const auto questions = m_interpreter.takeQuestions();
    for (const QString &uuid : questions) {
        if (const auto question = eslQuestion(uuid))
            send({Asked::What::Question, uuid}, "api " + question->toUtf8());
    }
}

/// A leg or call has had no news for so long that FreeSWITCH is asked whether it is still there.
void EslConnector::lookForSilence()
{
    const TimeMs at = now();
    const auto ids = calls().ids();
    const bool isSilent = std::ranges::any_of(ids, [&](const QString &id) {
        const model::Call *call = calls().call(id);
        return at - call->newsAt > hourMs || std::ranges::any_of(call->legs, [&](const model::Leg &leg) {
                   return leg.isOpen() && at - leg.newsAt > askAgainAfter;
               });
    });
    if (isSilent && link().state == Link::State::Live)
        beginListing();
}

void EslConnector::learnClock(const EslEvent &heartbeat)
{
    const TimeMs there = heartbeat.text("Event-Date-Timestamp").toLongLong() / usPerMs;
    if (there > 0 && there < lastYear)
        m_ahead = there - now();
}

// Orders

bool EslConnector::mayOrder(const QString &order) const
{
    return m_allowed.isEmpty() || (m_allowed.contains(order) && m_allowed.contains(backgroundCommand));
}

QString EslConnector::whyDeaf() const
{
    return link().state == Link::State::Live && m_jobs.size() < maxJobs
               ? QString()
               : QStringLiteral("The hub does not reach the telephone system; use the phone.");
}

model::CallAbilities EslConnector::abilities(const QString &extension) const
{
    if (!m_settings.agentWith(extension))
        return {.whyNot = QStringLiteral("The telephone system does not know your extension.")};
    if (const QString why = whyDeaf(); !why.isEmpty())
        return {.whyNot = why};
    const bool hasContext = !m_settings.dial.context.isEmpty();
    const bool dials = hasContext && mayOrder(QStringLiteral("originate"));
    return {.dial = dials,
            .answer = m_settings.phonesAnswer && mayOrder(QStringLiteral("uuid_phone_event")),
            .hangUp = mayOrder(QStringLiteral("uuid_kill")),
            .hold = mayOrder(QStringLiteral("uuid_hold")),
            .transfer = hasContext && mayOrder(QStringLiteral("uuid_transfer")),
            .whyNot = dials        ? QString()
                      : hasContext ? QStringLiteral("The telephone system does not let the hub dial.")
                                   : QStringLiteral("Dialling from desks is not set up here.")};
}

void EslConnector::obey(const model::CallCommand &command, const Obeyed &obeyed)
{
    if (!isAble(abilities(command.extension), command.what)) {
        const QString why = whyDeaf();
        const QString no = QStringLiteral("This telephone system does not do that when told; use the phone.");
        return obeyed(Error{Fault::Denied, why.isEmpty() ? no : why});
    }
    const QString dials = command.what == What::Dial ? newId() : QString();
    const auto text = orderFor(command, dials);
    if (!text)
        return obeyed(text.error());
    order(*text, Job{command, dials, obeyed});
}

/// As a command; the interpreter hears of it, to know what comes of it.
Result<QString> EslConnector::orderFor(const model::CallCommand &wanted, const QString &dials)
{
    model::CallCommand command = wanted;
    if (command.what == What::Dial || command.what == What::Transfer) {
        const auto number = numberToDial(command.number, m_settings);
        if (!number)
            return number.error();
        command.number = *number;
    }
    const auto place = m_interpreter.placeOf(command.callId, command.extension).value_or(EslPlace{});
    const auto text = command.what == What::Dial ? eslDialOrder(*m_settings.agentWith(command.extension),
                                                                command.number, m_settings.dial, dials)
                                                 : eslOrder(command, place, m_settings.dial.context);
    if (text && command.what == What::Dial)
        m_interpreter.willDial(dials, command.number);
    else if (text && command.what == What::HangUp)
        m_interpreter.willHangUp(command.callId, now());
    else if (text && command.what == What::Transfer)
        m_interpreter.willTransfer(command.callId, command.extension, command.number);
    return text;
}

/// In the background: the event socket would otherwise be silent until it is done.
void EslConnector::order(const QString &text, Job job)
{
    const QString id = newId();
    m_jobs[id] = std::move(job);
    send({Asked::What::Order, id}, "bgapi " + text.toUtf8() + "\nJob-UUID: " + id.toLatin1());
    QTimer::singleShot(m_timing.obeyWaitMs, this, [this, id] { finish(id, unreached()); });
}

void EslConnector::takeJob(const EslEvent &event)
{
    const auto job = m_jobs.constFind(event.text("Job-UUID"));
    if (job == m_jobs.constEnd())
        return;
    if (event.body.startsWith(QLatin1String("+OK")))
        return finish(QString(job.key()), Done{});
    const Error error = refusal(job->command, event.body);
    finish(QString(job.key()), error);
}

void EslConnector::finish(const QString &job, const Status &done)
{
    const auto found = m_jobs.find(job);
    if (found == m_jobs.end())
        return;
    const Job finished = *found;
    m_jobs.erase(found);
    if (!done && finished.command.what == What::Transfer)
        m_interpreter.wontTransfer(finished.command.callId);
    finished.obeyed(done);
}

void EslConnector::failAll()
{
    const auto jobs = m_jobs.keys();
    for (const QString &job : jobs)
        finish(job, unreached());
}

} // namespace ringbook::calls
