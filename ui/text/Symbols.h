#pragma once

#include "model/desk/Card.h"
#include "ui/theme/Icons.h"

namespace ringbook::ui {

// Which drawing stands for what.
Icon iconOf(model::Interaction::Channel channel, model::Interaction::Direction direction);
Icon iconOf(model::Case::Type type);
Icon iconOf(model::FollowUp::Kind kind);
Icon iconOf(const model::TimelineEntry &entry);

} // namespace ringbook::ui
