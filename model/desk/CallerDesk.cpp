#include "model/desk/CallerDesk.h"

#include "model/desk/ConflictReader.h"
#include "model/desk/Reasons.h"
#include "model/domain/PhoneNumber.h"
#include "model/domain/PlainText.h"
#include "model/store/AlertStore.h"
#include "model/store/Book.h"
#include "model/store/CaseStore.h"
#include "model/store/CustomerStore.h"
#include "model/store/FollowUpStore.h"
#include "model/store/InteractionStore.h"
#include "model/store/SetUpStore.h"
#include "model/store/TimelineStore.h"

namespace ringbook::model {

namespace {

constexpr int maxFollowUps = 100; // more open ones change nothing in the reasons
constexpr int maxRecent = 100;    // contacts of one customer in the last days that rules look at

/// An extension, a service number: what can be dialled here though it has no E.164 form.
bool isShortNumber(const QString &text)
{
    const auto dials = [](QChar c) { return (c >= u'0' && c <= u'9') || c == u'*' || c == u'#'; };
    return !text.isEmpty() && text.size() < minPhoneDigits && std::ranges::all_of(text, dials);
}

/// The card before anybody has been looked for: what came, and whether it is a number.
Card cardOfStranger(const Party &party, const QString &region)
{
    Card card{.networkName = plainText(party.name, maxNetworkNameLength)};
    if (party.withheld || (party.e164.isEmpty() && meansWithheld(party.raw))) {
        card.confidence = Confidence::Withheld;
        return card;
    }
    card.number = isE164(party.e164) ? party.e164 : toE164(party.raw, region);
    if (!card.number.isEmpty())
        return card;
    card.number = plainText(party.raw.isEmpty() ? party.e164 : party.raw, maxPhoneTextLength);
    if (!isShortNumber(card.number))
        card.confidence = Confidence::Unreadable;
    return card;
}

/// Keeps a store's answer; its error is the caller's to return.
template <typename T>
Status take(Result<T> answer, T &into)
{
    if (!answer)
        return answer.error();
    into = std::move(*answer);
    return Done{};
}

} // namespace

CallerDesk::CallerDesk(Book &book, const ringbook::Clock &clock, Settings settings)
    : m_book(book),
      m_clock(clock),
      m_settings(std::move(settings))
{
}

Result<Card> CallerDesk::cardFor(const Party &party) const
{
    Card card = cardOfStranger(party, m_settings.region);
    if (card.confidence != Confidence::Unknown)
        return card;
    if (const auto filled = m_book.db().atOneMoment([&] { return fillByNumber(card); }); !filled)
        return filled.error();
    return card;
}

Result<Card> CallerDesk::cardOf(Id<Customer> customer, const std::optional<Party> &party) const
{
    const auto chosen = CustomerStore(m_book.db()).customer(customer);
    if (!chosen)
        return chosen.error();
    Card card = party ? cardOfStranger(*party, m_settings.region) : Card{};
    card.confidence = Confidence::Chosen;
    const auto fill = [&] { return fillCustomer(card, *chosen, bool(party)); };
    if (const auto filled = m_book.db().atOneMoment(fill); !filled)
        return filled.error();
    return card;
}

Result<Card> CallerDesk::cardOfCase(Id<Case> caseId) const
{
    const auto file = CaseStore(m_book.db()).theCase(caseId);
    if (!file || file->customer)
        return file ? cardOf(file->customer) : Result<Card>(file.error());
    const auto call = InteractionStore(m_book.db()).interaction(file->interaction);
    if (!call && call.error().fault != Fault::NotFound)
        return call.error();
    Card card{.number = call ? call->partyNumber : QString()};
    if (!card.number.isEmpty())
        if (const auto filled = m_book.db().atOneMoment([&] { return fillUnknown(card); }); !filled)
            return filled.error();
    if (std::ranges::find(card.openCases, caseId, &Case::id) == card.openCases.end()) {
        card.openCases.prepend(*file);
        ++card.openCaseCount;
    }
    return card;
}

Result<std::optional<ErasureLine>> CallerDesk::erasure(Id<Customer> customer) const
{
    const auto erased = CustomerStore(m_book.db()).erasure(customer);
    if (!erased || !*erased)
        return erased ? Result<std::optional<ErasureLine>>(std::nullopt) : erased.error();
    ErasureLine line{.at = (*erased)->at};
    if (const auto taken = take(SetUpStore(m_book.db()).userName((*erased)->by), line.by); !taken)
        return taken.error();
    return std::optional(line);
}

Result<Card> CallerDesk::anyCard() const
{
    const auto somebody = CustomerStore(m_book.db()).anybody();
    return somebody ? cardOf(*somebody, Party{}) : Result<Card>(somebody.error());
}

Status CallerDesk::fillByNumber(Card &card) const
{
    const CustomerStore customers(m_book.db());
    const auto owners = isE164(card.number) ? customers.owners(card.number, maxOwnersLookedAt)
                                            : customers.ownersOfText(card.number, maxOwnersLookedAt);
    if (!owners)
        return owners.error();
    if (owners->isEmpty())
        return fillUnknown(card);
    if (owners->size() > 1)
        return fillCandidates(card, *owners);
    card.confidence = Confidence::Exact;
    return fillCustomer(card, owners->first().customer, true);
}

Status CallerDesk::fillUnknown(Card &card) const
{
    const auto past = TimelineStore(m_book.db(), m_settings.me).strangersPage(card.number, timelinePage);
    if (!past)
        return past.error();
    card.timeline = past->entries;
    const auto cases = CaseStore(m_book.db()).unidentified(card.number, maxOpenCases);
    if (!cases)
        return cases.error();
    std::ranges::copy_if(*cases, std::back_inserter(card.openCases), isOpen, &Case::status);
    card.openCaseCount = int(card.openCases.size());

    CallerHistory history{.openCases = card.openCases};
    const auto recent = InteractionStore(m_book.db())
                            .recentUnidentified(card.number, m_clock.now() - repeatWindow, maxRecent);
    if (const auto taken = take(recent, history.recent); !taken)
        return taken;
    return fillReasons(card, history, true);
}

Status CallerDesk::fillCandidates(Card &card, QVector<Candidate> owners) const
{
    card.confidence = Confidence::Shared;
    card.candidateCount = int(owners.size());
    if (card.candidateCount == maxOwnersLookedAt && isE164(card.number)) {
        const auto counted = CustomerStore(m_book.db()).ownerCount(card.number);
        if (const auto taken = take(counted, card.candidateCount); !taken)
            return taken;
    }
    std::ranges::sort(owners, likelier);
    card.candidates = owners.mid(0, maxCandidates);
    return Done{};
}

Status CallerDesk::fillCustomer(Card &card, const Customer &customer, bool calling) const
{
    card.customer = customer;
    const CustomerStore customers(m_book.db());
    if (const auto taken = take(customers.contactPoints(customer.id), card.contactPoints); !taken)
        return taken;
    std::ranges::stable_sort(card.contactPoints, {}, [](const ContactPoint &point) {
        return std::pair(bool(point.notTheirsSince), point.channel != ContactPoint::Channel::Phone);
    });
    if (customer.organisation)
        if (const auto taken = take(customers.nameOf(customer.organisation), card.organisationName); !taken)
            return taken;

    CallerHistory history;
    if (const auto filled = fillAlerts(card); !filled)
        return filled;
    const auto conflicts = ConflictReader(m_book, m_settings.me).about(customer.id, maxConflicts);
    if (const auto taken = take(conflicts, card.conflicts); !taken)
        return taken;
    if (const auto filled = fillCases(card); !filled)
        return filled;
    if (const auto filled = fillTimeline(card); !filled)
        return filled;
    history.openCases = card.openCases;
    const auto followUps = FollowUpStore(m_book.db()).openOf(customer.id, maxFollowUps);
    if (const auto taken = take(followUps, history.followUps); !taken)
        return taken;
    const auto recent =
        InteractionStore(m_book.db()).recentOf(customer.id, m_clock.now() - repeatWindow, maxRecent);
    if (const auto taken = take(recent, history.recent); !taken)
        return taken;
    return fillReasons(card, history, calling);
}

Status CallerDesk::fillAlerts(Card &card) const
{
    const auto alerts = AlertStore(m_book.db()).alertsOf(card.customer.id, m_clock.now(), maxAlerts);
    if (!alerts)
        return alerts.error();
    for (const Alert &alert : *alerts) {
        AlertLine line{.text = alert.text, .until = alert.until};
        if (const auto taken = take(SetUpStore(m_book.db()).userName(alert.author), line.author); !taken)
            return taken;
        card.alerts.append(line);
    }
    return Done{};
}

Status CallerDesk::fillCases(Card &card) const
{
    const CaseStore cases(m_book.db());
    if (const auto taken = take(cases.openOf(card.customer.id, maxOpenCases), card.openCases); !taken)
        return taken;
    card.openCaseCount = int(card.openCases.size());
    if (card.openCaseCount < maxOpenCases)
        return Done{};
    return take(cases.openCountOf(card.customer.id), card.openCaseCount);
}

Status CallerDesk::fillTimeline(Card &card) const
{
    const auto part = timeline(card.customer.id, std::nullopt);
    if (!part)
        return part.error();
    card.timeline = part->entries;
    card.timelineNext = part->next;
    const auto last = InteractionStore(m_book.db()).lastWith(card.customer.id, m_settings.me);
    if (const auto taken = take(last, card.lastMineAt); !taken || !card.lastMineAt)
        return taken;
    return take(
        TimelineStore(m_book.db(), m_settings.me).countOfOthersSince(card.customer.id, *card.lastMineAt),
        card.newSinceMine);
}

Status CallerDesk::fillReasons(Card &card, const CallerHistory &history, bool calling) const
{
    Today today = todayAt(m_clock.now(), m_settings.zone);
    today.calling = calling;
    card.reasons = probableReasons(history, today);
    for (ProbableReason &reason : card.reasons)
        if (reason.by)
            if (const auto taken = take(SetUpStore(m_book.db()).userName(reason.by), reason.who); !taken)
                return taken;
    return Done{};
}

Result<TimelinePart> CallerDesk::timeline(Id<Customer> customer, std::optional<TimelineMark> after,
                                          int limit) const
{
    return TimelineStore(m_book.db(), m_settings.me).page(customer, after, limit);
}

} // namespace ringbook::model
