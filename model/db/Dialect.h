#pragma once

#include "model/core/Result.h"

namespace ringbook::model {

enum class Engine { Sqlite, Postgres };

/// One SQL text serves both engines; where they differ it says a token, which becomes that engine's words:
///   {{id}} a 63-bit whole number   {{blob}} bytes   {{without_rowid}} a table clustered by its primary key
///   {{json}} the type of text whose members `->>` reads
///   {{for_update}} at the end of a SELECT whose rows this transaction will change
///   {{each}} a table with the column `value`; its parameter is a numberList()
/// Connection translates each text once, when it is prepared. Fault::Invalid for a token nobody knows.
Result<QString> inDialect(const QString &sql, Engine engine);

/// What begins a transaction that will write.
QString beginWriting(Engine engine);

/// What begins a transaction that sees the database as of one moment.
QString beginReading(Engine engine);

} // namespace ringbook::model
