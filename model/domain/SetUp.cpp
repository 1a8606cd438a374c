#include "model/domain/SetUp.h"

#include "model/domain/FieldValue.h"

namespace ringbook::model {

Fields fieldsOf(const Team &team)
{
    return {{"name", fieldValue(team.name)}};
}

Fields fieldsOf(const User &user)
{
    return {
        {"name", fieldValue(user.name)},           {"login", fieldValue(user.login)},
        {"extension", fieldValue(user.extension)}, {"team", fieldValue(user.team)},
        {"role", fieldValue(user.role)},           {"language", fieldValue(user.language)},
    };
}

Fields fieldsOf(const Queue &queue)
{
    return {{"name", fieldValue(queue.name)}, {"label", fieldValue(queue.label)}};
}

Fields fieldsOf(const Category &category)
{
    return {{"name", fieldValue(category.name)}, {"case_type", fieldValue(category.caseType)}};
}

Fields fieldsOf(const OutcomeCode &outcome)
{
    return {
        {"code", fieldValue(outcome.code)},
        {"label", fieldValue(outcome.label)},
        {"position", fieldValue(qint64(outcome.position))},
    };
}

Team teamFrom(Id<Team> id, const Fields &fields)
{
    Team team{.id = id};
    FieldReader(fields).read("name", team.name);
    return team;
}

User userFrom(Id<User> id, const Fields &fields)
{
    const FieldReader reader(fields);
    User user{.id = id};
    reader.read("name", user.name);
    reader.read("login", user.login);
    reader.read("extension", user.extension);
    reader.read("team", user.team);
    reader.read("role", user.role);
    reader.read("language", user.language);
    return user;
}

Queue queueFrom(Id<Queue> id, const Fields &fields)
{
    const FieldReader reader(fields);
    Queue queue{.id = id};
    reader.read("name", queue.name);
    reader.read("label", queue.label);
    return queue;
}

Category categoryFrom(Id<Category> id, const Fields &fields)
{
    const FieldReader reader(fields);
    Category category{.id = id};
    reader.read("name", category.name);
    reader.read("case_type", category.caseType);
    return category;
}

OutcomeCode outcomeCodeFrom(Id<OutcomeCode> id, const Fields &fields)
{
    const FieldReader reader(fields);
    OutcomeCode outcome{.id = id};
    reader.read("code", outcome.code);
    reader.read("label", outcome.label);
    reader.read("position", outcome.position);
    return outcome;
}

} // namespace ringbook::model
