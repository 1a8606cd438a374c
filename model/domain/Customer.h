#pragma once

#include "model/core/Id.h"
#include "model/domain/Record.h"

#include <optional>

namespace ringbook::model {

/// A person or an organisation we serve.
struct Customer
{
    Id<Customer> id = {};
    QString name = {};
    bool isOrganisation = false;
    Id<Customer> organisation = {}; ///< where this person works, if known
    QString role = {};              ///< "Facility manager"
    QString tier = {};              ///< "Gold"
    QString stage = {};             ///< life-cycle stage: lead, new, active, leaving, former
    QString language = {};          ///< BCP 47 tags, comma-separated, preferred first
    QString timeZone = {};          ///< IANA name
    QString goodService = {};       ///< what good service means to them, up to three lines
    QString notes = {};

    bool operator==(const Customer &) const = default;
};

/// One way to reach a customer. Several customers may have the same one.
struct ContactPoint
{
    enum class Channel { Phone, Email, Address, Social };
    enum class Shared { No, Household, Company };

    Id<ContactPoint> id = {};
    Id<Customer> customer = {};
    Channel channel = Channel::Phone;
    QString value = {}; ///< as given
    QString e164 = {};  ///< phones only; empty if the value is no number we understand
    QString label = {}; ///< "Mobile", "Work"
    bool verified = false;
    Shared shared = Shared::No;
    std::optional<TimeMs> notTheirsSince = {};

    bool operator==(const ContactPoint &) const = default;
};

/// What a colleague wants everybody to know before speaking to this customer; gone after `until`.
struct Alert
{
    Id<Alert> id = {};
    Id<Customer> customer = {};
    QString text = {};
    Id<struct User> author = {};
    std::optional<TimeMs> until = {};

    bool operator==(const Alert &) const = default;
};

Fields fieldsOf(const Customer &customer);
Fields fieldsOf(const ContactPoint &point);
Fields fieldsOf(const Alert &alert);

/// The reverse; fields that are missing or of another type leave the default.
Customer customerFrom(Id<Customer> id, const Fields &fields);
ContactPoint contactPointFrom(Id<ContactPoint> id, const Fields &fields);
Alert alertFrom(Id<Alert> id, const Fields &fields);

QString name(ContactPoint::Channel channel); ///< as on the wire: "phone", "email", "address", "social"
QString name(ContactPoint::Shared shared);   ///< "no", "household", "company"
std::optional<ContactPoint::Channel> contactChannelFromName(const QString &name);
std::optional<ContactPoint::Shared> sharedFromName(const QString &name);

} // namespace ringbook::model
