#pragma once

#include "model/domain/Presence.h"

#include <QVector>

namespace ringbook::ui {

/// "Ben Brandt is on the phone with them · Cleo Chen has this open"; the one who talks first. Empty: nobody.
QString peopleLine(const QVector<model::Presence> &people);

} // namespace ringbook::ui
