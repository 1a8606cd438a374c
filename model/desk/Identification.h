#pragma once

#include "model/desk/ChangeWriter.h"
#include "model/domain/Case.h"
#include "model/domain/Customer.h"

namespace ringbook::model {

class Connection;

// What was nobody's becomes somebody's when it is found out who it was; inside a ChangeWriter::Compose.

/// More calls of one unknown number than these stay nobody's.
constexpr int maxIdentifiedCalls = 200;

/// The calls from this number that nobody was named in, and the cases begun in them; nothing if the number is
/// somebody else's as well.
Result<QVector<ChangeWriter::Edit>> callsBecomeTheirs(Connection &db, const QString &e164,
                                                      Id<Customer> customer);

/// The case, and the call it was begun in; nothing if it is somebody's already.
Result<QVector<ChangeWriter::Edit>> caseBecomesTheirs(Connection &db, const Case &file,
                                                      Id<Customer> customer);

} // namespace ringbook::model
