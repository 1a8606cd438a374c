#include "model/store/SetUpStore.h"

#include "model/store/Reading.h"

#include <algorithm>

namespace ringbook::model {

Result<QString> SetUpStore::userName(Id<User> id) const
{
    const auto row = m_db.one("SELECT name FROM user WHERE id = :id", {{":id", id.value}});
    if (!row && row.error().fault == Fault::NotFound)
        return QString();
    return row ? Result(row->text("name")) : row.error();
}

Result<QVector<User>> SetUpStore::users() const
{
    return listOf(m_db.all("SELECT * FROM user ORDER BY name, id"), readUser);
}

Result<bool> SetUpStore::isLead(Id<User> id) const
{
    const auto all = users();
    if (!all)
        return all.error();
    return std::ranges::any_of(*all, [id](const User &user) {
        return user.id == id && (user.role == QLatin1String("lead") || user.role == QLatin1String("admin"));
    });
}

Result<QVector<Team>> SetUpStore::teams() const
{
    return listOf(m_db.all("SELECT * FROM team ORDER BY name, id"), readTeam);
}

Result<QVector<Queue>> SetUpStore::queues() const
{
    return listOf(m_db.all("SELECT * FROM queue ORDER BY label, name, id"), readQueue);
}

Result<QVector<Category>> SetUpStore::categories() const
{
    return listOf(m_db.all("SELECT * FROM category ORDER BY name, id"), readCategory);
}

Result<QVector<OutcomeCode>> SetUpStore::outcomes() const
{
    return listOf(m_db.all("SELECT * FROM outcome_code ORDER BY position, id"), readOutcomeCode);
}

} // namespace ringbook::model
