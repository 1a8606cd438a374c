#include "model/domain/CallCommand.h"

#include "model/domain/Names.h"

#include <array>

namespace ringbook::model {

namespace {

constexpr std::array commands = {"dial", "answer", "hang_up", "hold", "resume", "transfer"};

} // namespace

bool isAble(const CallAbilities &abilities, CallCommand::What what)
{
    switch (what) {
    case CallCommand::What::Dial: return abilities.dial;
    case CallCommand::What::Answer: return abilities.answer;
    case CallCommand::What::HangUp: return abilities.hangUp;
    case CallCommand::What::Hold:
    case CallCommand::What::Resume: return abilities.hold;
    case CallCommand::What::Transfer: return abilities.transfer;
    }
    return false;
}

QString name(CallCommand::What what)
{
    return nameAmong(commands, what);
}

std::optional<CallCommand::What> callCommandFromName(const QString &name)
{
    return valueAmong<CallCommand::What>(commands, name);
}

} // namespace ringbook::model
