#pragma once

#include "sync/hub/WriteBatch.h"
#include "sync/hub/verbs/Verb.h"

namespace ringbook::hub {

/// One push inside the writer's transaction; what it came to is in `answer`. Made before, where nobody waits
/// for the writer.
struct Push
{
    Push(Caller caller, QString book, sync::PushRequest request, qint64 device);

    Caller caller;
    qint64 device; ///< whose ops they are: the caller's, or one it was before
    QString book;
    sync::PushRequest request;
    QVector<qint64> hashes; ///< of the ops' content
    Answer answer = {};
    qint64 refused = 0; ///< ops, for the first time

    Needs needs() const;
    Status run(WriteBatch &batch);

private:
    Status checkFormer(WriteBatch &batch);
    std::optional<sync::Problem> admitted(const BookHead &head, const Admission &admission) const;
    bool wasMadeLately(const model::Op &op, TimeMs now) const;
    sync::Problem clonedAt(qint64 counter) const;
    Status answerKnown(WriteBatch &batch, const BookHead &head, qsizetype count,
                       QVector<sync::OpAnswer> &answers);
    Status orderFresh(WriteBatch &batch, const BookHead &head, qsizetype from,
                      QVector<sync::OpAnswer> &answers);
};

} // namespace ringbook::hub
