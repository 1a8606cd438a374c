#include "app/hub/demo/Cases.h"

#include "model/domain/CaseCode.h"

#include <cmath>

namespace ringbook::app::demo {

using namespace model;
using Status = Case::Status;

namespace {

constexpr TimeMs resolvedStaysOpen = 14 * dayMs; // then it is closed

/// How long a case of this severity may take.
TimeMs allowance(int severity)
{
    constexpr std::array days = {1, 3, 7, 14};
    return days[size_t(severity - 1)] * dayMs;
}

int severityOf(Case::Type type, Dice &dice)
{
    const auto roll = dice.below(100);
    const int severity = roll < 6 ? 1 : roll < 36 ? 2 : roll < 82 ? 3 : 4;
    return type == Case::Type::Complaint ? severity : qMin(severity + 1, 4);
}

} // namespace

Cases::Cases(const DemoSettings &settings, const Numbering &numbering, const Company &company,
             const People &people, const Contacts &contacts, const Texts &texts, const WorkingTime &time)
    : m_settings(settings),
      m_numbering(numbering),
      m_company(company),
      m_people(people),
      m_contacts(contacts),
      m_texts(texts),
      m_time(time),
      m_zone(QString::fromLatin1(time.zone().id()))
{
}

Case Cases::file(qint64 index) const
{
    const qint64 contact = contactOf(index);
    const Contacts::Facts facts = m_contacts.facts(contact);
    Dice dice(m_settings.seed, Throw::Case, index);
    const Texts::Story story{dice, facts.at, *facts.topic};
    const bool wantsRemedy =
        facts.topic->type == Case::Type::Complaint || facts.topic->type == Case::Type::Return;
    const int severity = severityOf(facts.topic->type, dice);

    Case file{
        .id = m_numbering.id<Case>(m_numbering.cases + index),
        .code = caseCode(m_settings.device, m_settings.firstCase + 1 + index), // the first is the showcase's
        .type = facts.topic->type,
        .customer = m_people.id(facts.customer),
        .category = m_company.category(facts.topic->category),
        .product = facts.topic->product,
        .severity = severity,
        .subject = m_texts.subject(story),
        .status = statusAfter(m_time.now() - facts.at, dice),
        .queue = m_company.queueFor(facts.topic->type).id,
        .openedAt = qMin(facts.at + dice.between(2, 8) * minuteMs, m_time.now()),
        .openedBy = facts.agent,
        .interaction = m_numbering.id<Interaction>(m_numbering.interactions + contact)};
    if (wantsRemedy)
        file.remedySought = m_texts.text("remedies.sought", story);
    if (file.status != Status::New)
        file.assignee = m_company.agent(dice.below(m_company.agents.size())).id;
    if (isOpen(file.status))
        file.dueAt = qMax(dueSoon(dice), file.openedAt + 2 * hourMs);
    else {
        file.dueAt = file.openedAt + allowance(severity);
        close(file, *facts.topic, dice);
    }
    return file;
}

/// The further back, the fewer: work grows. Cases begin where a known customer turned to us.
qint64 Cases::contactOf(qint64 index) const
{
    const double left = 1 - (double(index) + 0.5) / m_settings.cases;
    const qint64 last = m_contacts.count() - 1;
    const qint64 begun = qMin(qint64((1 - left * left) * double(m_contacts.count())), last);
    const auto fits = [&](qint64 contact) {
        const auto facts = m_contacts.facts(contact);
        return facts.customer >= 0 && facts.direction == Interaction::Direction::In;
    };
    for (qint64 contact = begun; contact >= 0; --contact)
        if (fits(contact))
            return contact;
    for (qint64 contact = begun + 1; contact < last; ++contact)
        if (fits(contact))
            return contact;
    return begun;
}

Status Cases::statusAfter(TimeMs age, Dice &dice) const
{
    const auto roll = dice.below(1000);
    if (age < dayMs)
        return roll < 500 ? Status::New : roll < 900 ? Status::InProgress : Status::Resolved;
    if (age < 7 * dayMs)
        return roll < 60    ? Status::New
               : roll < 350 ? Status::InProgress
               : roll < 550 ? Status::Waiting
                            : Status::Resolved;
    if (age < 30 * dayMs)
        return roll < 60 ? Status::InProgress : roll < 150 ? Status::Waiting : Status::Resolved;
    return roll < 12 ? Status::Waiting : Status::Closed;
}

/// Most within the time allowed. A case that was resolved long ago is closed by now.
void Cases::close(Case &file, const Topic &topic, Dice &dice) const
{
    const TimeMs took = TimeMs(double(allowance(*file.severity)) * (0.1 + 1.1 * dice.fraction()));
    const TimeMs at = m_time.atWork(file.openedAt + qMax(took, hourMs), file.openedAt + 20 * minuteMs);
    const Texts::Story story{dice, at, topic};
    file.status = m_time.now() - at > resolvedStaysOpen ? Status::Closed : Status::Resolved;
    file.closedAt = at;
    if (topic.type == Case::Type::Information) {
        file.resolution = m_texts.text("resolutions.information", story);
        return;
    }
    file.resolution = m_texts.text("resolutions", story);
    if (dice.percent(60))
        file.rootCause = m_texts.text("causes", story);
    if (!file.remedySought.isEmpty() && dice.percent(85))
        file.remedyGiven = m_texts.text("remedies.given", story);
}

/// A few are late, some are due today, most in the next days.
TimeMs Cases::dueSoon(Dice &dice) const
{
    const auto roll = dice.below(100);
    const int day = int(roll < 12   ? -dice.between(1, 4)
                        : roll < 27 ? 0
                        : roll < 47 ? 1
                                    : dice.between(2, 12));
    return m_time.onWorkday(day, int(dice.between(9, 17)), int(dice.below(4)) * 15);
}

QVector<CaseNote> Cases::notes(qint64 index, const Case &file) const
{
    Dice dice(m_settings.seed, Throw::CaseNote, index);
    const Contacts::Facts facts = m_contacts.facts(contactOf(index));
    const TimeMs end = file.closedAt.value_or(m_time.now());
    QVector<CaseNote> notes;
    TimeMs at = file.openedAt;
    for (auto left = dice.below(4); left > 0; --left) {
        at = m_time.atWork(at + TimeMs(double(end - at) * (0.1 + 0.6 * dice.fraction())), at);
        notes.append({.caseId = file.id,
                      .author = m_company.agent(dice.below(m_company.agents.size())).id,
                      .text = m_texts.text("notes", {dice, at, *facts.topic}),
                      .at = at});
    }
    return notes;
}

std::optional<FollowUp> Cases::promise(qint64 index, const Case &file) const
{
    Dice dice(m_settings.seed, Throw::FollowUp, index);
    const bool isOpenCase = isOpen(file.status);
    if (!dice.percent(isOpenCase ? 40 : 20))
        return std::nullopt;
    const Topic &topic = *m_contacts.facts(contactOf(index)).topic;
    FollowUp promise =
        followUp(dice.percent(70) ? FollowUp::Kind::Callback : FollowUp::Kind::Visit, dice, topic);
    promise.customer = file.customer;
    promise.caseId = file.id;
    promise.at = qMin(file.openedAt + 5 * minuteMs, m_time.now());
    if (isOpenCase) {
        promise.dueAt = qMax(dueSoon(dice), promise.at + 2 * hourMs);
    } else {
        promise.state = dice.percent(92) ? FollowUp::State::Done : FollowUp::State::Cancelled;
        promise.dueAt = *file.closedAt;
    }
    return promise;
}

FollowUp Cases::plan(qint64 index) const
{
    Dice dice(m_settings.seed, Throw::FollowUp, -1 - index);
    const auto roll = dice.below(100);
    const auto kind = roll < 45   ? FollowUp::Kind::Maintenance
                      : roll < 80 ? FollowUp::Kind::AfterSale
                      : roll < 95 ? FollowUp::Kind::Callback
                                  : FollowUp::Kind::Visit;
    const Topic &topic = m_texts.topic(dice, Case::Type::ServiceRequest);
    const auto customer = dice.below(m_people.count());
    FollowUp plan = followUp(kind, dice, topic);
    plan.customer = m_people.id(customer == m_people.showcase() ? customer + 1 : customer);
    plan.dueAt = dueSoon(dice);
    plan.at = m_time.atWork(qMin(plan.dueAt, m_time.now()) - dice.between(3, 40) * dayMs, 0);
    return plan;
}

FollowUp Cases::followUp(FollowUp::Kind kind, Dice &dice, const Topic &topic) const
{
    FollowUp followUp{.kind = kind,
                      .what = m_texts.text("promises." + name(kind), {dice, m_time.now(), topic}),
                      .zone = m_zone,
                      .madeBy = m_company.agent(dice.below(m_company.agents.size())).id};
    const bool isVisit = kind == FollowUp::Kind::Visit || kind == FollowUp::Kind::Maintenance;
    followUp.team = m_company.teams[isVisit ? 1 : 0].id;
    followUp.assignee = kind == FollowUp::Kind::Visit ? m_company.fieldTeam.id : followUp.madeBy;
    return followUp;
}

/// Some are over, some have no end.
Alert Cases::alert(qint64 index) const
{
    Dice dice(m_settings.seed, Throw::Alert, index);
    const auto customer = dice.below(m_people.count());
    Alert alert{.customer = m_people.id(customer == m_people.showcase() ? customer + 1 : customer),
                .text = m_texts.text("alerts", {dice, m_time.now(), m_texts.topic(dice)}),
                .author = m_company.agent(dice.below(m_company.agents.size())).id};
    if (!dice.percent(20))
        alert.until = m_time.onDay(int(dice.between(-20, 45)), 18, 0);
    return alert;
}

} // namespace ringbook::app::demo
