#pragma once

#include "model/db/Connection.h"
#include "model/domain/SearchHit.h"

namespace ringbook::model {

/// Fewer digits than this at the end of a number say nothing.
constexpr int minTailDigits = 4;

/// Finds customers as somebody types. Each function is an index range of at most `limit` rows; which of them
/// to ask is decided above.
class SearchStore
{
public:
    explicit SearchStore(Connection &db) : m_db(db) {}

    /// Every word begins a word of the name; case and diacritics do not matter. Whole names first, then names
    /// that begin so, then the rest; with very many matches only the first found are put in order. People of
    /// an organisation that is found come after it.
    Result<QVector<SearchHit>> byName(const QString &text, int limit) const;

    Result<QVector<SearchHit>> byNumberStart(const QString &e164Start, int limit) const; ///< "+4930231"
    Result<QVector<SearchHit>> byNumberEnd(const QString &digits,
                                           int limit) const; ///< at least minTailDigits
    Result<QVector<SearchHit>> byEmailStart(const QString &start, int limit) const;

    Result<QVector<SearchHit>> byCaseCode(const QString &canonicalCode) const;

private:
    Connection &m_db;
};

} // namespace ringbook::model
