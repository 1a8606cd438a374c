#pragma once

#include "model/core/Result.h"
#include "model/db/Row.h"
#include "sync/hub/order/Merge.h"

namespace ringbook::hub {

// How the columns of `record` are written.

QString bodyText(const QString &kind, const model::Fields &fields);
Result<model::Fields> readBody(const QString &kind, const QString &text);

/// One value alone, as a conflict record keeps it.
QString valueText(const QString &kind, const QString &field, const QVariant &value);

constexpr qint64 erasedMark = 2; ///< in the column `deleted`

/// A whole row.
Result<RecordState> readState(const QString &kind, const model::Row &row);

/// A whole record at the seq of its last change, as a feed by rows says it, of a row without `edited`. One
/// that never changed since it was made says so: whoever has not seen its seq has no such record.
Result<model::Change> readWhole(const model::Row &row);

/// "name seq device author at" for each field, separated by line feeds.
QString stampsText(const QMap<QString, Stamp> &stamps);
QMap<QString, Stamp> readStamps(const QString &text);

} // namespace ringbook::hub
