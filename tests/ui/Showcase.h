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
    bool isSaved = false; ///< a call before this one was, with a case
};

QVector<Showcase> showcases();

} // namespace ringbook::tests
