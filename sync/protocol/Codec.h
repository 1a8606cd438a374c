#pragma once

#include "sync/protocol/Messages.h"

#include <QByteArray>

namespace ringbook::sync {

// Every message of the wire to JSON text and back. Reading is strict about types and limits and never
// crashes: what is wrong is told as Fault::Protocol with a sentence that names the member. Members nobody
// here knows are skipped.

QByteArray encode(const SessionRequest &message);
QByteArray encode(const DeviceRequest &message);
QByteArray encode(const SessionReply &message);
QByteArray encode(const PushRequest &message);
QByteArray encode(const PushReply &message);
QByteArray encode(const ChangesPage &message);
QByteArray encode(const Hello &message);
QByteArray encode(const Poke &message);
QByteArray encode(const Bye &message);
QByteArray encode(const PresenceShare &message);
QByteArray encode(const PresenceNews &message);
QByteArray encode(const ErasureAck &message);
QByteArray encode(const SnapshotManifest &message);
QByteArray encode(const SumsReply &message);
QByteArray encode(const BucketReply &message);
QByteArray encode(const RecordReply &message);
QByteArray encode(const SimulatedCall &message);
QByteArray encode(const SimulatedCallReply &message);
QByteArray encode(const SimulatedStep &message);
QByteArray encode(const Health &message);
QByteArray encode(const Problem &message);
QByteArray encode(const model::AgentCall &message);
QByteArray encode(const model::AgentPhone &phone);
QByteArray encode(const model::CallCommand &order); ///< without the extension
QByteArray encode(const Telephony &message);
QByteArray encode(const TelephonyFindings &message);

/// A page made of changes that are JSON text already; `page.changes` is not looked at.
QByteArray encodePage(const ChangesPage &page, const QVector<QByteArray> &changes);

Result<SessionRequest> readSessionRequest(QByteArrayView json);
Result<DeviceRequest> readDeviceRequest(QByteArrayView json);
Result<SessionReply> readSessionReply(QByteArrayView json);
Result<PushRequest> readPushRequest(QByteArrayView json);
Result<PushReply> readPushReply(QByteArrayView json);
Result<ChangesPage> readChangesPage(QByteArrayView json);
Result<Hello> readHello(QByteArrayView json);
Result<Poke> readPoke(QByteArrayView json);
Result<Bye> readBye(QByteArrayView json);
Result<PresenceShare> readPresenceShare(QByteArrayView json);
Result<PresenceNews> readPresenceNews(QByteArrayView json);
Result<ErasureAck> readErasureAck(QByteArrayView json);
Result<SnapshotManifest> readSnapshotManifest(QByteArrayView json); ///< its digests fit its frames
Result<SumsReply> readSumsReply(QByteArrayView json);
Result<BucketReply> readBucketReply(QByteArrayView json);
Result<RecordReply> readRecordReply(QByteArrayView json);
Result<SimulatedCall> readSimulatedCall(QByteArrayView json);
Result<SimulatedCallReply> readSimulatedCallReply(QByteArrayView json);
Result<SimulatedStep> readSimulatedStep(QByteArrayView json);
Result<Health> readHealth(QByteArrayView json);
Result<Problem> readProblem(QByteArrayView json);
Result<model::AgentCall> readAgentCall(QByteArrayView json);
Result<model::AgentPhone> readPhone(QByteArrayView json);
Result<model::CallCommand> readPhoneOrder(QByteArrayView json);
Result<Telephony> readTelephony(QByteArrayView json);
Result<TelephonyFindings> readTelephonyFindings(QByteArrayView json);

/// "after=41&epoch=…&limit=1000&wait=25", and back; limit and wait are cut to what the wire permits.
QByteArray encode(const ChangesQuery &query);
Result<ChangesQuery> readChangesQuery(const QByteArray &query);
/// "e164=%2B493023125147", and back.
QByteArray encode(const LookUpQuery &query);
Result<LookUpQuery> readLookUpQuery(const QByteArray &query);

} // namespace ringbook::sync
