#include "app/hub/demo/Showcase.h"

#include <QDateTime>

namespace ringbook::app::demo::showcase {

using namespace model;

namespace {

constexpr auto mobile = "+491713920047";
constexpr auto work = "+493023125147";

/// What every part of the story needs to know.
struct Cast
{
    const WorkingTime &time;
    const Numbering &numbering;
    Id<Customer> ana = {};
    Id<User> anna = {};
    Id<User> ben = {};
    Id<User> cleo = {};
    Id<User> field = {};

    template <typename T>
    Id<T> id(int number) const
    {
        return numbering.id<T>(numbering.showcase + number);
    }
};

constexpr int complaintId = 0;
constexpr int noteId = 1;
constexpr int promiseId = 2;
constexpr int alertId = 3;
constexpr int firstInteractionId = 10;
constexpr int complaintCall = firstInteractionId + 3;

Interaction call(const Cast &cast, int number, TimeMs at, int minutes)
{
    return {.id = cast.id<Interaction>(number),
            .customer = cast.ana,
            .ownLine = "Support line",
            .queue = "support",
            .partyNumber = work,
            .startedAt = at,
            .answeredAt = at + 9 * secondMs,
            .endedAt = at + 9 * secondMs + minutes * minuteMs,
            .verification = "number",
            .ringToPaintUs = 2100};
}

Interaction information(const Cast &cast)
{
    auto contact = call(cast, firstInteractionId, cast.time.onDay(-17, 10, 5), 4);
    contact.agent = cast.anna;
    contact.outcome = "information";
    contact.note = "Asked how often the filter needs changing. Article “Filter WP series”.";
    return contact;
}

Interaction mail(const Cast &cast)
{
    return {.id = cast.id<Interaction>(firstInteractionId + 1),
            .customer = cast.ana,
            .channel = Interaction::Channel::Mail,
            .startedAt = cast.time.onDay(-10, 18, 21),
            .agent = cast.ben,
            .outcome = "passed_on",
            .note = "Pictures of the leak. Two attachments."};
}

Interaction visit(const Cast &cast)
{
    const TimeMs at = cast.time.onDay(-8, 8, 30);
    return {.id = cast.id<Interaction>(firstInteractionId + 2),
            .customer = cast.ana,
            .channel = Interaction::Channel::Visit,
            .direction = Interaction::Direction::Out,
            .startedAt = at,
            .endedAt = at + 50 * minuteMs,
            .agent = cast.field,
            .outcome = "solved",
            .note = "Heat pump WP-9: seal replaced, pressure 1.6 bar, photo attached."};
}

Interaction complaintOpened(const Cast &cast)
{
    auto contact = call(cast, complaintCall, cast.time.onDay(-3, 14, 55), 9);
    contact.agent = cast.ben;
    contact.outcome = "passed_on";
    contact.note =
        "Leaks again after the repair of last week. Wants it settled for good and the visit paid back.";
    return contact;
}

Interaction callBackAgreed(const Cast &cast)
{
    auto contact = call(cast, firstInteractionId + 4, cast.time.onDay(-1, 11, 40), 6);
    contact.agent = cast.ben;
    contact.partyNumber = mobile;
    contact.outcome = "callback";
    contact.note = "Water on the floor again after the repair. Wants a date, not another visit window.";
    return contact;
}

Case complaint(const Cast &cast, const Company &company, const QString &code)
{
    return {.id = cast.id<Case>(complaintId),
            .code = code,
            .type = Case::Type::Complaint,
            .customer = cast.ana,
            .category = company.category("Leak"),
            .product = "Heat pump WP-9",
            .severity = 2,
            .subject = "Leaking valve, second repair",
            .status = Case::Status::InProgress,
            .queue = company.queueFor(Case::Type::Complaint).id,
            .assignee = cast.ben,
            .openedAt = cast.time.onDay(-3, 15, 2),
            .openedBy = cast.ben,
            .dueAt = cast.time.onDay(0, 16, 30),
            .remedySought = "Replacement of the valve set, refund of the second visit",
            .interaction = cast.id<Interaction>(complaintCall)};
}

/// The end of the second day after the next 28th, which the alert speaks of.
TimeMs alertEnd(const WorkingTime &time)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(time.now(), time.zone()).date();
    const QDate month = today.day() < 28 ? today : today.addMonths(1);
    const QDate last = QDate(month.year(), month.month(), 28).addDays(2);
    return last.addDays(1).startOfDay(time.zone()).toMSecsSinceEpoch() - 1;
}

} // namespace

Story storyOf(const Company &company, const Numbering &numbering, const WorkingTime &time, Id<Customer> ana,
              const QString &code)
{
    const Cast cast{.time = time,
                    .numbering = numbering,
                    .ana = ana,
                    .anna = company.agent(0).id,
                    .ben = company.agent(1).id,
                    .cleo = company.agent(2).id,
                    .field = company.fieldTeam.id};
    return {
        .interactions = {information(cast), mail(cast), visit(cast), complaintOpened(cast),
                         callBackAgreed(cast)},
        .complaint = complaint(cast, company, code),
        .note = {.id = cast.id<CaseNote>(noteId),
                 .caseId = cast.id<Case>(complaintId),
                 .author = cast.cleo,
                 .text = "Technician needs valve V2b, not in stock. Told her Friday at the earliest.",
                 .at = qMin(time.onDay(0, 9, 12), time.now() - 5 * minuteMs)},
        .promise = {.id = cast.id<FollowUp>(promiseId),
                    .customer = ana,
                    .caseId = cast.id<Case>(complaintId),
                    .what = "call back with a repair date",
                    .dueAt = time.onDay(-1, 16, 0),
                    .zone = QString::fromLatin1(time.zone().id()),
                    .assignee = cast.ben,
                    .team = company.teams[0].id,
                    .madeBy = cast.ben,
                    .at = time.onDay(-1, 11, 46)},
        .alert = {.id = cast.id<Alert>(alertId),
                  .customer = ana,
                  .text = "Do not promise delivery dates before the 28th",
                  .author = cast.cleo,
                  .until = alertEnd(time)},
    };
}

} // namespace ringbook::app::demo::showcase
