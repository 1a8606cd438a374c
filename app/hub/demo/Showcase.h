#pragma once

#include "app/hub/demo/Company.h"
#include "app/hub/demo/Numbers.h"
#include "app/hub/demo/WorkingTime.h"

#include <optional>

namespace ringbook::app::demo::showcase {

// One customer whose story is told in full: Ana Costa of Brandt Klima GmbH, and a household of three who
// share her family name, but not her numbers. Who is who is told by the index among People.

std::optional<model::Customer> customer(qint64 index, qint64 organisations);
std::optional<Phone> phone(qint64 index, qint64 organisations);
QVector<model::ContactPoint> contactPoints(qint64 index, qint64 organisations, Id<model::Customer> id);

/// What happened to her, told in the days before now.
struct Story
{
    QVector<model::Interaction> interactions = {}; ///< in the order of time
    model::Case complaint = {};
    model::CaseNote note = {};
    model::FollowUp promise = {};
    model::Alert alert = {};
};

Story storyOf(const Company &company, const Numbering &numbering, const WorkingTime &time,
              Id<model::Customer> ana, const QString &code);

} // namespace ringbook::app::demo::showcase
