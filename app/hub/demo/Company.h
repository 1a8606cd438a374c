#pragma once

#include "app/hub/demo/Records.h"

namespace ringbook::app::demo {

/// Who and what is set up: the agents, the teams, what they sort their work into.
struct Company
{
    QVector<model::Team> teams = {};
    QVector<model::User> agents = {}; ///< take turns; the showcase calls the first four Anna, Ben, Cleo, Dora
    model::User fieldTeam = {};       ///< who visits; signs in nowhere
    QVector<model::Queue> queues = {};
    QVector<model::Category> categories = {};
    QVector<model::OutcomeCode> outcomes = {};

    const model::User &agent(qint64 turn) const { return agents[turn % agents.size()]; }
    Id<model::Category> category(const QString &name) const;
    const model::Queue &queueFor(model::Case::Type type) const;
};

Company companyOf(const DemoSettings &settings, const Numbering &numbering, const QStringList &categories);

/// Teams before the users who are in them.
void write(const Company &company, bool withUsers, Records &records);

} // namespace ringbook::app::demo
