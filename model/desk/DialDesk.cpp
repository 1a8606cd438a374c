#include "model/desk/DialDesk.h"

#include "model/store/Book.h"
#include "model/store/CustomerStore.h"
#include "model/store/SetUpStore.h"

namespace ringbook::model {

Result<QVector<Dialable>> DialDesk::numbersOf(Id<Customer> customer) const
{
    const CustomerStore customers(m_book.db());
    const auto name = customers.nameOf(customer);
    if (!name)
        return name.error();
    const auto points = customers.contactPoints(customer);
    if (!points)
        return points.error();
    QVector<Dialable> numbers;
    for (const ContactPoint &point : *points)
        if (point.channel == ContactPoint::Channel::Phone && !point.notTheirsSince)
            numbers.append({*name, point.e164.isEmpty() ? point.value : point.e164, point.label});
    return numbers;
}

Result<QVector<Dialable>> DialDesk::colleagues() const
{
    const auto users = SetUpStore(m_book.db()).users();
    if (!users)
        return users.error();
    QVector<Dialable> colleagues;
    for (const User &user : *users)
        if (user.id != m_me && !user.extension.isEmpty())
            colleagues.append({user.name, user.extension, {}});
    return colleagues;
}

Result<QVector<Dialable>> DialDesk::ownersOf(const QString &e164, int limit) const
{
    const auto owners = CustomerStore(m_book.db()).owners(e164, limit);
    if (!owners)
        return owners.error();
    QVector<Dialable> dialables;
    for (const Candidate &owner : *owners)
        dialables.append({owner.customer.name, e164, {}});
    return dialables;
}

} // namespace ringbook::model
