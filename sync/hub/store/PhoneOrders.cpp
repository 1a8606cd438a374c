#include "sync/hub/store/PhoneOrders.h"

#include "model/db/WithoutCount.h"

namespace ringbook::hub {

Status PhoneOrders::keep(const PhoneOrder &order)
{
    const auto forgotten =
        m_db.run("DELETE FROM phone_order WHERE at < :before", {{":before", order.at - keepPhoneOrdersMs}});
    if (!forgotten)
        return forgotten.error();
    return model::withoutCount(m_db.run(
        R"(
        INSERT INTO phone_order (at, account, command, number, e164)
        VALUES (:at, :account, :command, :number, :e164) ON CONFLICT DO NOTHING)",
        {{":at", order.at},
         {":account", order.account},
         {":command", order.command},
         {":number", order.number},
         {":e164", order.e164}}));
}

Result<QVector<PhoneOrder>> PhoneOrders::since(TimeMs from) const
{
    const auto rows = m_db.all("SELECT * FROM phone_order WHERE at >= :from ORDER BY at DESC LIMIT :most",
                               {{":from", from}, {":most", mostPhoneOrdersListed}});
    if (!rows)
        return rows.error();
    QVector<PhoneOrder> orders;
    for (const model::Row &row : *rows)
        orders.append({.at = row.number("at"),
                       .account = row.number("account"),
                       .command = row.text("command"),
                       .number = row.text("number"),
                       .e164 = row.text("e164")});
    return orders;
}

Status PhoneOrders::forget(const QString &e164)
{
    return model::withoutCount(m_db.run("DELETE FROM phone_order WHERE e164 = :e164", {{":e164", e164}}));
}

} // namespace ringbook::hub
