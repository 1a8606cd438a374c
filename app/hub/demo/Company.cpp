#include "app/hub/demo/Company.h"

#include "app/hub/demo/Lists.h"

#include <algorithm>

namespace ringbook::app::demo {

using namespace model;

namespace {

/// The ids set aside for the set-up, one after the other.
class Next
{
public:
    explicit Next(const Numbering &numbering) : m_numbering(numbering), m_counter(numbering.setUp) {}

    template <typename T>
    operator Id<T>()
    {
        return m_numbering.id<T>(m_counter++);
    }

private:
    const Numbering &m_numbering;
    qint64 m_counter;
};

QVector<User> fourAgents(Next &next)
{
    return {
        {.id = next,
         .name = "Anna Albers",
         .login = "anna",
         .extension = "101",
         .role = "agent",
         .language = "de,en"},
        {.id = next,
         .name = "Ben Brandt",
         .login = "ben",
         .extension = "102",
         .role = "agent",
         .language = "de,en"},
        {.id = next,
         .name = "Cleo Chen",
         .login = "cleo",
         .extension = "103",
         .role = "lead",
         .language = "en,de,zh"},
        {.id = next,
         .name = "Dora Duval",
         .login = "dora",
         .extension = "104",
         .role = "agent",
         .language = "fr,de,en"},
    };
}

QVector<OutcomeCode> outcomeCodes(Next &next)
{
    return {
        {.id = next, .code = "callback", .label = "Call-back agreed", .position = 1},
        {.id = next, .code = "solved", .label = "Solved", .position = 2},
        {.id = next, .code = "passed_on", .label = "Passed on", .position = 3},
        {.id = next, .code = "information", .label = "Information", .position = 4},
        {.id = next, .code = "wrong_number", .label = "Wrong number", .position = 5},
        {.id = next, .code = "not_reached", .label = "Not reached", .position = 6},
    };
}

/// "complaint | Leak": the type of the cases and the name.
QVector<Category> categoriesNamed(const QStringList &names, Next &next)
{
    QVector<Category> categories;
    for (const QString &name : names) {
        const QStringList cell = cells(name);
        categories.append({.id = next, .name = cell.value(1), .caseType = cell.value(0)});
    }
    return categories;
}

} // namespace

Id<Category> Company::category(const QString &name) const
{
    const auto found = std::ranges::find(categories, name, &Category::name);
    return found == categories.end() ? Id<Category>() : found->id;
}

const Queue &Company::queueFor(Case::Type type) const
{
    switch (type) {
    case Case::Type::Complaint: return queues[1];
    case Case::Type::ServiceRequest: return queues[0];
    case Case::Type::Return: return queues[2];
    case Case::Type::Information: return queues[0];
    }
    return queues[0];
}

Company companyOf(const DemoSettings &settings, const Numbering &numbering, const QStringList &categories)
{
    Next next(numbering);
    Company company;
    company.teams = {{.id = next, .name = "Support"}, {.id = next, .name = "Field service"}};
    company.agents = fourAgents(next);
    if (!settings.users.isEmpty())
        company.agents = settings.users;
    for (User &agent : company.agents)
        if (!agent.team)
            agent.team = company.teams[0].id;
    company.fieldTeam = {.id = next, .name = "Field team", .team = company.teams[1].id, .role = "agent"};
    company.queues = {{.id = next, .name = "support", .label = "Support line"},
                      {.id = next, .name = "complaints", .label = "Complaints"},
                      {.id = next, .name = "orders", .label = "Orders and returns"}};
    company.outcomes = outcomeCodes(next);
    company.categories = categoriesNamed(categories, next);
    return company;
}

void write(const Company &company, bool withUsers, Records &records)
{
    const auto writeAll = [&](const auto &all) {
        for (const auto &record : all)
            records.write(record);
    };
    writeAll(company.teams);
    if (withUsers)
        writeAll(company.agents);
    records.write(company.fieldTeam);
    writeAll(company.queues);
    writeAll(company.categories);
    writeAll(company.outcomes);
}

} // namespace ringbook::app::demo
