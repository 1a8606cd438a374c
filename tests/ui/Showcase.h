#pragma once

#include "model/desk/Card.h"

namespace ringbook::tests {

/// A state of the card worth looking at.
struct Showcase
{
    QString name = {};
    model::AgentCall call = {};
    model::Card card = {};
    QString note = {};
    bool hasComplaint = false;
};

QVector<Showcase> showcases();

} // namespace ringbook::tests
