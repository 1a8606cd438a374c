#include "tests/ui/SampleCalls.h"

namespace ringbook::ui {

using model::AgentCall;
using model::Card;
using model::Confidence;
using model::ProbableReason;

namespace {

AgentCall ringing(const QString &id, const QString &e164, TimeMs now)
{
    return {.callId = id,
            .revision = 1,
            .party = {.raw = e164, .e164 = e164},
            .ownLine = "Main number",
            .queue = "Support line",
            .desksRinging = 3,
            .startedAt = now - 24 * secondMs,
            .ringingSince = now - 3 * secondMs,
            .can = {.answer = true, .hangUp = true}};
}

model::Candidate candidate(const QString &name, int openCases, std::optional<TimeMs> dueAt,
                           std::optional<TimeMs> last)
{
    model::Candidate somebody{.shared = model::ContactPoint::Shared::Household,
                              .openCases = openCases,
                              .nextDueAt = dueAt,
                              .lastContactAt = last};
    somebody.customer.name = name;
    return somebody;
}

} // namespace

Sample knownCaller(TimeMs now)
{
    Sample sample{.name = "known", .call = ringing("c1", "+493023125047", now)};
    sample.card = Card{.confidence = Confidence::Exact, .number = "+493023125047"};
    sample.card.customer = {.id = {7}, .name = "Ana Costa", .role = "Facility manager", .tier = "Gold"};
    sample.card.organisationName = "Brandt Klima GmbH";
    sample.card.reasons = {{.kind = ProbableReason::Kind::OverdueFollowUp,
                            .text = "call back with a repair date",
                            .dueAt = now - 22 * hourMs,
                            .who = "Ben Brandt"},
                           {.kind = ProbableReason::Kind::DueCase,
                            .text = "leaking valve, second repair",
                            .caseCode = "K73QF9X",
                            .dueAt = now + 143 * minuteMs},
                           {.kind = ProbableReason::Kind::RepeatCall, .count = 3}};
    return sample;
}

Sample sharedNumber(TimeMs now)
{
    Sample sample{.name = "shared", .call = ringing("c2", "+493023125147", now)};
    sample.call.queue.clear();
    sample.card = Card{.confidence = Confidence::Shared, .number = "+493023125147", .candidateCount = 40};
    sample.card.candidates = {candidate("Ana Costa", 1, now + 143 * minuteMs, now - dayMs),
                              candidate("Rui Costa", 0, {}, now - 30 * dayMs),
                              candidate("Marta Costa", 0, {}, {}), candidate("Leyla Demir", 3, {}, {})};
    return sample;
}

Sample unknownCaller(TimeMs now)
{
    Sample sample{.name = "unknown", .call = ringing("c3", "+442079460128", now)};
    sample.call.desksRinging = 1;
    sample.card =
        Card{.confidence = Confidence::Unknown, .number = "+442079460128", .networkName = "IGLESIAS T"};
    return sample;
}

Sample withheldCaller(TimeMs now)
{
    Sample sample{.name = "withheld", .call = ringing("c4", {}, now)};
    sample.call.party = {.withheld = true};
    sample.card = Card{.confidence = Confidence::Withheld};
    return sample;
}

Sample unreadableCaller(TimeMs now)
{
    Sample sample{.name = "unreadable", .call = ringing("c5", {}, now)};
    sample.call.party = {.raw = QString(10'000, u'\u00e4')};
    sample.card = Card{.confidence = Confidence::Unreadable, .number = QString(10'000, u'\u00e4')};
    return sample;
}

Sample longNamedCaller(TimeMs now)
{
    Sample sample = knownCaller(now);
    sample.name = "long";
    sample.call.callId = "c6";
    sample.call.queue = "Warranty and spare parts, southern region, German and Portuguese";
    sample.card.customer.name = "Maximiliane Freifrau von und zu Hohenstein-Wartenberg-Lichtenfels-Oberau";
    sample.card.organisationName = "Vereinigte Heizungs- und Klimatechnische Werke Brandenburg GmbH & Co. KG";
    sample.card.alerts = {
        {.text = "Do not promise delivery dates before the 28th, the warehouse in Oberau is moving",
         .author = "Cleo Chen"}};
    return sample;
}

Sample arabicCaller(TimeMs now)
{
    Sample sample = knownCaller(now);
    sample.name = "arabic";
    sample.call.callId = "c7";
    sample.card.customer.name = QString::fromUtf8("ليلى عبد الرحمن المنصوري");
    sample.card.organisationName = QString::fromUtf8("شركة برلين للتكييف");
    return sample;
}

QVector<Sample> allSamples(TimeMs now)
{
    return {knownCaller(now),      sharedNumber(now),    unknownCaller(now), withheldCaller(now),
            unreadableCaller(now), longNamedCaller(now), arabicCaller(now)};
}

} // namespace ringbook::ui
