#pragma once

#include "model/core/Id.h"

#include <QMetaType>
#include <QString>

#include <optional>

namespace ringbook::model {

/// Somebody who has a customer in front of them at this moment. Never kept; it ends by itself.
struct Presence
{
    enum class Doing {
        Looking,
        Editing, ///< something is typed and not saved
        Phone,   ///< talking with them
    };

    Id<struct User> user = {};
    QString name = {};
    Doing doing = Doing::Looking;

    bool operator==(const Presence &) const = default;
};

QString name(Presence::Doing doing);
std::optional<Presence::Doing> doingFromName(const QString &name);

} // namespace ringbook::model

Q_DECLARE_METATYPE(ringbook::model::Presence)
