#include "app/hub/demo/Showcase.h"

namespace ringbook::app::demo::showcase {

using namespace model;

namespace {

enum class Role { None, BrandtKlima, Ana, Rui, Marta, Tiago };

/// As People lays out the first round: four employees, then the household.
Role roleOf(qint64 index, qint64 organisations)
{
    if (index == 0)
        return Role::BrandtKlima;
    switch (index - organisations) {
    case 0: return Role::Ana;
    case 4: return Role::Rui;
    case 5: return Role::Marta;
    case 6: return Role::Tiago;
    default: return Role::None;
    }
}

Phone phoneOf(const QString &value, const QString &label, const QString &city)
{
    return {.value = value,
            .e164 = QString(value).remove(u' '),
            .label = label,
            .zone = QStringLiteral("Europe/Berlin"),
            .city = city};
}

const Phone &householdLine()
{
    static const Phone phone = phoneOf("+49 30 23125 118", "Household", "Berlin");
    return phone;
}

Customer costa(const QString &name)
{
    return {.name = name,
            .tier = "Standard",
            .stage = "active",
            .language = "de,pt",
            .timeZone = "Europe/Berlin"};
}

ContactPoint pointOf(Id<Customer> id, const Phone &phone, ContactPoint::Shared shared)
{
    return {.customer = id,
            .value = phone.value,
            .e164 = phone.e164,
            .label = phone.label,
            .verified = true,
            .shared = shared};
}

ContactPoint mailOf(Id<Customer> id, const QString &address)
{
    return {.customer = id,
            .channel = ContactPoint::Channel::Email,
            .value = address,
            .label = "Mail",
            .verified = true};
}

} // namespace

std::optional<Customer> customer(qint64 index, qint64 organisations)
{
    switch (roleOf(index, organisations)) {
    case Role::None: return std::nullopt;
    case Role::BrandtKlima:
        return Customer{.name = "Brandt Klima GmbH",
                        .isOrganisation = true,
                        .tier = "Gold",
                        .stage = "active",
                        .language = "de",
                        .timeZone = "Europe/Berlin"};
    case Role::Ana:
        return Customer{.name = "Ana Costa",
                        .role = "Facility manager",
                        .tier = "Gold",
                        .stage = "active",
                        .language = "pt,de",
                        .timeZone = "Europe/Lisbon",
                        .goodService = "Call back the same day\nWritten summary\nNo menus"};
    case Role::Rui: return costa("Rui Costa");
    case Role::Marta: return costa("Marta Costa");
    case Role::Tiago: return costa("Tiago Costa");
    }
    return std::nullopt;
}

std::optional<Phone> phone(qint64 index, qint64 organisations)
{
    switch (roleOf(index, organisations)) {
    case Role::None: return std::nullopt;
    case Role::BrandtKlima: return phoneOf("+49 30 23125 100", "Main line", "Berlin");
    case Role::Ana: return phoneOf("+49 171 39200 47", "Mobile", "Lisboa");
    case Role::Rui: return householdLine();
    case Role::Marta: return phoneOf("+49 171 39200 11", "Mobile", "Berlin");
    case Role::Tiago: return phoneOf("+49 171 39200 12", "Mobile", "Berlin");
    }
    return std::nullopt;
}

QVector<ContactPoint> contactPoints(qint64 index, qint64 organisations, Id<Customer> id)
{
    using enum ContactPoint::Shared;
    const auto own = phone(index, organisations);
    switch (roleOf(index, organisations)) {
    case Role::None: return {};
    case Role::BrandtKlima: return {pointOf(id, *own, Company), mailOf(id, "office@example.com")};
    case Role::Ana: {
        auto work = pointOf(id, phoneOf("+49 30 23125 147", "Work", "Berlin"), No);
        work.verified = false;
        return {pointOf(id, *own, No), work, mailOf(id, "ana.costa@example.com")};
    }
    case Role::Rui: return {pointOf(id, *own, Household), mailOf(id, "rui.costa@example.org")};
    case Role::Marta: return {pointOf(id, *own, No), pointOf(id, householdLine(), Household)};
    case Role::Tiago: return {pointOf(id, *own, No), pointOf(id, householdLine(), Household)};
    }
    return {};
}

} // namespace ringbook::app::demo::showcase
