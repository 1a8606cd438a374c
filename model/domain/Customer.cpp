#include "model/domain/Customer.h"

#include "model/domain/FieldValue.h"
#include "model/domain/Names.h"

namespace ringbook::model {

namespace {

constexpr std::array channels = {"phone", "email", "address", "social"};
constexpr std::array sharedNames = {"no", "household", "company"};

} // namespace

QString name(ContactPoint::Channel channel)
{
    return nameAmong(channels, channel);
}

QString name(ContactPoint::Shared shared)
{
    return nameAmong(sharedNames, shared);
}

std::optional<ContactPoint::Channel> contactChannelFromName(const QString &name)
{
    return valueAmong<ContactPoint::Channel>(channels, name);
}

std::optional<ContactPoint::Shared> sharedFromName(const QString &name)
{
    return valueAmong<ContactPoint::Shared>(sharedNames, name);
}

Fields fieldsOf(const Customer &customer)
{
    return {
        {"name", fieldValue(customer.name)},
        {"is_organisation", fieldValue(customer.isOrganisation)},
        {"organisation", fieldValue(customer.organisation)},
        {"role", fieldValue(customer.role)},
        {"tier", fieldValue(customer.tier)},
        {"stage", fieldValue(customer.stage)},
        {"language", fieldValue(customer.language)},
        {"time_zone", fieldValue(customer.timeZone)},
        {"good_service", fieldValue(customer.goodService)},
        {"notes", fieldValue(customer.notes)},
    };
}

Customer customerFrom(Id<Customer> id, const Fields &fields)
{
    const FieldReader reader(fields);
    Customer customer{.id = id};
    reader.read("name", customer.name);
    reader.read("is_organisation", customer.isOrganisation);
    reader.read("organisation", customer.organisation);
    reader.read("role", customer.role);
    reader.read("tier", customer.tier);
    reader.read("stage", customer.stage);
    reader.read("language", customer.language);
    reader.read("time_zone", customer.timeZone);
    reader.read("good_service", customer.goodService);
    reader.read("notes", customer.notes);
    return customer;
}

Fields fieldsOf(const ContactPoint &point)
{
    return {
        {"customer", fieldValue(point.customer)}, {"channel", name(point.channel)},
        {"value", fieldValue(point.value)},       {"e164", fieldValue(point.e164)},
        {"label", fieldValue(point.label)},       {"verified", fieldValue(point.verified)},
        {"shared", name(point.shared)},           {"not_theirs_since", fieldValue(point.notTheirsSince)},
    };
}

ContactPoint contactPointFrom(Id<ContactPoint> id, const Fields &fields)
{
    const FieldReader reader(fields);
    ContactPoint point{.id = id};
    reader.read("customer", point.customer);
    reader.read("channel", point.channel, contactChannelFromName);
    reader.read("value", point.value);
    reader.read("e164", point.e164);
    reader.read("label", point.label);
    reader.read("verified", point.verified);
    reader.read("shared", point.shared, sharedFromName);
    reader.read("not_theirs_since", point.notTheirsSince);
    return point;
}

Fields fieldsOf(const Alert &alert)
{
    return {
        {"customer", fieldValue(alert.customer)},
        {"text", fieldValue(alert.text)},
        {"author", fieldValue(alert.author)},
        {"until", fieldValue(alert.until)},
    };
}

Alert alertFrom(Id<Alert> id, const Fields &fields)
{
    const FieldReader reader(fields);
    Alert alert{.id = id};
    reader.read("customer", alert.customer);
    reader.read("text", alert.text);
    reader.read("author", alert.author);
    reader.read("until", alert.until);
    return alert;
}

} // namespace ringbook::model
