#include "app/hub/demo/People.h"

#include "app/hub/demo/Showcase.h"

namespace ringbook::app::demo {

using namespace model;

namespace {

constexpr qint64 round = 19; // people to one organisation
constexpr qint64 employees = 4;
constexpr qint64 largestHousehold = 3;
constexpr qint64 formerEvery = 200; // one of so many has given up a number

const QString comma = QStringLiteral(", ");

QString primary(const QString &languageTag)
{
    return languageTag.section(u'-', 0, 0);
}

/// The letters of a name that may stand in a mail address; empty if the script is not Latin.
QString ascii(const QString &name)
{
    static const QHash<char16_t, QString> spelled = {
        {u'ß', "ss"}, {u'ł', "l"},  {u'ø', "o"},  {u'ı', "i"},
        {u'đ', "d"},  {u'ä', "ae"}, {u'ö', "oe"}, {u'ü', "ue"},
    };
    QString letters;
    for (const QChar given : name.toLower()) {
        const QString plain =
            spelled.value(given.unicode(), QString(given).normalized(QString::NormalizationForm_D));
        for (const QChar c : plain)
            if (c >= u'a' && c <= u'z')
                letters.append(c);
    }
    return letters;
}

QString withNumber(const QString &text, qint64 number)
{
    return QString(text).replace(QLatin1String("{n}"), QString::number(number));
}

} // namespace

People::People(const DemoSettings &settings, const Numbering &numbering)
    : m_numbering(numbering),
      m_seed(settings.seed),
      m_count(settings.customers),
      m_organisations(settings.customers / (round + 1)),
      m_now(settings.now)
{
    const Lists lists(QStringLiteral(":/demo/names.txt"));
    const auto specs = lists.table("lists", "|");
    const auto given = lists.table("given", ",");
    const auto family = lists.table("family", ",");
    const auto drawn = lists.table("places", " ");
    for (const QString &place : Numbers::places()) {
        const QString spoken = lists.table("speak", ",")[place].value(0);
        QVector<Names> names;
        for (const QString &list : drawn[place]) {
            const QString language = specs[list].value(0);
            const bool isLocal = primary(language) == primary(spoken);
            names.append({.languages = isLocal ? spoken : language + u',' + spoken,
                          .placeFirst = isLocal ? spoken : spoken + u',' + language,
                          .zone = specs[list].value(1),
                          .isLocal = isLocal,
                          .familyFirst = specs[list].value(2) == "family first",
                          .given = given[list],
                          .family = family[list]});
        }
        m_namesOf.append(names);
        m_companies.append(lists.table("companies", ",")[place]);
        m_streets.append(lists.table("streets", ",")[place]);
        m_spoken.append(spoken);
    }
    m_roles = lists.items("roles");
    m_domains = lists.items("domains");
    const Lists work(QStringLiteral(":/demo/work.txt"));
    m_services = work.items("service");
    m_remarks = work.items("remarks");
}

Id<Customer> People::id(qint64 index) const
{
    return m_numbering.id<Customer>(m_numbering.customers + index);
}

Customer People::customer(qint64 index) const
{
    Customer customer{.id = id(index), .isOrganisation = index < m_organisations};
    Dice dice(m_seed, customer.isOrganisation ? Throw::Organisation : Throw::Person, index);
    if (const auto known = showcase::customer(index, m_organisations)) {
        customer = *known;
        customer.id = id(index);
    } else {
        const Name name = customer.isOrganisation ? Name() : nameOf(index);
        describe(customer, ownPhone(index), name.names, dice);
        customer.name = name.names ? name.full() : companyName(index);
    }
    if (const auto organisation = employer(index)) {
        customer.organisation = id(*organisation);
        if (customer.role.isEmpty())
            customer.role = dice.of(m_roles);
    }
    return customer;
}

/// Everything but the name and the employer. Who came from elsewhere speaks two languages, and some have
/// moved back.
void People::describe(Customer &customer, const Phone &phone, const Names *names, Dice &dice) const
{
    customer.language = m_spoken[phone.place];
    customer.timeZone = phone.zone;
    if (names && !names->isLocal) {
        customer.language = dice.percent(60) ? names->languages : names->placeFirst;
        if (dice.percent(12))
            customer.timeZone = names->zone;
    }

    const auto rank = dice.below(100);
    customer.tier = rank < 6    ? QStringLiteral("Gold")
                    : rank < 24 ? QStringLiteral("Silver")
                                : QStringLiteral("Standard");
    const auto age = dice.below(100);
    customer.stage = age < 6    ? QStringLiteral("lead")
                     : age < 14 ? QStringLiteral("new")
                     : age < 88 ? QStringLiteral("active")
                     : age < 93 ? QStringLiteral("leaving")
                                : QStringLiteral("former");
    if (dice.percent(12)) {
        customer.goodService = dice.of(m_services);
        if (const QString second = dice.of(m_services); second != customer.goodService)
            customer.goodService += u'\n' + second;
    }
    if (dice.percent(6))
        customer.notes = dice.of(m_remarks);
}

QVector<ContactPoint> People::contactPoints(qint64 index) const
{
    if (const auto known = showcase::contactPoints(index, m_organisations, id(index)); !known.isEmpty())
        return known;

    Dice dice(m_seed, Throw::ContactPoints, index);
    const Phone own = ownPhone(index);
    QVector<ContactPoint> points = phones(index, own, dice);
    const auto append = [&](ContactPoint::Channel channel, const QString &value, const QString &label) {
        points.append({.customer = id(index),
                       .channel = channel,
                       .value = value,
                       .label = label,
                       .verified = dice.percent(40)});
    };
    const bool isOrganisation = index < m_organisations;
    if (dice.percent(70))
        append(ContactPoint::Channel::Email, mailAddress(index, dice), QStringLiteral("Mail"));
    if (dice.percent(45))
        append(ContactPoint::Channel::Address,
               withNumber(dice.of(m_streets[own.place]), dice.between(1, 99)) + comma + own.city,
               isOrganisation ? QStringLiteral("Office") : QStringLiteral("Home"));
    return points;
}

QVector<ContactPoint> People::phones(qint64 index, const Phone &own, Dice &dice) const
{
    using enum ContactPoint::Shared;
    QVector<ContactPoint> points;
    const auto append = [&](const Phone &phone, const QString &label, ContactPoint::Shared shared) {
        const bool isNational = phone.e164.startsWith(u"+49") && dice.percent(30);
        points.append({.customer = id(index),
                       .value = isNational ? u'0' + phone.value.mid(4) : phone.value,
                       .e164 = phone.e164,
                       .label = label,
                       .verified = dice.percent(60),
                       .shared = shared});
    };
    const qint64 head = headOf(index);
    if (index < m_organisations)
        append(own, QStringLiteral("Main line"), Company);
    else if (head != index || !inHousehold(index))
        append(own, own.label, No);
    if (inHousehold(index))
        append(ownPhone(head), QStringLiteral("Household"), Household);
    if (const auto organisation = employer(index))
        append(ownPhone(*organisation), QStringLiteral("Work"), Company);
    if (index >= m_organisations && index % formerEvery == formerEvery / 2) {
        append(m_numbers.phone(m_count + index / formerEvery), QStringLiteral("Former"), No);
        points.last().verified = false;
        points.last().notTheirsSince = m_now - dice.between(20, 600) * dayMs;
    }
    return points;
}

QString People::e164(qint64 index) const
{
    const auto known = showcase::phone(index, m_organisations);
    return known ? known->e164 : m_numbers.e164(index);
}

qint64 People::turnOf(qint64 index) const
{
    return (index - m_organisations) % round;
}

qint64 People::roundOf(qint64 index) const
{
    return (index - m_organisations) / round;
}

std::optional<qint64> People::employer(qint64 index) const
{
    if (index < m_organisations || turnOf(index) >= employees)
        return std::nullopt;
    return roundOf(index) % m_organisations;
}

/// Two or three people after the employees; three in the first round.
bool People::inHousehold(qint64 index) const
{
    if (index < m_organisations || turnOf(index) < employees)
        return false;
    const bool isThree = roundOf(index) == 0 || Dice(m_seed, Throw::Household, roundOf(index)).percent(50);
    return turnOf(index) < employees + largestHousehold - (isThree ? 0 : 1);
}

qint64 People::headOf(qint64 index) const
{
    return inHousehold(index) ? index - turnOf(index) + employees : index;
}

/// A household has one family name.
People::Name People::nameOf(qint64 index) const
{
    const qint64 head = headOf(index);
    Dice family(m_seed, Throw::Person, -1 - head);
    Dice given(m_seed, Throw::Person, index + (qint64(1) << 40));
    const Names &names = family.of(m_namesOf[Numbers::placeOf(head)]);
    return {&names, given.of(names.given), family.of(names.family)};
}

QString People::companyName(qint64 index) const
{
    Dice dice(m_seed, Throw::Organisation, -1 - index);
    const int place = Numbers::placeOf(index);
    const Names &names = m_namesOf[place][dice.below(2)]; // those of the place come first
    return QString(dice.of(m_companies[place])).replace(QLatin1String("{name}"), dice.of(names.family));
}

Phone People::ownPhone(qint64 index) const
{
    const auto known = showcase::phone(index, m_organisations);
    return known ? *known : m_numbers.phone(index);
}

QString People::mailAddress(qint64 index, Dice &dice) const
{
    QString local = QStringLiteral("office");
    if (index >= m_organisations) {
        const Name name = nameOf(index);
        const QString given = ascii(name.given);
        const QString family = ascii(name.family);
        local = given.isEmpty() || family.isEmpty() ? QStringLiteral("customer") : given + u'.' + family;
    }
    return local + u'.' + QString::number(index) + u'@' + dice.of(m_domains);
}

} // namespace ringbook::app::demo
