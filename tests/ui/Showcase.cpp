#include "tests/ui/Showcase.h"

#include "tests/support/FakeClock.h"

namespace ringbook::tests {

using namespace model;

namespace {

constexpr TimeMs now = FakeClock::start;
const QString ana = "Ana Costa";
const QString cleo = "Cleo Chen";
const QString ben = "Ben Brandt";
const QString lineNumber = "+493023125147";

TimeMs daysAgo(int days, int hour, int minute)
{
    return berlinAt(-days, hour, minute);
}

AgentCall callFrom(const QString &callId, const QString &number)
{
    return {.callId = callId,
            .state = AgentCall::State::Connected,
            .party = {.raw = number, .e164 = number, .withheld = number.isEmpty()},
            .startedAt = now,
            .answeredAt = now};
}

QVector<TimelineEntry> history()
{
    using Kind = TimelineEntry::Kind;
    return {
        {.kind = Kind::CaseNote,
         .id = 1,
         .at = daysAgo(0, 9, 12),
         .who = cleo,
         .text = "Technician needs valve V2b, not in stock. Told her Friday at the earliest.",
         .caseCode = "K73QF9X"},
        {.id = 2,
         .at = daysAgo(1, 11, 40),
         .who = ben,
         .text =
             QStringLiteral("Water on the floor again after the repair. Wants a date, not another visit "
                            "window. Will be at home all day, the neighbour has a key if nobody answers."),
         .outcomeLabel = "Call-back agreed",
         .durationMs = 6 * minuteMs},
        {.kind = Kind::CaseOpened,
         .id = 3,
         .at = daysAgo(4, 15, 2),
         .who = ben,
         .text = "leaking valve, second repair",
         .caseCode = "K73QF9X",
         .severity = 2,
         .remedySought = "replacement of the valve set, refund of the second visit"},
        {.id = 4,
         .at = daysAgo(9, 8, 30),
         .who = "Field team",
         .text = "Seal replaced, pressure 1.6 bar, photo attached",
         .channel = Interaction::Channel::Visit},
        {.id = 5,
         .at = daysAgo(11, 18, 21),
         .text = "Pictures of the leak, two attachments",
         .channel = Interaction::Channel::Mail},
        {.id = 6,
         .at = daysAgo(18, 10, 5),
         .mine = true,
         .text = "Asked how often the filter needs changing. Article “Filter WP series”.",
         .outcomeLabel = "Information",
         .durationMs = 4 * minuteMs},
        {.kind = Kind::FollowUp,
         .id = 7,
         .at = daysAgo(19, 9, 0),
         .who = cleo,
         .text = "ask how the new heat pump runs",
         .followUpKind = FollowUp::Kind::AfterSale,
         .followUpState = FollowUp::State::Done},
    };
}

Case openCase(int id, const QString &code, const QString &subject, std::optional<TimeMs> dueAt)
{
    return {.id = {id},
            .code = code,
            .subject = subject,
            .status = Case::Status::InProgress,
            .openedAt = daysAgo(4, 15, 2),
            .dueAt = dueAt};
}

Card anasCard()
{
    Card card{.confidence = Confidence::Exact, .number = "+491713920047"};
    card.customer = {.id = {7},
                     .name = ana,
                     .role = "Facility manager",
                     .tier = "Gold",
                     .language = "pt,de",
                     .timeZone = "Europe/Lisbon",
                     .goodService = "Call back the same day · written summary · no menus",
                     .notes = "Prefers mornings. Has the keys of all three buildings."};
    card.organisationName = "Brandt Klima GmbH";
    card.contactPoints = {
        {.id = {1}, .value = "+491713920047", .e164 = "+491713920047", .label = "Mobile", .verified = true},
        {.id = {2},
         .value = lineNumber,
         .e164 = lineNumber,
         .label = "Work",
         .shared = ContactPoint::Shared::Company},
        {.id = {3}, .channel = ContactPoint::Channel::Email, .value = "ana.costa@example.com"}};
    card.alerts = {
        {.text = "Do not promise delivery dates before the 28th", .author = cleo, .until = now + 9 * dayMs}};
    card.reasons = {{.kind = ProbableReason::Kind::OverdueFollowUp,
                     .text = "call back with a repair date",
                     .dueAt = daysAgo(1, 16, 0),
                     .who = ben},
                    {.kind = ProbableReason::Kind::DueCase,
                     .text = "leaking valve, second repair",
                     .caseCode = "K73QF9X",
                     .dueAt = daysAgo(0, 16, 30)},
                    {.kind = ProbableReason::Kind::RepeatCall, .count = 3}};
    card.openCases = {
        openCase(1, "K73QF9X", "leaking valve, second repair", daysAgo(0, 16, 30)),
        openCase(2, "M44T2PC", "invoice A-19822 lists a visit that was cancelled", daysAgo(-6, 12, 0))};
    card.openCaseCount = 2;
    card.timeline = history();
    card.newSinceMine = 2;
    card.lastMineAt = daysAgo(18, 10, 5);
    return card;
}

Card strange(Confidence confidence, const QString &number)
{
    return {.confidence = confidence, .number = number};
}

Card sharedBy(int count)
{
    Card card = strange(Confidence::Shared, lineNumber);
    const char *names[] = {"Ana Costa",     "Bruno Keller",   "Chiara Lombardi",
                           "Dmitri Volkov", "Eva Lindqvist",  "Farid Haddad",
                           "Grace Okafor",  "Hiroshi Tanaka", "Ines Moreau"};
    for (int i = 0; i < std::min(count, maxCandidates); ++i) {
        Candidate candidate{.customer = {.id = {100 + i}, .name = names[i]},
                            .organisationName = "Brandt Klima GmbH",
                            .shared = ContactPoint::Shared::Company,
                            .openCases = i == 0   ? 2
                                         : i == 2 ? 1
                                                  : 0};
        if (i == 0)
            candidate.nextDueAt = daysAgo(0, 16, 30);
        candidate.lastContactAt = daysAgo(1 + 12 * i, 10, 0);
        card.candidates += candidate;
    }
    card.candidateCount = count;
    return card;
}

Card withManyCases()
{
    Card card = anasCard();
    card.openCases.clear();
    for (int i = 0; i < maxOpenCases; ++i)
        card.openCases += openCase(i + 1, QString("K73Q%1X").arg(i, 2, 10, QLatin1Char('0')),
                                   QStringLiteral("radiator %1 on the third floor stays cold although the "
                                                  "pump runs and the valve was opened by hand")
                                       .arg(i + 1),
                                   i < 3    ? daysAgo(1, 9, i)
                                   : i == 3 ? daysAgo(0, 18, 0)
                                            : daysAgo(-i, 12, 0));
    card.openCaseCount = 300;
    return card;
}

Card named(const QString &name, const QString &organisation)
{
    Card card = anasCard();
    card.customer.name = name;
    card.organisationName = organisation;
    return card;
}

Card firstContact()
{
    Card card = strange(Confidence::Exact, lineNumber);
    card.customer = {.id = {8}, .name = "Niko Nowak"};
    card.contactPoints = {{.id = {1}, .value = lineNumber, .e164 = lineNumber, .label = "Mobile"}};
    return card;
}

/// Two people wrote the same fields, and Anna one of them.
Card disagreed()
{
    Card card = anasCard();
    const auto add = [&](const RecordKey &record, const QString &field, const QString &lost, bool isMine) {
        card.conflicts +=
            {.conflict = {.record = record, .field = field},
             .subject = {.customerName = ana, .caseCode = record.kind == "case" ? "K73QF9X" : ""},
             .present = {.value = "?", .who = ben, .at = daysAgo(0, 9, 12)},
             .lost = {.value = lost,
                      .who = isMine ? "Anna Albers" : cleo,
                      .mine = isMine,
                      .at = daysAgo(0, 9, 10)},
             .isForMe = isMine};
    };
    add({"customer", 7}, "tier", "Platinum", true);
    add({"customer", 7}, "role", "Head of facility management, north-west", false);
    add({"customer", 7}, "language", "pt", false);
    add({"customer", 7}, "time_zone", "Europe/Madrid", false);
    add({"customer", 7}, "good_service", "Call back the same day\nWritten summary in Portuguese\nNo menus",
        false);
    add({"contact_point", 2}, "label", "Reception", false);
    add({"case", 1}, "subject", "leaking valve, third repair", false);
    add({"case", 1}, "severity", "3", false);
    return card;
}

} // namespace

QVector<Showcase> showcases()
{
    const auto call = [](const QString &name) { return callFrom(name, lineNumber); };
    const QString note = "Valve still leaking, floor wet again. Wants the date today.";
    Card stranger = strange(Confidence::Unknown, "+442079460123");
    stranger.networkName = "PATEL A";
    return {{"showcase", call("showcase"), anasCard(), note, true},
            {"saved", call("saved"), anasCard(), note, true, true},
            {"unknown", call("unknown"), stranger},
            {"withheld", callFrom("withheld", {}), strange(Confidence::Withheld, {})},
            {"unreadable", call("unreadable"), strange(Confidence::Unreadable, QString(40, u'9'))},
            {"shared-3", call("shared-3"), sharedBy(3)},
            {"shared-40", call("shared-40"), sharedBy(40)},
            {"long-name", call("long-name"),
             named("Maximiliane Theodora von Hohenstein-Schwarzenbergerhausen zu Altenstadt",
                   "Vereinigte Wohnungsbaugenossenschaft Nordrhein-Westfalen eG"),
             note},
            {"arabic", call("arabic"), named("عبد الرحمن الخطيب", "شركة التبريد"), note},
            {"many-cases", call("many-cases"), withManyCases()},
            {"disagreed", call("disagreed"), disagreed(), note},
            {"first-contact", call("first-contact"), firstContact()}};
}

} // namespace ringbook::tests
