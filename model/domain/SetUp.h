#pragma once

#include "model/core/Id.h"
#include "model/domain/Record.h"

namespace ringbook::model {

// What an administrator sets up; synced like everything else.

struct Team
{
    Id<Team> id = {};
    QString name = {};

    bool operator==(const Team &) const = default;
};

struct User
{
    Id<User> id = {};
    QString name = {}; ///< as people call them
    QString login = {};
    QString extension = {}; ///< of their phone
    Id<Team> team = {};
    QString role = {}; ///< agent, lead, admin
    QString language = {};

    bool operator==(const User &) const = default;
};

struct Queue
{
    Id<Queue> id = {};
    QString name = {};  ///< as the PBX calls it
    QString label = {}; ///< as people call it

    bool operator==(const Queue &) const = default;
};

struct Category
{
    Id<Category> id = {};
    QString name = {};
    QString caseType = {};

    bool operator==(const Category &) const = default;
};

/// How a contact ended. The code is what statistics count; the label is what people read.
struct OutcomeCode
{
    Id<OutcomeCode> id = {};
    QString code = {};
    QString label = {};
    int position = 0;

    bool operator==(const OutcomeCode &) const = default;
};

Fields fieldsOf(const Team &team);
Fields fieldsOf(const User &user);
Fields fieldsOf(const Queue &queue);
Fields fieldsOf(const Category &category);
Fields fieldsOf(const OutcomeCode &outcome);

Team teamFrom(Id<Team> id, const Fields &fields);
User userFrom(Id<User> id, const Fields &fields);
Queue queueFrom(Id<Queue> id, const Fields &fields);
Category categoryFrom(Id<Category> id, const Fields &fields);
OutcomeCode outcomeCodeFrom(Id<OutcomeCode> id, const Fields &fields);

} // namespace ringbook::model
