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
        {u"name"_s, fieldValue(customer.name)},
        {u"is_organisation"_s, fieldValue(customer.isOrganisation)},
        {u"organisation"_s, fieldValue(customer.organisation)},
        {u"role"_s, fieldValue(customer.role)},
        {u"tier"_s, fieldValue(customer.tier)},
        {u"stage"_s, fieldValue(customer.stage)},
        {u"language"_s, fieldValue(customer.language)},
        {u"time_zone"_s, fieldValue(customer.timeZone)},
        {u"good_service"_s, fieldValue(customer.goodService)},
        {u"notes"_s, fieldValue(customer.notes)},
    };
}

Customer customerFrom(Id<Customer> id, const Fields &fields)
{
    const FieldReader reader(fields);
    Customer customer{.id = id};
    reader.read(u"name"_s, customer.name);
    reader.read(u"is_organisation"_s, customer.isOrganisation);
    reader.read(u"organisation"_s, customer.organisation);
    reader.read(u"role"_s, customer.role);
    reader.read(u"tier"_s, customer.tier);
    reader.read(u"stage"_s, customer.stage);
    reader.read(u"language"_s, customer.language);
    reader.read(u"time_zone"_s, customer.timeZone);
    reader.read(u"good_service"_s, customer.goodService);
    reader.read(u"notes"_s, customer.notes);
    return customer;
}

Fields fieldsOf(const ContactPoint &point)
{
    return {
        {u"customer"_s, fieldValue(point.customer)},
        {u"channel"_s, name(point.channel)},
        {u"value"_s, fieldValue(point.value)},
        {u"e164"_s, fieldValue(point.e164)},
        {u"label"_s, fieldValue(point.label)},
        {u"verified"_s, fieldValue(point.verified)},
        {u"shared"_s, name(point.shared)},
        {u"not_theirs_since"_s, fieldValue(point.notTheirsSince)},
    };
}

ContactPoint contactPointFrom(Id<ContactPoint> id, const Fields &fields)
{
    const FieldReader reader(fields);
    ContactPoint point{.id = id};
    reader.read(u"customer"_s, point.customer);
    reader.read(u"channel"_s, point.channel, contactChannelFromName);
    reader.read(u"value"_s, point.value);
    reader.read(u"e164"_s, point.e164);
    reader.read(u"label"_s, point.label);
    reader.read(u"verified"_s, point.verified);
    reader.read(u"shared"_s, point.shared, sharedFromName);
    reader.read(u"not_theirs_since"_s, point.notTheirsSince);
    return point;
}

Fields fieldsOf(const Alert &alert)
{
    return {
        {u"customer"_s, fieldValue(alert.customer)},
        {u"text"_s, fieldValue(alert.text)},
        {u"author"_s, fieldValue(alert.author)},
        {u"until"_s, fieldValue(alert.until)},
    };
}

Alert alertFrom(Id<Alert> id, const Fields &fields)
{
    const FieldReader reader(fields);
    Alert alert{.id = id};
    reader.read(u"customer"_s, alert.customer);
    reader.read(u"text"_s, alert.text);
    reader.read(u"author"_s, alert.author);
    reader.read(u"until"_s, alert.until);
    return alert;
}

} // namespace ringbook::model
