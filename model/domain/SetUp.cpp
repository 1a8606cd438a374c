#include "model/domain/SetUp.h"

#include "model/domain/FieldValue.h"

namespace ringbook::model {

Fields fieldsOf(const Team &team)
{
    return {{u"name"_s, fieldValue(team.name)}};
}

Fields fieldsOf(const User &user)
{
    return {
        {u"name"_s, fieldValue(user.name)},           {u"login"_s, fieldValue(user.login)},
        {u"extension"_s, fieldValue(user.extension)}, {u"team"_s, fieldValue(user.team)},
        {u"role"_s, fieldValue(user.role)},           {u"language"_s, fieldValue(user.language)},
    };
}

Fields fieldsOf(const Queue &queue)
{
    return {{u"name"_s, fieldValue(queue.name)}, {u"label"_s, fieldValue(queue.label)}};
}

Fields fieldsOf(const Category &category)
{
    return {{u"name"_s, fieldValue(category.name)}, {u"case_type"_s, fieldValue(category.caseType)}};
}

Fields fieldsOf(const OutcomeCode &outcome)
{
    return {
        {u"code"_s, fieldValue(outcome.code)},
        {u"label"_s, fieldValue(outcome.label)},
        {u"position"_s, fieldValue(qint64(outcome.position))},
    };
}

Team teamFrom(Id<Team> id, const Fields &fields)
{
    Team team{.id = id};
    FieldReader(fields).read(u"name"_s, team.name);
    return team;
}

User userFrom(Id<User> id, const Fields &fields)
{
    const FieldReader reader(fields);
    User user{.id = id};
    reader.read(u"name"_s, user.name);
    reader.read(u"login"_s, user.login);
    reader.read(u"extension"_s, user.extension);
    reader.read(u"team"_s, user.team);
    reader.read(u"role"_s, user.role);
    reader.read(u"language"_s, user.language);
    return user;
}

Queue queueFrom(Id<Queue> id, const Fields &fields)
{
    const FieldReader reader(fields);
    Queue queue{.id = id};
    reader.read(u"name"_s, queue.name);
    reader.read(u"label"_s, queue.label);
    return queue;
}

Category categoryFrom(Id<Category> id, const Fields &fields)
{
    const FieldReader reader(fields);
    Category category{.id = id};
    reader.read(u"name"_s, category.name);
    reader.read(u"case_type"_s, category.caseType);
    return category;
}

OutcomeCode outcomeCodeFrom(Id<OutcomeCode> id, const Fields &fields)
{
    const FieldReader reader(fields);
    OutcomeCode outcome{.id = id};
    reader.read(u"code"_s, outcome.code);
    reader.read(u"label"_s, outcome.label);
    reader.read(u"position"_s, outcome.position);
    return outcome;
}

} // namespace ringbook::model
