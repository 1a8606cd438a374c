#pragma once

#include "sync/calls/CallSource.h"
#include "sync/calls/PbxSettings.h"
#include "sync/calls/webhook/HookCalls.h"
#include "sync/calls/webhook/HookNotes.h"
#include "sync/calls/webhook/HookRequest.h"
#include "sync/calls/webhook/HookSignature.h"

namespace ringbook::calls {

/// How many requests of one source are taken: three hundred at once, then fifty a second.
class HookPace
{
public:
    static constexpr double most = 300;
    static constexpr double perSecond = 50;

    bool isFree(qint64 nowNs);
    void take() { --m_free; } ///< after isFree()

private:
    double m_free = most;
    qint64 m_atNs = 0;
};

/// A hosted telephone system: it posts to the hub what happens, and can be told nothing. It is live from the
/// first request that was its own.
class WebhookSource final : public CallSource
{
    Q_OBJECT

public:
    WebhookSource(const Clock &clock, PbxSettings settings, QObject *parent = nullptr);

    Status start() override;

    /// Fault::NotFound: nobody here listens to that token, or to that machine; Fault::Denied: its signature
    /// is not right; Fault::Busy: too many; Fault::Protocol: not to be understood. Quotes nothing of it.
    Result<HookReply> take(const HookRequest &request);

    QVector<model::TelephonyRequest> requests() const override { return m_notes.all(); }

private:
    Status admit(const HookRequest &request);
    HookReply replyTo(const HookRequest &request, const QString &outcome) const;
    void note(const QString &outcome, const HookEvent &event = {});

    const Clock &m_clock;
    const PbxSettings m_settings;
    HookCalls m_hookCalls;
    HookReplays m_replays;
    HookPace m_pace;
    HookNotes m_notes;
};

} // namespace ringbook::calls
