#pragma once

#include "model/core/Result.h"
#include "model/domain/Record.h"

#include <QByteArray>

namespace ringbook::sync {

// Ops, changes and fields as JSON text. Ids and references are decimal text (Kinds.h says which fields are
// references), all other integers numbers, cleared fields null. Equal values give equal bytes, so the bytes
// of an op can be hashed and those of a change kept and sent again.

QByteArray encode(const model::Op &op);
QByteArray encode(const model::Change &change);
QByteArray encodeFields(const QString &kind, const model::Fields &fields);
QByteArray encodeValue(const QString &kind, const QString &field, const QVariant &value);

/// Fault::Protocol with a sentence that names what is wrong. Fields and kinds this program does not know are
/// kept as they are: text, whole number, true or false.
Result<model::Op> readOp(QByteArrayView json);
Result<model::Change> readChange(QByteArrayView json);
Result<model::Fields> readFields(const QString &kind, QByteArrayView json);

} // namespace ringbook::sync
