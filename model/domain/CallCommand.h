#pragma once

#include <QString>

#include <optional>

namespace ringbook::model {

/// What a telephone system does for an agent when it is told to, besides telling of calls.
struct CallAbilities
{
    bool dial = false;
    bool answer = false;
    bool hangUp = false;
    bool hold = false;
    bool transfer = false;
    QString whyNot = {}; ///< it does not dial, a sentence for the agent; empty if it does

    bool operator==(const CallAbilities &) const = default;
};

/// The telephone an agent sits at.
struct AgentPhone
{
    QString extension = {}; ///< empty: none
    CallAbilities can = {};

    bool operator==(const AgentPhone &) const = default;
};

/// What an agent wants done at their own phone.
struct CallCommand
{
    enum class What { Dial, Answer, HangUp, Hold, Resume, Transfer };

    What what = What::Dial;
    QString extension = {}; ///< whose phone
    QString callId = {};    ///< the hub's; empty when dialling
    QString number = {};    ///< to dial, or to transfer to, as the telephone system wants it dialled

    bool operator==(const CallCommand &) const = default;
};

bool isAble(const CallAbilities &abilities, CallCommand::What what);

QString name(CallCommand::What what); ///< as on the wire: "dial", "answer", "hang_up" …
std::optional<CallCommand::What> callCommandFromName(const QString &name);

} // namespace ringbook::model
