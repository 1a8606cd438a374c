#pragma once

#include "sync/calls/PbxSettings.h"
#include "sync/calls/webhook/HookRequest.h"

namespace ringbook::calls {

/// A call that never was, to try a hub with.
struct HookSample
{
    enum class What { Ringing, Answered, HungUp };

    What what = What::Ringing;
    QString number = {};    ///< the caller's
    QString extension = {}; ///< of an agent of the settings
    QString call = {};      ///< of letters, digits and -
};

/// The request as a sender of these settings' form makes and signs it; `path` is the address behind the hub's
/// own.
HookRequest sampleRequest(const PbxSettings &settings, const HookSample &sample, const QByteArray &path,
                          TimeMs now);

/// A line that this agent is offered the calls of, or else any; its number.
QString sampleLine(const PbxSettings &settings, const QString &extension);

} // namespace ringbook::calls
