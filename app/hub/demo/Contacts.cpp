#include "app/hub/demo/Contacts.h"

namespace ringbook::app::demo {

using namespace model;
using Channel = Interaction::Channel;
using Direction = Interaction::Direction;

namespace {

struct Share
{
    int upTo = 0; ///< of 100
    Channel channel = Channel::Call;
    Direction direction = Direction::In;
};

constexpr Share shares[] = {
    {48, Channel::Call, Direction::In},   {64, Channel::Call, Direction::Out},
    {74, Channel::Mail, Direction::In},   {81, Channel::Mail, Direction::Out},
    {89, Channel::Visit, Direction::Out}, {93, Channel::Chat, Direction::In},
    {95, Channel::Letter, Direction::In}, {96, Channel::Fax, Direction::In},
    {99, Channel::Web, Direction::In},    {100, Channel::Social, Direction::In},
};

const Share &shareOf(qint64 percent)
{
    const Share *share = shares;
    while (percent >= share->upTo)
        ++share;
    return *share;
}

} // namespace

Contacts::Contacts(const DemoSettings &settings, const Company &company, const People &people,
                   const Texts &texts, const WorkingTime &time)
    : m_company(company),
      m_people(people),
      m_texts(texts),
      m_time(time),
      m_seed(settings.seed),
      m_count(qint64(settings.customers) * settings.interactionsPerCustomer),
      m_unknown(texts.section("call.unknown")),
      m_more(texts.section("call.more")),
      m_verifications({"number", "number", "number", "number", "knowledge", "knowledge", "strong", "none"})
{
    const auto sentences = [&](Channel channel, const char *in, const char *out) {
        m_sentences[size_t(channel)] = {texts.section(in), texts.section(out)};
    };
    sentences(Channel::Call, "call.in", "call.out");
    sentences(Channel::Mail, "mail.in", "mail.out");
    sentences(Channel::Letter, "letter", "letter");
    sentences(Channel::Visit, "visit", "visit");
    sentences(Channel::Chat, "chat", "chat");
    sentences(Channel::Fax, "fax", "fax");
    sentences(Channel::Web, "web", "web");
    sentences(Channel::Social, "social", "social");
}

Contacts::Facts Contacts::facts(qint64 index) const
{
    Dice dice(m_seed, Throw::Caller, index);
    const Share &share = shareOf(dice.below(100));
    const double step = double(m_time.length()) / double(m_count);
    Facts facts{.at = m_time.at(TimeMs((double(index) + dice.fraction()) * step)),
                .channel = share.channel,
                .direction = share.direction,
                .topic = &m_texts.topic(dice),
                .agent = m_company.agent(dice.below(m_company.agents.size())).id};
    if (share.channel != Channel::Call || share.direction != Direction::In || !dice.percent(2))
        facts.customer = caller(dice);
    if (share.channel == Channel::Visit)
        facts.agent = m_company.fieldTeam.id;
    return facts;
}

Interaction Contacts::interaction(qint64 index, Id<Interaction> id) const
{
    const Facts facts = this->facts(index);
    Dice dice(m_seed, Throw::Contact, index);
    Interaction contact{.id = id,
                        .channel = facts.channel,
                        .direction = facts.direction,
                        .startedAt = facts.at,
                        .agent = facts.agent};
    if (facts.customer >= 0)
        contact.customer = m_people.id(facts.customer);
    if (facts.channel == Channel::Call) {
        if (facts.customer >= 0)
            contact.partyNumber = m_people.e164(facts.customer);
        const Queue &queue = m_company.queueFor(facts.topic->type);
        contact.ownLine = queue.label;
        if (facts.direction == Direction::In)
            contact.queue = queue.name;
        talk(contact, dice);
    } else if (facts.channel == Channel::Visit) {
        endIn(contact, dice.between(20, 110) * minuteMs);
    } else if (facts.channel == Channel::Chat) {
        endIn(contact, dice.between(2, 15) * minuteMs);
    }
    if (facts.channel != Channel::Call || contact.answeredAt)
        tell(contact, facts, dice);
    return contact;
}

/// Three of ten contacts are with the few who come often; a customer's place in the book decides.
qint64 Contacts::caller(Dice &dice) const
{
    const double u = dice.fraction();
    const bool isFrequent = dice.percent(30);
    const auto index = qint64((isFrequent ? u * u : u) * double(m_people.count()));
    return index == m_people.showcase() ? index + 1 : index;
}

/// Nobody answers one call in fifteen.
void Contacts::talk(Interaction &contact, Dice &dice) const
{
    const TimeMs start = *contact.startedAt;
    const bool isIn = contact.direction == Direction::In;
    if (dice.below(15) == 0) {
        endIn(contact, dice.between(15, 60) * secondMs);
        if (isIn)
            contact.agent = {};
        else
            contact.outcome = QStringLiteral("not_reached");
        return;
    }
    contact.answeredAt = qMin(start + dice.between(3, 40) * secondMs, m_time.now());
    endIn(contact, *contact.answeredAt - start + dice.between(40, 720) * secondMs);
    contact.verification = dice.of(m_verifications);
    if (isIn)
        contact.ringToPaintUs = dice.between(900, 4800);
}

void Contacts::endIn(Interaction &contact, TimeMs length) const
{
    contact.endedAt = qMin(*contact.startedAt + length, m_time.now());
}

/// What was said, and what came of it.
void Contacts::tell(Interaction &contact, const Facts &facts, Dice &dice) const
{
    const auto &sentences =
        facts.customer < 0 ? m_unknown : m_sentences[size_t(facts.channel)][size_t(facts.direction)];
    const Texts::Story story{dice, facts.at, *facts.topic};
    auto told = m_texts.tell(sentences, story);
    if (facts.channel == Channel::Call && facts.customer >= 0 && dice.percent(45))
        told.text += u' ' + m_texts.tell(m_more, story).text;
    contact.note = std::move(told.text);
    contact.outcome = std::move(told.tag);
}

} // namespace ringbook::app::demo
