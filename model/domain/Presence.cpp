#include "model/domain/Presence.h"

#include "model/domain/Names.h"

namespace ringbook::model {

namespace {

constexpr std::array doings = {"looking", "editing", "phone"};

} // namespace

QString name(Presence::Doing doing)
{
    return nameAmong(doings, doing);
}

std::optional<Presence::Doing> doingFromName(const QString &name)
{
    return valueAmong<Presence::Doing>(doings, name);
}

} // namespace ringbook::model
